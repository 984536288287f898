// Opening a vote: what it asks, who may vote, what a share is taken of; frozen in its frame from then on. Rules [Q1], [V1], [V6].
import { fundingMethod, methodOf } from '#lib/domain/ballots/index.ts';
import { inSession } from './agenda.ts';
import { callAt, openFault, votes } from './allocation.ts';
import { isPresent, quorumOf, votingSeats } from './attendance.ts';
import { hearingTerms } from './hearing.ts';
import { currentMotion, pendingAmendment, type Motion } from './motion-state.ts';
import { fewestToHide, type PollFrameSaid, type PollSubject } from './poll-state.ts';
import type { PollEvents } from './poll.ts';
import { recusingTied } from './recusal.ts';
import { refuse } from './refusal.ts';
import { needed, usualAppraisal, type AppraisalTerms, type MajorityRule, type RulePack } from './rules.ts';
import { secondAward } from './second-award.ts';
import { drafter, type Deciders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { official } from './words.ts';

export interface OpenPoll {
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

const draft = drafter<Pick<PollEvents, 'PollOpened'>>();

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

/** [Q1] No vote without a quorum. [V1] One vote at a time. [V6] Fewer than five cannot hide. [M4] Nobody speaks while people vote. */
export const openPoll: Deciders<OpenPoll>['openPoll'] = (state, command, context) => {
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
};
