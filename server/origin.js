// Under which origin (scheme, host, port) a request reached us, as the browser sees it. server/index.js uses it for pages and forms, the
// doors for upgrades, which pass by Kit's own check. Three ways to run:
//   nothing set             plain http, under any name or address of the machine
//   ORIGIN=https://name     behind a proxy with TLS: requests for that name, or forwarded by a proxy, belong to it; all others (a laptop's
//                           address in the hall) stay plain http
//   PROTOCOL_HEADER=x-forwarded-proto HOST_HEADER=x-forwarded-host   behind a proxy that serves several names and sets these itself
// A browser cannot be made to send forwarding headers to another site without asking it first, so none of this weakens the check.

/** @typedef {Pick<import('node:http').IncomingMessage, 'headers'>} Asked */

/** @param {Asked} request @param {string | undefined} name */
function header({ headers }, name) {
  const value = name ? headers[name.toLowerCase()] : undefined;
  return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
}

/** @param {string} text @returns {URL | undefined} */
function parse(text) {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.username ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {Asked} request
 * @param {Record<string, string | undefined>} [settings]
 * @returns {URL | undefined} undefined when the request names no possible host: refuse it
 */
export function originOf(request, settings = process.env) {
  const host = header(request, 'host') ?? '';
  const fixed = settings.ORIGIN ? parse(settings.ORIGIN) : undefined;
  if (fixed) {
    const forwarded = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded'];
    if (host === fixed.host || forwarded.some((name) => header(request, name))) return fixed;
    return parse(`http://${host}`);
  }
  const protocol = header(request, settings.PROTOCOL_HEADER) ?? 'http';
  return parse(`${protocol}://${header(request, settings.HOST_HEADER) ?? host}`);
}

/**
 * Whether a page of another site sent this request. Without an Origin header it was no page at all, or one of ours: not foreign.
 * @param {Asked} request
 * @param {Record<string, string | undefined>} [settings]
 */
export function isForeign(request, settings = process.env) {
  const claimed = header(request, 'origin');
  return claimed !== undefined && claimed !== originOf(request, settings)?.origin;
}
