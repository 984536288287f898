// A project's plan written by two people at once, submitted, and read by everybody only when its time has come.
import { awake, expect, expectAccessible, look, signIn, test } from './fixtures.ts';

test('[J3] [J4] [J12] two people write one plan, the sum follows, and nobody else opens it', async ({ device }) => {
  const secretary = await device({ screen: 'laptop' });
  await signIn(secretary, 'secretary', '/projects');
  await awake(secretary);
  await expectAccessible(secretary);
  await secretary.getByText('新立一个项目').click();
  await secretary.getByLabel('项目名称').fill('路灯补盲');
  await secretary.getByLabel('承接组织').fill('平安巡逻队');
  await secretary.getByLabel('理由').fill('居民多次反映');
  await secretary.getByRole('button', { name: '立项' }).click();
  await expect(secretary.getByRole('heading', { level: 1, name: '路灯补盲' })).toBeVisible();
  await expectAccessible(secretary);
  const desk = new URL(secretary.url()).pathname;
  await secretary.getByLabel('添加编写人').selectOption({ label: await optionOf(secretary, '顾老师') });
  await secretary.getByRole('button', { name: '添加编写人' }).click();
  await expect(secretary.getByRole('button', { name: '移除 顾老师' })).toBeVisible();

  const writer = await device({ screen: 'laptop' });
  await signIn(writer, 'member', `${desk}/plan`);
  await secretary.goto(`${desk}/plan`);
  for (const page of [writer, secretary]) {
    await awake(page);
    await expect(page.locator('[data-save-state=saved]')).toBeVisible();
  }
  await writer.getByRole('textbox', { name: '项目需求' }).fill('东里夜间照明不足');
  await expect(secretary.getByRole('textbox', { name: '项目需求' })).toHaveValue('东里夜间照明不足');
  await secretary.getByRole('button', { name: '添加目标' }).click();
  await secretary.keyboard.type('新增路灯12盏');
  await writer.getByRole('button', { name: '添加预算行' }).click();
  await writer.keyboard.type('路灯');
  await writer.getByLabel('金额').fill('12000.50');
  await writer.getByLabel('测算依据').fill('12盏');
  await secretary.getByRole('button', { name: '添加阶段' }).click();
  await secretary.keyboard.type('安装');
  await secretary.getByLabel('开始').fill('2026-06-01');
  await secretary.getByLabel('结束').fill('2026-06-30');
  await expect(secretary.locator('[data-sum]')).toContainText('¥12,000.50');
  await expect(writer.getByLabel('目标 1')).toHaveValue('新增路灯12盏');
  for (const page of [writer, secretary]) await expect(page.locator('[data-save-state=saved]')).toBeVisible();
  await expectAccessible(writer);
  await look(writer, 'plan-together', ['laptop']);

  await writer.getByLabel('这一版改了什么').fill('初稿');
  await writer.getByRole('button', { name: '提交这一版' }).click();
  await expect(writer.getByText('已提交第 1 版。')).toBeVisible();
  await secretary.reload();
  await expect(secretary.getByText(/^第 1 版 · ¥12,000.50/)).toBeVisible();

  // Neither a helper nor somebody without a name here reads the draft.
  const helper = await device();
  await signIn(helper, 'helper', '/');
  expect((await helper.goto(`${desk}/plan`))?.status()).toBe(403);
  const nobody = await device();
  await nobody.goto(`${desk}/plan`);
  await expect(nobody).toHaveURL(/\/sign-in/);
  await nobody.goto('/');
  await nobody.getByRole('link', { name: /提需求、看进展/ }).click();
  await nobody.getByRole('link', { name: '服务项目', exact: true }).click();
  await expect(nobody.getByRole('link', { name: '银龄守护·独居老人探访与助餐', exact: true })).toBeVisible();
  await expect(nobody.getByText('路灯补盲')).toHaveCount(0);
  await nobody.getByRole('link', { name: '银龄守护·独居老人探访与助餐', exact: true }).click();
  await expect(nobody.getByRole('heading', { name: '项目预算' })).toBeVisible();
  await awake(nobody);
  await expectAccessible(nobody);
});

const optionOf = async (page: import('@playwright/test').Page, name: string): Promise<string> =>
  (await page.getByLabel('添加编写人').locator('option').allInnerTexts()).find((text) => text.startsWith(name)) ?? name;
