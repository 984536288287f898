// Incoming tasks in the office, on a real PostgreSQL: the lists, findings, answers with their follow-up, the letter.
import { beforeEach, describe, expect, it } from 'vitest';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { followUpsAtDesk } from '#lib/server/follow-ups/follow-ups.ts';
import { aCommunity, aPerson } from '#tests/support/world.ts';
import { addItem, changeItem, listsOf, retireItem, saveHead, suggestionFor } from './lists.ts';
import { answerTask, holdAgainstLists, keepLetter, takeTask, tasksAtDesk, taskWithLetter } from './tasks.ts';

let communityId: string;
let secretary: string;
let chair: string;
let itemId: string;

beforeEach(async () => {
  ({ communityId } = await aCommunity());
  secretary = (await aPerson({ communityId, staffRoles: ['secretary'] })).personId;
  chair = (await aPerson({ communityId, staffRoles: ['chair'] })).personId;
  const head = { basis: '某区社区职责清单', checkedOn: '2026-05-01' };
  await saveHead(communityId, { list: 'party', total: 16, categories: null, ...head });
  await saveHead(communityId, { list: 'committee', total: 18, categories: null, ...head });
  await saveHead(communityId, { list: 'assist', total: 123, categories: 14, ...head });
  const item = { list: 'assist' as const, code: 'X-MZ-02', category: '民政', text: '协助开展最低生活保障入户核查' };
  ({ itemId } = orThrow(await addItem(communityId, { ...item, illustrative: true })));
});

const asked = (text: string, moneyFen: number | null = null) => ({
  sentBy: '某业务部门',
  text,
  basisClaimed: '',
  moneyFen,
  askedDueOn: null,
  receivedOn: '2026-05-06',
});
const take = async (text: string, moneyFen: number | null = null) =>
  orThrow(await takeTask(communityId, asked(text, moneyFen), secretary));
const offList = async (text = '要求社区下载并每日打卡某工作APP', moneyFen: number | null = null) => {
  const { taskId } = await take(text, moneyFen);
  const finding = { listing: 'off_list' as const, itemId: null, reason: '未列入清单' };
  expect(await holdAgainstLists(communityId, taskId, finding, secretary)).toBeNull();
  return taskId;
};
const owing = { text: '', amountFen: null, ownerPersonId: null, ownerName: '社区居委会', dueOn: '2026-05-09' };
const task = async (taskId: string) => (await tasksAtDesk(communityId)).find((each) => each.taskId === taskId);

describe('the lists', () => {
  it("[RL1] are the community's own, and an example that is changed is one no longer", async () => {
    const [party, committee, assist] = await listsOf(communityId);
    expect([party?.head?.total, committee?.head?.total, assist?.head?.total, assist?.head?.categories]).toEqual([
      16, 18, 123, 14,
    ]);
    expect(assist?.items).toMatchObject([{ code: 'X-MZ-02', illustrative: true }]);
    const own = { list: 'assist' as const, code: 'X-MZ-02', category: '民政', text: '协助低保入户' };
    expect(await changeItem(communityId, itemId, own)).toBeNull();
    expect((await listsOf(communityId))[2]?.items).toMatchObject([{ text: '协助低保入户', illustrative: false }]);
    expect(await addItem(communityId, own)).toMatchObject({ reason: 'name-taken' });
    expect(await changeItem((await aCommunity()).communityId, itemId, own)).toMatchObject({ reason: 'not-there' });
    expect((await listsOf((await aCommunity()).communityId)).map(({ head }) => head)).toEqual([null, null, null]);
  });

  it('[RL2] a retired item is suggested no longer, and what rests on it stands', async () => {
    const { taskId } = await take('协助低保年审入户核查');
    expect((await suggestionFor(communityId, '协助低保年审入户核查')).listing).toBe('on_list');
    await holdAgainstLists(communityId, taskId, { listing: 'on_list', itemId, reason: '' }, secretary);
    expect(await retireItem(communityId, itemId)).toBeNull();
    expect((await suggestionFor(communityId, '协助低保年审入户核查')).listing).toBe('unclear');
    expect((await task(taskId))?.item).toMatchObject({ code: 'X-MZ-02' });
  });
});

