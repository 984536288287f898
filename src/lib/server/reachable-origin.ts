// The address other devices can open: what a QR code must hold. A page opened on the laptop itself says `localhost`, which no phone can
// reach; then the machine's own address in the hall is taken instead.
import { networkInterfaces } from 'node:os';

const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/** `url.origin`, or the same port at this machine's first address in a network. With ORIGIN set, a proxy has already said what it is. */
export function reachableOrigin(url: URL): string {
  if (!ownNames.includes(url.hostname)) return url.origin;
  const address = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  if (address === undefined) return url.origin;
  return `${url.protocol}//${address}${url.port === '' ? '' : `:${url.port}`}`;
}
