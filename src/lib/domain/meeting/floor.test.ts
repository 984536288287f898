// The floor: asking, calling, interrupting, limits and clocks. The order of the queue stands in floor-order.test.ts.
import { describe, expect, it } from 'vitest';
import { LawWorld, seatOf } from '#tests/support/law-world.ts';
import { speakingTime, turnsTaken, type FloorCommand, type Stance } from './floor.ts';
import { speakingQueue } from './floor-order.ts';
import { remainingMs } from './timer.ts';

const ask = (id: string, stance: Stance = 'for'): FloorCommand => ({ type: 'askToSpeak', seatId: seatOf(id), stance });
const point = (id: string): FloorCommand => ({ type: 'raisePointOfOrder', seatId: seatOf(id) });
const requestOf = (world: LawWorld, id: string) =>
  world.state.floor.requests.find(({ seatId }) => seatId === seatOf(id))?.requestId ?? 'none';
const give = (world: LawWorld, id: string, overrideReason: string | null = null): FloorCommand => ({
  type: 'giveFloor',
  requestId: requestOf(world, id),
  overrideReason,
});
const end: FloorCommand = { type: 'endSpeech' };
const debating = () => new LawWorld().open().debate();
const speaker = (world: LawWorld) => world.state.floor.speech?.seatId;

/** Asks, is called and ends, with the queue's blessing or a reason against it. */
function speak(world: LawWorld, id: string, stance: Stance = 'for'): void {
  world.do(id, ask(id, stance));
  world.do('M01', give(world, id, '请先发言'));
  world.wait(10_000).do(id, end);
}

describe('asking to speak', () => {
  it('[F1] a seat that is here asks once at a time, on an open item', () => {
    const world = new LawWorld().open();
    expect(world.why('M05', ask('M05'))).toBe('F1 item-not-open');
    world.do('M01', { type: 'openItem', itemId: 'open' });
    expect(world.why('M24', ask('M24'))).toBe('F1 seat-not-present');
    world.do('M05', ask('M05'));
    expect(world.why('M05', ask('M05', 'against'))).toBe('F1 request-already-queued');
    world.do('M05', point('M05'));
    expect(world.why('M05', point('M05'))).toBe('F1 request-already-queued');
    expect(world.why('M24', point('M24'))).toBe('F1 seat-not-present');
    expect(world.why('M06', ask('M07'))).toBe('A2 not-your-seat');
    expect(world.do('A1', ask('M07'))[0]?.payload).toMatchObject({ seatId: seatOf('M07'), assisted: true });
  });

  it('[F1] somebody attending without a vote is heard too', () => {
    const world = debating();
    world.arrive('N1').do('N1', ask('N1', 'add'));
    world.do('M01', give(world, 'N1'));
    expect(speaker(world)).toBe(seatOf('N1'));
  });

  it('[F1] takes a request back, one’s own or at the desk', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    const withdraw: FloorCommand = { type: 'withdrawRequest', requestId: requestOf(world, 'M05') };
    expect(world.why('M06', withdraw)).toBe('A2 not-your-seat');
    world.do('M01', { type: 'callRecess' });
    world.do('M05', withdraw);
    expect(world.why('M05', withdraw)).toBe('F1 unknown-request');
    expect(world.why('M05', ask('M05'))).toBe('L1 wrong-phase');
  });

  it('[F1] who is away keeps the place and is not called; who leaves loses it', () => {
    const world = debating();
    world.do('M08', ask('M08'));
    world.do('M09', ask('M09'));
    world.do('system', { type: 'loseConnection', seatId: seatOf('M08') });
    expect(speakingQueue(world.state).map(({ request, reason }) => [request.seatId, reason])).toEqual([
      [seatOf('M09'), 'arrival'],
      [seatOf('M08'), 'away'],
    ]);
    expect(world.why('M01', give(world, 'M08', '请先发言'))).toBe('F1 seat-not-present');
    world.do('system', { type: 'regainConnection', seatId: seatOf('M08') });
    expect(speakingQueue(world.state)[0]?.request.seatId).toBe(seatOf('M08'));
    world.leave('M08');
    expect(world.state.floor.requests.map(({ seatId }) => seatId)).toEqual([seatOf('M09')]);
  });
});

