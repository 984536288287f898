// The live door: socket.io. It knows connections and rooms and nothing of the law: it hands asks to the office and tells what the log tells.
// One room per meeting and audience; an event is encoded once per audience, whoever listens.
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Actor } from '#lib/domain/actor.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { audiences } from '#lib/domain/meeting/words.ts';
import { parseAsk } from '#lib/protocol/commands.ts';
import { largestMessage, PROTOCOL_VERSION, socketPath, type JoinAnswer } from '#lib/protocol/meeting.ts';
import { keepCounting } from '#lib/server/allocations/counts.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { besideState, mayWatch, viewerAt } from '#lib/server/meetings/views.ts';
import { listenAt, wipeForgotten } from '#lib/server/practice/practices.ts';
import { closeForgottenRehearsals } from '#lib/server/practice/rehearsals.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { enterSheet, settleSheet } from '#lib/server/polls/sheets.ts';
import { askQuestion, moderateQuestion, supportQuestion } from '#lib/server/questions/questions.ts';
import { isForeign } from '#server/origin.js';
import { Allowance } from './allowance.ts';
import { guestRoom, personRoom, roomOf, type LiveConnection, type LiveServer } from './connection.ts';
import { Hall } from './hall.ts';

export async function liveDoor(server: HttpServer): Promise<{ close(): Promise<void> }> {
  const io: LiveServer = new Server(server, {
    path: socketPath,
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: largestMessage,
    transports: ['websocket', 'polling'],
    perMessageDeflate: false,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    allowRequest: (request, decide) => decide(null, !isForeign(request)),
  });
  const hall = new Hall(io);
  const stopCounting = keepCounting();

  io.use((socket, next) => {
    const { cookie } = socket.handshake.headers;
    actorFromCookie(cookie).then(
      (actor) => {
        Object.assign(socket.data, { actor, cookie, joined: new Map(), allowance: new Allowance() });
        next();
      },
      // The database does not answer. A refusal here would be final for the phone; a lost connection it makes again by itself.
      () => socket.conn.close(),
    );
  });

  io.on('connection', (socket) => serve(socket, hall));
  // Simulated phones of practices and rehearsals come in by this door like everybody else.
  listenAt(() => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : null;
  });
  await wipeForgotten();
  await closeForgottenRehearsals();

  return {
    async close() {
      hall.close();
      stopCounting();
      // Not io.close(): that would close the http server, which belongs to the process.
      io.disconnectSockets(true);
      io.engine.close();
      await Promise.resolve();
    },
  };
}

type Acknowledge<Value> = (answer: Value) => void;

/** Answers even when the office throws; a client that gave no acknowledgement gets none. */
function answering<Value>(
  socket: LiveConnection,
  handle: (ask: unknown) => Promise<Value | { ok: false; refusal: Refusal }>,
) {
  return (ask: unknown, acknowledge?: unknown): void => {
    const answer = (typeof acknowledge === 'function' ? acknowledge : () => {}) as Acknowledge<unknown>;
    if (!socket.data.allowance.take()) {
      answer({ ok: false, refusal: refuse('C1', 'too-many-attempts', {}) });
      return;
    }
    handle(ask).then(answer, (error: unknown) => {
      reportFailure('A live message failed', error);
      answer({ ok: false, refusal: refuse('C4', 'server-failed') });
    });
  };
}

