// The log is the meeting: replay of every moment, what each audience folds, erasure, and a meeting that survives random hands.
import { describe, expect, it } from 'vitest';
import { playFundingSession } from '#tests/support/funding-session.ts';
import { LawWorld, members, personOf, seatOf, votingItem } from '#tests/support/law-world.ts';
import { randomCast, randomCommand } from '#tests/support/random-commands.ts';
import { randomFrom } from '#tests/support/random.ts';
import { ruleNumbers } from '#tests/support/rule-numbers.ts';
import { headCount, quorumOf } from './attendance.ts';
import { upcast, type MeetingEvent } from './events.ts';
import { evolve, evolveAll } from './evolve.ts';
import { turnsTaken } from './floor.ts';
import { speakingQueue } from './floor-order.ts';
import { isRefusal, refusalReasons, type Refusal } from './refusal.ts';
import { emptyMeeting, type MeetingState } from './state.ts';
import { audiences, mayRead } from './words.ts';

const session = playFundingSession();
const stored = (events: readonly MeetingEvent[]) => JSON.parse(JSON.stringify(events)) as MeetingEvent[];

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}

/** State without what an audience may read differently: the words themselves and the desk's requests. */
const publicShape = (state: MeetingState): unknown =>
  JSON.parse(
    JSON.stringify({ ...state, seq: 0, attendance: { ...state.attendance, requests: {} } }, (key, value: unknown) =>
      key === 'text' && (typeof value === 'string' || value === null) ? undefined : value,
    ),
  );

describe('replay', () => {
  it('[E1] the state is the fold of the events, as they are stored', () =>
    expect(evolveAll(emptyMeeting('meeting-1'), stored(session.log))).toEqual(session.state));

  it('[E1] every prefix folds to the meeting of that moment and changes nothing that was folded before', () => {
    const events = deepFreeze(stored(session.log));
    let state = deepFreeze(emptyMeeting('meeting-1'));
    for (const event of events) {
      state = deepFreeze(evolve(state, event));
      expect(state.seq).toBe(event.seq);
    }
    const half = Math.floor(events.length / 2);
    expect(evolveAll(evolveAll(emptyMeeting('meeting-1'), events.slice(0, half)), events.slice(half))).toEqual(state);
  });

  it('[E1] numbers the events without a hole', () =>
    expect(session.log.map(({ seq }) => seq)).toEqual(session.log.map((_, index) => index + 1)));

  it('[E1] knows itself at any past moment', () => {
    const until = (type: string, which = (_event: MeetingEvent) => true) =>
      session.log.slice(0, session.log.findIndex((event) => event.type === type && which(event)) + 1);
    const opened = evolveAll(emptyMeeting('meeting-1'), until('SessionOpened'));
    expect([opened.phase, headCount(opened).present, opened.motions.order]).toEqual(['in_session', 21, []]);
    const voting = evolveAll(
      emptyMeeting('meeting-1'),
      until('PollOpened', (event) => event.type === 'PollOpened' && event.payload.frame.kind === 'formal'),
    );
    expect(voting.polls.byId[voting.polls.openId ?? '']?.frame.question.text).toBe('银龄守护·独居老人探访与助餐');
  });

  it('an event of a version this program does not know is not guessed at', () => {
    const [first] = session.log;
    if (!first) throw new Error('empty log');
    expect(upcast(first)).toEqual(first);
    expect(() => upcast({ ...first, version: 99 })).toThrow(/version 99/);
    expect(() => evolve(session.state, { ...first, type: 'SomethingNew' } as never)).toThrow(/SomethingNew/);
  });
});

