// What every screen says comes next is what the law accepts next: asked at every moment of the demo session and of meetings under random hands.
import { describe, expect, it } from 'vitest';
import { playFundingSession } from '#tests/support/funding-session.ts';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { conclude, jointWorld, say, sign } from '#tests/support/joint-session.ts';
import { agendaItem, LawWorld, present, seatOf, votingItem } from '#tests/support/law-world.ts';
import { randomCast, randomCommand } from '#tests/support/random-commands.ts';
import { randomFrom } from '#tests/support/random.ts';
import { unsettled } from './consensus.ts';
import { isHere } from './attendance.ts';
import type { Command } from './commands.ts';
import { freshResult, nextStep, type NextStep } from './next-step.ts';
import { isRefusal } from './refusal.ts';
import type { MeetingState } from './state.ts';

/** Who speaks for which party in the joint meeting. */
const partyHands: Readonly<Record<string, string>> = { M01: 'party_org', M02: 'committee', M04: 'workstation' };

/** The command by which the step is taken, and by whom; null where it is not a command or needs somebody who is not there. */
function stepTaken(state: MeetingState, step: NextStep): { who: string; command: Command } | null {
  const chair = (command: Command) => ({ who: 'M01', command });
  const seconder = (motionId: string, moverSeatId: string | null) =>
    state.seatOrder.find(
      (seatId) =>
        state.seats[seatId]?.voting &&
        isHere(state, seatId) &&
        seatId !== moverSeatId &&
        !state.motions.byId[motionId]?.recusals[seatId],
    );
  switch (step.kind) {
    case 'be_convened':
      return chair({ type: 'conveneMeeting', rulePackId: 'R1', shortNoticeReason: '临时召开' });
    case 'open_check_in':
      return chair({ type: 'openCheckIn' });
    case 'open_session':
      return chair({ type: 'openSession' });
    case 'resume':
      return chair({ type: 'resumeSession' });
    case 'adopt_agenda':
      return chair({ type: 'adoptAgenda' });
    case 'adjourn':
      return chair({ type: 'adjournMeeting', leaveUnfinished: false });
    case 'open_item':
      return chair({ type: 'openItem', itemId: step.itemId });
    case 'close_item':
      return chair({ type: 'closeItem' });
    case 'put_motion':
      return chair({ type: 'putItemMotion' });
    case 'state':
      return chair({ type: 'stateMotion', motionId: step.motionId });
    case 'debate':
      return chair({ type: 'openDebate' });
    case 'refer':
      return chair({ type: 'referMotion', motionId: step.motionId, reason: '须由业主大会决定' });
    case 'vote':
    case 'vote_amendment':
      return chair({
        type: 'openPoll',
        subject: { kind: step.kind === 'vote' ? 'motion' : 'amendment' },
        secrecy: 'named',
        plannedMs: null,
      });
    case 'close_poll':
      return chair({ type: 'closePoll', pollId: step.pollId });
    case 'vote_allocation':
      return chair({
        type: 'openPoll',
        subject: { kind: 'allocation', callId: step.callId },
        secrecy: 'named',
        plannedMs: null,
      });
    case 'announce':
      return chair({ type: 'announceResult', pollId: step.pollId });
    case 'second': {
      const seatId = seconder(step.motionId, state.motions.byId[step.motionId]?.moverSeatId ?? null);
      return seatId === undefined
        ? null
        : { who: 'M01', command: { type: 'secondMotion', motionId: step.motionId, seatId } };
    }
    case 'second_amendment': {
      const { motionId, amendmentId } = step;
      const mover = state.motions.byId[motionId]?.amendments.find(
        (each) => each.amendmentId === amendmentId,
      )?.moverSeatId;
      const seatId = seconder(motionId, mover ?? null);
      return seatId === undefined ? null : { who: 'M01', command: { type: 'secondAmendment', amendmentId, seatId } };
    }
    case 'put_minutes':
      return { who: 'M03', command: { type: 'putMinutes' } };
    case 'state_positions':
    case 'countersign': {
      const [partyId] = step.partyIds;
      const [id = ''] = Object.keys(partyHands).filter((each) => partyHands[each] === partyId);
      return { who: id, command: step.kind === 'countersign' ? sign({ state }, id) : say(id) };
    }
    case 'conclude_item':
      return { who: 'M03', command: conclude('agreed') };
    case 'settle_follow_ups': {
      const followUpId = state.consensus ? (unsettled(state, step.itemId)[0] ?? '') : '';
      const settled = { outcome: 'done', dueOn: null, note: '已办结' } as const;
      return { who: 'M03', command: { type: 'settleFollowUp', followUpId, ...settled } };
    }
    case 'enter_stage':
      return chair({ type: 'enterStage', stage: step.stage, allowedMs: null, reason: null });
    case 'give_out_forms':
      return {
        who: 'M03',
        command: {
          type: 'openPoll',
          subject: { kind: 'question', question: '评议', options: ['a', 'b', 'c', 'd'], form: 'appraisal' },
          secrecy: null,
          plannedMs: null,
        },
      };
    case 'count':
    case 'reach_quorum':
    case 'over':
    case 'cancelled':
      return null;
  }
}

