// The minutes of an adjourned meeting as people write them: whole from the beginning, three at once, Chinese composed letter by letter while others
// type in the same paragraph, suggestions, comments, earlier versions, a lost network, a phone. In real browsers over plain http.
import type { Locator, Page } from '@playwright/test';
import { announce, closeVote, nextMotion, openVote, test, type Council } from './council.ts';
import { expect, expectAccessible, look, signIn } from './fixtures.ts';
import { facts, intoEnd, openPaper, paper, points, prose, saved } from './minutes-paper.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let documentId = '';
const tool = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: '编辑工具' }).getByRole('button', { name, exact: true });

async function open(page: Page, { meetingId }: Council, loginName: string): Promise<Page> {
  await signIn(page, loginName);
  return openPaper(page, meetingId);
}

const proseAt = (page: Page, at: number) => expect.poll(async () => (await prose(page))[at] ?? '');

test('[K2] the moment the meeting is adjourned its minutes are there, whole and in order', async ({
  council,
  device,
}) => {
  for (let each = 0; each < 3; each++) {
    await nextMotion(council);
    await openVote(council);
    await council.helper.until(({ polls }) => polls.openId !== null);
    for (const name of ['沈书记', '吴社工', '顾老师'])
      expect(await council.helper.cast(council.helper.seatNamed(name), 'for')).toMatchObject({ ok: true });
    await closeVote(council);
    await announce(council);
  }
  await council.chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  const page = await open(await device({ screen: 'laptop' }), council, 'secretary');
  await expect(facts(page).filter({ hasText: '到会情况' })).toContainText('应到 25 人，实到 25 人');
  await expect(facts(page).filter({ hasText: '表决结果' })).toHaveCount(3);
  await expect(facts(page).filter({ hasText: '表决结果' }).first()).toContainText('赞成 3 票');
  const link = facts(page).first().getByRole('link');
  await expect(link).toHaveAttribute('href', /\/replay\?entry=\d+$/);
  await expectAccessible(page);
  await look(page, 'minutes-editing');
  documentId = await page.evaluate(() => location.pathname);
});

test('three at once: everybody’s words arrive, a deleted fact returns, undo takes back one’s own only', async ({
  council,
  device,
}) => {
  const [secretary, chair, member] = await Promise.all([
    open(await device({ screen: 'laptop' }), council, 'secretary'),
    open(await device({ screen: 'laptop' }), council, 'chair'),
    open(await device({ screen: 'phone' }), council, 'member'),
  ]);
  await intoEnd(secretary, 0);
  await intoEnd(chair, 0);
  await intoEnd(member, 1);
  await Promise.all([
    secretary.keyboard.type('aaaa', { delay: 30 }),
    chair.keyboard.type('bbbb', { delay: 30 }),
    member.keyboard.type('cccc', { delay: 30 }),
  ]);
  for (const page of [secretary, chair, member]) {
    await expect(points(page).nth(1)).toContainText('cccc');
    await expect
      .poll(async () => (await prose(page))[0]?.replace(/[^ab]/g, '').split('').sort().join(''))
      .toBe('aaaabbbb');
    await saved(page);
  }
  const agreed = await prose(secretary);
  for (const page of [chair, member]) await expect.poll(() => prose(page)).toEqual(agreed);
  // The names at the cursors are the server's.
  await expect(paper(secretary).locator('.other-cursor').first()).toBeAttached();
  await expect(secretary.getByText('正在一起修改')).toBeVisible();

  const count = await facts(member).count();
  const second = facts(member).nth(1);
  const seq = (await second.getAttribute('data-fact')) ?? '';
  await second.evaluate((node) => node.setAttribute('data-first', ''));
  // Others' changes may take the selection away between the click and the key.
  await expect(async () => {
    await second.locator('p').first().click({ timeout: 2_000 });
    await expect(second).toHaveClass(/ProseMirror-selectednode/, { timeout: 2_000 });
    await member.keyboard.press('Backspace');
    await expect(paper(member).locator('[data-first]')).toHaveCount(0, { timeout: 2_000 });
  }).toPass();
  await expect(paper(member).locator(`[data-fact="${seq}"]:not([data-first])`)).toBeVisible();
  for (const page of [secretary, chair, member]) await expect(facts(page)).toHaveCount(count);

  await secretary.keyboard.press('Control+z');
  await proseAt(secretary, 0).not.toContain('a');
  for (const page of [chair, member]) {
    await proseAt(page, 0).not.toContain('a');
    await expect.poll(async () => (await prose(page))[0]?.replace(/[^b]/g, '')).toBe('bbbb');
    await expect(points(page).nth(1)).toContainText('cccc');
  }
  await look(member, 'minutes-phone', ['phone']);
});

