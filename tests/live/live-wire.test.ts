// The phone's end of the live door against the door itself and against servers that misbehave: what is asked is answered once, what is lost
// is said, and where no WebSocket comes through it polls.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import WebSocketOfNode from 'ws';
import { LiveWire, type LiveSocket, type WireOptions } from '#lib/client/live-wire.ts';

const path = '/socket.io';
const ends: (() => unknown)[] = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

interface Door {
  readonly origin: string;
  readonly io: Server;
  /** Every socket that came in, in order. */
  readonly sockets: Socket[];
}

async function door(options: ConstructorParameters<typeof Server>[1] = {}): Promise<Door> {
  const http = createServer();
  const server = new Server(http, { path, pingInterval: 40, pingTimeout: 400, ...options });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const sockets: Socket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('clock:ask', (answer: (now: number) => void) => answer(42));
    socket.on('meeting:leave', (ask: unknown) => socket.emit('crowd:count', ask));
  });
  return { origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, io: server, sockets };
}

function wire(origin: string, options: WireOptions = {}): LiveWire {
  const made = new LiveWire(path, { origin, WebSocket: WebSocketOfNode as unknown as typeof WebSocket, ...options });
  ends.push(() => made.close());
  return made;
}

const heard = (socket: LiveSocket, event: 'connect' | 'disconnect'): Promise<void> =>
  new Promise((resolve) => socket.on(event, resolve));

test('asks and is answered, hears what is told, and what was asked before it was connected goes out with the connection', async () => {
  const { origin } = await door();
  const phone = wire(origin);
  expect(phone.connected).toBe(false);
  const [first, second] = await Promise.all([
    phone.timeout(5_000).emitWithAck('clock:ask'),
    phone.timeout(5_000).emitWithAck('clock:ask'),
  ]);
  expect([first, second, phone.connected]).toEqual([42, 42, true]);
  const told = new Promise((resolve) => phone.on('crowd:count', resolve));
  phone.emit('meeting:leave', { meetingId: '会议 “一”' });
  expect(await told).toEqual({ meetingId: '会议 “一”' });
});

test('answers the server’s pings, and stays', async () => {
  const { origin, sockets } = await door({ pingInterval: 20, pingTimeout: 100 });
  const phone = wire(origin);
  await heard(phone, 'connect');
  let lost = 0;
  phone.on('disconnect', () => (lost += 1));
  // Several times what the server waits for an answer to its ping.
  const pings = new Promise<void>((resolve) => {
    let seen = 0;
    sockets[0]?.conn.on('heartbeat', () => (seen += 1) >= 12 && resolve());
  });
  await pings;
  expect([lost, phone.connected, sockets.length]).toEqual([0, true, 1]);
});

test('a lost connection is said and made again; what was under way is refused at once, and nothing is asked twice', async () => {
  const { origin, sockets } = await door();
  const phone = wire(origin);
  await heard(phone, 'connect');
  sockets[0]?.removeAllListeners('clock:ask');
  const asked = phone.timeout(60_000).emitWithAck('clock:ask');
  asked.catch(() => {});
  const lost = heard(phone, 'disconnect');
  sockets[0]?.conn.close();
  await lost;
  await expect(asked).rejects.toThrow('the connection is lost');
  expect(phone.connected).toBe(false);
  await heard(phone, 'connect');
  expect(await phone.timeout(5_000).emitWithAck('clock:ask')).toBe(42);
  expect(sockets).toHaveLength(2);
});

test('an ask that nobody answers ends in time, and one that never left is not sent later', async () => {
  const { origin, sockets } = await door();
  const phone = wire(origin);
  await heard(phone, 'connect');
  sockets[0]?.removeAllListeners('clock:ask');
  await expect(phone.timeout(30).emitWithAck('clock:ask')).rejects.toThrow('no answer');
  const lost = heard(phone, 'disconnect');
  sockets[0]?.conn.close();
  await lost;
  await expect(phone.timeout(1).emitWithAck('clock:ask')).rejects.toThrow('no answer');
  let asks = 0;
  const back = heard(phone, 'connect');
  await expect.poll(() => sockets.length).toBe(2);
  sockets[1]?.onAny(() => (asks += 1));
  await back;
  await phone.timeout(5_000).emitWithAck('clock:ask');
  expect(asks).toBe(1);
});

test('a server that falls silent is given up', async () => {
  const { origin, sockets } = await door({ pingInterval: 40, pingTimeout: 40 });
  const phone = wire(origin);
  await heard(phone, 'connect');
  // The server goes on living and says nothing more: as a phone that slept finds it.
  const lost = heard(phone, 'disconnect');
  const conn = sockets[0]?.conn as unknown as { sendPacket: () => void; schedulePing: () => void };
  conn.sendPacket = () => {};
  conn.schedulePing = () => {};
  await lost;
  expect(phone.connected).toBe(false);
});

test('where no WebSocket comes through it polls, with everything it was asked', async () => {
  const { origin, io: server } = await door({ transports: ['polling'] });
  const phone = wire(origin, {
    otherwise: (at, under) =>
      Promise.resolve(io(at, { path: under, transports: ['polling'] }) as unknown as LiveSocket),
  });
  const told = new Promise((resolve) => phone.on('crowd:count', resolve));
  await heard(phone, 'connect');
  expect(phone.connected).toBe(true);
  expect(await phone.timeout(5_000).emitWithAck('clock:ask')).toBe(42);
  server.emit('crowd:count', { watching: 3 });
  expect(await told).toEqual({ watching: 3 });
  phone.close();
  expect(phone.connected).toBe(false);
});

test('closed, it stays closed', async () => {
  const { origin, sockets } = await door();
  const phone = wire(origin);
  await heard(phone, 'connect');
  const gone = new Promise((resolve) => sockets[0]?.on('disconnect', resolve));
  phone.close();
  expect(await gone).toBe('client namespace disconnect');
  await expect(phone.timeout(20).emitWithAck('clock:ask')).rejects.toThrow('no answer');
  expect(sockets).toHaveLength(1);
});
