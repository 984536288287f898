// Residents' questions: asked without an account, moderated, supported, brought to the floor, answered, looked up by their author.
// A crowd makes them, so they stand beside the log. Texts waiting or hidden reach nobody but the desk and their author. Rules [S…].
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { actorAt, audienceOf, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo, type Deed } from '#lib/domain/meeting/policy.ts';
import type { QuestionFact, QuestionsSummary } from '#lib/domain/meeting/questions.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { opinionsClosed } from '#lib/domain/meeting/hearing.ts';
import { checkedOpinion } from '#lib/domain/hearings/opinions.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { mayRead, maskName } from '#lib/domain/meeting/words.ts';
import { parseAsk } from '#lib/protocol/commands.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { Answer, QuestionView } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { people, questions, questionSupports } from '#lib/server/db/schema/index.ts';
import { lookupCode, lookupDigest } from '#lib/server/lookup-codes.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';

/** Characters of a question or an opinion. */
export const longestQuestion = 300;

/** The bus kind for "a question of this meeting has changed". */
export const questionNotice = 'question';

/** One author may have this many questions at one meeting; more is noise. */
const mostQuestions = 10;

type Row = typeof questions.$inferSelect;

const supporterOf = (actor: Actor, meetingId: string): string | null => {
  const personId = personAt(actor, meetingId);
  if (personId !== null) return `person:${personId}`;
  return actor.kind === 'guest' ? `guest:${actor.guestId}` : null;
};

const authorOf = ({ personId, guestId }: Row): string => (personId ? `person:${personId}` : `guest:${guestId}`);

/** The question as a viewer reads it; null where it is not theirs to read. */
function asView(row: Row, viewer: string | null, atDesk: boolean, supported: boolean): QuestionView | null {
  const mine = viewer !== null && authorOf(row) === viewer;
  if (row.status !== 'shown' && !mine && !atDesk) return null;
  return {
    questionId: row.id,
    text: row.text,
    shownName: row.shownName,
    status: row.status,
    supports: row.supports,
    supported,
    mine,
    hiddenReason: mine || atDesk ? row.hiddenReason : null,
    broughtBySeatId: row.broughtBy,
    groupId: row.groupId,
    answer: row.answer,
    askedAt: row.askedAt,
  };
}

async function standing(meetingId: string, actor: Actor, deed: Deed) {
  const { state } = await freshCopy(meetingId);
  const who = actorAt(state, {
    kind: actor.kind === 'guest' ? 'guest' : 'person',
    personId: personAt(actor, meetingId),
    guestId: actor.kind === 'guest' ? actor.guestId : null,
  });
  const open = !['draft', 'cancelled'].includes(state.phase) && state.seq > 0;
  const may = open && mayDo(doersOf(state, who), deed);
  return { state, atDesk: mayRead(audienceOf(state, who), 'desk'), viewer: supporterOf(actor, meetingId), may };
}

const refused = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });

/** [S1] Takes a question down; it waits for moderation. The answer carries the author's private look-up code, shown once. */
export async function askQuestion(ask: unknown, actor: Actor): Promise<Answer<{ questionId: string; lookup: string }>> {
  const asked = parseAsk('question', ask);
  if (isRefusal(asked)) return refused(asked);
  const { may, viewer, state } = await standing(asked.meetingId, actor, 'askQuestion');
  if (!may) return refused(refuse('P1', 'not-entitled', { deed: 'askQuestion' }));
  if (viewer === null) return refused(refuse('S1', 'session-expired'));
  const late = opinionsClosed(state, Date.now());
  if (late) return refused(late);
  const text = checkedOpinion(asked.text, longestQuestion);
  if (typeof text !== 'string') return refused(text);
  const personId = personAt(actor, asked.meetingId);
  const guestId = actor.kind === 'guest' && personId === null ? actor.guestId : null;
  const own = and(
    eq(questions.meetingId, asked.meetingId),
    personId ? eq(questions.personId, personId) : eq(questions.guestId, guestId ?? ''),
  );
  const [mine] = await db.select({ asked: count() }).from(questions).where(own);
  if ((mine?.asked ?? 0) >= mostQuestions) return refused(refuse('S1', 'too-many-attempts', { most: mostQuestions }));
  // Derived from the sending, so that a resent question gets the very same code.
  const lookup = await lookupCode(`${viewer} ${asked.sentId}`);
  const [inserted] = await db
    .insert(questions)
    .values({
      id: newId(),
      meetingId: asked.meetingId,
      sentId: asked.sentId,
      personId,
      guestId,
      shownName: await shownNameOf(actor, personId, state.hearing !== null),
      text,
      status: 'waiting',
      lookupHash: lookupDigest(lookup),
      askedAt: Date.now(),
    })
    .onConflictDoNothing()
    .returning({ questionId: questions.id });
  const [kept] = inserted
    ? [inserted]
    : await db
        .select({ questionId: questions.id })
        .from(questions)
        .where(and(own, eq(questions.sentId, asked.sentId)));
  if (!kept) return refused(refuse('C3', 'not-entitled'));
  changed(asked.meetingId, kept.questionId);
  return { ok: true, questionId: kept.questionId, lookup };
}

