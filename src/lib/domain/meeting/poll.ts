// A vote of the meeting: opened with everything frozen, counted when it closes, announced, and after that only superseded. Rules [V…].
// Ballots themselves are not in the log. This slice says who may cast, what counts and what the numbers mean.
import { underWay } from './agenda.ts';
import { announceFault, callOpened, withOutcome, type CountOutcome } from './allocation.ts';
import { settleAmendment } from './amendment.ts';
import { bookingDrafts, correctionDrafts } from './awards.ts';
import { closeMotion, withMotion, type Motion } from './motion-state.ts';
import { countPoll, inFrame, motionOfSubject, recount } from './poll-count.ts';
import { openPoll, type OpenPoll } from './poll-opening.ts';
import { fewestToHide, type Poll, type PollFrame, type PollFrameSaid, type PollResult } from './poll-state.ts';
import { refuse, type Refusal } from './refusal.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { official, type Said } from './words.ts';

export type PollCommand =
  | OpenPoll
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

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

const pollAt = (state: MeetingState, pollId: string, stage: Poll['stage']): Poll | Refusal => {
  const poll = state.polls.byId[pollId];
  if (!poll) return refuse('V3', 'unknown-poll');
  if (poll.stage === stage) return poll;
  if (stage === 'open') return refuse('V3', 'poll-not-open');
  return poll.stage === 'announced' ? refuse('V8', 'poll-already-announced') : refuse('V3', 'poll-not-closed');
};

export const pollDeciders: Deciders<PollCommand> = {
  openPoll,

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
