// A vote of the meeting: opened with everything frozen, counted when it closes, announced, and after that only superseded. Rules [V…].
// Ballots themselves are not in the log. This slice says who may cast, what counts and what the numbers mean.
import { fundingMethod, methodOf } from '#lib/domain/ballots/index.ts';
import { inSession, underWay } from './agenda.ts';
import {
  announceFault,
  callAt,
  callOpened,
  openFault,
  votes,
  withOutcome,
  type CallVoters,
  type CountOutcome,
} from './allocation.ts';
import { hasNotLeft, isPresent, quorumOf, votingSeats } from './attendance.ts';
import { bookingDrafts, correctionDrafts } from './awards.ts';
import { hearingTerms } from './hearing.ts';
import {
  closeMotion,
  currentMotion,
  pendingAmendment,
  recusingTied,
  settleAmendment,
  withMotion,
  type Motion,
} from './motion.ts';
import { countPoll, inFrame, motionOfSubject, recount } from './poll-count.ts';
import { refuse, type Refusal } from './refusal.ts';
import { needed, usualAppraisal, type AppraisalTerms, type MajorityRule, type RulePack } from './rules.ts';
import { secondAward } from './second-award.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { official, type Said, type Sealed, type Words } from './words.ts';

export const ballotChannels = ['phone', 'assisted', 'paper', 'hand_count'] as const;
export type BallotChannel = (typeof ballotChannels)[number];

export type PollSubject =
  | { readonly kind: 'motion'; readonly motionId: string }
  | { readonly kind: 'amendment'; readonly motionId: string; readonly amendmentId: string }
  | { readonly kind: 'question' }
  | { readonly kind: 'allocation'; readonly callId: string };

/** Everything that must not change while people vote. */
export interface PollFrameSaid {
  readonly pollId: string;
  /** `straw` (意向摸底) is never a decision. */
  readonly kind: 'formal' | 'straw';
  readonly subject: PollSubject;
  readonly question: Said;
  readonly method: string;
  readonly config: unknown;
  readonly secrecy: 'named' | 'hidden';
  /** Voting seats present and not recused when the vote opened. */
  readonly electorate: readonly string[];
  readonly majority: MajorityRule | null;
  /** Base and threshold at opening; a recusal or an unvoted departure lowers the base at close. */
  readonly base: number;
  readonly threshold: number | null;
  readonly present: number;
  readonly quorumNeeded: number;
  readonly recusedSeatIds: readonly string[];
  /** What the clock on the screens counts to; the vote is closed by a person, not by the clock. */
  readonly plannedMs: number | null;
  readonly amountFen: number | null;
  /** Only for an allocation: how its ballots are counted, and who casts them. The call itself is the method's config. */
  readonly allocation?: { readonly ruleId: string; readonly voters: CallVoters };
  /** [H11] Only for a straw poll of residents: no seat votes, one choice a device or enrolment. Areas with fewer answers are not shown by themselves. */
  readonly residents?: { readonly leastInArea: number };
}
export type PollFrame = Sealed<PollFrameSaid>;

export interface PollResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly base: number;
  readonly threshold: number | null;
  readonly present: number;
  readonly quorumNeeded: number;
  readonly electorate: number;
  readonly voted: number;
  /** Returned but not valid: counted in the turnout and in the base, for no option. */
  readonly spoiled: number;
  readonly notVoted: number;
  readonly recusedSeatIds: readonly string[];
  /** Turnout by channel, never choices by channel. */
  readonly channels: Readonly<Record<BallotChannel, number>>;
  readonly outcome: 'passed' | 'failed' | 'void_no_quorum' | 'not_binding';
  /** [H12] Only for a straw poll of residents: by area, `null` for paper, unknown and small areas together. */
  readonly areas?: readonly AreaCounts[];
  /** seat → choice where names are shown and the choice is one seat's own; null where names are hidden. */
  readonly choices: Readonly<Record<string, unknown>> | null;
}

export interface AreaCounts {
  readonly area: string | null;
  readonly answered: number;
  readonly counts: Readonly<Record<string, number>>;
}

export interface Poll {
  readonly frame: PollFrame;
  readonly stage: 'open' | 'closed' | 'announced' | 'voided';
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly announcedAt: number | null;
  readonly result: PollResult | null;
  /** Earlier versions of the result, oldest first; kept for ever. */
  readonly superseded: readonly { readonly result: PollResult; readonly reason: Words; readonly at: number }[];
  readonly voidReason: Words | null;
}

