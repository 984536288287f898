// A hearing's own rules: what is fixed before it, who must be there, whom the queue calls, what the straw poll tells, when the report is out.
import { describe, expect, it } from 'vitest';
import { drawFault, entriesDigest } from '#lib/domain/hearings/draw.ts';
import {
  announcement,
  askFrom,
  drawnWorld,
  enrolment,
  hearingWorld,
  officers,
  openHearing,
  playHearing,
  places,
  representatives,
  reported,
} from '#tests/support/hearing-session.ts';
import { memberOf, seatOf, sessionAt } from '#tests/support/law-world.ts';
import { countedSeats, headCount, quorumOf } from './attendance.ts';
import { speakingQueue } from './floor-order.ts';
import { opinionsClosed } from './hearing.ts';
import type { PollFact } from './poll-state.ts';

const dayMs = 86_400_000;

describe('before', () => {
  it('[H1] is announced once, with sound places and times in their order', () => {
    const world = hearingWorld();
    expect(world.why('M03', { ...announcement, places: [] })).toBe('H1 hearing-unfit');
    expect(world.why('M03', { ...announcement, places: [{ key: 'officer', name: '听证人', seats: 3 }] })).toBe(
      'H1 hearing-unfit',
    );
    expect(world.why('M03', { ...announcement, places: [{ key: 'p1', name: '居民', seats: 0 }] })).toBe(
      'H1 hearing-unfit',
    );
    expect(world.why('M03', { ...announcement, enrolBy: sessionAt })).toBe('H1 hearing-unfit');
    expect(world.why('M05', announcement)).toBe('P1 not-entitled');
    world.do('M03', announcement);
    expect(world.why('M03', announcement)).toBe('H1 already-done');
  });

  it('[H3] the public value is one that is known only after enrolment has closed', () => {
    const world = hearingWorld();
    expect(world.why('M03', { ...announcement, publicKnownAt: announcement.enrolBy })).toBe('H3 hearing-unfit');
    world.do('M03', announcement);
    world.now = announcement.enrolBy;
    world.do('system', { type: 'sealEnrolment' });
    expect(world.why('M03', { type: 'drawRepresentatives', publicValue: '1' })).toBe('H3 public-value-early');
  });

  it('[H4] enrolment is sealed when its time is over, once', () => {
    const world = hearingWorld();
    world.do('M03', announcement);
    expect(world.why('system', { type: 'sealEnrolment' })).toBe('H4 enrolment-open');
    world.now = announcement.enrolBy;
    world.do('system', { type: 'sealEnrolment' });
    expect(world.state.hearing?.sealed).toMatchObject({
      enrolled: 300,
      entries: 30,
      digest: entriesDigest(enrolment.entries),
    });
    expect(world.why('system', { type: 'sealEnrolment' })).toBe('H4 already-done');
  });

  it('[H5] draws from the sealed entries and the committed secret only', () => {
    const world = hearingWorld();
    world.do('M03', announcement);
    expect(world.why('M03', { type: 'drawRepresentatives', publicValue: '1' })).toBe('H4 enrolment-open');
    world.now = announcement.enrolBy;
    world.do('system', { type: 'sealEnrolment' });
    world.now = announcement.publicKnownAt;
    const draw = { type: 'drawRepresentatives', publicValue: '1' } as const;
    world.facts = { ...world.facts, enrolment: { ...enrolment, entries: enrolment.entries.slice(1) } };
    expect(world.why('M03', draw)).toBe('H5 draw-broken');
    world.facts = { ...world.facts, enrolment: { ...enrolment, secret: '0'.repeat(64) } };
    expect(world.why('M03', draw)).toBe('H5 draw-broken');
    world.facts = { ...world.facts, enrolment };
    world.do('M03', draw);
    expect(world.why('M03', draw)).toBe('H5 already-done');
    const { hearing } = world.state;
    expect(
      drawFault({
        kind: 'yishi.draw.v1',
        title: '',
        places,
        commitment: hearing?.commitment ?? '',
        publicSource: '',
        sealed: hearing?.sealed?.digest ?? '',
        secret: hearing?.draw?.secret ?? '',
        publicValue: hearing?.draw?.publicValue ?? '',
        entries: enrolment.entries,
        drawn: hearing?.draw?.drawn ?? [],
      }),
    ).toBeNull();
  });

  it('[H1] is convened after the draw, its notice counted from the announcement', () => {
    const world = hearingWorld();
    expect(world.why('M03', { type: 'conveneMeeting', rulePackId: 'R4', shortNoticeReason: null })).toBe(
      'H1 not-announced',
    );
    world.do('M03', announcement);
    expect(world.why('M03', { type: 'conveneMeeting', rulePackId: 'R4', shortNoticeReason: null })).toBe(
      'H1 draw-first',
    );
    // Four days before the hearing; announced twelve days before it, where the pack asks ten.
    expect(drawnWorld().convene().state.phase).toBe('convened');
    const late = hearingWorld();
    late.now = sessionAt - 8 * dayMs;
    late.do('M03', announcement);
    late.now = announcement.enrolBy;
    late.do('system', { type: 'sealEnrolment' });
    late.now = announcement.publicKnownAt;
    late.do('M03', { type: 'drawRepresentatives', publicValue: '1' });
    expect(late.why('M03', { type: 'conveneMeeting', rulePackId: 'R4', shortNoticeReason: null })).toBe(
      'L3 short-notice',
    );
  });
});

