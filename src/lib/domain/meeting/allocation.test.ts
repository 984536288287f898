// One funding ballot over all projects, through the law alone: put, explained and frozen; who may choose what; silence until the announcement.
import { describe, expect, it } from 'vitest';
import { fundedIds, playAllocation } from '#tests/support/allocation-session.ts';
import { LawWorld, present, seatOf } from '#tests/support/law-world.ts';
import { callReady, tiedProjects, type CallAsked, type ChamberCount } from './allocation.ts';
import { nextStep } from './next-step.ts';
import { isRefusal } from './refusal.ts';

const asked = (change: Partial<CallAsked> = {}): CallAsked => ({
  itemId: null,
  title: '2026 年服务项目',
  budgetFen: 400_000_00,
  projects: [
    { id: 'P1', name: '助餐', costFen: 90_000_00, envelopeId: 'E1', tiedSeatIds: [seatOf('M14')] },
    { id: 'P2', name: '课堂', costFen: 58_000_00, envelopeId: 'E1', tiedSeatIds: [] },
    { id: 'P3', name: '车棚', costFen: 70_000_00, tiedSeatIds: [seatOf('M21'), seatOf('M22')] },
  ],
  envelopes: [{ id: 'E1', name: '社区服务', capFen: 125_000_00 }],
  terms: { kind: 'approve', atMost: 2, withinBudget: false },
  ties: { kind: 'draw', seed: '当众抽出 738204' },
  ruleId: 'mes_cost_add1u',
  voters: 'seats',
  ...change,
});

const world = (): LawWorld => new LawWorld().open();
const put = (w: LawWorld, change: Partial<CallAsked> = {}, callId: string | null = null): string => {
  w.do('M03', { type: 'putCall', callId, call: asked(change) });
  return callId ?? w.state.allocations.order[w.state.allocations.order.length - 1] ?? '';
};
const refusalOf = (w: LawWorld, who: string, command: Parameters<LawWorld['ask']>[1]) => {
  const answer = w.ask(who, command);
  return isRefusal(answer) ? `${answer.rule} ${answer.reason}` : null;
};
const openVote = (w: LawWorld, callId: string, secrecy: 'named' | 'hidden' | null = null): string => {
  w.do('M01', { type: 'openPoll', subject: { kind: 'allocation', callId }, secrecy, plannedMs: null });
  return w.lastPollId();
};
const counted: ChamberCount = {
  chamber: 'seats',
  ballots: 2,
  winners: ['P2'],
  costFen: 58_000_00,
  remainderFen: 342_000_00,
  ties: [],
  reasons: [],
  fileDigest: 'd',
};

describe('the demo community’s eight projects on one ballot', () => {
  it('[D5] are funded as the council funded them one by one: 395,000, 5,000 left, P6 without room', () => {
    const { state } = playAllocation();
    const outcome = state.allocations.outcomes[state.polls.order[0] ?? ''];
    if (outcome?.kind !== 'counted') throw new Error('not counted');
    const [council] = outcome.counts;
    expect([...(council?.winners ?? [])].sort()).toEqual(fundedIds);
    expect([council?.ballots, council?.costFen, council?.remainderFen]).toEqual([21, 395_000_00, 5_000_00]);
    const p6 = council?.reasons.find(({ projectId }) => projectId === 'P6');
    expect(p6).toMatchObject({ funded: false, obstacles: [{ kind: 'envelope-full', envelopeId: 'E3' }] });
  });
});

