// The ballot box: one ballot a seat, through any channel, changeable until close. Casting takes a shared lock on the poll row, closing an
// exclusive one, so every accepted ballot is counted and only those, at any concurrency and with several processes.
// Casts are committed in groups, so that a whole hall can vote in one second. Nothing here ever looks at a tally.
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { methodOf } from '#lib/domain/ballots/index.ts';
import { holderOf } from '#lib/domain/meeting/attendance.ts';
import { votes } from '#lib/domain/meeting/allocation.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { castFault } from '#lib/domain/meeting/casting.ts';
import type { BallotChannel, PollFrame } from '#lib/domain/meeting/poll-state.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { parseAsk, type Asked } from '#lib/protocol/commands.ts';
import type { CastAnswer, OwnBallot, Turnout } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { client, db } from '#lib/server/db/client.ts';
import { ballots, polls } from '#lib/server/db/schema/index.ts';
import { copyOf, freshCopy } from '#lib/server/meetings/copies.ts';
import { castAsResident, residentsAnswered } from './resident-box.ts';
import { residentsTurnout } from './residents-turnout.ts';

/** The bus kind for "this poll's turnout has changed". */
export const turnoutNotice = 'turnout';

interface Cast {
  readonly pollId: string;
  readonly seatId: string;
  readonly actingId: string;
  readonly channel: BallotChannel;
  readonly choice: unknown;
  readonly castId: string;
  /** What proved whose hand it is: asked again when the ballot is stored, for a socket outlives a revoked slip. */
  readonly proof: { readonly sessionKey: string | null; readonly guestId: string | null };
  readonly answered: (answer: CastAnswer) => void;
  readonly failed: (error: unknown) => void;
}

/** Casts of one commit at most; measured best between 200 and 1,000. */
const mostTogether = 500;
/** [V2] A ballot may be changed this often; more is somebody's broken phone. */
const mostRevisions = 100;

const queues = new Map<string, Cast[]>();

/**
 * [V2] Casts or changes a ballot. Answers once it is stored for good, or with a refusal; the same `castId` again changes nothing.
 * Rejects only when the database does not answer: the same cast may be sent again.
 */
export async function castBallot(ask: unknown, actor: Actor): Promise<CastAnswer> {
  const asked = parseAsk('cast', ask);
  if (isRefusal(asked)) return { ok: false, refusal: asked };
  // A process may be a notice behind the log: what it does not know yet it looks up.
  const known = copyOf(asked.meetingId)?.state;
  const state = known?.polls.byId[asked.pollId] ? known : (await freshCopy(asked.meetingId)).state;
  if (state.polls.byId[asked.pollId]?.frame.residents) {
    const answer = await castAsResident(state, asked, actor);
    if (answer.ok) bus().publish(turnoutNotice, `${asked.meetingId} ${asked.pollId}`, Date.now());
    return answer;
  }
  let entry = entitlement(state, asked, actor);
  if (isRefusal(entry)) {
    // This process may be a notice behind the log: look again before saying no.
    entry = entitlement((await freshCopy(asked.meetingId)).state, asked, actor);
    if (isRefusal(entry)) return { ok: false, refusal: entry };
  }
  const { actingId, channel, choice } = entry;
  const { pollId, seatId, castId } = asked;
  return new Promise((answered, failed) => {
    const proof = proofOf(actor, asked.meetingId);
    const cast: Cast = { pollId, seatId, actingId, channel, choice, castId, proof, answered, failed };
    const waiting = queues.get(pollId);
    if (waiting) waiting.push(cast);
    else {
      queues.set(pollId, [cast]);
      void drain(asked.meetingId, pollId);
    }
  });
}

const proofOf = (actor: Actor, meetingId: string): Cast['proof'] => {
  const byPlace = 'admitted' in actor && actor.admitted?.meetingId === meetingId;
  if (actor.kind === 'guest') return { sessionKey: null, guestId: actor.guestId };
  return { sessionKey: actor.kind === 'person' && !byPlace ? (actor.sessionKey ?? null) : null, guestId: null };
};