describe('the session', () => {
  it('[H7] opens with an odd number of officers, three at least, and ten of fifteen representatives', () => {
    const world = drawnWorld();
    world.checkIn([...officers.slice(0, 2), ...representatives.slice(0, 9)]);
    expect(world.why('M01', { type: 'openSession' })).toBe('H7 officers-missing');
    world.arrive(officers[2] ?? '');
    expect(quorumOf(world.state)).toMatchObject({ expected: 15, needed: 10, present: 9 });
    expect(world.why('M01', { type: 'openSession' })).toBe('Q1 no-quorum');
    world.arrive(representatives[9] ?? '');
    world.do('M01', { type: 'openSession' });
    expect(world.state.stage?.stage).toBe('opening');
  });

  it('[H8] hears representatives in the order of the roster, once each, before residents', () => {
    const world = openHearing();
    expect(world.why('M03', { type: 'lineUpRepresentatives' })).toBe('L8 wrong-stage');
    askFrom(world, 'g0', '东片区', 'for');
    world.do('M03', { type: 'enterStage', stage: 'representatives', allowedMs: null, reason: null });
    world.do('M03', { type: 'lineUpRepresentatives' });
    const queue = speakingQueue(world.state);
    expect(queue.slice(0, 14).map(({ request }) => memberOf(request.seatId))).toEqual(representatives.slice(0, 14));
    expect(queue[0]?.reason).toBe('in_turn');
    expect(queue).toHaveLength(15);
    const first = queue[0]?.request.requestId ?? '';
    world.do('M01', { type: 'giveFloor', requestId: first, overrideReason: null });
    expect(world.state.floor.speech?.timer.allowedMs).toBe(120_000);
    world.do('M05', { type: 'endSpeech' });
    expect(world.why('M05', { type: 'askToSpeak', seatId: seatOf('M05'), stance: 'add' })).toBe(
      'F3 speech-limit-reached',
    );
    expect(world.why('M03', { type: 'lineUpRepresentatives' })).toBe('H8 already-done');
  });

  it('[H8] [F6] residents wait in the same queue: sides alternate, then areas, then hall and remote, each place with its reason', () => {
    const world = openHearing();
    const asked = [
      askFrom(world, 'g1', '东片区', 'for'),
      askFrom(world, 'g2', '东片区', 'for'),
      askFrom(world, 'g3', '东片区', 'against'),
      askFrom(world, 'g4', '西片区', 'for'),
      askFrom(world, 'g5', '南片区', 'against'),
      askFrom(world, 'g6', '南片区', 'question', 'hall'),
    ];
    const queue = speakingQueue(world.state);
    expect(queue.map(({ request, reason }) => [asked.indexOf(request.seatId) + 1, reason])).toEqual([
      [1, 'arrival'],
      // Not for again; of the others those whose area was not heard, and of these who is in the hall.
      [6, 'balance_channels'],
      // The last side heard is still for: against, the areas being even.
      [3, 'alternate_sides'],
      [4, 'balance_areas'],
      [5, 'alternate_sides'],
      [2, 'arrival'],
    ]);
    expect(queue[1]?.request.mode).toBe('hall');
  });

  it('[H8] who was heard comes after who was not', () => {
    const world = openHearing();
    const heard = askFrom(world, 'g1', '东片区', 'question');
    world.do('M01', {
      type: 'giveFloor',
      requestId: speakingQueue(world.state)[0]?.request.requestId ?? '',
      overrideReason: null,
    });
    expect(world.state.floor.speech?.seatId).toBe(heard);
    world.do('guest:g1', { type: 'endSpeech' });
    expect(world.why('guest:g1', { type: 'askToSpeak', seatId: heard, stance: 'add' })).toBe('F3 speech-limit-reached');
  });

  it('[A9] a resident asks, withdraws and ends for oneself only; who has left is not called', () => {
    const world = openHearing();
    const first = askFrom(world, 'g1', '东片区', 'for');
    const second = askFrom(world, 'g2', '西片区', 'for');
    expect(world.why('guest:g2', { type: 'askToSpeak', seatId: first, stance: 'for' })).toBe('A9 not-your-part');
    expect(world.why('guest:g3', { type: 'askToSpeak', seatId: first, stance: 'for' })).toBe('P1 not-entitled');
    const mine = world.state.floor.requests.find(({ seatId }) => seatId === second)?.requestId ?? '';
    expect(world.why('guest:g1', { type: 'withdrawRequest', requestId: mine })).toBe('A9 not-your-part');
    world.do('guest:g2', { type: 'leaveParticipant', participantId: second });
    expect(speakingQueue(world.state).map(({ reason }) => reason)).toEqual(['arrival', 'away']);
    expect(world.why('M01', { type: 'giveFloor', requestId: mine, overrideReason: '请他' })).toBe(
      'F1 seat-not-present',
    );
  });

  it('[H9] [H10] a caption with somebody’s number is not taken down; one that is withdrawn is in nobody’s state', () => {
    const world = openHearing();
    expect(world.why('M03', { type: 'addCaption', text: '他说电话是13812345678', speakerId: null })).toBe(
      'H9 personal-number',
    );
    expect(world.why('M05', { type: 'addCaption', text: '你好', speakerId: null })).toBe('P1 not-entitled');
    expect(world.why('M03', { type: 'addCaption', text: '你好', speakerId: 'nobody' })).toBe('A1 unknown-seat');
    const [added] = world.do('M03', { type: 'addCaption', text: '不该写的', speakerId: null });
    const captionId = added?.type === 'CaptionAdded' ? added.payload.captionId : '';
    world.do('M03', { type: 'withdrawCaption', captionId });
    expect(world.state.hearing?.captions).toEqual([]);
    expect(JSON.stringify(world.readErased(`caption:${captionId}`))).not.toContain('不该写的');
    expect(world.why('M03', { type: 'withdrawCaption', captionId })).toBe('H10 already-done');
  });
});

