// The box of a straw poll of residents: one choice a device or enrolment, changeable until it closes, with the part of the community it came from. Casting takes
// the poll's shared lock like every cast; casts of one moment are committed together. Closing takes the link to the device away. Rules [H11], [H12].
import { randomUUID } from 'node:crypto';
import { and, count, eq } from 'drizzle-orm';
import { personAt, type Actor } from '#lib/domain/actor.ts';
import { methodOf } from '#lib/domain/ballots/index.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { participantOf } from '#lib/domain/meeting/participants.ts';
import { residentCastFault } from '#lib/domain/meeting/casting.ts';
import type { PollFact } from '#lib/domain/meeting/poll-state.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Asked } from '#lib/protocol/commands.ts';
import { residentVoice, type CastAnswer, type OwnBallot } from '#lib/protocol/meeting.ts';
import { client, db, type Queryable } from '#lib/server/db/client.ts';
import { hearingGuests, residentAnswers } from '#lib/server/db/schema/index.ts';

const mostRevisions = 100;
const mostTogether = 500;

interface Cast {
  readonly pollId: string;
  readonly voter: string;
  readonly choice: string;
  readonly area: string | null;
  readonly castId: string;
  readonly answered: (answer: CastAnswer) => void;
  readonly failed: (error: unknown) => void;
}

const queues = new Map<string, Cast[]>();

const refused = (refusal: Refusal): CastAnswer => ({ ok: false, refusal });

/** Whose choice it is: the enrolment where the device told one, else the device, else the person. Null for nobody. */
async function voterOf(
  state: MeetingState,
  actor: Actor,
): Promise<{ readonly voter: string; readonly area: string | null } | null> {
  const { meetingId } = state;
  const personId = personAt(actor, meetingId);
  const guestId = actor.kind === 'guest' ? actor.guestId : null;
  const area = participantOf(state, { personId, guestId: personId === null ? guestId : null })?.zone ?? null;
  if (personId !== null) return { voter: `person:${personId}`, area };
  if (guestId === null) return null;
  const [row] = await db
    .select()
    .from(hearingGuests)
    .where(and(eq(hearingGuests.meetingId, meetingId), eq(hearingGuests.guestId, guestId)));
  return { voter: row?.enrolmentId ? `enrolment:${row.enrolmentId}` : `guest:${guestId}`, area: row?.zone ?? area };
}

/** [H11] Takes or changes a resident's choice. Answers once it is stored; the same `castId` again changes nothing. */
export async function castAsResident(
  state: MeetingState,
  { pollId, castId, choice }: Asked<'cast'>,
  actor: Actor,
): Promise<CastAnswer> {
  const who = actorAt(state, {
    kind: actor.kind === 'guest' ? 'guest' : 'person',
    personId: personAt(actor, state.meetingId),
    guestId: actor.kind === 'guest' ? actor.guestId : null,
  });
  if (!mayDo(doersOf(state, who), 'castAsResident') || who.seatId !== null || who.roles.size > 0)
    return refused(refuse('H11', 'not-in-electorate'));
  const voter = await voterOf(state, actor);
  if (!voter) return refused(refuse('P1', 'session-expired'));
  const fault = residentCastFault(state, pollId);
  if (fault) return refused(fault);
  const { frame } = state.polls.byId[pollId] ?? {};
  const parsed: unknown = frame ? (methodOf(frame.method)?.parseChoice(frame.config, choice) ?? null) : null;
  if (typeof parsed !== 'string') return refused(refuse('V2', 'choice-invalid'));
  return new Promise((answered, failed) => {
    const cast: Cast = { pollId, ...voter, choice: parsed, castId, answered, failed };
    const waiting = queues.get(pollId);
    if (waiting) waiting.push(cast);
    else {
      queues.set(pollId, [cast]);
      void drain(pollId);
    }
  });
}

async function drain(pollId: string): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  for (let queue = queues.get(pollId); queue && queue.length > 0; queue = queues.get(pollId)) {
    const batch = queue.splice(0, mostTogether);
    try {
      const answers = await store(pollId, batch);
      batch.forEach((cast, at) => cast.answered(answers[at] ?? refused(refuse('C4', 'server-failed'))));
    } catch (error) {
      for (const cast of batch) cast.failed(error);
    }
  }
  queues.delete(pollId);
}

