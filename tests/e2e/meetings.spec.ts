// The way to a convened meeting, as people walk it: made by the secretary, drafted by two people at once, called too late and then in time,
// its papers to print, and its agenda in session. In real browsers over plain http, with a network that comes and goes.
import type { Page } from '@playwright/test';
import { Officer, openSession, seatEverybody } from './council.ts';
import { awake, expect, expectAccessible, look, refusal, signIn, test } from './fixtures.ts';

test.describe.configure({ timeout: 480_000 });

const dayMs = 86_400_000;
/** What a date field takes: the clock face in China `days` from now. */
const inDays = (days: number): string => new Date(Date.now() + days * dayMs + 8 * 3_600_000).toISOString().slice(0, 16);

/** A draft made through the form. */
async function makeMeeting(page: Page, title: string, startsAt: string): Promise<string> {
  await page.goto('/meetings');
  await page.getByRole('link', { name: '筹备新会议' }).click();
  await page.getByLabel('会议名称').fill(title);
  await page.getByLabel('地点').fill('社区二楼议事厅');
  await page.getByLabel('开始时间').fill(startsAt);
  await page.getByRole('spinbutton', { name: '计划时长' }).fill('90');
  await page.getByRole('button', { name: '建立草稿' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  return /\/meetings\/([0-9a-z]{26})/.exec(page.url())?.[1] ?? '';
}

const saveState = (page: Page) => page.locator('[data-save-state]');
const saved = (page: Page) => expect(saveState(page)).toHaveAttribute('data-save-state', 'saved');
const itemBox = (page: Page, n: number) => page.locator('[data-item]').nth(n - 1);
const titleOf = (page: Page, n: number) => itemBox(page, n).getByLabel('标题');
const titles = (page: Page) =>
  page.locator('[data-item]').evaluateAll((items) => items.map((item) => item.querySelector('input')?.value ?? ''));

async function addItem(page: Page, title: string): Promise<void> {
  const before = await page.locator('[data-item]').count();
  await page.getByRole('button', { name: '添加议题' }).click();
  await expect(page.locator('[data-item]')).toHaveCount(before + 1);
  // The new item's title has the focus: one just types.
  await expect(titleOf(page, before + 1)).toBeFocused();
  await page.keyboard.type(title);
}

/**
 * The finger takes item `from` by its handle, holds it at the edge of the screen, where the page scrolls along, and lets it go once the line
 * stands at the place of item `to`.
 */
async function dragByTouch(page: Page, from: number, to: number): Promise<void> {
  const handle = page.getByRole('button', { name: `拖动第 ${from} 项；用键盘请按上、下箭头` });
  await handle.evaluate((part) => part.scrollIntoView({ block: 'center' }));
  const grip = await handle.boundingBox();
  if (!grip) throw new Error('nothing to drag');
  const devtools = await page.context().newCDPSession(page);
  const x = grip.x + grip.width / 2;
  const edge = to > from ? 844 - 30 : 60;
  const line = itemBox(page, to > from ? to + 1 : to);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x, y }] });
  await touch('touchStart', grip.y + grip.height / 2);
  let isThere = false;
  // A finger is never quite still.
  for (let step = 0; step < 200 && !isThere; step++) {
    await touch('touchMove', edge + (step % 2));
    isThere = (await line.getAttribute('data-drop')) === 'before';
  }
  expect(isThere, 'the line comes to where the finger leads it').toBe(true);
  await touch('touchEnd');
  await devtools.detach();
}

/** The page's way to the shared document, which can be lost and found. */
async function documentNetwork(page: Page): Promise<{ lose(): Promise<void>; find(): void }> {
  let reachable = true;
  const open: (() => Promise<unknown>)[] = [];
  await page.routeWebSocket(/\/documents\//, (socket) => {
    if (!reachable) return void socket.close({ code: 1013 });
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (reachable) server.send(message);
    });
    server.onMessage((message) => {
      if (reachable) socket.send(message);
    });
    open.push(() => Promise.all([socket.close({ code: 1013 }), server.close()]));
  });
  return {
    async lose() {
      reachable = false;
      await Promise.all(open.splice(0).map((close) => close()));
    },
    find() {
      reachable = true;
    },
  };
}