const straw = {
  type: 'openPoll',
  subject: { kind: 'question', question: '放在哪里', options: ['A', 'B', 'C'], voters: 'residents' },
  secrecy: 'named',
  plannedMs: null,
} as const;

const answered = (byArea: Readonly<Record<string, readonly [number, number, number]>>, paper = {}): PollFact => ({
  turnout: [],
  choices: [],
  choicesBySeat: null,
  answers: Object.entries(byArea).flatMap(([area, counts]) =>
    counts.flatMap((count, at) =>
      Array.from({ length: count }, () => ({ choice: 'ABC'[at] ?? '', area: area === '' ? null : area })),
    ),
  ),
  bundles: Object.keys(paper).length > 0 ? [{ channel: 'paper', counts: paper }] : [],
  spoiled: 0,
  unsettledSheets: 0,
});

describe('the straw poll of residents', () => {
  const closed = (fact: PollFact) => {
    const world = openHearing();
    world.do('M03', straw);
    expect(world.state.polls.byId[world.lastPollId()]?.frame).toMatchObject({
      kind: 'straw',
      secrecy: 'hidden',
      electorate: [],
      majority: null,
      threshold: null,
      residents: { leastInArea: 10 },
    });
    world.facts = { ...world.facts, poll: fact };
    world.do('M03', { type: 'closePoll', pollId: world.state.polls.openId ?? '' });
    return world.state.polls.byId[world.lastPollId()]?.result;
  };

  it('[H11] [V10] counts phones and paper together, and decides nothing', () => {
    const result = closed(answered({ 东: [60, 40, 20], 西: [71, 47, 24] }, { A: 10, B: 9, C: 4 }));
    expect(result).toMatchObject({
      counts: { A: 141, B: 96, C: 48 },
      channels: { phone: 262, paper: 23, assisted: 0, hand_count: 0 },
      voted: 285,
      outcome: 'not_binding',
      threshold: null,
      choices: null,
    });
  });

  it('[H11] no seat casts in it', () => {
    const world = openHearing();
    world.do('M03', straw);
    expect(world.cast('M05', 'A')).toMatchObject({ rule: 'V2', reason: 'not-in-electorate' });
  });

  it('[H12] shows an area by itself only with ten answers, and never so that another could be worked out', () => {
    const shown = (fact: PollFact) => closed(fact)?.areas?.map(({ area, answered: count }) => [area, count]);
    expect(shown(answered({ 东: [20, 10, 5], 西: [12, 3, 0] }))).toEqual([
      ['东', 35],
      ['西', 15],
    ]);
    // 南 has three: shown with nobody else it would be the difference, so 西 goes with it.
    expect(shown(answered({ 东: [20, 10, 5], 西: [12, 3, 0], 南: [3, 0, 0] }))).toEqual([
      ['东', 35],
      [null, 18],
    ]);
    expect(shown(answered({ 南: [3, 0, 0] }, { A: 1 }))).toEqual([[null, 4]]);
    expect(shown(answered({ 东: [20, 0, 0], '': [2, 0, 0] }, { B: 23 }))).toEqual([
      ['东', 20],
      [null, 25],
    ]);
  });

  it('[V10] areas and rest sum to the whole', () => {
    const result = closed(answered({ 东: [20, 10, 5], 西: [2, 3, 0], 南: [3, 0, 0], '': [1, 1, 1] }, { A: 2, C: 3 }));
    const sum = (option: string) => result?.areas?.reduce((total, { counts }) => total + (counts[option] ?? 0), 0);
    expect([sum('A'), sum('B'), sum('C')]).toEqual([result?.counts.A, result?.counts.B, result?.counts.C]);
  });
});

