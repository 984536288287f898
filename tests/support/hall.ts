// A real http server with the live door on a free port of this machine, for tests that talk over sockets. Closed after the test file.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { liveDoor } from '#server/live/live-door.ts';
import { bus } from '#lib/server/bus.ts';

/** The address to connect to. */
export async function openHall(): Promise<string> {
  const server = createServer();
  const door = await liveDoor(server);
  await bus().listening();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(async () => {
    await door.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
