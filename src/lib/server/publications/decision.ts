// A published decision as everybody may read it: the numbers from the meeting's log as residents fold it, people named as they consent today, and
// what was published beside them. Pages, papers, feeds and JSON are all made of this one view, so that none of them says more than another.
import { inArray } from 'drizzle-orm';
import { quorumOf } from '#lib/domain/meeting/attendance.ts';
import {
  publishedAllocations,
  publishedAttendance,
  publishedMotions,
  publishedQuestionPolls,
} from '#lib/domain/meeting/published.ts';
import { returnsOf } from '#lib/domain/appraisal/returns.ts';
import { followUpsIn } from '#lib/domain/meeting/follow-ups.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { daysLeft, isOpenTo } from '#lib/domain/publication/publication.ts';
import { daysBetween } from '#lib/domain/calendar-day.ts';
import type { DecisionLine, DecisionView, Figures, FundedLine } from '#lib/protocol/publication.ts';
import { callOf } from '#lib/messages/allocation-words.ts';
import { db } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';
import { standingOfFunds } from '#lib/server/ledger/funds.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { homeOf } from '#lib/server/meetings/meeting-door.ts';
import { objectionsTo } from '#lib/server/objections.ts';
import { today } from '#lib/server/today.ts';
import { publicNames, type PublicNames } from './public-names.ts';
import type { PublicationRow } from './publications.ts';
import { signedMinutes } from './signed-minutes.ts';

function figuresOf(poll: Poll): Figures | null {
  const { result, frame } = poll;
  if (!result) return null;
  return {
    for: result.counts.for ?? 0,
    against: result.counts.against ?? 0,
    abstain: result.counts.abstain ?? 0,
    base: result.base,
    threshold: result.threshold,
    present: result.present,
    quorumNeeded: result.quorumNeeded,
    voted: result.voted,
    recused: result.recusedSeatIds.length,
    outcome: result.outcome,
    secrecy: frame.secrecy,
    announcedAt: poll.announcedAt,
    corrected: poll.superseded.length,
  };
}

async function linesOf(state: MeetingState, names: PublicNames): Promise<DecisionLine[]> {
  const motions = publishedMotions(state);
  const ids = motions.flatMap(({ motion }) => motion.projectId ?? []);
  const known = new Map(
    ids.length === 0
      ? []
      : (
          await db
            .select({ id: projects.id, code: projects.code, organisation: projects.organisationName })
            .from(projects)
            .where(inArray(projects.id, ids))
        ).map((row) => [row.id, row]),
  );
  return motions.map(({ motion, vote }) => {
    const project = known.get(motion.projectId ?? '');
    return {
      motionId: motion.motionId,
      title: names.text(motion.title.text ?? ''),
      text: names.text(motion.text?.text ?? ''),
      projectId: project?.id ?? null,
      projectCode: project?.code ?? null,
      organisation: names.text(project?.organisation ?? ''),
      stage: motion.stage,
      amountFen: motion.amountFen,
      contractLocked: motion.contractLocked,
      closingReason: names.text(motion.closingReason?.text ?? ''),
      figures: vote ? figuresOf(vote) : null,
    };
  });
}

/** What an allocation funded, of the council's chamber: the one that decides. */
function fundedOf(state: MeetingState, names: PublicNames): FundedLine[] {
  return publishedAllocations(state).flatMap((poll) => {
    const call = callOf(poll);
    const outcome = state.allocations.outcomes[poll.frame.pollId];
    const count = outcome?.kind === 'counted' ? outcome.counts[0] : undefined;
    if (!call || !count) return [];
    return [
      {
        pollId: poll.frame.pollId,
        question: names.text(poll.frame.question.text ?? ''),
        winners: count.winners.map((id) => {
          const project = call.projects.find((each) => each.id === id);
          return { name: names.text(project?.name ?? id), costFen: project?.costFen ?? 0 };
        }),
        costFen: count.costFen,
        remainderFen: count.remainderFen,
        ballots: count.ballots,
      },
    ];
  });
}