describe('giving the floor', () => {
  it('[F2] calls the first without ado and anybody else only with a reason everybody sees', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    world.do('M06', ask('M06'));
    expect(world.why('M01', give(world, 'M06'))).toBe('F2 override-needs-reason');
    expect(world.why('M01', give(world, 'M06', '  '))).toBe('F2 override-needs-reason');
    expect(world.why('M01', give(world, 'M06', '长'.repeat(201)))).toBe('C2 text-too-long');
    expect(world.why('M03', give(world, 'M05'))).toBe('P1 not-entitled');
    expect(world.why('M01', { type: 'giveFloor', requestId: 'nothing', overrideReason: null })).toBe(
      'F1 unknown-request',
    );
    world.do('M01', give(world, 'M06', '要提前离场'));
    const { speech, overrides } = world.fold(world.readAs('everyone')).floor;
    expect([speech?.reason, speech?.override?.text, overrides]).toEqual(['override', '要提前离场', 1]);
    world.do('M06', end);
    world.do('M01', give(world, 'M05', '这个理由用不着'));
    expect(world.state.floor).toMatchObject({ overrides: 1, speech: { reason: 'arrival', override: null } });
  });

  it('[F2] one speaks at a time', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    world.do('M06', ask('M06'));
    world.do('M01', give(world, 'M05'));
    expect(world.why('M01', give(world, 'M06'))).toBe('F2 someone-is-speaking');
    expect(world.why('M01', { type: 'callPresenter', seatId: seatOf('M04') })).toBe('F2 someone-is-speaking');
    expect(world.why('M06', end)).toBe('A2 not-your-seat');
    world.do('M05', end);
    expect(world.why('M05', end)).toBe('F2 nobody-is-speaking');
  });

  it('[F3] nobody speaks more often on one motion than the pack allows, however they asked', () => {
    const world = debating();
    speak(world, 'M05');
    speak(world, 'M05', 'against');
    expect(world.refusal('M05', ask('M05'))).toMatchObject({
      rule: 'F3',
      reason: 'speech-limit-reached',
      params: { limit: 2 },
    });
    expect(turnsTaken(world.state, seatOf('M05'))).toBe(2);
    world.do('M05', point('M05'));
    world.vote({ for: 21 });
    world.debate('P2').do('M05', ask('M05'));
  });

  it('[F3] a turn counts for what is before the meeting when it is taken', () => {
    const world = new LawWorld().open();
    world.do('M01', { type: 'openItem', itemId: 'P1' });
    world.do('M05', ask('M05'));
    world.do('M01', { type: 'putItemMotion' });
    world.do('M01', { type: 'openDebate' });
    world.do('M01', give(world, 'M05'));
    expect(world.state.floor.speech?.motionId).toBe(world.motionId());
    world.do('M05', end);
    expect(turnsTaken(world.state, seatOf('M05'))).toBe(1);
  });

  it('[F3] a presentation and a point of order are no turns', () => {
    const world = debating();
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M05') });
    world.do('M05', end);
    world.do('M05', point('M05'));
    world.do('M01', give(world, 'M05'));
    world.do('M05', end);
    expect(turnsTaken(world.state, seatOf('M05'))).toBe(0);
    expect(world.state.floor.turns).toMatchObject([{ presentation: true }, { pointOfOrder: true }]);
  });

  it('[F4] a point of order goes first, interrupts, and gives the floor back with the time that was left', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    world.do('M01', give(world, 'M05'));
    world.wait(29_000).do('M06', point('M06'));
    world.do('M18', point('M18'));
    expect(speakingQueue(world.state)[0]).toMatchObject({
      reason: 'point_of_order',
      request: { seatId: seatOf('M06') },
    });
    world.do('M01', give(world, 'M06'));
    expect([speaker(world), world.state.floor.interrupted?.seatId]).toEqual([seatOf('M06'), seatOf('M05')]);
    expect(world.why('M01', give(world, 'M18'))).toBe('F2 someone-is-speaking');
    world.wait(60_000).do('M06', end);
    const { speech, interrupted, turns } = world.state.floor;
    expect([speech?.seatId, speech?.timer.runningSince, interrupted]).toEqual([seatOf('M05'), null, null]);
    expect(turns).toHaveLength(1);
    world.do('M01', { type: 'resumeSpeech' });
    expect(speech && remainingMs(speech.timer, world.now)).toBe(120_000 - 32_000);
    world.do('M05', end);
    expect(turnsTaken(world.state, seatOf('M05'))).toBe(1);
    expect(turnsTaken(world.state, seatOf('M06'))).toBe(0);
  });

  it('[F4] an interrupted speaker who leaves meanwhile is not waited for', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    world.do('M01', give(world, 'M05'));
    world.do('M06', point('M06'));
    world.do('M01', give(world, 'M06'));
    expect(
      world.do('M05', { type: 'recordDeparture', seatId: seatOf('M05') } as never).map(({ type }) => type),
    ).toEqual(['SpeechEnded', 'SeatLeft']);
    expect([speaker(world), world.state.floor.interrupted]).toEqual([seatOf('M06'), null]);
    world.do('M06', end);
    expect(world.state.floor.speech).toBeNull();
  });

  it('[A4] [F5] a departure ends one’s speech', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    world.do('M01', give(world, 'M05'));
    world.wait(19_000).leave('M05');
    expect(world.state.floor.speech).toBeNull();
    expect(world.state.floor.turns[0]).toMatchObject({ seatId: seatOf('M05'), spentMs: 20_000 });
  });

  it('[R2] a recused seat is not called in the debate, asked or not; its speech ends', () => {
    const world = new LawWorld().open();
    world.do('M01', { type: 'openItem', itemId: 'P1' });
    world.do('M14', ask('M14'));
    world.do('M15', ask('M15'));
    world.do('M01', { type: 'putItemMotion' });
    world.recuse('M14');
    expect(world.state.floor.requests.map(({ seatId }) => seatId)).toEqual([seatOf('M15')]);
    expect(world.why('M14', ask('M14'))).toBe('R2 recused');
    world.do('M14', point('M14'));
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M14') });
    world.do('M14', end);
    world.do('M01', { type: 'openDebate' });
    expect(world.why('M01', { type: 'callPresenter', seatId: seatOf('M14') })).toBe('R2 recused');
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M15') });
    world.do('M15', end);
    world.do('M01', give(world, 'M15', '请发言'));
    world.recuse('M15');
    expect(world.state.floor.speech).toBeNull();
  });

  it('[M4] nobody is called while a vote is open; one may ask meanwhile', () => {
    const world = debating();
    world.do('M05', ask('M05'));
    world.do('M01', give(world, 'M05'));
    const openPoll = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null } as const;
    expect(world.why('M01', openPoll as never)).toBe('M4 someone-is-speaking');
    world.do('M05', end);
    world.openVote();
    world.do('M06', ask('M06'));
    world.do('M18', point('M18'));
    expect(world.why('M01', give(world, 'M06', '请发言'))).toBe('M4 poll-already-open');
    expect(world.why('M01', give(world, 'M18'))).toBe('M4 poll-already-open');
    expect(world.why('M01', { type: 'callPresenter', seatId: seatOf('M04') })).toBe('M4 poll-already-open');
  });

  it('[F2] a presenter is called in person, on an open item', () => {
    const world = new LawWorld().open();
    expect(world.why('M01', { type: 'callPresenter', seatId: seatOf('M04') })).toBe('F1 item-not-open');
    world.do('M01', { type: 'openItem', itemId: 'open' });
    expect(world.why('M01', { type: 'callPresenter', seatId: seatOf('M24') })).toBe('F1 seat-not-present');
    expect(world.why('M01', { type: 'callPresenter', seatId: seatOf('M99') })).toBe('A1 unknown-seat');
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M04') });
    expect(world.state.floor.speech).toMatchObject({ reason: 'presentation', timer: { allowedMs: 180_000 } });
  });
});

