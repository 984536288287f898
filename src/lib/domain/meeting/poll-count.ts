// What the counted ballots of a poll come to: the base, the threshold, the outcome. Called when a poll closes and when a sheet corrects it.
// It must never look at who voted what beyond what the poll's frame lets be known. Rules [V4], [V5], [V7], [V8], [H12].
import { methodOf } from '#lib/domain/ballots/index.ts';
import type { BallotMethod } from '#lib/domain/ballots/method.ts';
import { splitSmallGroups } from '#lib/domain/small-groups.ts';
import { isPresent, quorumOf } from './attendance.ts';
import type { Motion } from './motion-state.ts';
import type { AreaCounts, BallotChannel, PollFact, PollFrame, PollResult, PollSubject } from './poll-state.ts';
import { needed } from './rules.ts';
import type { MeetingState } from './state.ts';

/** [V4] Who was here when the votes were counted: frozen with the result, so that a corrected count changes votes and nothing else. */
interface Standing {
  readonly present: number;
  readonly quorumNeeded: number;
  readonly quorumMet: boolean;
  /** Seats whose vote the base asks for. */
  readonly electorate: number;
  /** The base where it depends on seats alone. */
  readonly base: number;
  readonly recusedSeatIds: readonly string[];
}

interface Votes {
  readonly counts: Readonly<Record<string, number>>;
  readonly areas?: readonly AreaCounts[];
  readonly voted: number;
  readonly spoiled: number;
  readonly channels: Readonly<Record<BallotChannel, number>>;
}

const methodIn = (frame: PollFrame): BallotMethod => methodOf(frame.method) as BallotMethod;

