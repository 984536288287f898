// A second process of the program for tests: the live door on a free port of the database in DATABASE_URL. Prints its address, and ends
// when the pipe to its parent breaks.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bus } from '#lib/server/bus.ts';
import { liveDoor } from '#server/live/live-door.ts';

const server = createServer();
await liveDoor(server);
await bus().listening();
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.info(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