export interface PollsState {
  readonly byId: Readonly<Record<string, Poll>>;
  readonly order: readonly string[];
  readonly openId: string | null;
}

/** The counted ballots of a poll, none of a seat recused since it opened, read under its exclusive lock. The same shape before and after names are unlinked. */
export interface PollFact {
  readonly turnout: readonly { readonly seatId: string; readonly channel: BallotChannel }[];
  readonly choices: readonly unknown[];
  readonly choicesBySeat: Readonly<Record<string, unknown>> | null;
  /** What residents chose on their devices; empty but in a poll of residents. */
  readonly answers?: readonly { readonly choice: string; readonly area: string | null }[];
  /** Confirmed unlinked counts: hidden paper and raised hands. */
  readonly bundles: readonly {
    readonly channel: 'paper' | 'hand_count';
    readonly counts: Readonly<Record<string, number>>;
  }[];
  /** Confirmed papers that are not valid. */
  readonly spoiled: number;
  /** Sheets entered but not yet confirmed by a second person. */
  readonly unsettledSheets: number;
}

export interface SheetFact {
  readonly sheetId: string;
  readonly pollId: string;
  readonly confirmed: boolean;
  readonly reason: string;
}

export type PollCommand =
  | {
      readonly type: 'openPoll';
      readonly subject:
        | { readonly kind: 'motion' }
        | { readonly kind: 'amendment' }
        | {
            readonly kind: 'question';
            readonly question: string;
            readonly options: readonly string[];
            /** [H11] Residents choose instead of seats; absent for seats. */
            readonly voters?: 'residents' | undefined;
            /** [AP12] The form of a 民主评议会: the options are its scale, the indicators are the pack's. */
            readonly form?: 'appraisal' | undefined;
          }
        | { readonly kind: 'allocation'; readonly callId: string };
      /** Null takes the pack's own. */
      readonly secrecy: 'named' | 'hidden' | null;
      readonly plannedMs: number | null;
    }
  | { readonly type: 'closePoll'; readonly pollId: string }
  | { readonly type: 'announceResult'; readonly pollId: string }
  | { readonly type: 'voidPoll'; readonly pollId: string; readonly reason: string }
  /** After a correction on paper has been confirmed by a second person. */
  | { readonly type: 'supersedeResult'; readonly pollId: string; readonly sheetId: string };

export interface PollEvents {
  PollOpened: { readonly frame: PollFrameSaid };
  PollClosed: { readonly pollId: string; readonly result: PollResult };
  ResultAnnounced: {
    readonly pollId: string;
    readonly outcome: PollResult['outcome'];
    /** [D5] Only for an allocation: what was funded and why, told to everybody with the announcement. */
    readonly count?: CountOutcome;
  };
  PollVoided: { readonly pollId: string; readonly reason: Said };
  ResultSuperseded: { readonly pollId: string; readonly result: PollResult; readonly reason: Said };
}

const draft = drafter<PollEvents>();

// ── casting ─────────────────────────────────────────────────────────────────────────────────────

const electorates = new WeakMap<readonly string[], ReadonlySet<string>>();

/** A frame never changes, and a hall of thousands asks this once a ballot: looked up, not searched. */
function inElectorate({ electorate }: PollFrame, seatId: string): boolean {
  let seats = electorates.get(electorate);
  if (!seats) electorates.set(electorate, (seats = new Set(electorate)));
  return seats.has(seatId);
}

/** [V2] Why this seat may not cast in this poll now, or null. Double votes, closing and races are the ballot box's own to refuse. */
export function castFault(state: MeetingState, pollId: string, seatId: string): Refusal | null {
  const poll = state.polls.byId[pollId];
  if (!poll) return refuse('V3', 'unknown-poll');
  if (poll.stage !== 'open') return refuse('V3', 'poll-not-open');
  const motion = motionOfSubject(state, poll.frame.subject);
  if (motion?.recusals[seatId]) return refuse('R2', 'recused');
  if (!inElectorate(poll.frame, seatId)) return refuse('V2', 'not-in-electorate');
  if (!hasNotLeft(state, seatId)) return refuse('V2', 'seat-not-present');
  return null;
}