/** Whose hand may cast for this seat, and by which channel it then counts. */
function entitlement(
  state: MeetingState,
  { pollId, seatId, choice }: Asked<'cast'>,
  actor: Actor,
): Refusal | { actingId: string; channel: BallotChannel; choice: unknown } {
  const personId = personAt(actor, state.meetingId);
  if (personId === null) return refuse('P1', 'session-expired');
  const at = actorAt(state, { kind: 'person', personId, guestId: null });
  if (!mayDo(doersOf(state, at), 'castBallot')) return refuse('P1', 'not-entitled', { deed: 'castBallot' });
  if (!state.seats[seatId]) return refuse('A1', 'unknown-seat');
  const own = at.seatId === seatId || (at.seatId !== null && holderOf(state, seatId) === at.seatId);
  if (!own && !at.roles.has('helper')) return refuse('A2', 'not-your-seat');
  const fault = castFault(state, pollId, seatId);
  if (fault) return fault;
  const frame = state.polls.byId[pollId]?.frame as PollFrame;
  const parsed = methodOf(frame.method)?.parseChoice(frame.config, choice) ?? null;
  if (parsed === null) return methodOf(frame.method)?.fault?.(frame.config, choice) ?? refuse('V2', 'choice-invalid');
  return { actingId: personId, channel: own ? 'phone' : 'assisted', choice: parsed };
}

async function drain(meetingId: string, pollId: string): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  for (let queue = queues.get(pollId); queue && queue.length > 0; queue = queues.get(pollId)) {
    const batch = queue.splice(0, mostTogether);
    try {
      const answers = await store(pollId, batch);
      batch.forEach((cast, index) =>
        cast.answered(answers[index] ?? { ok: false, refusal: refuse('C4', 'server-failed') }),
      );
      if (answers.some(({ ok }) => ok)) bus().publish(turnoutNotice, `${meetingId} ${pollId}`, Date.now());
    } catch (error) {
      for (const cast of batch) cast.failed(error);
    }
  }
  queues.delete(pollId);
}

const barredReasons = { recused: 'recused', left: 'seat-not-present', paper: 'seat-voted-otherwise' } as const;

async function store(pollId: string, batch: readonly Cast[]): Promise<CastAnswer[]> {
  return client.begin(async (tx) => {
    const [poll] = await tx<{ status: string; barred: Record<string, keyof typeof barredReasons> }[]>`
      select status, barred from polls where id = ${pollId} for share`;
    if (!poll) return batch.map(() => ({ ok: false, refusal: refuse('V3', 'unknown-poll') }) as const);
    if (poll.status !== 'open')
      return batch.map(() => ({ ok: false, refusal: refuse('V3', 'poll-not-open') }) as const);

    const ended = await endedProofs(tx, batch);
    // Two casts of one seat in one group: the later stands, as it would have one after the other.
    const last = new Map<string, Cast>();
    for (const cast of batch) if (!poll.barred[cast.seatId] && !ended.has(cast)) last.set(cast.seatId, cast);
    const casts = [...last.values()];
    const revisions = new Map<string, number>();
    if (casts.length > 0) {
      const castIds = new Map<string, string[]>();
      for (const cast of batch)
        if (!ended.has(cast)) castIds.set(cast.seatId, [...(castIds.get(cast.seatId) ?? []), cast.castId]);
      const now = Date.now();
      const rows = await tx<{ seat_id: string; revision: number }[]>`
        insert into ballots (poll_id, seat_id, acting_id, channel, revision, choice, cast_ids, cast_at)
        select ${pollId}, cast_row.seat_id, cast_row.acting_id, cast_row.channel, 1, cast_row.choice,
               array(select jsonb_array_elements_text(cast_row.cast_ids)), ${now}
        from jsonb_to_recordset(${JSON.stringify(
          casts.map(({ seatId, actingId, channel, choice }) => ({
            seat_id: seatId,
            acting_id: actingId,
            channel,
            choice,
            cast_ids: castIds.get(seatId) ?? [],
          })),
        )}::text::jsonb) as cast_row(seat_id text, acting_id text, channel text, choice jsonb, cast_ids jsonb)
        on conflict (poll_id, seat_id) do update
        set acting_id = excluded.acting_id, channel = excluded.channel, revision = ballots.revision + 1,
            choice = excluded.choice, cast_ids = ballots.cast_ids || excluded.cast_ids, cast_at = excluded.cast_at
        where not (ballots.cast_ids @> excluded.cast_ids) and ballots.channel <> 'paper' and ballots.revision < ${mostRevisions}
        returning seat_id, revision`;
      for (const row of rows) revisions.set(row.seat_id, row.revision);
    }
    const unchanged = casts.filter(({ seatId }) => !revisions.has(seatId));
    const standing = new Map<string, { revision: number; channel: string }>();
    if (unchanged.length > 0) {
      const rows = await tx<{ seat_id: string; revision: number; channel: string }[]>`
        select seat_id, revision, channel from ballots
        where poll_id = ${pollId} and seat_id in ${tx(unchanged.map(({ seatId }) => seatId))}`;
      for (const row of rows) standing.set(row.seat_id, row);
    }
    return batch.map((cast): CastAnswer => {
      const { seatId } = cast;
      if (ended.has(cast)) return { ok: false, refusal: refuse('P1', 'session-expired') };
      const barred = poll.barred[seatId];
      if (barred) return { ok: false, refusal: refuse('V2', barredReasons[barred]) };
      const revision = revisions.get(seatId);
      if (revision !== undefined) return { ok: true, revision };
      const kept = standing.get(seatId);
      if (kept?.channel === 'paper') return { ok: false, refusal: refuse('V2', 'seat-voted-otherwise') };
      if (kept && kept.revision >= mostRevisions)
        return { ok: false, refusal: refuse('V2', 'too-many-attempts', { most: mostRevisions }) };
      return { ok: true, revision: kept?.revision ?? 0 };
    });
  });
}

