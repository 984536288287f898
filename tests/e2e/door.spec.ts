// The way into a meeting for those without account or slip: six digits, one's name in the list, and a person at the desk who looks.
// The console's way of letting in is in session.spec.ts.
import { test } from './council.ts';
import { awake, expect, expectAccessible, signIn } from './fixtures.ts';
import type { Page } from '@playwright/test';

test('[A2] somebody picks their name, waits, and a helper lets them in; a stranger is sent back with a word', async ({
  device,
  council,
}) => {
  const helper = await device();
  await signIn(helper, 'helper', `${council.room}?show=desk`);
  await awake(helper);
  const seatId = council.chair.seatNamed('徐女士');
  await council.secretary.act({ type: 'recordDeparture', seatId });

  const asks = async (): Promise<Page> => {
    const phone = await device();
    await phone.goto('/join');
    await phone.getByLabel('会议号').fill(council.joinCode);
    await phone.getByRole('button', { name: '进入', exact: true }).click();
    await expectAccessible(phone);
    await phone.getByText('从名单中找到自己').click();
    const form = phone.locator('form', { has: phone.getByRole('button', { name: '请求入席' }) });
    await form.getByLabel('姓名').selectOption(seatId);
    await form.getByText('远程', { exact: true }).click();
    await form.getByRole('button', { name: '请求入席' }).click();
    await expect(phone.getByText('请等工作人员让您入席')).toBeVisible();
    await expectAccessible(phone);
    return phone;
  };

  const stranger = await asks();
  await awake(stranger);
  await helper.getByRole('button', { name: '不是本人' }).click();
  await expect(stranger.getByText('没有让您入席')).toBeVisible();
  await expectAccessible(stranger);

  const member = await asks();
  await helper.getByRole('button', { name: '让其入席' }).click();
  await expect(member.locator('[data-live-region="assertive"]').first()).toContainText('您已签到');
  await expect(member.getByText(/应到 25 · 实到 \d+/)).toBeVisible();
  await expect(member.getByText('请等工作人员让您入席')).toHaveCount(0);
});
