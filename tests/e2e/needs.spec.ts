// A resident's need from a phone without an account to its answer, and paper forms typed in by keyboard alone.
import { awake, expect, expectAccessible, look, signIn, test } from './fixtures.ts';

test('[N1] [N7] a need brought on an old phone is supported, answered at the desk, and its link tells so', async ({
  device,
}) => {
  const author = await device({ older: true });
  await author.goto('/');
  await author.getByRole('link', { name: /提需求、看进展/ }).click();
  await author.getByRole('link', { name: '我要提需求' }).click();
  await awake(author);
  await expectAccessible(author);
  const title = '七幢门口的路灯不亮，晚上怕摔跤';
  await author.getByLabel('您需要什么？用一句话说').fill(title);
  await author.getByText('环境与安全', { exact: true }).click();
  await author.getByLabel('怎么称呼您').fill('孙大妈');
  await author.getByLabel('联系电话').fill('10000009999');
  await look(author, 'need-form', ['phone']);
  await author.getByRole('button', { name: '提交需求' }).click();
  await expect(author.getByText('已收到，等待查看')).toBeVisible();
  await expectAccessible(author);
  const link = new URL(author.url()).pathname;
  const code = (await author.getByText(/^编号 N/).innerText()).match(/N\d+/)?.[0] ?? '';

  // Nobody else sees it yet, nor ever who brought it.
  const neighbour = await device();
  const needs = link.replace(/need\/.*$/, 'needs');
  await neighbour.goto(needs);
  await expect(neighbour.getByText(title)).toHaveCount(0);

  const desk = await device({ screen: 'laptop' });
  await signIn(desk, 'secretary', '/needs');
  await awake(desk);
  const card = desk.locator(`[data-need=${code}]`);
  await expect(card).toContainText('孙大妈');
  await card.getByRole('button', { name: /看过了，公开/ }).click();
  await expect(card).toContainText('征求附和');
  await expectAccessible(desk);

  await neighbour.reload();
  await awake(neighbour);
  await neighbour.getByRole('button', { name: `我也需要: ${title}` }).click();
  await expect(neighbour.getByRole('button', { name: `已附和，点一下收回: ${title}` })).toBeVisible();
  await expect(neighbour.locator('body')).not.toContainText('孙大妈');

  await desk.goto('/needs?pile=open');
  await awake(desk);
  await card.getByText(`办理 ${code}`).click();
  await card.getByLabel('去向').selectOption({ label: '由居委会办理' });
  await card.getByLabel('答复提出人').fill('已请物业本周更换灯具');
  await card.getByRole('button', { name: '定去向' }).click();

  // The card names every way a need may go, so only the author's page says that it was taken.
  await expect(async () => {
    await author.goto(link);
    await expect(author.getByText('由居委会办理')).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(author.getByText('已请物业本周更换灯具').first()).toBeVisible();
  await expect(author.getByText('1 人需要')).toBeVisible();
  await look(author, 'need-own', ['phone']);
});

test('paper forms are typed in one after the other without a mouse', async ({ device }) => {
  const desk = await device({ screen: 'laptop' });
  await signIn(desk, 'helper', '/needs/paper');
  await awake(desk);
  await desk.getByLabel('类别（序号或名称）').focus();
  for (const [kind, what] of [
    ['3', '垃圾桶太少'],
    ['为老', '想有人陪着散步'],
  ] as const) {
    await desk.keyboard.type(kind);
    await desk.keyboard.press('Tab');
    await desk.keyboard.type(what);
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('listitem').filter({ hasText: `已保存：${what}` })).toBeVisible();
    await expect(desk.getByLabel('类别（序号或名称）')).toBeFocused();
    await expect(desk.getByLabel('类别（序号或名称）')).toHaveValue('');
  }
  await expect(desk.getByText('已录入 2 张，发放 100 张')).toBeVisible();
  await desk.keyboard.type('99');
  await desk.keyboard.press('Tab');
  await desk.keyboard.type('没有这一类');
  await desk.keyboard.press('Enter');
  await expect(desk.getByText('请在列出的类别里选一个。')).toBeVisible();
  await expectAccessible(desk);
});