describe('putting a call', () => {
  it('[D1] may be put anew and withdrawn until a vote opens on it, then it stands', () => {
    const w = world();
    const callId = put(w);
    put(w, { budgetFen: 300_000_00 }, callId);
    expect(w.state.allocations.byId[callId]?.call.budgetFen).toBe(300_000_00);
    expect(w.state.allocations.order).toEqual([callId]);
    openVote(w, callId);
    const again = { type: 'putCall' as const, callId, call: asked() };
    expect(refusalOf(w, 'M03', again)).toBe('D1 call-closed');
    expect(refusalOf(w, 'M03', { type: 'withdrawCall', callId })).toBe('D1 call-closed');
    w.do('M01', { type: 'voidPoll', pollId: w.lastPollId(), reason: '误开' });
    w.do('M03', again);
    w.do('M03', { type: 'withdrawCall', callId });
    expect(callReady(w.state)).toBeNull();
    const opening = { type: 'openPoll' as const, subject: { kind: 'allocation' as const, callId } };
    expect(refusalOf(w, 'M01', { ...opening, secrecy: null, plannedMs: null })).toBe('D1 unknown-call');
  });

  it('[D1] a vote that fell for want of a quorum leaves it open for another', () => {
    const w = world();
    const callId = put(w);
    openVote(w, callId);
    for (const id of present.slice(15)) w.leave(id);
    w.closeVote().announce();
    expect(w.state.polls.byId[w.lastPollId()]?.result?.outcome).toBe('void_no_quorum');
    expect(callReady(w.state)?.callId).toBe(callId);
  });

  it.each([
    ['a negative amount', { budgetFen: -1 }, 'negative-fen'],
    ['half a fen', { budgetFen: 100.5 }, 'fractional-fen'],
    ['no projects', { projects: [] }, 'no-projects'],
    ['a draw without a seed', { ties: { kind: 'draw', seed: ' ' } }, 'no-seed'],
    ['a limit of none', { terms: { kind: 'approve', atMost: 0, withinBudget: false } }, 'bad-terms'],
    [
      'a cost above every source',
      { projects: [{ id: 'P1', name: '助餐', costFen: 126_000_00, envelopeId: 'E1', tiedSeatIds: [] }] },
      'cost-above-every-source',
    ],
  ] satisfies [string, Partial<CallAsked>, string][])('[FU16] is refused with %s', (_, change, kind) => {
    const answer = world().ask('M03', { type: 'putCall', callId: null, call: asked(change) });
    expect(answer).toMatchObject({ rule: 'FU16', reason: 'call-unsound', params: { kind } });
  });

  it('[D2] its rule must be one there is, and one that can count its ballots', () => {
    const w = world();
    const with_ = (ruleId: string) => ({ type: 'putCall' as const, callId: null, call: asked({ ruleId }) });
    expect(refusalOf(w, 'M03', with_('by_favour'))).toBe('D2 unknown-rule');
    expect(refusalOf(w, 'M03', with_('mes_points'))).toBe('D2 rule-needs-points');
  });

  it('[D2] rule, tie order with its seed and terms are frozen in the frame when the vote opens', () => {
    const w = world();
    const pollId = openVote(w, put(w));
    const frame = w.state.polls.byId[pollId]?.frame;
    expect(frame).toMatchObject({
      method: 'approve_up_to',
      allocation: { ruleId: 'mes_cost_add1u', voters: 'seats' },
      config: { budgetFen: 400_000_00, ties: { kind: 'draw', seed: '当众抽出 738204' } },
    });
  });

  it('only hosts put and withdraw it, and nobody but the program records a count', () => {
    const w = world();
    expect(refusalOf(w, 'M05', { type: 'putCall', callId: null, call: asked() })).toBe('P1 not-entitled');
    const outcome = { kind: 'counted' as const, counts: [counted] };
    expect(refusalOf(w, 'M01', { type: 'recordCount', pollId: 'x', outcome })).toBe('P1 not-entitled');
  });
});

describe('voting on it', () => {
  it('[D3] needs a quorum and no majority; tied seats are in the electorate', () => {
    const w = world();
    const pollId = openVote(w, put(w));
    const frame = w.state.polls.byId[pollId]?.frame;
    expect([frame?.kind, frame?.base, frame?.threshold, frame?.majority]).toEqual(['formal', 21, null, null]);
    expect(frame?.electorate).toContain(seatOf('M14'));
    expect(frame?.recusedSeatIds).toEqual([]);
    const few = new LawWorld().open();
    const callId = put(few);
    for (const id of present.slice(15)) few.leave(id);
    const opening = { type: 'openPoll' as const, subject: { kind: 'allocation' as const, callId } };
    expect(refusalOf(few, 'M01', { ...opening, secrecy: null, plannedMs: null })).toBe('Q1 no-quorum');
  });

  it('[D3] where residents alone vote, no seat does', () => {
    const w = world();
    openVote(w, put(w, { voters: 'residents' }), 'hidden');
    expect(w.cast('M05', { listed: ['P1'] })).toMatchObject({ reason: 'not-in-electorate' });
  });

  it('[D4] a tie may be declared until the close, by the member or a host, once', () => {
    const w = world();
    const callId = put(w);
    const tie = (seatId: string, projectId = 'P2') =>
      ({ type: 'declareTie', callId, projectId, seatId, reason: '在承接单位任职' }) as const;
    openVote(w, callId);
    expect(refusalOf(w, 'M05', tie(seatOf('M06')))).toBe('A2 not-your-seat');
    expect(refusalOf(w, 'M05', tie(seatOf('M05'), 'P9'))).toBe('D4 unknown-project');
    w.do('M05', tie(seatOf('M05')));
    w.do('M03', tie(seatOf('M06')));
    expect(refusalOf(w, 'M05', tie(seatOf('M05')))).toBe('D4 already-recused');
    const allocation = w.state.allocations.byId[callId];
    expect(allocation && tiedProjects(allocation, seatOf('M05'))).toEqual(['P2']);
    expect(allocation && tiedProjects(allocation, seatOf('M14'))).toEqual(['P1']);
    expect(w.cast('M05', { listed: ['P1'] })).toBeNull();
    w.closeVote();
    expect(refusalOf(w, 'M07', tie(seatOf('M07')))).toBe('D1 call-closed');
  });
});

