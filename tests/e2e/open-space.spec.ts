// An open space with ten real pages: two facilitators at the wall, the big screen, five phones, a helper's and a public page, from coming in to the
// booklet. The demo community's own open space, as its people would hold it.
import type { Page } from '@playwright/test';
import { awake, expect, expectAccessible, expectWithinScreen, look, signIn, test, type Hall } from './fixtures.ts';

test.setTimeout(240_000);

/** The demo's open space by its place in the list of meetings: its public page. */
async function openSpaceAt(page: Page, hall: Hall): Promise<string> {
  await page.goto(`${hall.url}/`);
  const notice = page.locator('h3', { hasText: '开放空间议事会' }).locator('xpath=following::a[1]');
  return ((await notice.getAttribute('href')) ?? '').replace('/notice', '');
}

async function comeIn(page: Page, base: string, name: string): Promise<void> {
  await page.goto(`${base}/room`);
  await page.getByLabel('怎么称呼您').fill(name);
  await page.getByRole('button', { name: '入场', exact: true }).click();
  await expect(page.locator('#content').getByText(`您是“${name}”`)).toBeVisible();
  await awake(page);
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

test('an open space from the wall of topics to the booklet, on ten pages', async ({ ownHall, device, complaints }) => {
  const phones = await Promise.all(Array.from({ length: 5 }, () => device({}, ownHall)));
  const [one, two, three, four, five] = phones as [Page, Page, Page, Page, Page];
  const [desk, other, screen, helper, visitor] = await Promise.all([
    device({ screen: 'laptop' }, ownHall),
    device({ screen: 'laptop' }, ownHall),
    device({ screen: 'projector' }, ownHall),
    device({}, ownHall),
    device({}, ownHall),
  ]);
  const base = await openSpaceAt(visitor, ownHall);
  await signIn(desk, 'secretary', `${base}/console`);
  await signIn(other, 'chair', `${base}/console`);
  await signIn(helper, 'helper', `${base}/room`);
  const onTheWall = async (name: string) => {
    await expectWithinScreen(screen);
    await look(screen, name, ['projector']);
  };
  await screen.goto(`${base}/screen`);
  await Promise.all([desk, other, helper, screen].map(awake));
  await press(desk, '开始签到');
  await expect(desk.locator('#content').getByText('签到中').first()).toBeVisible();

  await Promise.all(phones.map((page, index) => comeIn(page, base, `居民${index + 1}`)));
  await helper.locator('#content').getByText('登记一位没有手机的人').click();
  await helper.getByLabel(/^称呼/).fill('戴草帽的阿姨');
  await press(helper, '入场');
  await expect(screen.locator('#content').getByText('在场 6')).toBeVisible();
  await press(other, '开场');
  await expect(screen.locator('#content').getByText('出席的人都是最适当的')).toBeVisible();
  await expect(one.locator('#content').getByText('一条法则')).toBeVisible();
  await onTheWall('open-space-opening');
  await look(one, 'open-space-opening', ['phone']);
  await expectAccessible(one);
  await expectAccessible(screen);

  await test.step('[OS2] [A9] topics from phones, one through the helper', async () => {
    await press(desk, '进入“征集议题”');
    const propose = async (page: Page, title: string) => {
      await page.getByLabel('一句话：您想和大家谈什么？').fill(title);
      await press(page, '提出议题');
      await expect(page.locator('#content').getByText(title, { exact: true }).first()).toBeVisible();
    };
    await propose(one, '独居老人怎么照看');
    await propose(two, '独居老人中午吃什么');
    await propose(three, '飞线充电怎么办');
    await helper.getByLabel('现在代谁操作').selectOption({ label: '戴草帽的阿姨' });
    await press(helper, '切换');
    await expect(helper.locator('#content').getByText('正在代“戴草帽的阿姨”操作')).toBeVisible();
    await propose(helper, '楼道扶手和灯');
    await four.getByRole('button', { name: /我感兴趣 独居老人怎么照看/ }).click();
    await expect(screen.locator('#content').getByText('感兴趣 2')).toBeVisible();
    await look(one, 'open-space-topics', ['phone']);
    await onTheWall('open-space-topics');
    await expectAccessible(one);
  });

  await test.step('[OS3] two topics merge because both conveners say yes on their own phones', async () => {
    await two.getByRole('button', { name: /征询并入“独居老人怎么照看”/ }).click();
    await expect(one.locator('#content').getByText('把“独居老人中午吃什么”并入“独居老人怎么照看”')).toBeVisible();
    await press(one, '同意合并');
    await expect(one.getByRole('heading', { name: '议题（3）' })).toBeVisible();
    await expect(four.locator('#content').getByText('提出人：居民1、居民2')).toBeVisible();
  });

  await test.step('[OS5] the wall by dragging, by keyboard and by two hands; refusals say why', async () => {
    await press(desk, '进入“议题集市”');
    await expect(other.getByRole('heading', { name: /待上墙议题/ })).toBeVisible();
    const card = (page: Page, title: string) => page.getByRole('button', { name: `拿起“${title}”` });
    const cell = (page: Page, row: number, column: number) => page.locator(`[data-at="${row} ${column}"]`);
    const from = (await card(desk, '独居老人怎么照看').boundingBox())!;
    const to = (await cell(desk, 0, 0).boundingBox())!;
    await desk.mouse.move(from.x + 40, from.y + 20);
    await desk.mouse.down();
    await desk.mouse.move(to.x + 60, to.y + 60, { steps: 8 });
    await expect(other.locator('#content').getByText('1 人正在移动卡片')).toBeVisible();
    await desk.mouse.up();
    await expect(cell(other, 0, 0)).toContainText('独居老人怎么照看');
    await expect(cell(screen, 0, 0)).toContainText('独居老人怎么照看');

    await card(other, '飞线充电怎么办').focus();
    await other.keyboard.press('Enter');
    await other.getByRole('button', { name: '放到第 1 轮 二号桌' }).focus();
    await other.keyboard.press('Enter');
    await expect(cell(desk, 0, 1)).toContainText('飞线充电怎么办');
    await press(desk, '帮我安排');
    await expect(desk.locator('#content').getByText('议题都在墙上了。')).toBeVisible();
    await expect(desk.locator('#content').getByText(/人感兴趣，放第/)).toBeVisible();
    await look(desk, 'open-space-wall', ['laptop']);
    await onTheWall('open-space-wall');
    await expectAccessible(desk);
    await expectAccessible(screen);
  });

  await test.step('[OS7] everybody chooses a table and changes it; the helper moves who has no phone', async () => {
    const go = (page: Page, title: string) =>
      page
        .getByRole('button', { name: `去这桌 ${title}` })
        .first()
        .click();
    for (const page of [one, two, four]) await go(page, '独居老人怎么照看');
    for (const page of [three, five, helper]) await go(page, '飞线充电怎么办');
    await look(four, 'open-space-market', ['phone']);
    await press(desk, '进入“分组讨论”');
    await press(desk, '开始第 1 轮');
    await expect(screen.locator('#content').getByText('分组讨论')).toBeVisible();
    await go(five, '独居老人怎么照看');
    await expect(screen.locator('[data-at="0 0"]')).toContainText('4 人');
  });

  await test.step('[OS13] a table writes together, one of them without a network', async () => {
    const notes = (page: Page, part: string) => page.locator(`textarea[data-part=${part}]`);
    for (const page of [one, two]) await expect(page.locator('#content').getByText('已保存')).toBeVisible();
    await two.context().setOffline(true);
    await notes(two, 'conclusion').fill('每周探访两次。');
    await notes(one, 'points').fill('43 户独居，先摸底。');
    await expect(two.locator('#content').getByText(/未保存/)).toBeVisible({ timeout: 60_000 });
    await look(two, 'open-space-notes', ['phone']);
    await two.context().setOffline(false);
    await expect(notes(one, 'conclusion')).toHaveValue('每周探访两次。', { timeout: 60_000 });
    await expect(two.locator('#content').getByText('已保存')).toBeVisible();
    // The dead network was asked for.
    const others = complaints.filter((each) => !each.includes('ERR_INTERNET_DISCONNECTED'));
    complaints.splice(0, complaints.length, ...others);
    await press(one, '我来记录');
    await expect(two.locator('#content').getByText('记录：居民1')).toBeVisible();
    await press(desk, '结束第 1 轮');
    await press(desk, '进入“小组汇报”');
    await press(desk, /请这桌汇报 独居老人怎么照看/);
    await expect(screen.locator('#content').getByText('正在汇报：独居老人怎么照看')).toBeVisible();
    await expect(screen.locator('#content').getByText('43 户独居，先摸底。')).toBeVisible();
    await onTheWall('open-space-reports');
    await expectAccessible(three);
  });

  await test.step('[OS9] [OS10] dots from phones, through the helper, and counted in the open', async () => {
    await press(desk, '进入“贴点投票”');
    await press(desk, '开始贴点');
    const dot = async (page: Page, title: string, times = 1) => {
      for (let time = 0; time < times; time += 1)
        await page.getByRole('button', { name: `给“${title}”加一点` }).click();
    };
    for (const page of [...phones, helper]) {
      await dot(page, '独居老人怎么照看', 2);
      await dot(page, '飞线充电怎么办');
      await expect(page.locator('#content').getByText('还有 0 个点')).toBeVisible();
      if (page === one) await look(one, 'open-space-dots', ['phone']);
      await press(page, '交上点数');
      await expect(page.locator('#content').getByText('点数已交').first()).toBeVisible();
    }
    await expect(screen.locator('#content').getByText('已交 6 / 6 人')).toBeVisible();
    await expectAccessible(one);
    await press(desk, '收票计数');
    await expect(
      screen.locator('#content').getByText('6 人 × 3 点 = 18 点；贴出 18，没贴 0。', { exact: false }),
    ).toBeVisible();
    await onTheWall('open-space-result');
  });

  await test.step('[OS11] [OS12] what people take on, and one word', async () => {
    await press(desk, '进入“行动认领”');
    await one.locator('#content').getByText('认领', { exact: true }).first().click();
    await one.getByLabel('谁来做').first().fill('银龄守护队');
    await one.getByLabel('第一步做什么').first().fill('摸排独居老人并建档');
    await one.getByLabel('什么时候完成').first().fill('2026-12-31');
    await one
      .getByRole('button', { name: /^认领 / })
      .first()
      .click();
    await expect(
      screen.locator('#content').getByText('银龄守护队：摸排独居老人并建档', { exact: false }),
    ).toBeVisible();
    await expect(screen.locator('#content').getByText('还没有人认领').first()).toBeVisible();
    await look(one, 'open-space-commitments', ['phone']);
    await onTheWall('open-space-commitments');
    await press(desk, '进入“收圈”');
    await five.getByRole('textbox', { name: '一个词' }).fill('踏实');
    await press(five, '说出来');
    await expect(screen.locator('#content').getByText('踏实')).toBeVisible();
  });

  await test.step('[OS14] the booklet and what becomes of the topics', async () => {
    await other.locator('#content').getByText('闭会', { exact: true }).first().click();
    await press(other, '闭会');
    await expect(five.getByRole('link', { name: '全记录' })).toBeVisible();
    await five.getByRole('link', { name: '全记录' }).click();
    await expect(five.locator('#content').getByText('43 户独居，先摸底。')).toBeVisible();
    await look(five, 'open-space-booklet', ['phone']);
    for (const file of ['booklet.pdf', 'booklet.docx'])
      expect((await five.request.get(`${ownHall.localUrl}${base}/booklet/${file}`)).status(), file).toBe(200);
    await desk.goto(`${base}/onward`);
    await desk.locator('#content').getByText('并入已有需求').first().click();
    await desk
      .getByLabel(/^哪几条需求/)
      .first()
      .fill('N01 N02');
    await press(desk, '并入已有需求');
    await expect(desk.locator('#content').getByText('N01', { exact: true })).toBeVisible();
    await two.goto(`${base}/onward`);
    await expect(two.locator('#content').getByText('N02', { exact: true })).toBeVisible();
    await expectAccessible(two);
    await visitor.goto(`${base}/replay`);
    await expect(visitor.locator('#content').getByText('独居老人怎么照看').first()).toBeVisible();
    await expectAccessible(visitor);
  });
});
