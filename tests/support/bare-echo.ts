// What this machine's sockets give, for the ballots bench: a `ws` server that answers every message at once with an acknowledgement of the
// size the live door sends, and does nothing else. Prints its address.
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', () => socket.send('4311[{"ok":true,"revision":1}]'));
});
server.on('listening', () => console.info(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