/**
 * Takes down what somebody wrote on paper or said to a helper: it is shown at once, for a person of the desk has read it. The look-up code is for its
 * author, to be handed over; the same sending twice is one.
 */
export async function takeDownFor(
  meetingId: string,
  { sentId, shownName, text: typed }: { sentId: string; shownName: string; text: string },
  actor: Actor,
): Promise<Answer<{ questionId: string; lookup: string }>> {
  const { may, state } = await standing(meetingId, actor, 'askFor');
  const enteredBy = personAt(actor, meetingId);
  if (!may || enteredBy === null) return refused(refuse('P1', 'not-entitled', { deed: 'askFor' }));
  const late = opinionsClosed(state, Date.now());
  if (late) return refused(late);
  const text = checkedOpinion(typed, longestQuestion);
  if (typeof text !== 'string') return refused(text);
  const name = checkedText(shownName, 20, true);
  if (typeof name !== 'string') return refused(name);
  const lookup = await lookupCode(`desk:${enteredBy} ${sentId}`);
  const [made] = await db
    .insert(questions)
    .values({
      id: newId(),
      meetingId,
      sentId,
      shownName: maskName(name),
      text,
      status: 'shown',
      enteredBy,
      lookupHash: lookupDigest(lookup),
      askedAt: Date.now(),
    })
    .onConflictDoNothing()
    .returning({ questionId: questions.id });
  const [kept] = made
    ? [made]
    : await db
        .select({ questionId: questions.id })
        .from(questions)
        .where(and(eq(questions.meetingId, meetingId), eq(questions.lookupHash, lookupDigest(lookup))));
  if (!kept) return refused(refuse('C3', 'not-entitled'));
  changed(meetingId, kept.questionId);
  return { ok: true, questionId: kept.questionId, lookup };
}

/** A nickname as it was chosen; at a hearing, where one enrols by name, masked. */
async function shownNameOf(actor: Actor, personId: string | null, atHearing: boolean): Promise<string> {
  const nickname = actor.kind === 'guest' ? actor.shownName : '';
  if (personId === null) return atHearing ? maskName(nickname) : nickname;
  const [person] = await db.select().from(people).where(eq(people.id, personId));
  const name = person?.name ?? '';
  return person?.consentPublishName ? name : maskName(name);
}

export async function supportQuestion(ask: unknown, actor: Actor): Promise<Answer> {
  const asked = parseAsk('support', ask);
  if (isRefusal(asked)) return refused(asked);
  const { may, viewer } = await standing(asked.meetingId, actor, 'supportQuestion');
  if (!may) return refused(refuse('P1', 'not-entitled', { deed: 'supportQuestion' }));
  if (viewer === null) return refused(refuse('S1', 'session-expired'));
  const { meetingId, questionId } = asked;
  const outcome = await db.transaction(async (tx): Promise<Refusal | boolean> => {
    const [row] = await tx
      .select()
      .from(questions)
      .where(and(eq(questions.id, questionId), eq(questions.meetingId, meetingId)))
      .for('update');
    if (row?.status !== 'shown') return refuse('S1', 'unknown-question');
    const touched = asked.support
      ? await tx.insert(questionSupports).values({ questionId, supporter: viewer }).onConflictDoNothing().returning()
      : await tx
          .delete(questionSupports)
          .where(and(eq(questionSupports.questionId, questionId), eq(questionSupports.supporter, viewer)))
          .returning();
    if (touched.length === 0) return false;
    const step = asked.support ? 1 : -1;
    await tx
      .update(questions)
      .set({ supports: row.supports + step })
      .where(eq(questions.id, questionId));
    return true;
  });
  if (isRefusal(outcome)) return refused(outcome);
  if (outcome) changed(meetingId, questionId);
  return { ok: true };
}

