// Which origin a request belongs to, in each of the three ways to run, and that another site's page is always foreign.
import { describe, expect, test } from 'vitest';
import { isForeign, originOf } from './origin.js';

const ask = (headers: Record<string, string>) => ({ headers });
const origin = (headers: Record<string, string>, settings: Record<string, string> = {}) =>
  originOf(ask(headers), settings)?.origin;

describe('plain http, nothing set', () => {
  test.each(['192.168.1.20:3000', 'localhost:3000', 'hall.test', '[fe80::1]:3000'])('at %s', (host) => {
    expect(origin({ host })).toBe(`http://${host}`);
    expect(isForeign(ask({ host, origin: `http://${host}` }), {})).toBe(false);
    expect(isForeign(ask({ host, origin: 'http://elsewhere.test' }), {})).toBe(true);
    expect(isForeign(ask({ host, origin: `https://${host}` }), {})).toBe(true);
    expect(isForeign(ask({ host, origin: 'null' }), {})).toBe(true);
    expect(isForeign(ask({ host }), {})).toBe(false);
  });
  test('forwarding headers of a stranger change nothing', () => {
    expect(origin({ host: 'a.test', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'b.test' })).toBe(
      'http://a.test',
    );
  });
  test.each(['', 'a b', 'user@a.test', 'a.test/path', '://'])('no origin for the host "%s"', (host) => {
    expect(origin({ host })).toBeUndefined();
    expect(isForeign(ask({ host, origin: `http://${host}` }), {})).toBe(true);
  });
});

describe('ORIGIN set, a proxy with TLS in front', () => {
  const settings = { ORIGIN: 'https://yishi.example' };
  test('a request for that name, or forwarded, belongs to it', () => {
    expect(origin({ host: 'yishi.example' }, settings)).toBe('https://yishi.example');
    expect(origin({ host: '127.0.0.1:3000', 'x-forwarded-for': '203.0.113.9' }, settings)).toBe(
      'https://yishi.example',
    );
    expect(isForeign(ask({ host: 'yishi.example', origin: 'https://yishi.example' }), settings)).toBe(false);
    expect(isForeign(ask({ host: 'yishi.example', origin: 'http://yishi.example' }), settings)).toBe(true);
  });
  test('the address in the hall stays plain http', () => {
    expect(origin({ host: '192.168.1.20:3000' }, settings)).toBe('http://192.168.1.20:3000');
  });
});

test('PROTOCOL_HEADER and HOST_HEADER: several names behind one proxy; the first of several values counts', () => {
  const settings = { PROTOCOL_HEADER: 'X-Forwarded-Proto', HOST_HEADER: 'x-forwarded-host' };
  const forwarded = { host: '127.0.0.1:3000', 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'b.example' };
  expect(origin(forwarded, settings)).toBe('https://b.example');
  expect(origin({ host: '192.168.1.20:3000' }, settings)).toBe('http://192.168.1.20:3000');
});