/** Casts whose session or admission has ended since their socket was opened. One look for the whole group. */
async function endedProofs(tx: postgres.TransactionSql, batch: readonly Cast[]): Promise<Set<Cast>> {
  const sessionKeys = [...new Set(batch.flatMap(({ proof }) => proof.sessionKey ?? []))];
  const guestIds = [...new Set(batch.flatMap(({ proof }) => proof.guestId ?? []))];
  const standing = new Set<string>();
  if (sessionKeys.length > 0)
    for (const { id } of await tx<{ id: string }[]>`
      select id from sessions where id in ${tx(sessionKeys)} and expires_at > ${Date.now()}`)
      standing.add(id);
  const admitted = new Map<string, string | null>();
  if (guestIds.length > 0)
    for (const row of await tx<{ id: string; admitted_person_id: string | null }[]>`
      select id, admitted_person_id from guests where id in ${tx(guestIds)}`)
      admitted.set(row.id, row.admitted_person_id);
  return new Set(
    batch.filter(({ proof: { sessionKey, guestId }, actingId }) =>
      sessionKey !== null ? !standing.has(sessionKey) : guestId !== null && admitted.get(guestId) !== actingId,
    ),
  );
}

/** How many of the electorate have cast. Counts heads only. */
export async function turnoutOf(pollId: string): Promise<Turnout | null> {
  const [poll] = await db.select({ frame: polls.frame, barred: polls.barred }).from(polls).where(eq(polls.id, pollId));
  if (!poll) return null;
  const [cast] = await db.select({ cast: count() }).from(ballots).where(eq(ballots.pollId, pollId));
  if (poll.frame.residents) return { pollId, cast: await residentsAnswered(pollId), of: 0 };
  const recused = Object.values(poll.barred).filter((why) => why === 'recused').length;
  const { subject, allocation, electorate } = poll.frame;
  const turnout = { pollId, cast: cast?.cast ?? 0, of: electorate.length - recused };
  if (subject.kind !== 'allocation' || !allocation || !votes(allocation.voters, 'residents')) return turnout;
  return { ...turnout, residents: await residentsTurnout(subject.callId, pollId) };
}

/** A viewer's own ballots in one poll, to show what was chosen and to change it. */
export async function ownBallots(pollId: string, seatIds: readonly string[]): Promise<OwnBallot[]> {
  if (seatIds.length === 0) return [];
  const rows = await db
    .select()
    .from(ballots)
    .where(and(eq(ballots.pollId, pollId), inArray(ballots.seatId, [...seatIds])));
  return rows.map(({ seatId, choice, channel, revision }) => ({ pollId, seatId, choice, channel, revision }));
}

/**
 * After names were unlinked, writes the table anew: its old pages still hold the linked rows, and a plain vacuum frees their room without
 * overwriting it. Casts elsewhere wait for it some milliseconds. Outside transactions.
 */
export async function forgetOldVersions(): Promise<void> {
  await db.execute(sql`vacuum (full) ballots`);
  await db.execute(sql`vacuum (full) slip_ballots`);
  await db.execute(sql`vacuum (full) slip_papers`);
  await db.execute(sql`vacuum (full) resident_answers`);
}
