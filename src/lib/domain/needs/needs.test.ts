// The law of needs and micro-wishes.
import { describe, expect, it } from 'vitest';
import { similarTo, likeness } from './similar.ts';
import { checkedNeed, checkedNotice } from './submission.ts';
import { triage, undone, type NeedStanding } from './triage.ts';
import { claimed, fulfilled, newWish, rated, released, type WishStanding } from './wishes.ts';

const received: NeedStanding = { status: 'received', destination: null, mergedIntoId: null, reply: null };
const open: NeedStanding = { ...received, status: 'open' };
const routed: NeedStanding = { status: 'routed', destination: 'workstation', mergedIntoId: null, reply: '转工作站' };
const merged: NeedStanding = { ...received, status: 'merged', mergedIntoId: 'other' };
const target = (needId: string, wayUp: string[] = []) => ({ needId, status: 'open' as const, wayUp });

describe('triage', () => {
  it('[N2] shows a need once the office has looked at it, and only then', () => {
    expect(triage('n', received, { deed: 'publish' })).toEqual(open);
    expect(triage('n', open, { deed: 'publish' })).toMatchObject({ reason: 'need-not-open-here' });
  });

  it.each(['project', 'micro_wish', 'residents_committee', 'workstation', 'owners_assembly'] as const)(
    '[N5] sends a need to %s with words to its author',
    (destination) => {
      const next = triage('n', open, { deed: 'route', destination, reply: ' 已转 ' });
      expect(next).toEqual({ status: 'routed', destination, mergedIntoId: null, reply: '已转' });
    },
  );
  it('[N5] sends nothing without words to its author, nor anywhere else', () => {
    expect(triage('n', open, { deed: 'route', destination: 'workstation', reply: '  ' })).toMatchObject({
      rule: 'N5',
      reason: 'need-reply-missing',
    });
    const elsewhere = { deed: 'route', destination: 'mars' as never, reply: '好' } as const;
    expect(triage('n', open, elsewhere)).toMatchObject({ rule: 'N5' });
  });

  it('[N4] merges into a living need, keeping its own words where they are', () => {
    expect(triage('n', open, { deed: 'merge', into: target('m') })).toEqual({ ...merged, mergedIntoId: 'm' });
  });
  it.each([
    ['itself', target('n'), 'need-merge-circle'],
    ['what goes on inside it', target('m', ['n']), 'need-merge-circle'],
    ['a need that has itself been merged', { ...target('m'), status: 'merged' as const }, 'need-merged-already'],
    ['nothing', null, 'need-merge-target-gone'],
  ])('[N4] never merges into %s', (_, into, reason) => {
    expect(triage('n', open, { deed: 'merge', into })).toMatchObject({ rule: 'N4', reason });
  });
  it('[N4] does nothing more with a need that goes on elsewhere', () => {
    for (const asked of [
      { deed: 'publish' },
      { deed: 'route', destination: 'project', reply: '好' },
      { deed: 'decline', reply: '不办' },
      { deed: 'finish', reply: '办好' },
    ] as const)
      expect(triage('n', merged, asked)).toMatchObject({ reason: 'need-merged-already' });
  });

  it('[N8] declines only with a reason', () => {
    expect(triage('n', open, { deed: 'decline', reply: '' })).toMatchObject({ reason: 'need-reply-missing' });
    expect(triage('n', open, { deed: 'decline', reply: '不属于社区' })).toMatchObject({ status: 'declined' });
  });
  it('finishes what was sent somewhere, nothing else', () => {
    expect(triage('n', routed, { deed: 'finish', reply: '已办' })).toMatchObject({ status: 'done', reply: '已办' });
    expect(triage('n', open, { deed: 'finish', reply: '已办' })).toMatchObject({ reason: 'need-not-open-here' });
  });

  it('[N6] takes the last step back, once, and never the coming in', () => {
    const came = { deed: 'submitted', before: received };
    expect(undone([came, { deed: 'route', before: open }])).toEqual(open);
    expect(undone([came])).toMatchObject({ reason: 'need-nothing-to-undo' });
    expect(undone([came, { deed: 'route', before: open }, { deed: 'undone', before: routed }])).toMatchObject({
      reason: 'need-nothing-to-undo',
    });
  });
});

