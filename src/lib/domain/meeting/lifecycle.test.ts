// From a draft to an adjourned meeting, with what each step refuses. The whole session stands in tests/funding-session.test.ts.
import { describe, expect, it } from 'vitest';
import {
  agendaItem,
  fundingRules,
  LawWorld,
  present,
  roster,
  seatOf,
  sessionAt,
  votingItem,
} from '#tests/support/law-world.ts';
import type { Command } from './commands.ts';
import { official } from './words.ts';

const convene: Command = { type: 'conveneMeeting', rulePackId: 'R1', shortNoticeReason: null };
const adjourn = (leaveUnfinished = false): Command => ({ type: 'adjournMeeting', leaveUnfinished });
const describing = {
  type: 'describeMeeting',
  title: '会议',
  place: '活动中心',
  startsAt: sessionAt,
  plannedMinutes: 120,
  callLink: null,
} as const;

describe('life of a meeting', () => {
  it('[L1] goes from draft through check-in, session and recess to adjourned', () => {
    const world = new LawWorld();
    const phases = [world.state.phase];
    const go = (command: Command) => {
      world.do('M01', command);
      phases.push(world.state.phase);
    };
    go(convene);
    world.wait(sessionAt - world.now);
    go({ type: 'openCheckIn' });
    for (const id of present) world.arrive(id);
    go({ type: 'openSession' });
    go({ type: 'callRecess' });
    go({ type: 'resumeSession' });
    go(adjourn());
    expect(phases).toEqual(['draft', 'convened', 'check_in', 'in_session', 'recess', 'in_session', 'adjourned']);
  });

  it('[L1] refuses each step out of its phase', () => {
    const steps: [Command, string][] = [
      [describing, 'draft'],
      [convene, 'draft'],
      [{ type: 'openCheckIn' }, 'convened'],
      [{ type: 'openSession' }, 'check_in'],
      [{ type: 'callRecess' }, 'in_session'],
      [{ type: 'resumeSession' }, 'recess'],
      [{ type: 'adoptAgenda' }, 'in_session'],
    ];
    const reach: Record<string, () => LawWorld> = {
      draft: () => new LawWorld(),
      convened: () => new LawWorld().convene(),
      check_in: () => new LawWorld().checkIn(),
      in_session: () => new LawWorld().open(),
      recess: () => {
        const world = new LawWorld().open();
        world.do('M01', { type: 'callRecess' });
        return world;
      },
      adjourned: () => {
        const world = new LawWorld().open();
        world.do('M01', adjourn());
        return world;
      },
    };
    for (const [phase, make] of Object.entries(reach))
      for (const [command, home] of steps)
        if (phase !== home)
          expect(make().refusal('M01', command), `${command.type} in ${phase}`).toMatchObject({
            rule: 'L1',
            params: { phase },
          });
  });

  it('[L1] is cancelled before it is in session, with a reason, and not after', () => {
    const cancel = { type: 'cancelMeeting', reason: '场地停电' } as const;
    const world = new LawWorld().checkIn(['M01']);
    expect(world.why('M01', { type: 'cancelMeeting', reason: ' ' })).toBe('C2 text-missing');
    world.do('M01', cancel);
    expect(world.state).toMatchObject({ phase: 'cancelled', cancelReason: { text: '场地停电' } });
    expect(new LawWorld().open().why('M01', cancel)).toBe('L1 wrong-phase');
  });

  it('[L1] is drafted once', () => {
    const draft = {
      ...describing,
      type: 'draftMeeting',
      format: 'council',
      joinCode: '738204',
      practice: false,
    } as const;
    expect(new LawWorld().why('M03', draft)).toBe('L1 already-done');
  });

  it('[L2] freezes rules, roster and agenda when it is convened', () => {
    const world = new LawWorld().convene();
    expect(world.state.rules).toEqual(fundingRules);
    expect(world.state.seatOrder).toHaveLength(26);
    expect(world.state.agenda.items.map(({ itemId }) => itemId)).toEqual(['open', 'P1', 'P2']);
    expect(world.why('M03', describing)).toBe('L1 wrong-phase');
    world.facts = { ...world.facts, rulePack: { ...fundingRules, noticeDays: 99 }, agenda: [] };
    world.checkIn(['M01']);
    expect(world.state.rules?.noticeDays).toBe(3);
  });

  it('[L2] refuses to convene without rules, seats or items, and says which part of a pack is wrong', () => {
    const convening = (facts: object) => {
      const world = new LawWorld();
      world.facts = { ...world.facts, ...facts };
      return world.refusal('M03', convene);
    };
    expect(convening({ rulePack: null })).toMatchObject({ rule: 'L2', reason: 'no-rules' });
    expect(convening({ rulePack: { ...fundingRules, format: 'hearing' } }).params).toEqual({ field: 'format' });
    expect(convening({ rulePack: { ...fundingRules, majority: null } }).params).toEqual({ field: 'majority' });
    expect(convening({ roster: { ...roster, seats: roster.seats.filter((seat) => !seat.voting) } }).reason).toBe(
      'no-roster',
    );
    expect(convening({ agenda: [] }).reason).toBe('no-agenda');
  });

  it('[C2] refuses an agenda item that is out of bounds, and says which and where', () => {
    const faults: [object, string][] = [
      [{ title: official(' \u200b') }, 'title'],
      [{ title: official('长'.repeat(201)) }, 'title'],
      [{ minutes: 0 }, 'minutes'],
      [{ minutes: 1.5 }, 'minutes'],
      [{ minutes: 1441 }, 'minutes'],
      [{ minutes: Number.NaN }, 'minutes'],
      [{ note: official('长'.repeat(2001)) }, 'note'],
      [{ decides: { title: official(''), amountFen: null } }, 'decides'],
      [{ decides: { title: official('资助'), amountFen: 0 } }, 'amountFen'],
      [{ decides: { title: official('资助'), amountFen: -1 } }, 'amountFen'],
      [{ decides: { title: official('资助'), amountFen: 0.5 } }, 'amountFen'],
      [{ itemId: 'a' }, 'itemId'],
    ];
    for (const [change, field] of faults) {
      const world = new LawWorld({ items: [agendaItem('a'), agendaItem('b', change)] });
      expect(world.refusal('M03', convene), field).toMatchObject({
        rule: 'C2',
        reason: 'agenda-item-invalid',
        params: { item: 2, field },
      });
    }
    const world = new LawWorld({
      items: [votingItem('a', 1, { title: official('  楼道\u0007照明 '), minutes: 1440 })],
    });
    world.convene();
    expect(world.state.agenda.items[0]?.title.text).toBe('楼道照明');
  });

  it('[C1] [C2] refuses a description out of bounds', () => {
    const world = new LawWorld();
    const why = (change: object) => world.why('M03', { ...describing, ...change });
    expect(why({ title: '' })).toBe('C2 text-missing');
    expect(why({ place: '长'.repeat(201) })).toBe('C2 text-too-long');
    for (const change of [
      { startsAt: -1 },
      { startsAt: 0.5 },
      { startsAt: 9e15 },
      { plannedMinutes: 0 },
      { plannedMinutes: 1441 },
      { callLink: 'javascript:alert(1)' },
      { callLink: `https://example.org/${'x'.repeat(500)}` },
    ])
      expect(why(change), JSON.stringify(change)).toBe('C1 command-malformed');
    world.do('M03', { ...describing, callLink: 'https://meeting.example.org/123' });
    expect(world.state.callLink).toBe('https://meeting.example.org/123');
  });

  it('[L2] an agenda that has changed since it was read back is not frozen', () => {
    const world = new LawWorld();
    world.facts = { ...world.facts, agendaSeq: 8 };
    expect(world.why('M03', { ...convene, agendaSeq: 7 })).toBe('L2 agenda-changed');
    expect(world.state.phase).toBe('draft');
    world.do('M03', { ...convene, agendaSeq: 8 });
    expect(world.state.phase).toBe('convened');
  });

  it('[L3] a notice shorter than the pack asks needs a reason, which everybody sees', () => {
    const world = new LawWorld();
    world.now = sessionAt - 2 * 86_400_000;
    expect(world.refusal('M03', convene)).toMatchObject({
      rule: 'L3',
      reason: 'short-notice',
      params: { days: 2, needed: 3 },
    });
    expect(world.why('M03', { ...convene, shortNoticeReason: '长'.repeat(501) })).toBe('C2 text-too-long');
    world.do('M03', { ...convene, shortNoticeReason: ' 消防限期\u0000整改 ' });
    expect(world.fold(world.readAs('everyone')).shortNotice?.text).toBe('消防限期整改');
  });

  it('[L3] three full days are enough, and a practice meeting needs none', () => {
    const world = new LawWorld();
    world.now = sessionAt - 3 * 86_400_000 - 1_000;
    world.do('M03', { ...convene, shortNoticeReason: '用不着的理由' });
    expect(world.state.shortNotice).toBeNull();
    const practice = new LawWorld({ practice: true });
    practice.now = sessionAt + 1;
    expect(practice.convene().state.shortNotice).toBeNull();
  });

  it('[L4] a format refuses what it does not know, and there is no meeting of an unknown one', () => {
    const world = new LawWorld();
    expect(world.why('M01', { type: 'inventSomething' } as unknown as Command)).toBe('P1 not-entitled');
    world.state = { ...world.state, format: 'gathering' };
    expect(world.why('M03', convene)).toBe('L4 not-in-format');
    const draft = {
      ...describing,
      type: 'draftMeeting',
      format: 'gathering',
      joinCode: '738204',
      practice: false,
    } as const;
    world.state = { ...world.state, seq: 0 };
    expect(world.why('M03', draft)).toBe('L4 not-in-format');
    expect(world.why('M03', { ...draft, format: 'council', joinCode: '12345' })).toBe('C1 command-malformed');
  });

  it('[L5] does not adjourn over an open vote', () => {
    const world = new LawWorld().open().debate();
    world.openVote();
    expect(world.why('M01', adjourn(true))).toBe('L5 poll-already-open');
    expect(world.why('M01', { type: 'callRecess' })).toBe('V1 poll-already-open');
  });

  it('[L5] leaves undecided motions and unannounced results only knowingly, and the record lists them', () => {
    const world = new LawWorld().open().debate();
    world.openVote();
    world.castCounts({ for: 21 }).closeVote();
    world.do('M20', {
      type: 'moveMotion',
      seatId: seatOf('M20'),
      title: '另案',
      text: '',
      amountFen: null,
      ownersMatter: 'none',
      listing: null,
      renewsMotionId: null,
    });
    expect(world.refusal('M01', adjourn())).toMatchObject({
      rule: 'L5',
      reason: 'unanswered-business',
      params: { count: 3 },
    });
    const [event] = world.do('M01', adjourn(true)).slice(-1);
    expect(event?.payload).toMatchObject({
      present: 21,
      unfinished: [...world.state.polls.order, ...world.state.motions.order],
    });
  });

  it('[L5] ends speeches and the item with the meeting; nothing moves afterwards', () => {
    const world = new LawWorld().open();
    world.do('M01', { type: 'openItem', itemId: 'open' });
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M04') });
    world.do('M05', { type: 'askToSpeak', seatId: seatOf('M05'), stance: 'for' });
    const types = world.do('M01', adjourn()).map(({ type }) => type);
    expect(types).toEqual(['SpeechEnded', 'ItemClosed', 'MeetingAdjourned']);
    expect(world.state.floor).toMatchObject({ speech: null, requests: [] });
    const late: [string, Command][] = [
      ['system', { type: 'loseConnection', seatId: seatOf('M08') }],
      ['M05', { type: 'recordDeparture', seatId: seatOf('M05') }],
      ['M05', { type: 'changeMode', seatId: seatOf('M05'), mode: 'remote' }],
      ['M24', { type: 'takeSeat', seatId: seatOf('M24'), mode: 'hall', way: 'slip' }],
      ['guest:g', { type: 'requestSeat', seatId: seatOf('M24'), mode: 'hall' }],
      ['M12', { type: 'recordLeave', seatId: seatOf('M12'), reason: '' }],
      ['M01', { type: 'extendItem', byMs: 60_000 }],
      ['M01', { type: 'openItem', itemId: 'P1' }],
      ['M01', { type: 'withdrawMotion', motionId: 'x', reason: '' }],
      ['M01', { type: 'referMotion', motionId: 'x', reason: '超出职权' }],
      ['M14', { type: 'declareRecusal', motionId: 'x', seatId: seatOf('M14'), reason: '利害关系' }],
    ];
    for (const [who, command] of late) expect(world.why(who, command), command.type).toMatch(/^(L1|A1) wrong-phase$/);
  });

  it('[L6] a recess stops every clock; only the item’s goes on by itself, and only if it ran before', () => {
    const world = new LawWorld().open();
    world.do('M01', { type: 'openItem', itemId: 'open' });
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M04') });
    world.do('M01', { type: 'callRecess' });
    const item = () => world.state.agenda.progress.open?.timer;
    const speech = () => world.state.floor.speech?.timer;
    const stopped = [item()?.spentMs, speech()?.spentMs];
    world.wait(600_000).do('M01', { type: 'resumeSession' });
    expect([item()?.spentMs, speech()?.spentMs]).toEqual(stopped);
    expect([item()?.runningSince, speech()?.runningSince]).toEqual([world.now, null]);
    world.do('M01', { type: 'pauseItem' });
    world.do('M01', { type: 'callRecess' });
    world.do('M01', { type: 'resumeSession' });
    expect(item()?.runningSince).toBeNull();
  });
});

describe('commands', () => {
  it('[C4] a refusal names its rule and changes nothing', () => {
    const world = new LawWorld().checkIn(['M01']);
    const before = JSON.stringify(world.state);
    const refusal = world.refusal('M01', { type: 'openSession' });
    expect(refusal).toEqual({
      refused: true,
      rule: 'Q1',
      reason: 'no-quorum',
      params: { present: 1, needed: 17, missing: 16, sectorsMissing: 0 },
    });
    expect(JSON.stringify(world.state)).toBe(before);
  });
});