describe('[Q1] a bench without votes', () => {
  it('shows who sits there of how many, and counts in no quorum', () => {
    const { state } = openHearing();
    const count = (sectorId: string) => {
      const sector = state.sectors.find((each) => each.sectorId === sectorId);
      return sector && headCount(state, countedSeats(state, sector));
    };
    expect(count('officer')).toMatchObject({ present: 3, expected: 3 });
    expect(count('supervisor')).toMatchObject({ present: 0, expected: 1 });
    expect(count('p1')).toMatchObject({ present: 12, expected: 12 });
    expect(quorumOf(state)).toMatchObject({ expected: 15, present: 14 });
  });
});

describe('[A5] a resident who drops off', () => {
  it('is away in the queue, keeps the place, and is not called meanwhile; who only watches is nobody to miss', () => {
    const world = openHearing();
    world.do('M03', { type: 'enterStage', stage: 'residents', allowedMs: null, reason: null });
    const [first, second] = [askFrom(world, 'g1', '东片区', 'for'), askFrom(world, 'g2', '东片区', 'for')];
    const queue = () => speakingQueue(world.state).map(({ request, reason }) => [request.seatId, reason]);
    expect(queue().map(([seatId]) => seatId)).toEqual([first, second]);
    world.do('system', { type: 'loseConnection', seatId: first });
    expect(world.why('system', { type: 'loseConnection', seatId: first })).toBe('A5 already-done');
    expect(queue()).toEqual([
      [second, 'arrival'],
      [first, 'away'],
    ]);
    world.do('system', { type: 'regainConnection', seatId: first });
    expect(queue().map(([seatId]) => seatId)).toEqual([first, second]);
    const [entered] = world.do('guest:g3', {
      type: 'enterParticipant',
      name: '旁听',
      zone: null,
      channel: 'remote',
      assisted: false,
    });
    const watcher = entered?.type === 'ParticipantEntered' ? entered.payload.participantId : '';
    expect(world.why('system', { type: 'loseConnection', seatId: watcher })).toBe('A5 already-done');
  });
});

describe('[O4] the report', () => {
  it('is published once, when every opinion is answered and it is signed', () => {
    const world = openHearing();
    expect(world.why('M01', { type: 'publishReport' })).toBe('L1 wrong-phase');
    world.do('M01', { type: 'adjournMeeting', leaveUnfinished: true });
    world.facts = { ...world.facts, report: reported(3) };
    expect(world.why('M01', { type: 'publishReport' })).toBe('O2 opinions-unanswered');
    world.facts = { ...world.facts, report: { ...reported(), digest: '' } };
    expect(world.why('M01', { type: 'publishReport' })).toBe('O4 report-unsigned');
    world.facts = { ...world.facts, report: reported() };
    expect(opinionsClosed(world.state, world.now)).toBeNull();
    world.do('M01', { type: 'publishReport' });
    // Nobody could answer one that comes in now.
    expect(opinionsClosed(world.state, world.now)).toMatchObject({ rule: 'O1' });
    expect(world.why('M01', { type: 'publishReport' })).toBe('O4 already-done');
    expect(world.state.hearing?.report.published).toMatchObject({ opinions: 57, unanswered: 0 });
  });

  it('a whole hearing replays to the same', () => {
    const world = playHearing();
    expect(world.fold()).toEqual(world.state);
  });
});