describe('taking a need down', () => {
  const asked = { title: '楼道灯坏了', detail: '', category: '环境', name: '', contact: '' };
  it('[N9] bounds every text and knows the categories', () => {
    expect(checkedNeed(asked, ['环境'])).toEqual(asked);
    expect(checkedNeed({ ...asked, category: '别的' }, ['环境'])).toMatchObject({ reason: 'need-category-unknown' });
    expect(checkedNeed({ ...asked, title: '长'.repeat(61) }, ['环境'])).toMatchObject({ rule: 'N9' });
    expect(checkedNeed({ ...asked, detail: '长'.repeat(1001) }, ['环境'])).toMatchObject({ reason: 'plan-too-long' });
    expect(checkedNeed({ ...asked, title: ' \n ', detail: '' }, ['环境'])).toMatchObject({
      reason: 'need-title-missing',
    });
  });
  it('[N1] takes the first words of a story for its title', () => {
    expect(checkedNeed({ ...asked, title: '', detail: '夜里看不见\n三楼' }, ['环境'])).toMatchObject({
      title: '夜里看不见',
    });
  });
  it('[N1] a notice has days in order and something to choose from', () => {
    const notice = {
      title: '征集',
      fromDay: '2026-03-02',
      toDay: '2026-03-31',
      categories: ['环境', ' 环境 ', ''],
      postingPoints: [],
    };
    expect(checkedNotice(notice)).toMatchObject({ categories: ['环境'] });
    expect(checkedNotice({ ...notice, toDay: '2026-03-01' })).toMatchObject({ reason: 'collection-days-unfit' });
    expect(checkedNotice({ ...notice, toDay: '2026-02-30' })).toMatchObject({ reason: 'collection-days-unfit' });
    expect(checkedNotice({ ...notice, categories: [' '] })).toMatchObject({ reason: 'collection-categories-missing' });
  });
});

describe('needs that say much the same', () => {
  const need = (needId: string, title: string, detail = '') => ({ needId, title, detail });
  it('finds the like ones, the likest first, and never itself', () => {
    const lamp = need('1', '楼道灯坏了，夜里看不见');
    const others = [
      lamp,
      need('2', '楼道里的灯坏了'),
      need('3', '想学剪纸'),
      need('4', '楼道灯不亮'),
      need('5', '楼道堆物没人清'),
    ];
    expect(similarTo(lamp, others).map(({ needId }) => needId)).toEqual(['2', '4']);
  });
  it('is between nothing and all, whatever the punctuation', () => {
    expect(likeness('停车难！', '停车 难')).toBe(1);
    expect(likeness('停车', '剪纸')).toBe(0);
    expect(likeness('', '剪纸')).toBe(0);
  });
});

describe('micro-wishes', () => {
  const wish = newWish(200_00, 300_00) as WishStanding;
  it('[W1] are capped in whole fen, at most as their notice says', () => {
    expect(wish.status).toBe('open');
    for (const capFen of [-1, 0.5, 300_01]) expect(newWish(capFen, 300_00)).toMatchObject({ reason: 'wish-cap-unfit' });
    expect(newWish(0, 300_00)).toMatchObject({ capFen: 0 });
  });
  it('[W2] are claimed by one giver at a time, who leaves a contact, and may be released', () => {
    const taken = claimed(wish, '爱心义仓', '一楼服务台') as WishStanding;
    expect(taken).toMatchObject({ status: 'claimed', claimedBy: '爱心义仓' });
    expect(claimed(taken, '别人', '电话')).toMatchObject({ reason: 'wish-not-open' });
    expect(claimed(wish, '爱心义仓', ' ')).toMatchObject({ reason: 'contact-missing' });
    expect(released(taken)).toEqual(wish);
    expect(released(wish)).toMatchObject({ reason: 'wish-not-claimed' });
  });
  it('[W3] are fulfilled within their cap, forget the contact, and are rated once', () => {
    const taken = claimed(wish, '爱心义仓', '电话') as WishStanding;
    expect(fulfilled(taken, 200_01)).toMatchObject({ reason: 'wish-over-cap', params: { yuan: 200 } });
    expect(fulfilled(wish, 1)).toMatchObject({ reason: 'wish-not-claimed' });
    const done = fulfilled(taken, 180_00) as WishStanding;
    expect(done).toMatchObject({ status: 'fulfilled', spentFen: 180_00, claimContact: null });
    expect(rated(done, 6)).toMatchObject({ reason: 'rating-unfit' });
    const known = rated(done, 5) as WishStanding;
    expect(known.rating).toBe(5);
    expect(rated(known, 4)).toMatchObject({ reason: 'wish-not-fulfilled' });
  });
});