describe('audiences', () => {
  it.each(audiences)('[E4] %s folds its own part of the log without a hole in the picture', (audience) => {
    const events = stored(session.readAs(audience));
    let state = emptyMeeting('meeting-1');
    for (const event of events) state = evolve(state, event);
    expect(publicShape(state)).toEqual(publicShape(session.state));
  });

  it('[E4] nobody folds what is meant for others', () => {
    const requested = session.log.filter(
      ({ type }) => type.startsWith('Seat') && /Requested|Admitted|Declined/.test(type),
    );
    expect(requested.length).toBe(4);
    expect(requested.every(({ audience }) => audience === 'desk')).toBe(true);
    for (const audience of audiences) {
      const seen = session.readAs(audience);
      expect(seen.filter(({ type }) => type === 'SeatRequested')).toHaveLength(mayRead(audience, 'desk') ? 2 : 0);
      expect(seen.every((event) => mayRead(audience, event.audience))).toBe(true);
    }
  });

  it('[E4] everyone reads masked names, members whole ones; private reasons are for hosts', () => {
    const read = (audience: (typeof audiences)[number]) =>
      JSON.stringify(session.fold(stored(session.readAs(audience))));
    for (const { name } of members) expect(read('everyone')).not.toContain(name);
    expect(read('everyone')).toContain('沈**');
    for (const { name } of members) expect(read('members')).toContain(name);
    for (const audience of ['everyone', 'members', 'desk'] as const) expect(read(audience)).not.toMatch(/因病|出差/);
    expect(read('hosts')).toMatch(/因病/);
    expect(read('hosts')).toMatch(/出差/);
  });

  it('[V3] [E4] no event of an open vote says anything of a choice', () => {
    const opened = session.log.filter(({ type }) => type === 'PollOpened');
    expect(opened.length).toBe(session.state.polls.order.length);
    for (const event of opened) expect(JSON.stringify(event.payload)).not.toMatch(/"(choices|counts)"/);
  });
});

describe('erasure', () => {
  it('[E3] leaves ids and digests, and the words nowhere; the meeting folds and goes on', () => {
    const world = new LawWorld().checkIn();
    world.do('M12', { type: 'recordLeave', seatId: seatOf('M12'), reason: '因病住院' });
    world.do('M01', { type: 'openSession' });
    world.do('M01', { type: 'adoptAgenda' });
    world.debate();
    world.do('M12', { type: 'withdrawLeave', seatId: seatOf('M12') });
    const erased = stored(world.readErased(personOf('M12')));
    const state = world.fold(erased);
    expect(JSON.stringify(erased)).not.toMatch(/潘大爷|潘\*|因病/);
    expect(state.seats[seatOf('M12')]?.name).toEqual({ ...world.state.seats[seatOf('M12')]?.name, text: null });
    expect(publicShape(state)).toEqual(publicShape(world.state));
    world.state = state;
    world.vote({ for: 21 });
    expect(world.state.motions.byId[world.motionId()]?.outcome).toBe('passed');
  });
});

function faultOfRefusal(refusal: Refusal): string | null {
  const { rule, reason, params } = refusal;
  const proper =
    ruleNumbers.has(rule) &&
    refusalReasons.includes(reason) &&
    Object.values(params).every((value) => typeof value === 'string' || Number.isFinite(value));
  return proper ? null : JSON.stringify(refusal);
}

const same = (left: readonly unknown[], right: readonly unknown[]) => left.join(' ') === right.join(' ');
const only = (id: string | null) => (id === null ? [] : [id]);

