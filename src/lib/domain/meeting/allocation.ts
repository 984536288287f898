// One funding ballot over all projects: the call with its rule, chosen and explained before anybody votes; whose ties keep them off which
// project; and the count, told when the result is announced. Rules [D…]. Ballots are not in the log, and the law does not count money
// itself here: counting may take long, so the office counts beside the meeting and hands the outcome in.
import { fundingMethod } from '#lib/domain/ballots/index.ts';
import type { BallotTerms, FundingCall } from '#lib/domain/funding/checks.ts';
import { checkCall } from '#lib/domain/funding/checks.ts';
import type { FundingEnvelope, FundingProject, TieRule } from '#lib/domain/funding/election.ts';
import type { Reason, Tie } from '#lib/domain/funding/explanation.ts';
import { countingRule } from '#lib/domain/funding/rules.ts';
import { itemOf } from './agenda.ts';
import { refuse, type Refusal } from './refusal.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { spokenBy, type Said, type Words } from './words.ts';

/** Who votes: council seats, residents each with a slip, or both as two chambers whose results stand side by side. */
export const callVoters = ['seats', 'residents', 'both'] as const;
export type CallVoters = (typeof callVoters)[number];

export const chambers = ['seats', 'residents'] as const;
export type Chamber = (typeof chambers)[number];

export interface CallAsked {
  /** The agenda item it is voted under; null for any. */
  readonly itemId: string | null;
  readonly title: string;
  readonly budgetFen: number;
  readonly projects: readonly (FundingProject & {
    /** Seats tied to it: they vote on the others. */
    readonly tiedSeatIds: readonly string[];
    /** The project's own id in the community's books; null for one that is only in this call. */
    readonly projectId?: string;
  })[];
  readonly envelopes: readonly (FundingEnvelope & { readonly envelopeId?: string })[];
  readonly terms: BallotTerms;
  readonly ties: TieRule;
  readonly ruleId: string;
  readonly voters: CallVoters;
}

/** Official wording throughout: titles and names of projects, never of people. */
export interface CallFacts {
  readonly callId: string;
  readonly itemId: string | null;
  readonly title: string;
  readonly call: FundingCall;
  readonly ruleId: string;
  readonly voters: CallVoters;
  /** Ids of the call → ids of the community's projects and envelopes, where it is of its books: what is funded is booked there. */
  readonly links?: {
    readonly projects: Readonly<Record<string, string>>;
    readonly envelopes: Readonly<Record<string, string>>;
  };
}

/** What one chamber's ballots came to. Anyone repeats it from the recount file, whose digest is here. */
export interface ChamberCount {
  readonly chamber: Chamber;
  /** n: every ballot that was counted. */
  readonly ballots: number;
  /** In the order they were funded. */
  readonly winners: readonly string[];
  readonly costFen: number;
  readonly remainderFen: number;
  readonly ties: readonly Tie[];
  /** One for each project, in the order of the call. */
  readonly reasons: readonly Reason[];
  /** SHA-256 of the recount file, hex. */
  readonly fileDigest: string;
}

export type CountOutcome =
  | { readonly kind: 'counted'; readonly counts: readonly ChamberCount[] }
  /** The rule could not be run to its end in the time and memory it has. */
  | { readonly kind: 'failed'; readonly why: 'too-long' | 'uncountable' };

export interface Allocation extends CallFacts {
  readonly putAt: number;
  /** project → seat → why, for the seats tied to it. */
  readonly tied: Readonly<Record<string, Readonly<Record<string, Words | null>>>>;
  /** The poll that is open or was last held on it. */
  readonly pollId: string | null;
  readonly withdrawn: boolean;
}

export interface AllocationsState {
  readonly byId: Readonly<Record<string, Allocation>>;
  readonly order: readonly string[];
  /** By poll. Before the announcement only hosts fold it. */
  readonly outcomes: Readonly<Record<string, CountOutcome>>;
}

export type AllocationCommand =
  /** `callId` null for a new one; else it replaces the call before anybody has voted on it. */
  | { readonly type: 'putCall'; readonly callId: string | null; readonly call: CallAsked }
  | { readonly type: 'withdrawCall'; readonly callId: string }
  | {
      readonly type: 'declareTie';
      readonly callId: string;
      readonly projectId: string;
      readonly seatId: string;
      readonly reason: string;
    }
  /** The program's own, when the count is done. */
  | { readonly type: 'recordCount'; readonly pollId: string; readonly outcome: CountOutcome };

export interface AllocationEvents {
  CallPut: { readonly facts: CallFacts; readonly tied: Readonly<Record<string, readonly string[]>> };
  CallWithdrawn: { readonly callId: string };
  TieDeclared: {
    readonly callId: string;
    readonly projectId: string;
    readonly seatId: string;
    readonly reason: Said;
  };
  BallotsCounted: { readonly pollId: string; readonly outcome: CountOutcome };
}

const draft = drafter<AllocationEvents>();

const mostTitle = 200;
const mostName = 100;

// ── reading ─────────────────────────────────────────────────────────────────────────────────────