test('Chinese is composed while others type in the same paragraph: no letter doubled, none missing', async ({
  council,
  device,
}) => {
  const [secretary, chair] = await Promise.all([
    open(await device({ screen: 'laptop' }), council, 'secretary'),
    open(await device({ screen: 'laptop' }), council, 'chair'),
  ]);
  const before = (await prose(secretary))[2] ?? '';
  await intoEnd(secretary, 2);
  await points(chair).nth(2).click();
  await chair.keyboard.press('Home');
  const input = await secretary.context().newCDPSession(secretary);
  const compose = (text: string) =>
    input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  let typed = '';
  for (const [pinyin, word] of [
    ['da jia', '大家'],
    ['tong yi', '同意'],
    ['xian xiu deng', '先修灯'],
  ] as const) {
    for (let letters = 1; letters <= pinyin.length; letters++) {
      await compose(pinyin.slice(0, letters));
      await chair.keyboard.type('x');
    }
    // What the other typed waits until the word is there.
    await expect(points(chair).nth(2)).toContainText('x'.repeat(pinyin.length));
    expect((await prose(secretary))[2]).not.toContain('x'.repeat(typed.length + pinyin.length));
    await input.send('Input.insertText', { text: word });
    typed += 'x'.repeat(pinyin.length);
    await proseAt(secretary, 2).toMatch(new RegExp(`^${typed}`));
  }
  for (const page of [secretary, chair]) {
    await proseAt(page, 2).toBe(`${typed}${before}大家同意先修灯`);
    await saved(page);
  }
});

test('a suggestion from a phone is accepted, another declined; a comment is made and settled', async ({
  council,
  device,
}) => {
  const [secretary, member] = await Promise.all([
    open(await device({ screen: 'laptop' }), council, 'secretary'),
    open(await device({ screen: 'phone' }), council, 'member'),
  ]);
  await points(member).nth(1).tap();
  await member.keyboard.press('End');
  await tool(member, '建议模式').tap();
  await expect(tool(member, '建议模式')).toHaveAttribute('aria-pressed', 'true');
  await member.keyboard.type('另请物业到场');
  await expect(paper(member).locator('ins')).toHaveText('另请物业到场');
  await member.keyboard.press('Home');
  // The editor hears of the browser's new caret a moment later.
  const caret = () => member.evaluate(() => [getSelection()?.anchorNode?.textContent, getSelection()?.anchorOffset]);
  await expect.poll(caret).toEqual([expect.stringMatching(/^讨论要点/), 0]);
  await member.keyboard.press('Delete');
  await expect(paper(member).locator('del')).toHaveText('讨');
  await member.keyboard.press('Delete');
  await expect(paper(member).locator('del')).toHaveText('讨论');
  // Only words can be suggested.
  const paragraphs = await points(member).count();
  await member.keyboard.press('Enter');
  await expect(member.locator('main').getByText('建议模式里只能建议加字、删字。')).toBeVisible();
  await expect(points(member)).toHaveCount(paragraphs);
  await look(member, 'minutes-suggestion', ['phone']);

  const suggestion = secretary.locator('[data-suggestion=insertion]');
  await expect(suggestion).toContainText('另请物业到场');
  await look(secretary, 'minutes-review', ['laptop']);
  await suggestion.getByRole('button', { name: '采纳', exact: true }).click();
  await secretary.locator('[data-suggestion=deletion]').getByRole('button', { name: '不采纳' }).click();
  for (const page of [secretary, member]) {
    await expect(paper(page).locator('ins, del')).toHaveCount(0);
    await proseAt(page, 1).toMatch(/^讨论要点：.*另请物业到场$/);
  }

  await intoEnd(secretary, 1);
  for (let letter = 0; letter < 4; letter++) await secretary.keyboard.press('Shift+ArrowLeft');
  await tool(secretary, '批注').click();
  await secretary.getByLabel('批注内容').fill('请写明哪家物业');
  await secretary.getByRole('button', { name: '加上批注' }).click();
  await expect(paper(member).locator('.commented')).toHaveText('物业到场');
  const comment = member.locator('[data-comment-of]');
  await expect(comment).toContainText('请写明哪家物业');
  await comment.getByRole('button', { name: '已处理' }).tap();
  for (const page of [secretary, member]) {
    await expect(page.locator('[data-comment-of]')).toHaveCount(0);
    await expect(paper(page).locator('.commented')).toHaveCount(0);
  }
});

