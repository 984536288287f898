// The bare limit of a broadcast, for the fan-out bench: a `ws` server that sends whatever it receives to everybody else. Prints its address.
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (message) => {
    const text = message.toString();
    for (const other of server.clients) if (other !== socket) other.send(text);
  });
});
server.on('listening', () => console.info(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