export const callAt = (state: MeetingState, callId: string): Allocation | Refusal =>
  state.allocations.byId[callId] ?? refuse('D1', 'unknown-call');

/** The projects a seat is tied to: a choice for one of them counts as unlisted. */
export function tiedProjects(allocation: Allocation, seatId: string): string[] {
  return allocation.call.projects.flatMap(({ id }) => (allocation.tied[id]?.[seatId] === undefined ? [] : [id]));
}

export const votes = (voters: CallVoters, chamber: Chamber): boolean => voters === 'both' || voters === chamber;

/** [D6] The chamber whose result funds: the council's where it votes, else the residents'. */
export const decidingChamber = (voters: CallVoters): Chamber => (voters === 'residents' ? 'residents' : 'seats');

/** The call a host may open a vote on now: the newest that was neither withdrawn nor voted on. */
export function callReady(state: MeetingState): Allocation | null {
  const waiting = state.allocations.order.flatMap((callId) => {
    const allocation = state.allocations.byId[callId];
    return allocation && !allocation.withdrawn && isUntouched(state, allocation) ? [allocation] : [];
  });
  return waiting[waiting.length - 1] ?? null;
}

/** Nobody has voted on it: no poll yet, or the last one was called off or fell for want of a quorum. */
function isUntouched(state: MeetingState, { pollId }: Allocation): boolean {
  const poll = pollId === null ? undefined : state.polls.byId[pollId];
  if (!poll) return true;
  return poll.stage === 'voided' || (poll.stage === 'announced' && poll.result?.outcome === 'void_no_quorum');
}

/** [D1] Why no vote may be opened on it, or null. */
export function openFault(state: MeetingState, allocation: Allocation): Refusal | null {
  if (allocation.withdrawn) return refuse('D1', 'unknown-call');
  return isUntouched(state, allocation) ? null : refuse('D1', 'call-closed');
}