function serve(socket: LiveConnection, hall: Hall): void {
  const { data } = socket;
  const actor = () => data.actor;
  // Messages are unknown JSON whatever their declared type says: each office function parses its own.
  const on = socket.on.bind(socket) as (name: string, listener: (ask: unknown, acknowledge?: unknown) => void) => void;

  on('clock:ask', (acknowledge) => {
    if (typeof acknowledge === 'function') (acknowledge as (now: number) => void)(Date.now());
  });
  on(
    'meeting:join',
    answering(socket, (ask) => join(socket, hall, ask)),
  );
  on('meeting:leave', (ask) => {
    const asked = parseAsk('leave', ask);
    if (!isRefusal(asked)) leave(socket, hall, asked.meetingId);
  });
  on('wall:lift', (ask) => {
    const asked = parseAsk('lift', ask);
    if (!isRefusal(asked) && data.allowance.take()) hall.lifts(asked.meetingId, socket, asked.topicId);
  });
  on(
    'meeting:act',
    answering(socket, async (ask) => {
      const asked = parseAsk('act', ask);
      if (isRefusal(asked)) return { ok: false, refusal: asked };
      return act(asked.meetingId, { commandId: asked.commandId, command: asked.command }, await current(socket, hall));
    }),
  );
  on(
    'ballot:cast',
    answering(socket, (ask) => castBallot(ask, actor())),
  );
  on(
    'sheet:enter',
    answering(socket, async (ask) => enterSheet(ask, await current(socket, hall))),
  );
  on(
    'sheet:settle',
    answering(socket, async (ask) => settleSheet(ask, await current(socket, hall))),
  );
  on(
    'question:ask',
    answering(socket, async (ask) => askQuestion(ask, await current(socket, hall))),
  );
  on(
    'question:support',
    answering(socket, async (ask) => supportQuestion(ask, await current(socket, hall))),
  );
  on(
    'question:moderate',
    answering(socket, async (ask) => moderateQuestion(ask, await current(socket, hall))),
  );
  socket.on('disconnect', () => {
    for (const meetingId of [...data.joined.keys()]) leave(socket, hall, meetingId);
  });
}

/** The session asked again: it may have ended, been revoked or been admitted since the connection was made. */
async function current(socket: LiveConnection, _hall: Hall): Promise<Actor> {
  const before = socket.data.actor;
  socket.data.actor = await actorFromCookie(socket.data.cookie);
  if (socket.data.actor.kind !== before.kind)
    for (const meetingId of socket.data.joined.keys()) socket.emit('viewer:changed', { meetingId, reason: 'session' });
  return socket.data.actor;
}

async function join(socket: LiveConnection, hall: Hall, ask: unknown): Promise<JoinAnswer> {
  const asked = parseAsk('join', ask);
  if (isRefusal(asked)) return { ok: false, refusal: asked };
  if (asked.version !== PROTOCOL_VERSION)
    return { ok: false, refusal: refuse('C1', 'command-malformed', { field: 'version' }) };
  const { meetingId, since, screen } = asked;
  const actor = await current(socket, hall);
  const copy = await freshCopy(meetingId);
  if (!mayWatch(copy.state, viewerAt(copy.state, actor)))
    return { ok: false, refusal: refuse('L1', 'unknown-meeting') };
  const beside = await besideState(copy, actor);
  const { viewer } = beside;

  // From here without waiting: room, seq and state belong together.
  for (const audience of audiences) {
    if (audience === viewer.audience) void socket.join(roomOf(meetingId, audience));
    else void socket.leave(roomOf(meetingId, audience));
  }
  if (viewer.personId) void socket.join(personRoom(meetingId, viewer.personId));
  if (viewer.guestId) void socket.join(guestRoom(viewer.guestId));
  socket.data.joined.set(meetingId, viewer);
  hall.entered(meetingId, socket.id, viewer, copy.seq, screen);
  const known = since ?? 0;
  if (known > 0 && known <= copy.seq) {
    const events = copy.eventsFor(viewer.audience, known);
    const missed = { meetingId, from: known + 1, to: copy.seq, events };
    return { ok: true, caughtUp: JSON.stringify({ ...beside, missed }) };
  }
  const view = `${JSON.stringify(beside).slice(0, -1)},"state":${copy.encodedFor(viewer.audience)}}`;
  return { ok: true, view };
}

function leave(socket: LiveConnection, hall: Hall, meetingId: string): void {
  const viewer = socket.data.joined.get(meetingId);
  if (!viewer) return;
  socket.data.joined.delete(meetingId);
  for (const audience of audiences) void socket.leave(roomOf(meetingId, audience));
  hall.left(meetingId, socket.id, viewer);
}