/** The events of a calendar file: one record of properties each, names with their parameters as they stand. */
function eventsOf(calendar: string): Record<string, string>[] {
  const lines = calendar.replace(/\r\n[ \t]/g, '').split('\r\n');
  expect([lines[0], lines.filter((line) => line !== '').pop()]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
  const events: Record<string, string>[] = [];
  let open: Record<string, string> | null = null;
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (line === 'BEGIN:VEVENT') events.push((open = {}));
    else if (line === 'END:VEVENT') open = null;
    else if (open) open[name] = value.replace(/\\([,;\\])/g, '$1').replace(/\\n/g, '\n');
  }
  return events;
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

test('a meeting is made, drafted by two people at once, convened, and its agenda guarded in session', async ({
  device,
  hall,
}) => {
  const secretary = await device({ screen: 'laptop' });
  const chair = await device({ screen: 'laptop' });
  const network = await documentNetwork(chair);
  let meetingId = '';

  await test.step('the secretary makes a draft', async () => {
    await signIn(secretary, 'secretary', '/meetings');
    await expectAccessible(secretary);
    await look(secretary, 'meetings-list');
    meetingId = await makeMeeting(secretary, '第 4 次共治协商会', inDays(1));
    await awake(secretary);
    await expect(secretary.getByText('还没有议题', { exact: true })).toBeVisible();
    await expect(saveState(secretary)).toBeVisible();
    await look(secretary, 'meeting-draft-empty');
  });

  await test.step('two people write at once, and see where the other is by the name the server gave', async () => {
    await signIn(chair, 'chair', `/meetings/${meetingId}`);
    await awake(chair);
    await addItem(secretary, '宣布到会人数');
    await saved(secretary);
    await expect(titleOf(chair, 1)).toHaveValue('宣布到会人数');
    await titleOf(chair, 1).focus();
    await expect(itemBox(secretary, 1).locator('[data-hands=title]')).toContainText('正在这里');
    await expect(secretary.getByText('正在一起修改：')).toBeVisible();
    // Both type into one title at the same time: neither loses a letter.
    await titleOf(chair, 1).press('Home');
    await Promise.all([
      titleOf(chair, 1).pressSequentially('主持人', { delay: 15 }),
      (async () => {
        await titleOf(secretary, 1).press('End');
        await titleOf(secretary, 1).pressSequentially('和法定人数', { delay: 15 });
      })(),
    ]);
    for (const page of [secretary, chair]) {
      await expect(titleOf(page, 1)).toHaveValue('主持人宣布到会人数和法定人数');
      await saved(page);
    }
    await look(secretary, 'meeting-draft-together');
  });

  await test.step('items are added, filled in, moved by keyboard and by hand, removed and brought back', async () => {
    await addItem(secretary, '“暖心餐桌”项目资助');
    // Each adds to what is there: items that cross on the way would be counted twice.
    await expect.poll(() => titles(chair)).toHaveLength(2);
    await addItem(chair, '其他事项');
    await expect.poll(() => titles(secretary)).toHaveLength(3);
    await addItem(secretary, '东里片区停车情况通报');
    await expect.poll(() => titles(chair)).toHaveLength(4);
    for (const page of [secretary, chair]) await saved(page);

    const money = itemBox(secretary, 2);
    const parking = itemBox(secretary, 4);
    await parking.getByText('更多：说明、表决内容、附件').click();
    await parking.getByLabel('付表决的内容').fill('同意把东侧绿地改成停车位');
    await parking.getByLabel('是否属业主共同决定').selectOption({ label: '须业主大会决定' });
    await parking.getByText('更多：说明、表决内容、附件').click();
    await money.getByLabel('类别').selectOption({ label: '议决' });
    await money.getByLabel('陈述人').fill('顾老师');
    await money.getByLabel('用时（分钟）').fill('20');
    await money.getByText('更多：说明、表决内容、附件').click();
    await money.getByLabel('说明', { exact: true }).fill('自愿报名，每周两次。');
    await money.getByLabel('付表决的内容').fill('同意资助“暖心餐桌”');
    await money.getByLabel('金额（元）').fill('48000');
    await money.getByLabel('金额（元）').press('Tab');
    await money.getByLabel('职责清单').selectOption({ label: '清单内' });
    await money.getByLabel('添加附件').setInputFiles({
      name: '实施方案.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n% a plan\n'),
    });
    await expect(money.getByRole('link', { name: '实施方案.pdf' })).toBeVisible();
    await saved(secretary);
    await expectAccessible(secretary);
    await look(secretary, 'meeting-draft-item');
    // The other page has it all without asking.
    const seen = itemBox(chair, 2);
    await seen.getByText('更多：说明、表决内容、附件').click();
    await expect(seen.getByLabel('陈述人')).toHaveValue('顾老师');
    await expect(seen.getByLabel('用时（分钟）')).toHaveValue('20');
    await expect(seen.getByLabel('金额（元）')).toHaveValue('48000');
    await expect(seen.getByRole('link', { name: '实施方案.pdf' })).toBeVisible();

    // By keyboard: the handle takes arrows, and keeps the focus where it went.
    await chair.getByRole('button', { name: '拖动第 4 项；用键盘请按上、下箭头' }).press('ArrowUp');
    await expect(chair.locator('[data-live-region=polite]').first()).toContainText('移到第 3 项，共 4 项');
    await expect(chair.getByRole('button', { name: '拖动第 3 项；用键盘请按上、下箭头' })).toBeFocused();
    const moved = ['主持人宣布到会人数和法定人数', '“暖心餐桌”项目资助', '东里片区停车情况通报', '其他事项'];
    for (const page of [secretary, chair]) await expect.poll(() => titles(page)).toEqual(moved);

    // By hand: the third item's handle is drawn above the second.
    const handle = secretary.getByRole('button', { name: '拖动第 3 项；用键盘请按上、下箭头' });
    const target = itemBox(secretary, 2);
    await handle.scrollIntoViewIfNeeded();
    const from = await handle.boundingBox();
    const to = await target.boundingBox();
    if (!from || !to) throw new Error('nothing to drag');
    await secretary.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await secretary.mouse.down();
    await secretary.mouse.move(from.x + from.width / 2, to.y + 30, { steps: 8 });
    await expect(secretary.locator('[data-drop]')).toHaveCount(1);
    await secretary.mouse.up();
    const dragged = ['主持人宣布到会人数和法定人数', '东里片区停车情况通报', '“暖心餐桌”项目资助', '其他事项'];
    for (const page of [secretary, chair]) await expect.poll(() => titles(page)).toEqual(dragged);

    // With a finger: down with it, and up again. The page does not scroll away under it.
    const phone = await device();
    await signIn(phone, 'secretary', `/meetings/${meetingId}`);
    await awake(phone);
    await expect.poll(() => titles(phone)).toEqual(dragged);
    await dragByTouch(phone, 2, 3);
    for (const page of [phone, secretary, chair]) await expect.poll(() => titles(page)).toEqual(moved);
    await saved(phone);
    await dragByTouch(phone, 3, 2);
    for (const page of [phone, secretary, chair]) await expect.poll(() => titles(page)).toEqual(dragged);
    await saved(phone);
    await phone.context().close();

    // Removed, and brought back with everything in it; one's undo takes back one's own.
    await itemBox(secretary, 3).getByRole('button', { name: '删除第 3 项' }).click();
    await expect.poll(() => titles(chair)).toHaveLength(3);
    await expect(secretary.getByRole('button', { name: '撤销我的修改' })).toBeFocused();
    await secretary.keyboard.press('Enter');
    for (const page of [secretary, chair]) await expect.poll(() => titles(page)).toEqual(dragged);
    await expect(itemBox(chair, 3).getByLabel('陈述人')).toHaveValue('顾老师');
    for (const page of [secretary, chair]) await saved(page);
  });

  await test.step('what is typed without a network is kept, said to be unsaved, and arrives later', async () => {
    await network.lose();
    await titleOf(chair, 4).fill('其他事项和下次会议时间');
    await expect(saveState(chair)).toHaveAttribute('data-save-state', 'unsaved');
    await expect(chair.getByText('未保存：没有网络').first()).toBeVisible();
    await expectAccessible(chair);
    await look(chair, 'meeting-draft-offline', ['phone', 'laptop']);
    await itemBox(secretary, 4).getByLabel('用时（分钟）').fill('5');
    await itemBox(secretary, 4).getByLabel('用时（分钟）').press('Tab');
    await saved(secretary);
    await expect(titleOf(secretary, 4)).toHaveValue('其他事项');
    network.find();
    await expect(titleOf(secretary, 4)).toHaveValue('其他事项和下次会议时间', { timeout: 40_000 });
    await expect(itemBox(chair, 4).getByLabel('用时（分钟）')).toHaveValue('5');
    await saved(chair);
  });

  await test.step('a notice that is too short is explained and refused without a reason', async () => {
    await secretary.getByRole('link', { name: '去召集会议' }).click();
    await expect(secretary.getByRole('heading', { level: 1 })).toHaveText('选择议事规则');
    await awake(secretary);
    // Each pack is one plain sentence before it is chosen.
    await expect(
      secretary.getByText('全体委员三分之二以上（含本数）到会（25 席中 17 人）才能开会').first(),
    ).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'convene-rules');
    await secretary.getByText('共治协商委员会·资金议决').click();
    await secretary.getByRole('button', { name: '下一步：核对' }).click();
    await expect(secretary.getByRole('heading', { level: 1 })).toHaveText('发出通知前请核对');
    await expect(secretary.getByText('规则要求提前 3 天').first()).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'convene-read-back');
    await secretary.getByRole('button', { name: '发出通知' }).click();
    await expect(refusal(secretary)).toContainText('按规则要提前 3 天通知');
    await expect(secretary).toHaveURL(/convene/);
  });

  await test.step('in time, and read back once more when the agenda has changed meanwhile, it is convened and frozen', async () => {
    await secretary.goto(`/meetings/${meetingId}`);
    await secretary.getByText('修改会议信息').click();
    await secretary.getByLabel('开始时间').fill(inDays(8));
    await secretary.getByRole('button', { name: '保存会议信息' }).click();
    await expect(secretary.getByText('会议信息已保存。')).toBeVisible();
    await secretary.getByRole('link', { name: '去召集会议' }).click();
    await secretary.getByText('共治协商委员会·资金议决').click();
    await secretary.getByRole('button', { name: '下一步：核对' }).click();
    await expect(secretary.getByText('规则要求提前 3 天')).toBeVisible();
    await awake(secretary);

    await itemBox(chair, 4).getByLabel('用时（分钟）').fill('15');
    await itemBox(chair, 4).getByLabel('用时（分钟）').press('Tab');
    await saved(chair);
    await secretary.getByRole('button', { name: '发出通知' }).click();
    await expect(refusal(secretary)).toContainText('刚才有人改了议程');
    await secretary.getByRole('button', { name: '发出通知' }).click();
    await expect(secretary.getByText('通知已发出')).toBeVisible();
    await look(secretary, 'meeting-convened');
    await expectAccessible(secretary);

    await expect(saveState(chair)).toHaveAttribute('data-save-state', 'frozen');
    await expect(titleOf(chair, 1)).not.toBeEditable();
    await expect(chair.getByRole('button', { name: '添加议题' })).toHaveCount(0);
  });

  await test.step('the notice, the poster and the calendar say what was frozen, and print clean', async () => {
    const visitor = await device();
    await visitor.goto(`/m/${meetingId}/notice`);
    await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('会议通知');
    const notice = visitor.getByRole('article');
    for (const text of [
      '共治协商委员会“第 4 次共治协商会”',
      '社区二楼议事厅',
      '“暖心餐桌”项目资助',
      '陈述：顾老师',
      '表决：同意资助“暖心餐桌”',
      '¥48,000',
      '自愿报名，每周两次。',
      '25 席中 17 人',
      '其他事项和下次会议时间',
    ])
      await expect(notice).toContainText(text);
    await expectAccessible(visitor);
    await look(visitor, 'notice');
    const paper = await visitor.getByRole('link', { name: '实施方案.pdf' }).getAttribute('href');
    const sent = await visitor.evaluate(async (address) => (await fetch(address)).text(), paper ?? '');
    expect(sent).toContain('% a plan');

    // The code beside it leads to this meeting's door.
    const joinCode = (await notice.locator('.code').innerText()).replace(/\D/g, '');
    await visitor.goto(`/m/${meetingId}/poster`);
    await expect(visitor.getByRole('img', { name: '参加会议的网址' })).toBeVisible();
    await expect(visitor.getByText(joinCode.replace(/(\d{3})(\d{3})/, '$1 $2'))).toBeVisible();
    await expectAccessible(visitor);
    await look(visitor, 'poster');
    await visitor.goto(`/join?code=${joinCode}`);
    await expect(visitor.getByText('第 4 次共治协商会').first()).toBeVisible();

    const calendar = await visitor.evaluate(async (address) => {
      const answer = await fetch(address);
      return { type: answer.headers.get('content-type'), text: await answer.text() };
    }, `/m/${meetingId}/calendar.ics`);
    expect(calendar.type).toContain('text/calendar');
    const [event, ...others] = eventsOf(calendar.text);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      SUMMARY: '第 4 次共治协商会',
      LOCATION: '社区二楼议事厅',
      UID: `${meetingId}@yishi`,
    });
    expect(event?.['DTSTART;TZID=Asia/Shanghai']).toMatch(/^\d{8}T\d{6}$/);
    expect(event?.['URL;VALUE=URI']).toContain(`/m/${meetingId}/notice`);

    for (const room of [`/m/${meetingId}/notice`, `/m/${meetingId}/poster`]) {
      await visitor.goto(room);
      await visitor.emulateMedia({ media: 'print' });
      for (const part of ['header', 'nav', 'button', 'a[href="/sign-in"]'])
        for (const shown of await visitor.locator(part).all()) await expect(shown).toBeHidden();
      const sheets = await visitor.pdf({ format: 'A4', printBackground: false, preferCSSPageSize: true });
      expect(pagesOf(sheets), `${room} is one sheet`).toBe(1);
      await visitor.emulateMedia({ media: null });
    }
    await secretary.goto(`/meetings/${meetingId}/sign-in-sheet`);
    await expect(secretary.getByText('应到 25 席')).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'sign-in-sheet', ['laptop', 'phone']);
    await secretary.goto(`/meetings/${meetingId}/paper-ballots`);
    await expectAccessible(secretary);
    await look(secretary, 'paper-ballots', ['laptop', 'phone']);
  });

  await test.step('[G2] in session a change of the agenda is a proposal until it is adopted', async () => {
    const [chairDesk, secretaryDesk, helper] = await Promise.all(
      (['chair', 'secretary', 'helper'] as const).map((loginName) => Officer.at(hall, loginName, meetingId)),
    );
    if (!chairDesk || !secretaryDesk || !helper) throw new Error('the officers did not come');
    const desk = { chair: chairDesk, secretary: secretaryDesk, helper };
    await secretaryDesk.act({ type: 'openCheckIn' });
    await seatEverybody(desk);
    await openSession(desk);

    const resident = await device();
    await resident.goto(`/m/${meetingId}`);
    await secretary.goto(`/m/${meetingId}/console`);
    await awake(secretary);
    const agenda = secretary.locator('#agenda');
    await agenda.getByRole('button', { name: '提议增加议题' }).click();
    await agenda.getByLabel('议题').fill('电梯维修通报');
    await agenda.getByRole('button', { name: '提议增加议题' }).last().click();
    for (const page of [secretary, resident])
      await expect(page.getByText('提议增加：电梯维修通报').first()).toBeVisible();
    const listed = () => chairDesk.state.agenda.items.map(({ title }) => title.text);
    expect(listed()).not.toContain('电梯维修通报');

    await chair.goto(`/m/${meetingId}/console`);
    await awake(chair);
    await chair.getByRole('button', { name: '采纳', exact: true }).click();
    for (const page of [secretary, resident]) await expect(page.getByText('提议增加：电梯维修通报')).toHaveCount(0);
    await chairDesk.until(({ agenda: { items } }) => items.some(({ title }) => title.text === '电梯维修通报'));
    await expect(resident.getByRole('heading', { name: '电梯维修通报' })).toBeVisible();

    // [M8] A matter that is the owners' own is not voted here: a letter hands it to them.
    const parking = chairDesk.state.agenda.items.find(({ ownersMatter }) => ownersMatter === 'owners_assembly');
    await chairDesk.act({ type: 'openItem', itemId: parking?.itemId ?? '' });
    await chairDesk.act({ type: 'putItemMotion' });
    await chairDesk.act({ type: 'openDebate' });
    const vote = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: 60_000 } as const;
    await expect(chairDesk.act(vote)).rejects.toThrow('M8 owners-assembly-only');
    await chair.getByLabel('转请的理由').fill('改变共有部分的用途');
    await chair.getByRole('button', { name: '转请业主大会' }).click();
    const letter = '转请业主决定的函：同意把东侧绿地改成停车位';
    for (const page of [chair, secretary, resident])
      await expect(page.getByRole('link', { name: letter })).toBeVisible();
    await expectAccessible(resident);
    await resident.getByRole('link', { name: letter }).click();
    await expect(resident.getByRole('heading', { level: 1 })).toHaveText('关于提请业主共同决定有关事项的函');
    const sheet = resident.getByRole('article');
    for (const text of [
      '业主委员会：',
      '同意把东侧绿地改成停车位',
      '改变共有部分的用途',
      '第二百七十八条',
      '罗伯特规则',
    ])
      await expect(sheet).toContainText(text);
    await expectAccessible(resident);
    await look(resident, 'owners-letter');
    await resident.emulateMedia({ media: 'print' });
    expect(pagesOf(await resident.pdf({ format: 'A4', preferCSSPageSize: true })), 'the letter is one sheet').toBe(1);
    await resident.emulateMedia({ media: null });
    await resident.getByRole('link', { name: '物业管理委员会' }).click();
    await expect(sheet).toContainText('物业管理委员会：');
    await expect(sheet).not.toContainText('业主委员会：');
    // No other motion has one.
    await resident.goto(`/m/${meetingId}/referral/0`);
    await expect(resident.getByText('没有找到').first()).toBeVisible();
    [chairDesk, secretaryDesk, helper].forEach((officer) => officer.leave());
  });
});