describe('speech clocks', () => {
  it('[F5] are paused, resumed and extended only while somebody speaks', () => {
    const world = debating();
    for (const type of ['pauseSpeech', 'resumeSpeech'] as const)
      expect(world.why('M01', { type })).toBe('F2 nobody-is-speaking');
    expect(world.why('M01', { type: 'extendSpeech', byMs: 30_000 })).toBe('F2 nobody-is-speaking');
    world.do('M05', ask('M05'));
    world.do('M01', give(world, 'M05'));
    expect(world.state.floor.speech?.timer.allowedMs).toBe(120_000);
    expect(world.why('M01', { type: 'resumeSpeech' })).toBe('F5 timer-running');
    world.wait(29_000).do('M01', { type: 'pauseSpeech' });
    expect(world.why('M01', { type: 'pauseSpeech' })).toBe('F5 timer-not-running');
    world.wait(500_000).do('M01', { type: 'extendSpeech', byMs: 15_000 });
    expect(world.why('M01', { type: 'extendSpeech', byMs: 0 })).toBe('C1 command-malformed');
    world.do('M01', { type: 'resumeSpeech' });
    const timer = world.state.floor.speech?.timer;
    expect(timer && remainingMs(timer, world.now)).toBe(120_000 - 30_000 + 15_000);
  });

  it('[F5] add up to the total speaking time of each seat, the running speech included', () => {
    const world = debating();
    speak(world, 'M05');
    speak(world, 'M05');
    world.do('M06', ask('M06'));
    world.do('M01', give(world, 'M06'));
    const total = speakingTime(world.state, world.now + 7_000);
    expect(total).toEqual({ [seatOf('M05')]: 22_000, [seatOf('M06')]: 7_000 });
  });
});