test('written without a network: said loudly, kept, and merged when it is back', async ({ council, device }) => {
  const page = await device({ screen: 'phone' });
  let reachable = true;
  const sockets: (() => Promise<unknown>)[] = [];
  await page.routeWebSocket(/\/documents\//, (socket) => {
    if (!reachable) return void socket.close({ code: 1013 });
    const server = socket.connectToServer();
    socket.onMessage((message) => reachable && server.send(message));
    server.onMessage((message) => reachable && socket.send(message));
    sockets.push(() => Promise.all([socket.close({ code: 1013 }), server.close()]));
  });
  const member = await open(page, council, 'member');
  const secretary = await open(await device({ screen: 'laptop' }), council, 'secretary');
  reachable = false;
  await Promise.all(sockets.splice(0).map((close) => close()));
  await points(member).nth(0).tap();
  await member.keyboard.press('End');
  await member.keyboard.type('离线时写的');
  await expect(member.locator('[data-save-state]')).toHaveAttribute('data-save-state', 'unsaved');
  await intoEnd(secretary, 0);
  await secretary.keyboard.type('在线时写的');
  await saved(secretary);
  reachable = true;
  for (const each of [member, secretary]) {
    await expect(points(each).nth(0)).toContainText('离线时写的');
    await expect(points(each).nth(0)).toContainText('在线时写的');
    await saved(each);
  }
});

test('[D12] an earlier version is compared and brought back, and back again; who wrote what is named', async ({
  council,
  device,
}) => {
  const secretary = await open(await device({ screen: 'laptop' }), council, 'secretary');
  const now = await prose(secretary);
  const reader = await open(await device({ screen: 'laptop' }), council, 'chair');
  await reader.getByRole('link', { name: '历史版本与作者' }).click();
  await expect(reader.getByRole('heading', { name: '谁写的' })).toBeVisible();
  await expect(reader.locator('.hands', { hasText: '离线时写的' })).toContainText('系统初稿');
  await expectAccessible(reader);
  await look(reader, 'minutes-history');
  await reader.getByRole('link', { name: '看这一版' }).last().click();
  await expect(reader.locator('[data-difference=added]').first()).toBeVisible();
  await look(reader, 'minutes-version', ['laptop', 'phone']);
  await reader.getByRole('button', { name: '找回这一版的文字' }).click();
  await expect(reader.getByText('已找回')).toBeVisible();
  await expect.poll(async () => [...new Set(await prose(secretary))]).toEqual(['讨论要点：']);
  await saved(secretary);
  await reader.goto(`/meetings/${council.meetingId}/minutes/history`);
  await reader.getByRole('link', { name: '看这一版' }).first().click();
  await reader.getByRole('button', { name: '找回这一版的文字' }).click();
  await expect.poll(() => prose(secretary)).toEqual(now);
  expect(documentId).toContain(council.meetingId);
});

test('tools by keyboard: Alt F10 leads to them, the arrows move, Escape returns; a table and a heading', async ({
  council,
  device,
}) => {
  const page = await open(await device({ screen: 'laptop' }), council, 'secretary');
  await intoEnd(page, 2);
  await page.keyboard.press('Alt+F10');
  await expect(tool(page, '撤销')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tool(page, '加粗')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(paper(page)).toBeFocused();
  await tool(page, '表格').click();
  const table = page.locator('.minutes-text > table');
  await expect(table).toHaveCount(1);
  await table.locator('th').first().click();
  await page.keyboard.type('项目');
  await page.keyboard.press('Tab');
  await page.keyboard.type('经费');
  await tool(page, '加一行').click();
  await expect(table.locator('tr')).toHaveCount(4);
  await saved(page);
  await page.reload();
  await expect(page.locator('.minutes-text > table th').nth(1)).toHaveText('经费');
});
