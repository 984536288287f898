// The law of responsibility lists and incoming tasks.
import { describe, expect, it } from 'vitest';
import { checkedHead, checkedItem, suggestListing, type ListItem } from './lists.ts';
import { answersOf, checkedFinding, checkedTask, type TaskAsked } from './tasks.ts';

const item = (code: string, text: string): ListItem => ({ list: 'assist', code, category: '民政', text });
const items = [
  item('X-MZ-02', '协助开展最低生活保障入户核查'),
  item('X-SB-01', '协助城乡居民养老保险信息采集'),
  item('J-11', '居务公开'),
];
const head = { list: 'assist' as const, total: 123, categories: 14, basis: '某区职责清单', checkedOn: '2026-05-01' };
const task: TaskAsked = {
  sentBy: '街道民政办',
  text: '协助低保年审入户核查',
  basisClaimed: '',
  moneyFen: null,
  askedDueOn: '2026-05-25',
  receivedOn: '2026-05-06',
};

describe('a list', () => {
  it('[RL1] says how many items its source has, the source, and when it was checked', () => {
    expect(checkedHead(head)).toEqual(head);
    expect(checkedHead({ ...head, basis: ' ' })).toMatchObject({ reason: 'list-basis-missing' });
    for (const wrong of [{ total: -1 }, { total: 1.5 }, { categories: 9999 }, { checkedOn: '2026-02-30' }])
      expect(checkedHead({ ...head, ...wrong })).toMatchObject({ reason: 'list-head-unfit' });
    expect(checkedItem(item(' X-1 ', ' 居务公开 '))).toMatchObject({ code: 'X-1', text: '居务公开' });
    for (const wrong of [item('', '有'), item('X', ''), item('X', '长'.repeat(201))])
      expect(checkedItem(wrong)).toMatchObject({ reason: 'list-item-unfit' });
  });

  it('[RL2] suggests from the words, likest first, and is unclear where nothing is listed', () => {
    const like = suggestListing('协助低保年审入户核查', items);
    expect([like.listing, like.items[0]?.item.code]).toEqual(['on_list', 'X-MZ-02']);
    expect(suggestListing('要求社区下载并每日打卡某工作APP', items)).toEqual({ listing: 'off_list', items: [] });
    expect(suggestListing('随便什么', [])).toEqual({ listing: 'unclear', items: [] });
    expect(suggestListing('协助开展反诈宣传入户走访', items).listing).toBe('unclear');
  });
});

describe('a task', () => {
  it('[RL3] names who asks, what and when', () => {
    expect(checkedTask(task)).toEqual(task);
    expect(checkedTask({ ...task, sentBy: '' })).toMatchObject({ reason: 'task-sender-missing' });
    expect(checkedTask({ ...task, text: '长'.repeat(301) })).toMatchObject({ reason: 'task-text-missing' });
    for (const moneyFen of [0, -1, 1.5, 2 ** 60])
      expect(checkedTask({ ...task, moneyFen })).toMatchObject({ reason: 'task-money-unfit' });
    expect(checkedTask({ ...task, askedDueOn: '5月25日' })).toMatchObject({ reason: 'day-unfit' });
  });

  it('[RL3] a finding names its item, or says why none', () => {
    expect(checkedFinding({ listing: 'on_list', itemId: null, reason: '' })).toMatchObject({
      reason: 'finding-item-missing',
    });
    for (const listing of ['off_list', 'unclear'] as const)
      expect(checkedFinding({ listing, itemId: 'i', reason: ' ' })).toMatchObject({ reason: 'finding-reason-missing' });
    expect(checkedFinding({ listing: 'off_list', itemId: 'i', reason: '未列入' })).toMatchObject({ itemId: null });
  });

  it.each([
    ['on_list', null, ['accepted', 'sent_up']],
    ['off_list', null, ['declined', 'money_asked', 'sent_up']],
    ['off_list', 100, ['declined', 'money_asked', 'accepted', 'sent_up']],
    ['unclear', 100, ['sent_up']],
    [null, null, ['sent_up']],
  ] as const)('[RL4] %s with %s fen may be %o', (listing, moneyFen, answers) =>
    expect(answersOf({ listing, moneyFen })).toEqual(answers),
  );
});