/** [H11] Why nobody may choose in this straw poll of residents now, or null. */
export function residentCastFault(state: MeetingState, pollId: string): Refusal | null {
  const poll = state.polls.byId[pollId];
  if (!poll?.frame.residents) return refuse('V3', 'unknown-poll');
  return poll.stage === 'open' ? null : refuse('V3', 'poll-not-open');
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

const pollAt = (state: MeetingState, pollId: string, stage: Poll['stage']): Poll | Refusal => {
  const poll = state.polls.byId[pollId];
  if (!poll) return refuse('V3', 'unknown-poll');
  if (poll.stage === stage) return poll;
  if (stage === 'open') return refuse('V3', 'poll-not-open');
  return poll.stage === 'announced' ? refuse('V8', 'poll-already-announced') : refuse('V3', 'poll-not-closed');
};

const fewestToHide = 5;
const longestPlannedMs = 86_400_000;

/**
 * Who could vote at this moment and what a share would be taken of: what a frame freezes, and what screens show before it opens. `besides`
 * are seats recused together with the opening.
 */
export function votingNow(
  state: MeetingState,
  kind: PollFrameSaid['kind'],
  motion?: Motion,
  besides?: ReadonlySet<string>,
): {
  electorate: string[];
  recused: string[];
  majority: MajorityRule | null;
  base: number;
  threshold: number | null;
} {
  const here = votingSeats(state).filter((seatId) => isPresent(state, seatId));
  const recused = here.filter((seatId) => motion?.recusals[seatId] || besides?.has(seatId));
  const electorate = here.filter((seatId) => !recused.includes(seatId));
  const majority = kind === 'formal' && state.rules?.binding ? state.rules.majority : null;
  const quorum = quorumOf(state);
  const base =
    majority?.base === 'all_seats'
      ? quorum.expected
      : majority?.base === 'present'
        ? quorum.present
        : electorate.length;
  const threshold = majority ? needed(base, majority.operator, majority.ratio) : null;
  return { electorate, recused, majority, base, threshold };
}

/** [AP4] The pack says where the line is; what it is a share of is the same everywhere. */
const lineOf = ({ majority }: RulePack): MajorityRule | null =>
  majority && { ...majority, base: 'votes_cast', abstentionsCount: false };

export const appraisalTerms = ({ rules }: MeetingState): AppraisalTerms => rules?.appraisal ?? usualAppraisal;

export const pollDeciders: Deciders<PollCommand> = {
  /** [Q1] No vote without a quorum. [V1] One vote at a time. [V6] Fewer than five cannot hide. [M4] Nobody speaks while people vote. */
  openPoll(state, command, context) {
    const { newId } = context;
    const closed = inSession(state);
    if (closed) return closed;
    if (state.polls.openId) return refuse('V1', 'poll-already-open');
    if (state.floor.speech) return refuse('M4', 'someone-is-speaking');
    const quorum = quorumOf(state);
    if (!quorum.met)
      return refuse('Q1', 'no-quorum', {
        present: quorum.present,
        needed: quorum.needed,
        missing: Math.max(0, quorum.needed - quorum.present),
        sectorsMissing: quorum.sectorsMissing,
      });
    const { rules } = state;
    if (!rules) return refuse('L2', 'no-rules');
    const { plannedMs } = command;
    if (plannedMs !== null && !(Number.isSafeInteger(plannedMs) && plannedMs >= 1_000 && plannedMs <= longestPlannedMs))
      return refuse('C1', 'command-malformed', { field: 'plannedMs' });

    let subject: PollSubject = { kind: 'question' };
    let question: string;
    let method = 'for_against_abstain';
    let config: unknown = {};
    let motion: Motion | undefined;
    let allocation: PollFrameSaid['allocation'];
    let appraisal: AppraisalTerms | null = null;
    if (command.subject.kind === 'allocation') {
      const found = callAt(state, command.subject.callId);
      if ('refused' in found) return found;
      const closed = openFault(state, found);
      if (closed) return closed;
      const { callId, call, title, ruleId, voters } = found;
      subject = { kind: 'allocation', callId };
      question = title;
      method = fundingMethod(call.terms).id;
      config = call;
      allocation = { ruleId, voters };
    } else if (command.subject.kind === 'question') {
      const text = checkedText(command.subject.question, 300);
      if (typeof text !== 'string') return text;
      question = text;
      method = 'single_choice';
      const texts = command.subject.options.map((option) => checkedText(option, 100));
      const fault = texts.find((option) => typeof option !== 'string');
      if (fault) return fault;
      const labels = texts.map((label, index) => ({ key: String.fromCharCode(65 + index), label }));
      if (command.subject.form === 'appraisal') {
        appraisal = appraisalTerms(state);
        method = 'appraisal_form';
      }
      config = methodOf(method)?.parseConfig({ options: labels, ...appraisal }) ?? null;
      if (config === null) return refuse('C2', 'choice-invalid');
    } else {
      motion = currentMotion(state);
      if (!motion) return refuse('M1', 'unknown-motion');
      if (motion.stage !== 'debating') return refuse('M2', 'motion-wrong-stage', { stage: motion.stage });
      if (motion.ownersMatter === 'owners_assembly') return refuse('M8', 'owners-assembly-only');
      const amendment = pendingAmendment(motion);
      const second = secondAward(context.facts);
      if (second) return second;
      if (command.subject.kind === 'motion') {
        if (amendment) return refuse('M5', 'amendment-pending');
        subject = { kind: 'motion', motionId: motion.motionId };
        question = motion.title.text ?? '';
      } else {
        if (!amendment) return refuse('M5', 'unknown-amendment');
        if (rules.seconding && amendment.seconderSeatId === null) return refuse('M3', 'motion-not-seconded');
        subject = { kind: 'amendment', motionId: motion.motionId, amendmentId: amendment.amendmentId };
        question = amendment.text.text ?? '';
      }
    }

    const isStraw = (command.subject.kind === 'question' && !appraisal) || (allocation !== undefined && !rules.binding);
    const kind = isStraw ? 'straw' : 'formal';
    // [J6] Who was tied to the project while its motion was debated is recused from its vote as well.
    const recusing = motion ? recusingTied(state, motion.motionId, context, motion) : [];
    const now = votingNow(state, kind, motion, new Set(recusing.map(({ payload }) => payload.seatId)));
    const { recused } = now;
    // [D3] The rule decides an allocation, no majority; where residents alone vote, no seat does.
    const residents =
      command.subject.kind === 'question' && command.subject.voters === 'residents'
        ? { leastInArea: hearingTerms(state).leastInArea }
        : null;
    const seatsVote = !residents && (allocation === undefined || votes(allocation.voters, 'seats'));
    const electorate = seatsVote ? now.electorate : [];
    const { majority, threshold, base } =
      allocation || residents
        ? { majority: null, threshold: null, base: electorate.length }
        : // [AP12] It passes by the pack's line without deciding anything; how many have an opinion is known at the close.
          appraisal
          ? { majority: lineOf(rules), threshold: null, base: electorate.length }
          : now;
    const secrecy = residents || appraisal ? 'hidden' : (command.secrecy ?? rules.secrecy);
    if (secrecy === 'hidden' && seatsVote && electorate.length < fewestToHide)
      return refuse('V6', 'too-few-to-hide', { voters: electorate.length, least: fewestToHide });
    const frame: PollFrameSaid = {
      pollId: newId(),
      kind,
      subject,
      question: official(question),
      method,
      config,
      secrecy,
      electorate,
      majority,
      base,
      threshold,
      present: quorum.present,
      quorumNeeded: quorum.needed,
      recusedSeatIds: recused,
      plannedMs,
      amountFen:
        motion && command.subject.kind === 'amendment'
          ? (pendingAmendment(motion)?.amountFen ?? motion.amountFen)
          : (motion?.amountFen ?? null),
      ...(allocation && { allocation }),
      ...(residents && { residents }),
    };
    return [...recusing, draft('PollOpened', { frame })];
  },

  /** [V9] Nothing half-entered is left behind: sheets waiting for a second person are confirmed or withdrawn first. */
  closePoll(state, command, { facts }) {
    const poll = pollAt(state, command.pollId, 'open');
    if ('refused' in poll) return poll;
    if (!facts.poll) return refuse('V3', 'unknown-poll');
    if (facts.poll.unsettledSheets > 0)
      return refuse('V9', 'second-person-needed', { count: facts.poll.unsettledSheets });
    const voters = inFrame(state, poll.frame).length;
    const result = countPoll(state, poll.frame, facts.poll);
    const returned = result.voted + result.spoiled;
    if (!poll.frame.residents && returned > voters)
      return refuse('V9', 'sheet-does-not-reconcile', { returned, voters });
    // [V6] Recusals and departures may have left too few to hide among: such a vote is voided and taken by name.
    if (poll.frame.secrecy === 'hidden' && poll.frame.electorate.length > 0 && result.electorate < fewestToHide)
      return refuse('V6', 'too-few-to-hide', { voters: result.electorate, least: fewestToHide });
    return [draft('PollClosed', { pollId: command.pollId, result })];
  },

  /** [B10] A passed award is booked with its announcement, or the announcement says that it is not. */
  announceResult(state, command, { facts, newId }) {
    const closed = underWay(state);
    if (closed) return closed;
    const poll = pollAt(state, command.pollId, 'closed');
    if ('refused' in poll) return poll;
    const { pollId } = command;
    const { subject } = poll.frame;
    const outcome = poll.result?.outcome ?? 'not_binding';
    if (subject.kind === 'allocation' && outcome !== 'void_no_quorum') {
      const notYet = announceFault(state, pollId);
      if (notYet) return notYet;
      return [draft('ResultAnnounced', { pollId, outcome, count: state.allocations.outcomes[pollId] })];
    }
    const motion = subject.kind === 'motion' ? motionOfSubject(state, subject) : undefined;
    return [
      draft('ResultAnnounced', { pollId, outcome }),
      ...(motion && outcome === 'passed' ? bookingDrafts(motion, pollId, facts, newId) : []),
    ];
  },

  voidPoll(state, command) {
    // [D5] A vote whose count failed is called off too, or nothing would ever end it.
    const uncountable = state.allocations.outcomes[command.pollId]?.kind === 'failed';
    const poll = pollAt(state, command.pollId, uncountable ? 'closed' : 'open');
    if ('refused' in poll) return poll;
    const reason = checkedText(command.reason, 300);
    if (typeof reason !== 'string') return reason;
    return [draft('PollVoided', { pollId: command.pollId, reason: official(reason) })];
  },

  /** [V8] A result never changes after it is announced: a confirmed correction supersedes it and both stay. */
  supersedeResult(state, command, { facts, newId }) {
    const poll = state.polls.byId[command.pollId];
    if (!poll) return refuse('V3', 'unknown-poll');
    if (poll.stage !== 'closed' && poll.stage !== 'announced') return refuse('V3', 'poll-not-closed');
    const { sheet, poll: fact } = facts;
    if (!sheet || sheet.pollId !== command.pollId || !fact) return refuse('V9', 'unknown-sheet');
    // [D7] What was announced of money is not changed by a paper found later.
    if (poll.frame.subject.kind === 'allocation' && poll.stage === 'announced')
      return refuse('D7', 'poll-already-announced');
    if (!sheet.confirmed) return refuse('V9', 'second-person-needed', { count: 1 });
    const result = poll.result ? recount(poll.frame, fact, poll.result) : countPoll(state, poll.frame, fact);
    const { pollId } = command;
    const motion = movedBy(state, poll, result.outcome);
    return [
      draft('ResultSuperseded', { pollId, result, reason: official(sheet.reason) }),
      ...(motion && poll.frame.subject.kind === 'motion'
        ? correctionDrafts(state, motion, pollId, decisionOf(result.outcome), facts, newId)
        : []),
    ];
  },
};

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

/** [M9] Moved anew and not withdrawn: from then on the renewal decides. */
const isRenewed = (state: MeetingState, motionId: string): boolean =>
  Object.values(state.motions.byId).some(
    (other) => other?.renewsMotionId === motionId && other.stage !== 'withdrawn' && other.stage !== 'referred',
  );

const withPoll = (state: MeetingState, pollId: string, change: (poll: Poll) => Partial<Poll>): MeetingState => {
  const poll = state.polls.byId[pollId];
  if (!poll) return state;
  return {
    ...state,
    polls: { ...state.polls, byId: { ...state.polls.byId, [pollId]: { ...poll, ...change(poll) } } },
  };
};

const closedBox = (state: MeetingState): MeetingState => ({ ...state, polls: { ...state.polls, openId: null } });

/** Back to the debate: after an amendment's vote, a void vote, or a vote that was called off. */
const backToDebate = (state: MeetingState, motionId: string): MeetingState =>
  withMotion(state, motionId, () => ({ stage: 'debating' }));

const decisionOf = (outcome: PollResult['outcome']): Motion['outcome'] =>
  outcome === 'not_binding' || outcome === 'void_no_quorum' ? null : outcome;

/**
 * [V8] The motion a corrected result moves, or undefined: what was decided since stands, so only the last vote on a motion may still change
 * where the motion is, and only once it is announced.
 */
function movedBy(state: MeetingState, poll: Poll, outcome: PollResult['outcome']): Motion | undefined {
  if (poll.stage !== 'announced' || outcome === 'void_no_quorum') return undefined;
  const motion = motionOfSubject(state, poll.frame.subject);
  const settled = poll.frame.subject.kind === 'motion' ? 'decided' : 'debating';
  const isLast = motion?.pollIds[motion.pollIds.length - 1] === poll.frame.pollId;
  return motion?.stage === settled && isLast && !isRenewed(state, motion.motionId) ? motion : undefined;
}

function settleMotion(state: MeetingState, poll: Poll, outcome: PollResult['outcome']): MeetingState {
  const { subject } = poll.frame;
  if (!('motionId' in subject)) return state;
  if (outcome === 'void_no_quorum') return backToDebate(state, subject.motionId);
  const carried = outcome === 'passed';
  if (subject.kind === 'amendment') {
    const settled = withMotion(state, subject.motionId, (motion) =>
      settleAmendment(motion, subject.amendmentId, carried ? 'adopted' : 'rejected'),
    );
    return backToDebate(settled, subject.motionId);
  }
  const decided = withMotion(state, subject.motionId, (motion) => ({
    stage: 'decided',
    outcome: decisionOf(outcome),
    contractLocked: carried && motion.ownersMatter === 'touches_common_parts',
  }));
  return closeMotion(decided, subject.motionId);
}

export const pollFolders: Folders<PollEvents> = {
  PollOpened: (state, { payload: { frame }, at }) => {
    const poll: Poll = {
      frame: frame as PollFrame,
      stage: 'open',
      openedAt: at,
      closedAt: null,
      announcedAt: null,
      result: null,
      superseded: [],
      voidReason: null,
    };
    const { pollId, subject } = poll.frame;
    const opened: MeetingState = {
      ...state,
      polls: {
        byId: { ...state.polls.byId, [pollId]: poll },
        order: [...state.polls.order, pollId],
        openId: pollId,
      },
    };
    if (subject.kind === 'allocation') return callOpened(opened, subject.callId, pollId);
    return subject.kind === 'question'
      ? opened
      : withMotion(opened, subject.motionId, (motion) => ({
          stage: 'voting',
          pollIds: [...motion.pollIds, pollId],
        }));
  },
  PollClosed: (state, { payload: { pollId, result }, at }) =>
    closedBox(withPoll(state, pollId, () => ({ stage: 'closed', closedAt: at, result: result as PollResult }))),
  ResultAnnounced: (state, { payload: { pollId, outcome, count }, at }) => {
    const poll = state.polls.byId[pollId];
    const stage = withPoll(state, pollId, () => ({ stage: 'announced', announcedAt: at }));
    const announced = count ? withOutcome(stage, pollId, count as CountOutcome) : stage;
    return poll ? settleMotion(announced, poll, outcome) : announced;
  },
  PollVoided: (state, { payload: { pollId, reason }, at }) => {
    const poll = state.polls.byId[pollId];
    const called = withPoll(state, pollId, () => ({ stage: 'voided', closedAt: at, voidReason: reason }));
    const voided = called.polls.openId === pollId ? closedBox(called) : called;
    return poll && 'motionId' in poll.frame.subject ? backToDebate(voided, poll.frame.subject.motionId) : voided;
  },
  ResultSuperseded: (state, { payload: { pollId, result, reason }, at }) => {
    const recounted = state.allocations.outcomes[pollId] ? withOutcome(state, pollId, null) : state;
    const corrected = withPoll(recounted, pollId, (poll) => ({
      result: result as PollResult,
      superseded: poll.result ? [...poll.superseded, { result: poll.result, reason, at }] : poll.superseded,
    }));
    const poll = corrected.polls.byId[pollId];
    return poll && movedBy(corrected, poll, result.outcome) ? settleMotion(corrected, poll, result.outcome) : corrected;
  },
};