describe('tasks', () => {
  it('[RL3] are numbered in turn, thirty at once', async () => {
    const taken = await Promise.all(Array.from({ length: 30 }, () => take('同时来文')));
    expect(new Set(taken.map(({ code }) => code)).size).toBe(30);
    expect(taken.map(({ code }) => code)).toContain('Q1');
  });

  it("[RL3] rest on an item of the community's own lists only", async () => {
    const { taskId } = await take('协助低保年审入户核查');
    const finding = { listing: 'on_list' as const, itemId: 'somebody-elses', reason: '' };
    expect(await holdAgainstLists(communityId, taskId, finding, secretary)).toMatchObject({
      reason: 'finding-item-missing',
    });
  });

  it('[RL4] nothing on the list is declined, nothing unheld is answered', async () => {
    const { taskId } = await take('协助低保年审入户核查');
    const decline = { ...owing, answer: 'declined' as const };
    expect(await answerTask(communityId, taskId, decline, secretary)).toMatchObject({ reason: 'task-answer-unfit' });
    await holdAgainstLists(communityId, taskId, { listing: 'on_list', itemId, reason: '' }, secretary);
    expect(await answerTask(communityId, taskId, decline, secretary)).toMatchObject({ reason: 'task-answer-unfit' });
    expect(await followUpsAtDesk(communityId)).toEqual([]);
  });

  it('[RL5] an answer has an owner and a day, and becomes a follow-up with them', async () => {
    const taskId = await offList();
    const answer = { ...owing, answer: 'declined' as const };
    expect(await answerTask(communityId, taskId, { ...answer, ownerName: '' }, secretary)).toMatchObject({
      rule: 'FU1',
    });
    expect(await answerTask(communityId, taskId, { ...answer, dueOn: '' }, secretary)).toMatchObject({ rule: 'FU1' });
    expect(await answerTask(communityId, taskId, answer, secretary)).toBeNull();
    expect(await task(taskId)).toMatchObject({ answer: 'declined', owner: '社区居委会', dueOn: '2026-05-09' });
    expect(await followUpsAtDesk(communityId)).toMatchObject([
      { text: 'Q1 要求社区下载并每日打卡某工作APP', owner: '社区居委会', dueOn: '2026-05-09', status: 'open' },
    ]);
  });

  it('[RL4] 费随事转 names the money', async () => {
    const taskId = await offList('要求社区承办区级宣传活动并自筹经费');
    const ask = { ...owing, answer: 'money_asked' as const };
    expect(await answerTask(communityId, taskId, ask, secretary)).toMatchObject({ reason: 'task-money-unfit' });
    expect(await answerTask(communityId, taskId, { ...ask, amountFen: 12_000_00 }, secretary)).toBeNull();
    const shown = await taskWithLetter(communityId, taskId, '云锦里社区');
    expect(shown?.letter).toContain('请于 2026-05-09 前随附工作经费 ¥12,000 后另议');
  });
});

describe('the letter', () => {
  it('[RL6] cites the three lists with their source, is put by the desk, confirmed once and unchanged from then on', async () => {
    const taskId = await offList();
    expect(await taskWithLetter(communityId, taskId, '云锦里社区')).toBeNull();
    expect(await keepLetter(communityId, taskId, '不办', null)).toMatchObject({ reason: 'task-no-letter' });
    await answerTask(communityId, taskId, { ...owing, answer: 'declined' }, secretary);
    const drafted = (await taskWithLetter(communityId, taskId, '云锦里社区'))?.letter ?? '';
    for (const words of [
      '党组织职责 16 项',
      '居委会法定职责 18 项',
      '14 大类 123 小项',
      '某区社区职责清单',
      '未列入清单',
      '不予承办',
    ])
      expect(drafted).toContain(words);
    expect(await keepLetter(communityId, taskId, `${drafted}\n请谅解。`, null)).toBeNull();
    expect(await keepLetter(communityId, taskId, ' ', chair)).toMatchObject({ reason: 'letter-missing' });
    const put = (await taskWithLetter(communityId, taskId, '云锦里社区'))?.letter ?? '';
    expect(await keepLetter(communityId, taskId, put, chair)).toBeNull();
    expect(await keepLetter(communityId, taskId, '改了', chair)).toMatchObject({ reason: 'letter-confirmed' });
    expect(await taskWithLetter(communityId, taskId, '云锦里社区')).toMatchObject({ letter: put });
  });
});
