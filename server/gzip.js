// Compresses what the pages answer, for a laptop in a hall whose Wi-Fi carries everything itself. server/index.js wraps each request with it.
// Only answers of the pages: files of the build are sent compressed already, and the doors have their own wires.
//
// Compression can tell secrets: who makes a page repeat his guess beside a secret and sees only how long the sealed answer is can find the
// secret out (BREACH). Pages here do carry what not everybody may know: names and questions at the desk, the codes of printed slips, a
// member's own choice. So only plain http is compressed, where whoever could measure the length reads the page itself and there is nothing
// sealed to guess at. What left through TLS stays as it is: there a proxy compresses or not, as its keeper decides.
import { constants, createGzip } from 'node:zlib';

/** Below this the headers cost more than is saved. Bytes. */
const least = 1_000;
const texts = /^(?:text\/(?!event-stream)|application\/json\b|image\/svg\+xml\b)/;

/** @param {string | undefined} accepted the accept-encoding header */
const takesGzip = (accepted) =>
  (accepted ?? '').split(',').some((each) => /^\s*(?:gzip|\*)\s*(?:;(?!\s*q=0(?:\.0*)?\s*$)|$)/.test(each));

/**
 * Call before the handler writes anything. Decides when the headers are written; every part written is sent on at once.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {URL} origin under which the browser sees this answer
 */
export function gzipAnswer(request, response, origin) {
  if (origin.protocol !== 'http:' || request.method === 'HEAD' || !takesGzip(request.headers['accept-encoding']))
    return;
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  /** @type {import('node:zlib').Gzip | undefined} */
  let gzip;

  const begin = () => {
    gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    gzip.on('data', (chunk) => {
      if (!write(chunk)) gzip?.pause();
    });
    response.on('drain', () => gzip?.resume());
    // Whoever fills us waits for the response to drain, and does not know of us.
    gzip.on('drain', () => response.emit('drain'));
    gzip.on('end', () => end());
    response.once('close', () => gzip?.destroy());
  };

  /** @param {number} status */
  const isWorthIt = (status) => {
    const size = response.getHeader('content-length');
    return (
      status !== 204 &&
      status !== 304 &&
      texts.test(String(response.getHeader('content-type') ?? '')) &&
      !response.hasHeader('content-encoding') &&
      !/no-transform/.test(String(response.getHeader('cache-control') ?? '')) &&
      (size === undefined || Number(size) >= least)
    );
  };

  response.writeHead = (/** @type {number} */ status, /** @type {any[]} */ ...rest) => {
    // Headers given here and not set before belong to a file, which brings its own encoding.
    if (!response.headersSent && rest.length === 0 && isWorthIt(status)) {
      response.removeHeader('content-length');
      response.setHeader('content-encoding', 'gzip');
      response.appendHeader('vary', 'accept-encoding');
      const etag = response.getHeader('etag');
      // The same page in other bytes.
      if (typeof etag === 'string' && !etag.startsWith('W/')) response.setHeader('etag', `W/${etag}`);
      begin();
    }
    return writeHead(status, ...rest);
  };
  response.write = (/** @type {any} */ chunk, /** @type {any[]} */ ...rest) =>
    gzip ? gzip.write(chunk, ...rest) : write(chunk, ...rest);
  response.end = (/** @type {any[]} */ ...rest) => {
    if (gzip) gzip.end(...rest);
    else end(...rest);
    return response;
  };
}