function votesOf(frame: PollFrame, fact: PollFact): Votes {
  const channels: Record<BallotChannel, number> = { phone: 0, assisted: 0, paper: 0, hand_count: 0 };
  for (const { channel } of fact.turnout) channels[channel] += 1;
  const method = methodIn(frame);
  // [D5] Nothing of an allocation is told before its announcement, and its ballots are counted beside the meeting.
  if (frame.subject.kind === 'allocation')
    return { counts: {}, voted: fact.choices.length, spoiled: fact.spoiled, channels };
  const answers = fact.answers ?? [];
  const counts: Record<string, number> = {
    ...method.tally(frame.config, frame.residents ? answers.map(({ choice }) => choice) : fact.choices),
  };
  if (frame.residents) channels.phone += answers.length;
  for (const bundle of fact.bundles) {
    for (const [option, count] of Object.entries(bundle.counts)) {
      counts[option] = (counts[option] ?? 0) + count;
      // A seat's paper is in the turnout already; residents' has no seat.
      if (bundle.channel === 'hand_count' || frame.residents) channels[bundle.channel] += count;
    }
  }
  // A ballot of many marks is one ballot.
  const voted = method.marks === 'many' ? fact.choices.length : sumOf(counts);
  const areas = frame.residents && { areas: areasOf(method, frame, answers, counts, frame.residents.leastInArea) };
  return { counts, voted, spoiled: fact.spoiled, channels, ...areas };
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** [H12] The areas that may be shown, the most answers first, and everything else together. */
function areasOf(
  method: BallotMethod,
  frame: PollFrame,
  answers: NonNullable<PollFact['answers']>,
  all: Readonly<Record<string, number>>,
  least: number,
): AreaCounts[] {
  const byArea = new Map<string, string[]>();
  for (const { area, choice } of answers) if (area !== null) byArea.set(area, [...(byArea.get(area) ?? []), choice]);
  const groups = [...byArea].sort(([left], [right]) => (left < right ? -1 : 1));
  const { shown, enough } = splitSmallGroups(groups, least, ([, choices]) => choices.length);
  const areas = (enough ? shown : [])
    .map(([area, choices]) => ({ area, answered: choices.length, counts: method.tally(frame.config, choices) }))
    .sort((left, right) => right.answered - left.answered);
  const rest: Record<string, number> = { ...all };
  for (const { counts } of areas)
    for (const [option, count] of Object.entries(counts)) rest[option] = (rest[option] ?? 0) - count;
  const answered = sumOf(rest);
  return answered === 0 ? areas : [...areas, { area: null, answered, counts: rest }];
}

/** Seats of the frame that were not recused since. */
export const inFrame = (state: MeetingState, frame: PollFrame): string[] => {
  const recusals = motionOfSubject(state, frame.subject)?.recusals ?? {};
  return frame.electorate.filter((seatId) => !recusals[seatId]);
};

function standingOf(state: MeetingState, frame: PollFrame, fact: PollFact, votes: Votes): Standing {
  const quorum = quorumOf(state);
  const seats = inFrame(state, frame);
  const cast = new Set(fact.turnout.map(({ seatId }) => seatId));
  // [V7] Who is gone or away without having voted leaves the base; who has voted stays in it. A raised hand has no name: counted, it stays.
  const named = seats.filter((seatId) => cast.has(seatId) || isPresent(state, seatId)).length;
  // Nobody knows how many residents there are to ask: who answered is all there is.
  const electorate = frame.residents
    ? votes.voted + votes.spoiled
    : Math.min(seats.length, Math.max(named, votes.voted + votes.spoiled));
  const recusedSeatIds = [...frame.recusedSeatIds, ...frame.electorate.filter((seatId) => !seats.includes(seatId))];
  const recusedHere = recusedSeatIds.filter((seatId) => isPresent(state, seatId)).length;
  const base =
    frame.majority?.base === 'all_seats'
      ? quorum.expected
      : frame.majority?.base === 'present'
        ? electorate + recusedHere
        : electorate;
  const { present, needed: quorumNeeded, met: quorumMet } = quorum;
  return { present, quorumNeeded, quorumMet, electorate, base, recusedSeatIds };
}

/** [V4] The base a share is taken of; see `MajorityRule`. Without abstentions it is the votes for and against. */
function baseOf(frame: PollFrame, { counts, voted }: Votes, standing: Standing): number {
  const { majority } = frame;
  if (majority?.abstentionsCount === false) return voted - methodIn(frame).abstentions(counts);
  return majority?.base === 'votes_cast' ? voted : standing.base;
}

function resultOf(frame: PollFrame, fact: PollFact, votes: Votes, standing: Standing): PollResult {
  const method = methodIn(frame);
  const { counts, voted, spoiled, channels } = votes;
  const base = baseOf(frame, votes, standing);
  const support = method.support(counts);
  const { majority } = frame;
  const threshold = majority && support !== null ? needed(base, majority.operator, majority.ratio) : null;
  // [V5] More for than against as well, whatever the pack's ratio: a tie does not carry, nor does a vote nobody took a side in.
  const carries = support !== null && threshold !== null && support >= threshold && support > method.opposition(counts);
  const isAllocation = frame.subject.kind === 'allocation';
  const { leastCounted } = method;
  const tooFew = leastCounted !== undefined && (base === 0 || voted < leastCounted(frame.config));
  const binding = frame.kind === 'formal' && !tooFew && (threshold !== null || isAllocation);
  const { present, quorumNeeded, electorate, recusedSeatIds } = standing;
  return {
    counts,
    base,
    threshold,
    present,
    quorumNeeded,
    electorate,
    voted,
    spoiled,
    notVoted: Math.max(0, electorate - voted - spoiled),
    recusedSeatIds,
    channels,
    outcome: !binding
      ? 'not_binding'
      : !standing.quorumMet
        ? 'void_no_quorum'
        : carries || isAllocation
          ? 'passed'
          : 'failed',
    choices: frame.secrecy === 'named' && !isAllocation ? fact.choicesBySeat : null,
    ...(votes.areas && { areas: votes.areas }),
  };
}

/** [V4] The result from the frozen frame, the meeting as it stands and the counted ballots. Pure: recounting gives the same. */
export function countPoll(state: MeetingState, frame: PollFrame, fact: PollFact): PollResult {
  const votes = votesOf(frame, fact);
  return resultOf(frame, fact, votes, standingOf(state, frame, fact, votes));
}

/** [V8] The votes counted anew against who was here then: attendance may have moved on since. */
export const recount = (frame: PollFrame, fact: PollFact, before: PollResult): PollResult =>
  resultOf(frame, fact, votesOf(frame, fact), { ...before, quorumMet: before.outcome !== 'void_no_quorum' });

/** The motion a poll decides on or amends; none where it is about something else. */
export function motionOfSubject(state: MeetingState, subject: PollSubject): Motion | undefined {
  return 'motionId' in subject ? state.motions.byId[subject.motionId] : undefined;
}