/** [S1] Shows or hides a question; hiding needs a reason, which its author reads. */
export async function moderateQuestion(ask: unknown, actor: Actor): Promise<Answer> {
  const asked = parseAsk('moderate', ask);
  if (isRefusal(asked)) return refused(asked);
  const { may } = await standing(asked.meetingId, actor, 'moderateQuestion');
  if (!may) return refused(refuse('P1', 'not-entitled', { deed: 'moderateQuestion' }));
  const reason = checkedText(asked.reason ?? '', 300, asked.show);
  if (typeof reason !== 'string') return refused(reason);
  const [row] = await db
    .update(questions)
    .set({ status: asked.show ? 'shown' : 'hidden', hiddenReason: asked.show ? null : reason })
    .where(and(eq(questions.id, asked.questionId), eq(questions.meetingId, asked.meetingId)))
    .returning();
  if (!row) return refused(refuse('S1', 'unknown-question'));
  changed(asked.meetingId, asked.questionId);
  return { ok: true };
}

export const changed = (meetingId: string, questionId: string): void =>
  bus().publish(questionNotice, `${meetingId} ${questionId}`, Date.now());

/** Everything of a meeting this viewer may read, most supported first. */
export async function questionsFor(meetingId: string, actor: Actor, atDesk: boolean): Promise<QuestionView[]> {
  const viewer = supporterOf(actor, meetingId);
  const rows = await db
    .select()
    .from(questions)
    .where(eq(questions.meetingId, meetingId))
    .orderBy(sql`${questions.supports} desc`, asc(questions.askedAt));
  const supported = new Set<string>();
  if (viewer !== null && rows.length > 0) {
    const mine = await db
      .select({ questionId: questionSupports.questionId })
      .from(questionSupports)
      .where(
        and(
          eq(questionSupports.supporter, viewer),
          inArray(
            questionSupports.questionId,
            rows.map(({ id }) => id),
          ),
        ),
      );
    for (const { questionId } of mine) supported.add(questionId);
  }
  return rows.flatMap((row) => asView(row, viewer, atDesk, supported.has(row.id)) ?? []);
}

/** One changed question for the wire: as everybody reads it, as the desk reads it, and whose it is. Null parts are not to be sent. */
export async function changedQuestion(questionId: string) {
  const [row] = await db.select().from(questions).where(eq(questions.id, questionId));
  if (!row) return null;
  return {
    author: authorOf(row),
    forAuthor: asView(row, authorOf(row), false, false),
    forDesk: asView(row, null, true, false),
    forEveryone: asView(row, null, false, false),
  };
}

/** [S3] What became of a question, by its author's private code; for ever. */
export async function questionByLookup(meetingId: string, lookup: string): Promise<QuestionView | null> {
  const [row] = await db
    .select()
    .from(questions)
    .where(and(eq(questions.meetingId, meetingId), eq(questions.lookupHash, lookupDigest(lookup))));
  return row ? asView(row, authorOf(row), false, false) : null;
}

export async function questionFact(tx: Queryable, meetingId: string, questionId: string): Promise<QuestionFact | null> {
  const [row] = await tx
    .select()
    .from(questions)
    .where(and(eq(questions.id, questionId), eq(questions.meetingId, meetingId)));
  return row ? { questionId, text: row.text, status: row.status } : null;
}

export async function questionsSummary(tx: Queryable, meetingId: string): Promise<QuestionsSummary> {
  const [sum] = await tx
    .select({
      asked: count(),
      shown: sql<number>`count(*) filter (where ${questions.status} = 'shown')::int`,
      hidden: sql<number>`count(*) filter (where ${questions.status} = 'hidden')::int`,
      answered: count(questions.answeredAt),
    })
    .from(questions)
    .where(eq(questions.meetingId, meetingId));
  return sum ?? { asked: 0, shown: 0, hidden: 0, answered: 0 };
}