/** Why the announced step would be refused, or null. Somebody speaking, or something left undecided on purpose, is for people to end first. */
function refusalOf(world: LawWorld): string | null {
  const step = nextStep(world.state);
  const taken = stepTaken(world.state, step);
  if (!taken) return null;
  const answer = world.ask(taken.who, taken.command);
  if (!isRefusal(answer) || ['someone-is-speaking', 'unanswered-business', 'too-few-to-hide'].includes(answer.reason))
    return null;
  return `${step.kind}: ${answer.rule} ${answer.reason}`;
}

const kindIn = (world: LawWorld) => nextStep(world.state).kind;

describe('the next step', () => {
  it('is what the law accepts, at every moment of the demo session', () => {
    const { log } = playFundingSession();
    const world = new LawWorld();
    const kinds = new Set<string>();
    log.forEach((_, index) => {
      world.state = world.fold(log.slice(0, index + 1));
      world.now = log[index]?.at ?? 0;
      kinds.add(kindIn(world));
      expect([index, log[index]?.type, refusalOf(world)]).toEqual([index, log[index]?.type, null]);
    });
    for (const kind of [
      'vote',
      'announce',
      'close_poll',
      'open_item',
      'second',
      'state',
      'debate',
      'put_motion',
      'over',
    ])
      expect(kinds).toContain(kind);
  });

  it.each([11, 12, 13])('is what the law accepts under random hands, seed %i', (seed) => {
    const random = randomFrom(seed);
    const items = Array.from({ length: 20 }, (_, index) => votingItem(`P${String(index)}`, 100));
    const world = new LawWorld({ items }).open();
    for (let step = 0; step < 700; step += 1) {
      const { who, command } = randomCommand(random, world);
      if (command.type === 'adjournMeeting' || isRefusal(world.ask(who, command))) continue;
      world.do(who, command);
      for (let cast = random.below(20); cast > 0; cast -= 1) randomCast(random, world);
      const fault = refusalOf(world);
      if (fault !== null) throw new Error(`step ${String(step)}, after ${command.type}: ${fault}`);
    }
  });

  it('followed from the draft it leads to an adjourned meeting', () => {
    const world = new LawWorld({
      items: [agendaItem('a'), votingItem('P1', 100), votingItem('P2', 1, { ownersMatter: 'owners_assembly' })],
    });
    const kinds: string[] = [];
    for (let guard = 0; guard < 60 && world.state.phase !== 'adjourned'; guard += 1) {
      const step = nextStep(world.state);
      kinds.push(step.kind);
      const taken = stepTaken(world.state, step);
      if (step.kind === 'reach_quorum') for (const id of present.slice(0, 17)) world.arrive(id);
      else if (taken) world.do(taken.who, taken.command);
      else break;
    }
    expect(kinds).toEqual(
      'be_convened open_check_in reach_quorum open_session adopt_agenda open_item open_item put_motion debate vote close_poll announce open_item put_motion refer close_item adjourn'.split(
        ' ',
      ),
    );
  });

  it('[K3] [K8] of a meeting of parties is each position, the conclusion, then the page and its signatures', () => {
    const world = jointWorld();
    const kinds: string[] = [];
    for (let guard = 0; guard < 80 && world.state.phase !== 'adjourned'; guard += 1) {
      const step = nextStep(world.state);
      if (kinds[kinds.length - 1] !== step.kind) kinds.push(step.kind);
      const matter = { kind: 'follow_ups', followUpIds: ['f1', 'f2'] } as const;
      world.facts = { ...world.facts, matter: world.state.agenda.currentItemId === 'needs' ? matter : null };
      const taken = stepTaken(world.state, step);
      if (!taken) break;
      world.do(taken.who, taken.command);
    }
    const item = ['open_item', 'state_positions', 'conclude_item'];
    const owing = ['open_item', 'state_positions', 'settle_follow_ups', 'conclude_item'];
    const end = ['open_item', 'put_minutes', 'countersign', 'adjourn'];
    expect(kinds).toEqual([...item, ...item, ...owing, ...item, ...item, ...end]);
  });

  it('[AP12] of an appraisal is its items, the stages, the forms, and the result once all are back', () => {
    const world = new LawWorld({
      format: 'appraisal_meeting',
      rules: { ...appraisalMeeting },
      items: [agendaItem('account')],
    }).open(present);
    const kinds: string[] = [];
    for (let guard = 0; guard < 20 && world.state.phase !== 'adjourned'; guard += 1) {
      const step = nextStep(world.state);
      kinds.push(step.kind);
      if (step.kind === 'close_poll') world.castCounts({ A: 12 });
      const taken = stepTaken(world.state, step);
      if (!taken) break;
      world.do(taken.who, taken.command);
    }
    expect(kinds).toEqual(
      'open_item enter_stage enter_stage give_out_forms close_poll enter_stage announce close_item adjourn'.split(' '),
    );
  });

  it('[Q1] is the quorum where it is missing, in people or in sectors', () => {
    const world = new LawWorld().open(present.slice(0, 17)).debate();
    world.leave('M04');
    expect(nextStep(world.state)).toEqual({ kind: 'reach_quorum', missing: 1, sectorsMissing: 0 });
  });

  it('[V4] names the base and threshold the vote will then have', () => {
    const world = new LawWorld().open().debate();
    world.recuse('M14');
    expect(nextStep(world.state)).toMatchObject({ kind: 'vote', base: 20, threshold: 11 });
    world.openVote();
    expect(world.state.polls.byId[world.lastPollId()]?.frame).toMatchObject({ base: 20, threshold: 11 });
  });

  it('a motion of the floor does not stand for the agenda’s own', () => {
    const world = new LawWorld().open();
    world.do('M01', { type: 'openItem', itemId: 'P1' });
    world.do('M05', {
      type: 'moveMotion',
      seatId: seatOf('M05'),
      title: '另案',
      text: '',
      amountFen: null,
      ownersMatter: 'none',
      listing: null,
      renewsMotionId: null,
    });
    expect(kindIn(world)).toBe('second');
    world.do('M05', { type: 'withdrawMotion', motionId: world.motionId(), reason: '' });
    expect(kindIn(world)).toBe('put_motion');
  });
});

describe('a fresh result', () => {
  it('is the last announced one, until the next vote or item', () => {
    const world = new LawWorld().open().debate();
    expect(freshResult(world.state)).toBeNull();
    world.openVote();
    world.castCounts({ for: 21 }).closeVote();
    expect(freshResult(world.state)).toBeNull();
    world.announce();
    expect(freshResult(world.state)?.result?.outcome).toBe('passed');
    world.wait(1_000).do('M01', { type: 'openItem', itemId: 'P2' });
    expect(freshResult(world.state)).toBeNull();
  });
});