/** What holds at every moment of every meeting, each by its name; the names of those that do not. */
function faultsOf(state: MeetingState): string[] {
  const polls = state.polls.order.flatMap((id) => state.polls.byId[id] ?? []);
  const motions = state.motions.order.flatMap((id) => state.motions.byId[id] ?? []);
  const { floor, agenda, phase } = state;
  const open = polls.filter(({ stage }) => stage === 'open').map(({ frame }) => frame.pollId);
  const before = motions.filter(({ stage }) => ['presenting', 'debating', 'voting'].includes(stage));
  const recusals = state.motions.byId[state.motions.currentId ?? '']?.recusals ?? {};
  const asked = floor.requests.map(({ seatId, pointOfOrder }) => `${seatId} ${String(pointOfOrder)}`);
  const count = headCount(state);
  const holds: Readonly<Record<string, boolean>> = {
    'one open vote': same(open, only(state.polls.openId)),
    'one motion before the meeting': same(
      before.map(({ motionId }) => motionId),
      only(state.motions.currentId),
    ),
    'one open item': same(
      Object.keys(agenda.progress).filter((id) => agenda.progress[id]?.status === 'open'),
      only(agenda.currentItemId),
    ),
    'each item once': new Set(agenda.items.map(({ itemId }) => itemId)).size === agenda.items.length,
    'nobody speaks during a vote': state.polls.openId === null || (phase === 'in_session' && floor.speech === null),
    'interrupted by somebody': floor.speech !== null || floor.interrupted === null,
    'nothing after the end': phase !== 'adjourned' || (!floor.speech && !asked.length && state.polls.openId === null),
    'asks once': new Set(asked).size === asked.length,
    'everybody in the queue': speakingQueue(state).length === asked.length,
    'recused do not wait to speak': floor.requests.every(
      ({ pointOfOrder, seatId }) => pointOfOrder || !recusals[seatId],
    ),
    'turns within the limit': state.seatOrder.every((seatId) => turnsTaken(state, seatId) <= 2),
    'heads add up':
      count.present + count.onLeave + count.away + count.left + count.absent === count.expected &&
      count.remote <= count.present,
    'knows when the quorum is lost':
      phase === 'adjourned' || (state.attendance.quorumLostAt === null) === quorumOf(state).met,
    'amounts are whole': motions.every(({ amountFen: fen }) => fen === null || (Number.isSafeInteger(fen) && fen > 0)),
    'results add up': polls.every(({ frame, result }) => {
      if (!result) return true;
      const counted = Object.values(result.counts).reduce((sum, each) => sum + each, 0);
      return (
        counted === (frame.allocation ? 0 : result.voted) &&
        result.voted + result.spoiled + result.notVoted === result.electorate
      );
    }),
    'hidden names stay hidden': polls.every(({ frame, result }) => frame.secrecy === 'named' || !result?.choices),
    'recused are not counted': polls.every(({ result }) =>
      Object.keys(result?.choices ?? {}).every((seatId) => !result?.recusedSeatIds.includes(seatId)),
    ),
    'what passed has its votes': polls.every(({ frame, result }) => {
      if (frame.allocation) return result?.threshold === undefined || result.threshold === null;
      const { for: yes = 0, against: no = 0 } = result?.counts ?? {};
      return result?.outcome !== 'passed' || (yes >= (result.threshold ?? Infinity) && yes > no);
    }),
    'straw polls bind nobody': polls.every(
      ({ frame, result }) => !result || (frame.kind === 'straw') === (result.outcome === 'not_binding'),
    ),
    'locked only if passed': motions.every(({ contractLocked, outcome }) => !contractLocked || outcome === 'passed'),
  };
  return Object.keys(holds).filter((name) => !holds[name]);
}

describe('random hands', () => {
  it.each([1, 2, 3, 4])('[C4] [E1] 2,000 commands of seed %i: never a throw, never an unsound meeting', (seed) => {
    const random = randomFrom(seed);
    const items = Array.from({ length: 30 }, (_, index) =>
      votingItem(`P${index}`, 9_600_000, { ownersMatter: index % 5 === 0 ? 'touches_common_parts' : 'none' }),
    );
    const world = new LawWorld({ items, rules: { proxies: seed % 2 === 0 } }).open();
    const question = { questionId: 'q1', text: '何时修好', status: 'shown' } as const;
    const summary = { asked: 1, shown: 1, hidden: 0, answered: 0 };
    let accepted = 0;
    for (let step = 0; step < 2_000; step += 1) {
      const { who, command } = randomCommand(random, world);
      if (command.type === 'adjournMeeting' && step < 1_950) continue;
      const pollId = 'pollId' in command ? command.pollId : '';
      const sheet = { sheetId: 'sheet', pollId, confirmed: random.below(2) === 0, reason: '录入有误' };
      world.facts = { ...world.facts, question, questionsSummary: summary, sheet };
      const answer = world.ask(who, command);
      if (isRefusal(answer)) {
        const fault = faultOfRefusal(answer);
        if (fault !== null) throw new Error(`step ${step} ${who} ${command.type}: ${fault}`);
        continue;
      }
      world.do(who, command);
      accepted += 1;
      const faults = faultsOf(world.state);
      if (faults.length > 0) throw new Error(`step ${step} ${who} ${JSON.stringify(command)}: ${faults.join(', ')}`);
      for (let cast = random.below(60); cast > 0; cast -= 1) randomCast(random, world);
    }
    expect(accepted).toBeGreaterThan(150);
    expect(evolveAll(emptyMeeting('meeting-1'), stored(world.log))).toEqual(world.state);
    for (const audience of audiences)
      expect(publicShape(world.fold(stored(world.readAs(audience))))).toEqual(publicShape(world.state));
  });
});