/** [D5] What stands between a closed vote and its announcement, or null. */
export function announceFault(state: MeetingState, pollId: string): Refusal | null {
  const outcome = state.allocations.outcomes[pollId];
  if (outcome?.kind === 'counted') return null;
  return refuse('D5', outcome ? 'count-failed' : 'count-not-ready');
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

/** [D2] [FU16] The call with its texts cleaned, or the first thing wrong with it. */
function checked(asked: CallAsked): { call: FundingCall; title: string } | Refusal {
  const title = checkedText(asked.title, mostTitle);
  if (typeof title !== 'string') return title;
  const projects: FundingProject[] = [];
  for (const { tiedSeatIds: _seats, projectId: _project, ...project } of asked.projects) {
    const name = checkedText(project.name ?? '', mostName);
    if (typeof name !== 'string') return name;
    projects.push({ ...project, name });
  }
  const envelopes: FundingEnvelope[] = [];
  for (const { envelopeId: _envelope, ...envelope } of asked.envelopes) {
    const name = checkedText(envelope.name ?? '', mostName);
    if (typeof name !== 'string') return name;
    envelopes.push({ ...envelope, name });
  }
  const { budgetFen, ties, terms } = asked;
  const call: FundingCall = { budgetFen, projects, envelopes, ties, terms };
  const [refusal] = checkCall(call);
  if (refusal) {
    const { kind, ...params } = refusal;
    const named = 'projectId' in params ? projects.find(({ id }) => id === params.projectId)?.name : undefined;
    return refuse('FU16', 'call-unsound', { kind, ...params, ...(named !== undefined && { project: named }) });
  }
  const rule = countingRule(asked.ruleId);
  if (!rule) return refuse('D2', 'unknown-rule');
  if (rule.needsPoints && terms.kind === 'approve') return refuse('D2', 'rule-needs-points');
  return fundingMethod(terms).parseConfig(call) === null
    ? refuse('FU16', 'call-unsound', { kind: '' })
    : { call, title };
}

function linksOf({ projects, envelopes }: CallAsked): Pick<CallFacts, 'links'> {
  const links = {
    projects: Object.fromEntries(projects.flatMap(({ id, projectId }) => (projectId ? [[id, projectId]] : []))),
    envelopes: Object.fromEntries(envelopes.flatMap(({ id, envelopeId }) => (envelopeId ? [[id, envelopeId]] : []))),
  };
  return Object.keys({ ...links.projects, ...links.envelopes }).length > 0 ? { links } : {};
}

const preparing = ['draft', 'convened', 'check_in', 'in_session', 'recess'];

export const allocationDeciders: Deciders<AllocationCommand> = {
  /** [D1] Until a vote on it opens a call may be put anew; every seat that is tied is known before anybody votes. */
  putCall(state, command, { newId }) {
    if (!preparing.includes(state.phase)) return refuse('L1', 'wrong-phase', { phase: state.phase });
    if (command.callId !== null) {
      const before = callAt(state, command.callId);
      if ('refused' in before) return before;
      const closed = openFault(state, before);
      if (closed) return closed;
    }
    const sound = checked(command.call);
    if ('refused' in sound) return sound;
    const { itemId } = command.call;
    if (itemId !== null && state.phase !== 'draft' && !itemOf(state, itemId)) return refuse('D1', 'unknown-item');
    const tied: Record<string, readonly string[]> = {};
    for (const { id, tiedSeatIds } of command.call.projects) {
      const stranger = tiedSeatIds.find((seatId) => state.phase !== 'draft' && !state.seats[seatId]);
      if (stranger !== undefined) return refuse('A1', 'unknown-seat');
      if (tiedSeatIds.length > 0) tied[id] = [...new Set(tiedSeatIds)];
    }
    const facts: CallFacts = {
      callId: command.callId ?? newId(),
      itemId,
      title: sound.title,
      call: sound.call,
      ruleId: command.call.ruleId,
      voters: command.call.voters,
      ...linksOf(command.call),
    };
    return [draft('CallPut', { facts, tied })];
  },

  withdrawCall(state, { callId }) {
    const allocation = callAt(state, callId);
    if ('refused' in allocation) return allocation;
    const closed = openFault(state, allocation);
    return closed ?? [draft('CallWithdrawn', { callId })];
  },

  /** [D4] Until the vote closes; the ballot that was cast stays, its choice for that project counts as unlisted. */
  declareTie(state, { callId, projectId, seatId, reason: said }, { actor }) {
    const allocation = callAt(state, callId);
    if ('refused' in allocation) return allocation;
    if (allocation.pollId === null || state.polls.openId !== allocation.pollId) {
      const closed = openFault(state, allocation);
      if (closed) return closed;
    }
    if (!allocation.call.projects.some(({ id }) => id === projectId)) return refuse('D4', 'unknown-project');
    const seat = state.seats[seatId];
    if (!seat) return refuse('A1', 'unknown-seat');
    const leads = actor.roles.has('chair') || actor.roles.has('secretary') || actor.roles.has('moderator');
    if (actor.seatId !== seatId && !leads) return refuse('A2', 'not-your-seat');
    if (allocation.tied[projectId]?.[seatId] !== undefined) return refuse('D4', 'already-recused');
    const reason = checkedText(said, 300);
    if (typeof reason !== 'string') return reason;
    return [draft('TieDeclared', { callId, projectId, seatId, reason: spokenBy(seat.personId, reason) })];
  },

  /** [D5] Once, for a closed vote that is not announced; a failed count may be tried again. */
  recordCount(state, { pollId, outcome }) {
    const poll = state.polls.byId[pollId];
    if (!poll || poll.frame.subject.kind !== 'allocation') return refuse('V3', 'unknown-poll');
    if (poll.stage !== 'closed') return refuse('V3', 'poll-not-closed');
    if (state.allocations.outcomes[pollId]?.kind === 'counted') return refuse('D5', 'already-done');
    return [draft('BallotsCounted', { pollId, outcome }, 'hosts')];
  },
};

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

const withAllocation = (
  state: MeetingState,
  callId: string,
  change: (allocation: Allocation) => Partial<Allocation>,
): MeetingState => {
  const allocation = state.allocations.byId[callId];
  if (!allocation) return state;
  const byId = { ...state.allocations.byId, [callId]: { ...allocation, ...change(allocation) } };
  return { ...state, allocations: { ...state.allocations, byId } };
};

/** Called by the poll's own fold: a vote on this call has opened. */
export const callOpened = (state: MeetingState, callId: string, pollId: string): MeetingState =>
  withAllocation(state, callId, () => ({ pollId }));

/** Called by the poll's own folds: the outcome told with the announcement, or none any more after a correction. */
export function withOutcome(state: MeetingState, pollId: string, outcome: CountOutcome | null): MeetingState {
  const { [pollId]: _before, ...others } = state.allocations.outcomes;
  const outcomes = outcome ? { ...others, [pollId]: outcome } : others;
  return { ...state, allocations: { ...state.allocations, outcomes } };
}

export const allocationFolders: Folders<AllocationEvents> = {
  CallPut: (state, { payload: { facts: sealed, tied: seats }, at }) => {
    const facts = sealed as CallFacts;
    const before = state.allocations.byId[facts.callId];
    const tied = Object.fromEntries(
      Object.entries(seats).map(([projectId, seatIds]) => [
        projectId,
        Object.fromEntries(seatIds.map((seatId) => [seatId, before?.tied[projectId]?.[seatId] ?? null])),
      ]),
    );
    const allocation: Allocation = { ...facts, tied, putAt: at, pollId: before?.pollId ?? null, withdrawn: false };
    return {
      ...state,
      allocations: {
        ...state.allocations,
        byId: { ...state.allocations.byId, [facts.callId]: allocation },
        order: before ? state.allocations.order : [...state.allocations.order, facts.callId],
      },
    };
  },
  CallWithdrawn: (state, { payload: { callId } }) => withAllocation(state, callId, () => ({ withdrawn: true })),
  TieDeclared: (state, { payload: { callId, projectId, seatId, reason } }) =>
    withAllocation(state, callId, ({ tied }) => ({
      tied: { ...tied, [projectId]: { ...tied[projectId], [seatId]: reason } },
    })),
  BallotsCounted: (state, { payload: { pollId, outcome } }) => withOutcome(state, pollId, outcome as CountOutcome),
};