const owedOf = (state: MeetingState, names: PublicNames): DecisionView['owed'] =>
  followUpsIn(state).set.map(({ followUpId, text, ownerPersonId, owner, dueOn }) => ({
    text: names.text(text.text ?? ''),
    owner: ownerPersonId === null ? names.text(owner.text ?? '') : names.of(ownerPersonId),
    dueOn: followUpsIn(state).settled[followUpId]?.dueOn ?? dueOn,
  }));

async function moneyOf(state: MeetingState): Promise<DecisionView['money']> {
  const ids = state.money.funds.map(({ fundId }) => fundId);
  if (ids.length === 0) return null;
  const standing = await standingOfFunds(db, ids);
  return {
    sources: standing.flatMap(({ sources }) => sources.map(({ name, givenFen }) => ({ name, givenFen }))),
    totalFen: standing.reduce((sum, { totalFen }) => sum + totalFen, 0),
    poolFen: standing.reduce((sum, { poolFen }) => sum + poolFen, 0),
  };
}

async function signingOf(row: PublicationRow, names: PublicNames): Promise<DecisionView['signing']> {
  if (row.docHash === null) return null;
  const signed = await signedMinutes(row.meetingId);
  if (!signed) return null;
  return {
    docHash: row.docHash,
    fingerprint: signed.fingerprint,
    edition: signed.edition,
    superseded: signed.docHash !== row.docHash,
    signers: signed.signings.map(({ personId, mask, ...signer }) => ({ name: names.of(personId) || mask, ...signer })),
  };
}

/** The whole view. A withdrawn publication keeps number, title and days, and nothing else. */
export async function decisionView(row: PublicationRow): Promise<DecisionView> {
  const copy = await freshCopy(row.meetingId);
  const state = copy.stateFor('everyone');
  const [home, names, raised] = await Promise.all([
    homeOf(row.meetingId),
    publicNames(row.communityId),
    objectionsTo({ publicationId: row.id }),
  ]);
  const day = today();
  const gone = row.withdrawnAt !== null;
  const [lines, money, signing] = gone
    ? [[], null, null]
    : await Promise.all([linesOf(state, names), moneyOf(state), signingOf(row, names)]);
  return {
    publicationId: row.id,
    communityId: row.communityId,
    community: home.community,
    council: home.council,
    kind: row.kind,
    year: row.year,
    number: row.number,
    title: row.title,
    publishedAt: row.publishedAt,
    address: `${row.origin}/c/${row.communityId}/decisions/${row.id}`,
    fromDay: row.fromDay,
    untilDay: row.untilDay,
    days: daysBetween(row.fromDay, row.untilDay) + 1,
    open: !gone && isOpenTo(row, day),
    daysLeft: gone ? 0 : daysLeft(row.untilDay, day > row.fromDay ? day : row.fromDay),
    withdrawn: row.withdrawnAt === null ? null : { at: row.withdrawnAt, reason: row.withdrawnReason ?? '' },
    meeting: {
      meetingId: row.meetingId,
      title: names.text(state.title?.text ?? ''),
      place: state.place?.text ?? '',
      openedAt: state.openedAt ?? state.startsAt,
      adjournedAt: state.adjournedAt,
    },
    attendance: { ...publishedAttendance(state), needed: quorumOf(state).needed },
    lines,
    funded: gone ? [] : fundedOf(state, names),
    asked: gone
      ? []
      : publishedQuestionPolls(state, 'formal').map((poll) => ({
          question: names.text(poll.frame.question.text ?? ''),
          outcome: poll.result?.outcome ?? 'not_binding',
          returns: returnsOf(poll),
        })),
    conclusions: row.conclusions.split('\n').flatMap((line) => (line.trim() === '' ? [] : [names.text(line.trim())])),
    owed: gone ? [] : owedOf(state, names),
    contact: row.contact,
    signing,
    money,
    // By what was said, never by whom; words of an objection only once it is answered.
    objections: raised.map(({ raisedAt, text, answer, answerReason, answeredAt }) => ({
      raisedAt,
      text: answer === null ? null : names.text(text),
      answer,
      answerReason: answerReason === null ? null : names.text(answerReason),
      answeredAt,
    })),
  };
}
