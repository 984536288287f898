// A vote on people's own devices: by keyboard alone and heard, through a lost network, without scripts, on an old phone, written down by a
// helper, and a paper confirmed by the monitor.
import { announce, closeVote, lastPoll, nextMotion, openVote, test } from './council.ts';
import { networkOf } from './network.ts';
import { awake, expect, expectAccessible, look, signIn } from './fixtures.ts';
import type { Page } from '@playwright/test';

const member = '顾老师';

test.beforeEach(({ council }) => nextMotion(council));

const heard = (page: Page, urgency: 'polite' | 'assertive') => page.locator(`[data-live-region="${urgency}"]`).first();

/** What stands on the page, as against what was said into a live region. */
const shown = (page: Page, text: string) => page.locator('#content').getByText(text, { exact: true });

/** Presses Tab until the focus is on something that says `name`; a keyboard's user does no more. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const part = document.activeElement as HTMLElement | null;
      const label = part instanceof HTMLInputElement ? (part.closest('label')?.textContent ?? '') : '';
      return `${part?.textContent ?? ''} ${label} ${part?.getAttribute('aria-label') ?? ''}`;
    });
    if (here.includes(name)) return;
  }
  throw new Error(`Tab never reached “${name}”`);
}

test('[V2] a whole vote is done by keyboard alone, and every change of it is heard', async ({ device, council }) => {
  const page = await device({ screen: 'laptop' });
  await signIn(page, 'member', council.room);
  await awake(page);
  await expectAccessible(page);

  await openVote(council);
  await expect(heard(page, 'assertive')).toContainText('表决开始，请您投票');
  await expect(heard(page, 'assertive')).toContainText('赞成、反对、弃权');
  await expect(heard(page, 'assertive')).toContainText('记名');
  await expectAccessible(page);

  await tabTo(page, '赞成');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '反对' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(shown(page, '您选择：反对')).toBeVisible();
  await expectAccessible(page);
  await tabTo(page, '确认投票');
  await page.keyboard.press('Enter');
  await expect(heard(page, 'assertive')).toContainText('已投票：反对');
  await expectAccessible(page);

  // Changed before the close: the last one counts.
  await tabTo(page, '修改选择');
  await page.keyboard.press('Enter');
  await tabTo(page, '反对');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await tabTo(page, '确认投票');
  await page.keyboard.press('Enter');
  await expect(heard(page, 'assertive')).toContainText('已投票：赞成');

  await closeVote(council);
  await expect(heard(page, 'assertive')).toContainText('表决已结束，等待宣布结果');
  await expect(page.getByText('赞成 1 票')).toHaveCount(0);
  await announce(council);
  await expect(heard(page, 'polite')).toContainText('表决结果：赞成 1 票、反对 0 票、弃权 0 票');
  await expect(page.getByText(member)).toBeVisible();
  await expectAccessible(page);
  await tabTo(page, '回到会场');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: '举手发言' })).toBeVisible();
});

test('a phone that loses the network in the middle of a vote says 已记录，待上传 and sends the ballot once', async ({
  device,
  council,
}) => {
  const page = await device();
  const network = await networkOf(page);
  await signIn(page, 'member', council.room);
  await awake(page);
  await openVote(council);
  await page.getByText('赞成', { exact: true }).click();
  await page.getByRole('button', { name: '下一步：核对' }).click();

  await network.lose();
  await expect(page.getByText('网络断了').first()).toBeVisible();
  await page.getByRole('button', { name: '确认投票' }).click();
  await expect(shown(page, '已记录，待上传：赞成')).toBeVisible();
  await expect(heard(page, 'assertive')).toContainText('已记录，待上传：赞成');
  await expectAccessible(page);
  await look(page, 'vote-offline', ['phone']);
  const casts = () => network.sent.filter((name) => name === 'ballot:cast');
  expect(casts()).toEqual([]);

  network.find();
  await expect(shown(page, '已投票：赞成')).toBeVisible({ timeout: 20_000 });
  expect(casts()).toEqual(['ballot:cast']);
  await closeVote(council);
  await announce(council);
  const { result } = lastPoll(council);
  expect(result?.counts).toEqual({ for: 1, against: 0, abstain: 0 });
  expect(result?.channels.phone).toBe(1);
});

test('[V3] a ballot that could not be sent before the close is not shown as counted', async ({ device, council }) => {
  const page = await device();
  const network = await networkOf(page);
  await signIn(page, 'member', council.room);
  await awake(page);
  await openVote(council);
  await page.getByText('弃权', { exact: true }).click();
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await network.lose();
  await expect(page.getByText('网络断了').first()).toBeVisible();
  await page.getByRole('button', { name: '确认投票' }).click();
  await expect(shown(page, '已记录，待上传：弃权')).toBeVisible();
  await closeVote(council);
  network.find();
  await expect(page.getByText('您的选择可能没有计入')).toBeVisible({ timeout: 20_000 });
});

test('without scripts a vote is three forms: choose, confirm, recorded', async ({ device, council }) => {
  const page = await device({ options: { javaScriptEnabled: false } });
  await signIn(page, 'member', council.room);
  await openVote(council);
  await page.goto(council.room);
  await page.getByRole('radio', { name: '弃权' }).check({ force: true });
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await expect(shown(page, '您选择：弃权')).toBeVisible();
  expect(page.url()).not.toContain('abstain');
  await page.getByRole('button', { name: '确认投票' }).click();
  await expect(shown(page, '已投票：弃权')).toBeVisible();
  await closeVote(council);
  await announce(council);
  expect(lastPoll(council).result?.counts).toEqual({ for: 0, against: 0, abstain: 1 });
});

test('an older phone votes', async ({ device, council }) => {
  const page = await device({ older: true });
  await signIn(page, 'member', council.room);
  await awake(page);
  await openVote(council);
  await page.getByText('赞成', { exact: true }).click();
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await page.getByRole('button', { name: '确认投票' }).click();
  await expect(shown(page, '已投票：赞成')).toBeVisible();
});

test('[V9] [A2] a helper writes down a ballot, a paper waits for the monitor, and all count once', async ({
  device,
  council,
}) => {
  await openVote(council);

  const helper = await device();
  await signIn(helper, 'helper', council.room);
  await awake(helper);
  await helper.getByRole('button', { name: /蒋阿姨/ }).click();
  await expect(helper.getByText('蒋阿姨 的选票')).toBeVisible();
  await expectAccessible(helper);
  await helper.getByText('反对', { exact: true }).click();
  await helper.getByRole('button', { name: '下一步：核对' }).click();
  await expect(shown(helper, '蒋阿姨 选择：反对')).toBeVisible();
  await helper.getByRole('button', { name: '确认代录' }).click();
  await expect(shown(helper, '已代录：蒋阿姨，反对')).toBeVisible();
  await expectAccessible(helper);

  const seatIds = [council.secretary.seatNamed('周师傅')];
  expect(await council.secretary.enterSheet({ kind: 'paper', seatIds, content: { choice: 'for' } })).toEqual({
    ok: true,
  });
  const monitor = await device();
  await signIn(monitor, 'monitor', council.room);
  await awake(monitor);
  await expect(monitor.getByText('请核对一张纸质票')).toBeVisible();
  await expectAccessible(monitor);
  await look(monitor, 'sheet-to-check', ['phone']);
  await monitor.getByRole('button', { name: '一致，确认' }).click();
  await expect(monitor.getByText('请核对一张纸质票')).toHaveCount(0);

  await closeVote(council);
  await announce(council);
  const { result } = lastPoll(council);
  expect(result?.counts).toEqual({ for: 1, against: 1, abstain: 0 });
  expect(result?.channels).toEqual({ phone: 0, assisted: 1, paper: 1, hand_count: 0 });
});

test('[R2] a recused member reads why there is no ballot, and hears the result', async ({ device, council }) => {
  // [J6] Whoever is tied to the project is recused already: the chair lifts that, so that the member declares it by hand.
  const { motions } = council.chair.state;
  const motionId = motions.currentId ?? '';
  for (const seatId of Object.keys(motions.byId[motionId]?.recusals ?? {}))
    await council.chair.act({ type: 'liftRecusal', motionId, seatId });
  const page = await device();
  await signIn(page, 'member', council.room);
  await awake(page);
  await page.getByRole('button', { name: '声明回避' }).click();
  await page.getByLabel('回避的原因').fill('本人是承接组织的理事');
  await page.getByRole('button', { name: '确认回避' }).click();
  await expect(heard(page, 'assertive')).toContainText('您已在本项回避');
  await expect(page.getByText('顾老师 回避：本人是承接组织的理事')).toBeVisible();
  await openVote(council);
  await expect(page.getByText('本项您已回避')).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(0);
  await expectAccessible(page);
});

test('a session that ended says so, and the ballot waits on the phone until one has signed in again', async ({
  device,
  council,
}) => {
  const page = await device();
  await signIn(page, 'member', council.room);
  await awake(page);
  await openVote(council);
  await page.getByText('反对', { exact: true }).click();
  await page.getByRole('button', { name: '下一步：核对' }).click();

  // Signed out behind the page's back, as by the office or by time.
  const other = await page.context().newPage();
  await other.goto('/sign-out');
  await other.getByRole('button', { name: '退出登录' }).click();
  await expect(other.getByRole('link', { name: '登录' }).first()).toBeVisible();
  await other.close();

  await page.getByRole('button', { name: '确认投票' }).click();
  await expect(shown(page, '已记录，待上传：反对')).toBeVisible();
  await expect(page.locator('.banner')).toContainText('重新登录后自动上传');
  await expect(heard(page, 'assertive')).toContainText('登录已经过期');
  await expectAccessible(page);

  await page.getByRole('link', { name: '重新登录' }).click();
  await page.locator('input[name=loginName]').fill('member');
  await page.locator('input[name=password]').fill('member-yunjinli');
  await page.locator('input[name=password]').press('Enter');
  await expect(shown(page, '已投票：反对')).toBeVisible();
  await closeVote(council);
  await announce(council);
  expect(lastPoll(council).result?.counts).toEqual({ for: 0, against: 1, abstain: 0 });
});