describe('the count', () => {
  const closed = (): { w: LawWorld; pollId: string } => {
    const w = world();
    const pollId = openVote(w, put(w));
    w.cast('M05', { listed: ['P1', 'P2'] });
    w.cast('M06', { listed: ['P2'] });
    w.closeVote();
    return { w, pollId };
  };

  it('[D5] tells the turnout alone at the close: no count, no choice, for nobody', () => {
    const { w, pollId } = closed();
    const result = w.state.polls.byId[pollId]?.result;
    expect(result).toMatchObject({ counts: {}, choices: null, voted: 2, notVoted: 19, threshold: null });
    expect(nextStep(w.state)).toEqual({ kind: 'count', pollId });
    expect(refusalOf(w, 'M01', { type: 'announceResult', pollId })).toBe('D5 count-not-ready');
  });

  it('[D5] [D6] is recorded for hosts alone, and told to everybody when it is announced', () => {
    const { w, pollId } = closed();
    const outcome = { kind: 'counted' as const, counts: [counted] };
    w.do('system', { type: 'recordCount', pollId, outcome });
    expect(refusalOf(w, 'system', { type: 'recordCount', pollId, outcome })).toBe('D5 already-done');
    const seenBy = (audience: 'everyone' | 'hosts') => w.fold(w.readAs(audience)).allocations.outcomes[pollId];
    expect([seenBy('hosts'), seenBy('everyone')]).toEqual([outcome, undefined]);
    expect(nextStep(w.state)).toEqual({ kind: 'announce', pollId });
    w.announce();
    expect(seenBy('everyone')).toEqual(outcome);
    expect(w.state.polls.byId[pollId]?.result?.outcome).toBe('passed');
    expect(callReady(w.state)).toBeNull();
  });

  it('[D5] one that failed cannot be announced; the vote is called off and another may be opened', () => {
    const { w, pollId } = closed();
    w.do('system', { type: 'recordCount', pollId, outcome: { kind: 'failed', why: 'too-long' } });
    expect(refusalOf(w, 'M01', { type: 'announceResult', pollId })).toBe('D5 count-failed');
    w.do('M01', { type: 'voidPoll', pollId, reason: '换一种办法' });
    const call = callReady(w.state);
    expect(call?.ruleId).toBe('mes_cost_add1u');
    openVote(w, put(w, { ruleId: 'greedy_votes' }, call?.callId));
    expect(w.state.polls.byId[w.lastPollId()]?.frame.allocation?.ruleId).toBe('greedy_votes');
  });

  it('[D7] a corrected paper takes the count back before the announcement, and is refused after it', () => {
    const { w, pollId } = closed();
    const outcome = { kind: 'counted' as const, counts: [counted] };
    const sheet = { sheetId: 's', pollId, confirmed: true, reason: '看错了' };
    w.do('system', { type: 'recordCount', pollId, outcome });
    w.facts = { ...w.facts, sheet };
    w.do('system', { type: 'supersedeResult', pollId, sheetId: 's' });
    expect(nextStep(w.state)).toEqual({ kind: 'count', pollId });
    w.do('system', { type: 'recordCount', pollId, outcome });
    w.announce();
    expect(refusalOf(w, 'system', { type: 'supersedeResult', pollId, sheetId: 's' })).toBe('D7 poll-already-announced');
  });
});
