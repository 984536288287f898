// Who may knock at the live door at all: pages of this very address, and what is no page.
import { io } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { openHall } from '#tests/support/hall.ts';

const before = process.env.ORIGIN;
afterEach(() => {
  if (before === undefined) delete process.env.ORIGIN;
  else process.env.ORIGIN = before;
});

/** Whether a connection whose page claims this origin comes in. */
function comesIn(url: string, headers: Record<string, string>): Promise<boolean> {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  }).finally(() => socket.close());
}

test('a page of another site is kept out, also one that names this host under another scheme', async () => {
  const url = await openHall();
  expect(await comesIn(url, {})).toBe(true);
  expect(await comesIn(url, { origin: url })).toBe(true);
  expect(await comesIn(url, { origin: 'http://evil.test' })).toBe(false);
  expect(await comesIn(url, { origin: url.replace('http:', 'https:') })).toBe(false);
  expect(await comesIn(url, { origin: 'null' })).toBe(false);
  // What a stranger says was forwarded does not make its page ours.
  expect(await comesIn(url, { origin: 'http://evil.test', 'x-forwarded-host': 'evil.test' })).toBe(false);
});

test('behind a proxy with a name of its own its pages come in', async () => {
  process.env.ORIGIN = 'https://yishi.test';
  const url = await openHall();
  const forwarded = { 'x-forwarded-proto': 'https' };
  expect(await comesIn(url, { ...forwarded, origin: 'https://yishi.test' })).toBe(true);
  expect(await comesIn(url, { ...forwarded, origin: 'https://evil.test' })).toBe(false);
  // The hall's own address beside it.
  expect(await comesIn(url, { origin: url })).toBe(true);
});
