// The one way a meeting changes: a command in, events stored, then told. From a socket, a form without JavaScript, the clock or a test.
// Commands waiting on one meeting are decided in order and committed together, so a crowd arriving at once costs a few commits.
// Store, then broadcast: nothing is told before the transaction has committed.
import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { touchesOpenPoll } from '#lib/domain/meeting/commands.ts';
import { actorAt, decide } from '#lib/domain/meeting/decide.ts';
import { evolve } from '#lib/domain/meeting/evolve.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { parseCommand } from '#lib/protocol/commands.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { ActAnswer } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { meetingCommands, meetings } from '#lib/server/db/schema/index.ts';
import { lockPoll } from '#lib/server/polls/book.ts';
import { book, settle } from './bookings.ts';
import { caughtUp } from './copies.ts';
import { readFacts } from './facts.ts';
import { appendEvents, sealEvent, type Sealing } from './log.ts';
import { meetingNotice } from './notice.ts';

export interface CommandAsk {
  readonly commandId: string;
  /** Unknown JSON: parsed here, whoever sends it. */
  readonly command: unknown;
  /** When it happened, for the demo's history; absent for everything that happens now. No door passes it on. */
  readonly at?: number;
}

interface Waiting {
  readonly ask: CommandAsk;
  readonly actor: Actor;
  readonly answered: (answer: ActAnswer) => void;
  readonly failed: (error: unknown) => void;
}

const queues = new Map<string, Waiting[]>();
const mostTogether = 64;

/**
 * Decides a command. The answer is the meeting's seq after it, or a refusal; a resent `commandId` gets the answer it got before.
 * Rejects only when the database does not answer: nothing was stored then, and the same ask may be sent again.
 */
export function act(meetingId: string, ask: CommandAsk, actor: Actor): Promise<ActAnswer> {
  return new Promise((answered, failed) => {
    const waiting = queues.get(meetingId);
    const item: Waiting = { ask, actor, answered, failed };
    if (waiting) {
      waiting.push(item);
      return;
    }
    queues.set(meetingId, [item]);
    void drain(meetingId);
  });
}

async function drain(meetingId: string): Promise<void> {
  // What arrives in the same turn of the event loop is decided together.
  await new Promise((resolve) => setImmediate(resolve));
  for (let queue = queues.get(meetingId); queue && queue.length > 0; queue = queues.get(meetingId)) {
    const batch = queue.splice(0, mostTogether);
    try {
      const answers = await decideTogether(meetingId, batch);
      batch.forEach((item, index) =>
        item.answered(answers[index] ?? { ok: false, refusal: refuse('C4', 'server-failed') }),
      );
    } catch (error) {
      if (batch.length === 1) batch[0]?.failed(error);
      else for (const item of batch) await alone(meetingId, item);
    }
  }
  queues.delete(meetingId);
}

/** One command of a batch that failed must not take the others with it. */
async function alone(meetingId: string, item: Waiting): Promise<void> {
  try {
    const [answer] = await decideTogether(meetingId, [item]);
    item.answered(answer ?? { ok: false, refusal: refuse('C4', 'server-failed') });
  } catch (error) {
    item.failed(error);
  }
}

const keyOf = (actor: Actor, meetingId: string): string =>
  actor.kind === 'system'
    ? 'system'
    : (personAt(actor, meetingId) ?? (actor.kind === 'guest' ? `guest:${actor.guestId}` : 'nobody'));

async function decideTogether(meetingId: string, batch: readonly Waiting[]): Promise<ActAnswer[]> {
  const outcome = await db.transaction(async (tx) => {
    const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update');
    if (!meeting) return batch.map(() => ({ ok: false, refusal: refuse('L1', 'unknown-meeting') }) as const);
    const copy = await caughtUp(meetingId, tx);
    const already = await answersGiven(
      tx,
      meetingId,
      batch.map(({ ask }) => ask.commandId),
    );
    let state = copy.state;
    let previous: Uint8Array = meeting.headHash;
    const sealings: Sealing[] = [];
    const receipts: { meetingId: string; commandId: string; actorKey: string; seq: number }[] = [];
    const answers: ActAnswer[] = [];

    for (const { ask, actor } of batch) {
      const actorKey = keyOf(actor, meetingId);
      const before = already.get(ask.commandId);
      if (before) {
        // Somebody else's id is not an answer to give away.
        answers.push(
          before.actorKey === actorKey
            ? { ok: true, seq: before.seq }
            : { ok: false, refusal: refuse('C3', 'not-entitled') },
        );
        continue;
      }
      const decided = await decideOne(tx, meetingId, state, ask, actor);
      if (isRefusal(decided)) {
        answers.push({ ok: false, refusal: decided });
        continue;
      }
      for (const draft of decided.drafts) {
        const sealing = sealEvent(draft, {
          seq: state.seq + 1,
          at: decided.at,
          actorId: actorKey,
          commandId: ask.commandId,
          previous,
        });
        state = evolve(state, sealing.entry.event);
        previous = sealing.hash;
        sealings.push(sealing);
        await book(tx, sealing.entry.event, state);
      }
      const receipt = { meetingId, commandId: ask.commandId, actorKey, seq: state.seq };
      receipts.push(receipt);
      already.set(ask.commandId, receipt);
      answers.push({ ok: true, seq: state.seq });
    }

    if (sealings.length > 0) {
      await appendEvents(tx, meetingId, sealings);
      await tx
        .update(meetings)
        .set({ headSeq: state.seq, headHash: previous, phase: state.phase })
        .where(eq(meetings.id, meetingId));
    }
    if (receipts.length > 0) await tx.insert(meetingCommands).values(receipts);
    return { answers, copy, entries: sealings.map(({ entry }) => entry), seq: state.seq };
  });

  if (Array.isArray(outcome)) return outcome;
  if (outcome.entries.length > 0) {
    outcome.copy.add(outcome.entries);
    bus().publish(meetingNotice, meetingId, outcome.seq);
    for (const { event } of outcome.entries) void settle(event, outcome.copy.state);
  }
  return outcome.answers;
}

async function answersGiven(tx: Queryable, meetingId: string, commandIds: string[]) {
  const rows = await tx
    .select()
    .from(meetingCommands)
    .where(and(eq(meetingCommands.meetingId, meetingId), inArray(meetingCommands.commandId, commandIds)));
  return new Map(rows.map((row) => [row.commandId, { actorKey: row.actorKey, seq: row.seq }]));
}

async function decideOne(
  tx: Queryable,
  meetingId: string,
  state: Parameters<typeof decide>[0],
  ask: CommandAsk,
  actor: Actor,
): Promise<Refusal | { drafts: Exclude<ReturnType<typeof decide>, Refusal>; at: number }> {
  if (ask.commandId.length === 0 || ask.commandId.length > 64)
    return refuse('C1', 'command-malformed', { field: 'commandId' });
  const command = parseCommand(ask.command);
  if (isRefusal(command)) return command;
  if (state.polls.openId && touchesOpenPoll.includes(command.type)) await lockPoll(tx, state.polls.openId);
  const facts = await readFacts(tx, meetingId, command, state);
  const at = ask.at ?? Date.now();
  const who = actorAt(state, {
    kind: actor.kind === 'system' ? 'system' : actor.kind === 'guest' ? 'guest' : 'person',
    personId: personAt(actor, meetingId),
    guestId: actor.kind === 'guest' ? actor.guestId : null,
  });
  const decision = decide(state, command, { actor: who, now: at, facts, newId });
  return isRefusal(decision) ? decision : { drafts: decision, at };
}
