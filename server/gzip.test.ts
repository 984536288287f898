// What is compressed and what is not, over real sockets; and that nothing is lost, held back or kept.
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createGunzip, gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { gzipAnswer } from './gzip.js';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

async function serve(answer: (response: ServerResponse) => void, scheme = 'http'): Promise<number> {
  const server = createServer((request, response) => {
    gzipAnswer(request, response, new URL(`${scheme}://hall.test`));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

async function ask(port: number, headers: Record<string, string> = { 'accept-encoding': 'br, gzip' }, method = 'GET') {
  const request = get({ port, host: '127.0.0.1', headers, method });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const page = '<p>请各位委员准时参加。</p>'.repeat(500);
/** As the pages' handler does: headers set one by one, then the status alone. */
const asPage =
  (headers: Record<string, string> = {}, body = page, status = 200) =>
  (response: ServerResponse): void => {
    response.setHeader('content-type', 'text/html');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(status);
    response.end(body);
  };

test('a page over plain http comes compressed and whole, and says so', async () => {
  const answer = await ask(await serve(asPage({ etag: '"a"', vary: 'cookie', 'content-length': '20000' })));
  const bytes = await bytesOf(answer);
  expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', etag: 'W/"a"', vary: 'cookie, accept-encoding' });
  expect(answer.headers['content-length']).toBeUndefined();
  expect(bytes.byteLength).toBeLessThan(page.length / 10);
  expect(gunzipSync(bytes).toString()).toBe(page);
});

test.each([
  ['through TLS, where the length of a sealed answer could tell a secret in it', asPage(), 'https', undefined],
  ['for who does not take it', asPage(), 'http', { 'accept-encoding': 'br, gzip;q=0' }],
  ['for who asks nothing', asPage(), 'http', {}],
  ['a picture', asPage({ 'content-type': 'image/png' }), 'http', undefined],
  ['what is encoded already', asPage({ 'content-encoding': 'br' }), 'http', undefined],
  ['a few words', asPage({ 'content-length': String(page.length) }, '好'), 'http', undefined],
  [
    'a file with its own headers',
    (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    'http',
    undefined,
  ],
])('not compressed: %s', async (what, answer, scheme, headers) => {
  const few = what === 'a few words';
  const sent = await ask(
    await serve(few ? asPage({ 'content-length': '3' }, '好') : answer, scheme),
    headers ?? { 'accept-encoding': 'gzip' },
  );
  expect(sent.headers['content-encoding'] === 'gzip').toBe(false);
  expect((await bytesOf(sent)).toString()).toBe(few ? '好' : page);
});

test('an answer without a body stays without one', async () => {
  const port = await serve(asPage({}, '', 304));
  const unchanged = await ask(port);
  expect([unchanged.statusCode, unchanged.headers['content-encoding']]).toEqual([304, undefined]);
  expect(await bytesOf(unchanged)).toHaveLength(0);
  const head = await ask(await serve(asPage()), { 'accept-encoding': 'gzip' }, 'HEAD');
  expect(head.headers['content-encoding']).toBeUndefined();
});

test('a part that is written arrives before the next one is', async () => {
  let second = (): void => {};
  const port = await serve((response) => {
    response.setHeader('content-type', 'text/html');
    response.writeHead(200);
    response.write('first');
    second = () => response.end('second');
  });
  const unzipped = (await ask(port)).pipe(createGunzip());
  const [first] = (await once(unzipped, 'data')) as [Buffer];
  expect(first.toString()).toBe('first');
  second();
  const [last] = (await once(unzipped, 'data')) as [Buffer];
  expect(last.toString()).toBe('second');
});

test('a slow reader gets everything, and the writer waits for it', async () => {
  // Noise does not compress: the socket fills.
  const noise = Array.from({ length: 200 }, (_, n) => Buffer.alloc(65_536).fill(`${Math.sin(n)}${n}`));
  noise.forEach((chunk, n) => {
    for (let at = 0; at < chunk.length; at += 1) chunk[at] = (Math.imul(at + 1, 2_654_435_761) ^ (n * 97)) >>> 13;
  });
  let waited = 0;
  const port = await serve((response) => {
    response.setHeader('content-type', 'text/html');
    response.writeHead(200);
    let next = 0;
    const fill = (): void => {
      while (next < noise.length)
        if (!response.write(noise[next++])) {
          waited += 1;
          response.once('drain', fill);
          return;
        }
      response.end();
    };
    fill();
  });
  const answer = await ask(port);
  answer.pause();
  await new Promise<void>((resolve) => {
    const look = (): void => void (waited > 0 ? resolve() : setImmediate(look));
    look();
  });
  expect(gunzipSync(await bytesOf(answer)).equals(Buffer.concat(noise))).toBe(true);
});