async function store(pollId: string, batch: readonly Cast[]): Promise<CastAnswer[]> {
  return client.begin(async (tx) => {
    const [poll] = await tx<{ status: string }[]>`select status from polls where id = ${pollId} for share`;
    if (poll?.status !== 'open') return batch.map(() => refused(refuse('V3', 'poll-not-open')));
    // Of two choices of one resident in one group the later stands.
    const last = new Map<string, { cast: Cast; castIds: string[] }>();
    for (const cast of batch)
      last.set(cast.voter, { cast, castIds: [...(last.get(cast.voter)?.castIds ?? []), cast.castId] });
    const rows = Array.from(last.values(), ({ cast: { voter, choice, area }, castIds }) => ({
      voter,
      choice,
      area,
      cast_ids: castIds,
    }));
    const stored = await tx<{ voter: string; revision: number }[]>`
      insert into resident_answers (poll_id, voter, choice, area, revision, cast_ids)
      select ${pollId}, cast_row.voter, cast_row.choice, cast_row.area, 1,
             array(select jsonb_array_elements_text(cast_row.cast_ids))
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as cast_row(voter text, choice text, area text, cast_ids jsonb)
      on conflict (poll_id, voter) do update
      set choice = excluded.choice, area = excluded.area, revision = resident_answers.revision + 1,
          cast_ids = resident_answers.cast_ids || excluded.cast_ids
      where not (resident_answers.cast_ids @> excluded.cast_ids) and resident_answers.revision < ${mostRevisions}
      returning voter, revision`;
    const revisions = new Map(stored.map(({ voter, revision }) => [voter, revision]));
    const unchanged = [...last.keys()].filter((voter) => !revisions.has(voter));
    const full = new Set<string>();
    if (unchanged.length > 0)
      for (const { voter, revision } of await tx<{ voter: string; revision: number }[]>`
        select voter, revision from resident_answers where poll_id = ${pollId} and voter in ${tx(unchanged)}`) {
        if (revision >= mostRevisions) full.add(voter);
        revisions.set(voter, revision);
      }
    return batch.map(({ voter }) =>
      full.has(voter)
        ? refused(refuse('V2', 'too-many-attempts', { most: mostRevisions }))
        : { ok: true, revision: revisions.get(voter) ?? 0 },
    );
  });
}

/** [V3] What residents chose, for the count. The caller holds the poll's lock, or it is closed. */
export async function answersIn(tx: Queryable, pollId: string): Promise<NonNullable<PollFact['answers']>> {
  return tx
    .select({ choice: residentAnswers.choice, area: residentAnswers.area })
    .from(residentAnswers)
    .where(eq(residentAnswers.pollId, pollId));
}

/** How many have chosen: heads only. */
export async function residentsAnswered(pollId: string): Promise<number> {
  const [row] = await db.select({ answered: count() }).from(residentAnswers).where(eq(residentAnswers.pollId, pollId));
  return row?.answered ?? 0;
}

/** A resident's own choice while the poll is open, to show and to change it. */
export async function ownAnswer(state: MeetingState, pollId: string, actor: Actor): Promise<OwnBallot[]> {
  const voter = await voterOf(state, actor);
  if (!voter) return [];
  const [row] = await db
    .select()
    .from(residentAnswers)
    .where(and(eq(residentAnswers.pollId, pollId), eq(residentAnswers.voter, voter.voter)));
  return row ? [{ pollId, seatId: residentVoice, choice: row.choice, channel: 'phone', revision: row.revision }] : [];
}

/** Closing: from here on nobody can tell whose choice it was. `voided` forgets the choices too. */
export async function unlinkAnswers(tx: Queryable, pollId: string, voided = false): Promise<void> {
  const kept = voided
    ? []
    : (await answersIn(tx, pollId))
        .map((answer) => ({ ...answer, pollId, voter: randomUUID(), revision: 1, castIds: [] as string[] }))
        .sort((left, right) => (left.voter < right.voter ? -1 : 1));
  await tx.delete(residentAnswers).where(eq(residentAnswers.pollId, pollId));
  for (let from = 0; from < kept.length; from += 5_000)
    await tx.insert(residentAnswers).values(kept.slice(from, from + 5_000));
}
