// The agenda in session: adopted once, walked item by item, changed only by decided proposals.
import { describe, expect, it } from 'vitest';
import { agendaItem, LawWorld, seatOf } from '#tests/support/law-world.ts';
import type { AgendaChangeAsked, AgendaCommand } from './agenda.ts';
import { remainingMs } from './timer.ts';

const openItem = (itemId: string): AgendaCommand => ({ type: 'openItem', itemId });
const propose = (change: AgendaChangeAsked): AgendaCommand => ({ type: 'proposeAgendaChange', change });
const add = (change: object = {}): AgendaChangeAsked => ({
  kind: 'add',
  title: '临时议题',
  itemKind: 'deliberation',
  minutes: 10,
  afterItemId: null,
  ...change,
});
const decideOn = (proposalId: string, adopt: boolean): AgendaCommand => ({
  type: 'decideAgendaChange',
  proposalId,
  adopt,
});
const abc = () => new LawWorld({ items: ['a', 'b', 'c'].map((id) => agendaItem(id)) });
const order = (world: LawWorld) => world.state.agenda.items.map(({ itemId }) => itemId);
const lastProposal = (world: LawWorld) => world.state.agenda.proposals.slice(-1)[0]?.proposalId ?? '';

describe('the agenda', () => {
  it('[G1] is adopted once, in session, before the first item opens', () => {
    const world = abc().checkIn();
    world.do('M01', { type: 'openSession' });
    expect(world.why('M01', openItem('a'))).toBe('G1 agenda-not-adopted');
    expect(world.do('M01', { type: 'adoptAgenda' })[0]?.payload).toEqual({ itemIds: ['a', 'b', 'c'] });
    expect(world.why('M01', { type: 'adoptAgenda' })).toBe('G1 agenda-already-adopted');
    world.do('M01', openItem('a'));
    expect(world.state.agenda.currentItemId).toBe('a');
  });

  it('[G2] changes only by a proposal everybody sees and the chair has decided', () => {
    const world = abc().convene();
    world.do('M05', propose(add({ afterItemId: 'a' })));
    expect(order(world)).toEqual(['a', 'b', 'c']);
    expect(world.fold(world.readAs('everyone')).agenda.proposals[0]).toMatchObject({
      outcome: null,
      change: { kind: 'add' },
    });
    expect(world.why('M01', decideOn(lastProposal(world), true))).toBe('L1 wrong-phase');
    world.open();
    world.do('M01', decideOn(lastProposal(world), true));
    expect(order(world)).toEqual(['a', expect.any(String), 'b', 'c']);
    expect(world.state.agenda.items[1]?.title.text).toBe('临时议题');
    expect(world.why('M01', decideOn(lastProposal(world), true))).toBe('G2 already-done');
    expect(world.why('M01', decideOn('nothing', true))).toBe('G2 unknown-proposal');
  });

  it('[G2] a rejected proposal changes nothing, and stays on record', () => {
    const world = abc().open();
    world.do('M05', propose({ kind: 'remove', itemId: 'b' }));
    world.do('M01', decideOn(lastProposal(world), false));
    expect(order(world)).toEqual(['a', 'b', 'c']);
    expect(world.state.agenda.proposals[0]?.outcome).toBe('rejected');
  });

  it.each<[string, AgendaChangeAsked, string[]]>([
    ['removes', { kind: 'remove', itemId: 'b' }, ['a', 'c']],
    ['moves to the front', { kind: 'move', itemId: 'c', afterItemId: null }, ['c', 'a', 'b']],
    ['moves behind', { kind: 'move', itemId: 'a', afterItemId: 'c' }, ['b', 'c', 'a']],
    ['moves back', { kind: 'move', itemId: 'c', afterItemId: 'a' }, ['a', 'c', 'b']],
  ])('[G2] an adopted change %s', (_what, change, expected) => {
    const world = abc().open();
    world.do('M05', propose(change));
    world.do('M01', decideOn(lastProposal(world), true));
    expect(order(world)).toEqual(expected);
  });

  it('[G2] nothing open or done moves or goes, neither when proposed nor when decided', () => {
    const world = abc().open();
    world.do('M05', propose({ kind: 'remove', itemId: 'a' }));
    world.do('M01', openItem('a'));
    expect(world.why('M05', propose({ kind: 'move', itemId: 'a', afterItemId: 'c' }))).toBe('G2 item-already-open');
    expect(world.why('M01', decideOn(lastProposal(world), true))).toBe('G2 item-already-open');
    world.do('M01', { type: 'closeItem' });
    expect(world.why('M01', decideOn(lastProposal(world), true))).toBe('G2 item-already-open');
    world.do('M01', decideOn(lastProposal(world), false));
  });

  it('[G2] a proposal that no longer fits the agenda cannot be adopted', () => {
    const world = abc().open();
    world.do('M05', propose({ kind: 'remove', itemId: 'b' }));
    world.do('M06', propose({ kind: 'remove', itemId: 'b' }));
    world.do('M06', propose({ kind: 'move', itemId: 'c', afterItemId: 'b' }));
    const [first, second, third] = world.state.agenda.proposals.map(({ proposalId }) => proposalId);
    world.do('M01', decideOn(first ?? '', true));
    expect(world.why('M01', decideOn(second ?? '', true))).toBe('G2 unknown-item');
    expect(world.why('M01', decideOn(third ?? '', true))).toBe('G2 unknown-item');
    world.do('M01', decideOn(third ?? '', false));
    expect(order(world)).toEqual(['a', 'c']);
  });

  it('[G2] [C2] refuses a proposal of what is not there, of no words or of no time', () => {
    const world = abc().convene();
    const why = (change: AgendaChangeAsked) => world.why('M05', propose(change));
    expect(why({ kind: 'remove', itemId: 'z' })).toBe('G2 unknown-item');
    expect(why({ kind: 'move', itemId: 'a', afterItemId: 'z' })).toBe('G2 unknown-item');
    expect(why({ kind: 'move', itemId: 'a', afterItemId: 'a' })).toBe('G2 already-done');
    expect(why(add({ afterItemId: 'z' }))).toBe('G2 unknown-item');
    expect(why(add({ title: ' ' }))).toBe('C2 text-missing');
    for (const minutes of [0, -5, 2.5, 1441, Number.NaN]) expect(why(add({ minutes }))).toBe('C2 agenda-item-invalid');
    const over = abc().open();
    over.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
    expect(over.why('M05', propose(add()))).toBe('L1 wrong-phase');
  });

  it('[G3] opens one item at a time; the next closes the one before and its requests to speak', () => {
    const world = abc().open();
    world.do('M01', openItem('a'));
    world.do('M05', { type: 'askToSpeak', seatId: seatOf('M05'), stance: 'for' });
    world.do('M06', { type: 'raisePointOfOrder', seatId: seatOf('M06') });
    expect(world.why('M01', openItem('a'))).toBe('G3 item-already-open');
    expect(world.why('M01', openItem('z'))).toBe('G3 unknown-item');
    expect(world.do('M01', openItem('b')).map(({ type }) => type)).toEqual(['ItemClosed', 'ItemOpened']);
    expect(Object.entries(world.state.agenda.progress).map(([id, { status }]) => [id, status])).toEqual([
      ['a', 'done'],
      ['b', 'open'],
    ]);
    expect(world.state.floor.requests.map(({ seatId }) => seatId)).toEqual([seatOf('M06')]);
    world.do('M01', { type: 'closeItem' });
    expect(world.why('M01', { type: 'closeItem' })).toBe('G3 item-not-open');
  });

  it('[G3] an open motion, an open vote or a speech holds the item', () => {
    const world = new LawWorld().open();
    world.do('M01', openItem('open'));
    world.do('M01', { type: 'callPresenter', seatId: seatOf('M04') });
    expect(world.why('M01', { type: 'closeItem' })).toBe('F2 someone-is-speaking');
    expect(world.why('M01', openItem('P1'))).toBe('F2 someone-is-speaking');
    world.do('M01', { type: 'endSpeech' });
    const subject = { kind: 'question', question: '今天先议哪一项', options: ['照明', '充电'] } as const;
    world.do('M01', { type: 'openPoll', subject, secrecy: null, plannedMs: null });
    expect(world.why('M01', { type: 'closeItem' })).toBe('G3 item-has-open-motion');
    world.closeVote().announce();
    world.debate();
    expect(world.why('M01', openItem('P2'))).toBe('G3 item-has-open-motion');
    world.vote({ for: 21 });
    world.do('M01', openItem('P2'));
  });

  it('[G4] an item’s clock is paused, resumed and extended only while it is open', () => {
    const world = abc().open();
    for (const command of [
      { type: 'pauseItem' },
      { type: 'resumeItem' },
      { type: 'extendItem', byMs: 60_000 },
    ] as const)
      expect(world.why('M01', command)).toBe('G3 item-not-open');
    world.do('M01', openItem('a'));
    expect(world.why('M01', { type: 'resumeItem' })).toBe('G4 timer-running');
    world.wait(59_000).do('M01', { type: 'pauseItem' });
    expect(world.why('M01', { type: 'pauseItem' })).toBe('G4 timer-not-running');
    world.wait(500_000).do('M03', { type: 'extendItem', byMs: 120_000 });
    world.do('M01', { type: 'resumeItem' });
    const timer = world.state.agenda.progress.a?.timer;
    expect(timer && remainingMs(timer, world.now + 30_000)).toBe(10 * 60_000 - 60_000 + 120_000 - 30_000);
    for (const byMs of [0, 999, -60_000, 3_600_001, 1_500.5, Number.NaN])
      expect(world.why('M01', { type: 'extendItem', byMs })).toBe('C1 command-malformed');
  });

  it('[G4] stands still in a recess, where time may still be added', () => {
    const world = abc().open();
    world.do('M01', openItem('a'));
    world.do('M01', { type: 'callRecess' });
    expect(world.why('M01', { type: 'pauseItem' })).toBe('L1 wrong-phase');
    expect(world.why('M01', { type: 'resumeItem' })).toBe('L1 wrong-phase');
    world.do('M01', { type: 'extendItem', byMs: 60_000 });
    expect(world.state.agenda.progress.a?.timer.allowedMs).toBe(11 * 60_000);
  });
});
