// One funding ballot in real browsers: prepared on a form, voted on two phones and a resident's slip, closed, counted and announced from the console, shown in
// the hall, and counted again in a visitor's own browser.
import { approvals, eightProjects } from '#tests/support/allocation-session.ts';
import { lastPoll, test } from './council.ts';
import { awake, expect, expectAccessible, look, signIn } from './fixtures.ts';

const tap = (name: string) => ({ name: new RegExp(name) });

test('[D5] a funding ballot from the form to the recount in the visitor’s browser', async ({ device, council }) => {
  const { meetingId, chair, secretary, helper } = council;

  const desk = await device({ screen: 'laptop' });
  await signIn(desk, 'secretary', `/meetings/${meetingId}/allocation`);
  await awake(desk);
  await expectAccessible(desk);
  await desk.getByLabel('表决名称').fill('2026 年服务项目');
  await desk.getByLabel('资金总额（元）').fill('0');
  await desk.getByRole('button', { name: '保存并公布' }).click();
  await expect(desk.getByText('请', { exact: false }).first()).toBeVisible();
  await look(desk, 'allocation-prepare');
  // The whole call is the one every other test has, so that its figures are known.
  const names = Object.values(secretary.state.seats);
  const memberOf = (ref: string) => names[Number(ref.slice(1)) - 1]?.seatId ?? '';
  const asked = eightProjects(memberOf, { voters: 'both' });
  await secretary.act({ type: 'putCall', callId: null, call: asked });
  await desk.reload();
  await expect(desk.getByText('已公布，还没有开始投票')).toBeVisible();
  await desk.getByLabel('打印几张').fill('3');
  await desk.getByRole('button', { name: '生成并打印' }).click();
  const code = ((await desk.locator('.code').first().textContent()) ?? '').replace(/\s/g, '');

  const phones = await Promise.all([device(), device()]);
  await signIn(phones[0], 'member', council.room);
  await signIn(phones[1], 'chair', council.room);
  for (const phone of phones) await awake(phone);
  const callId = secretary.state.allocations.order[secretary.state.allocations.order.length - 1] ?? '';
  const projector = await device({ screen: 'projector' });
  await projector.goto(`/m/${meetingId}/screen`);
  await chair.act({ type: 'openPoll', subject: { kind: 'allocation', callId }, secrecy: null, plannedMs: 300_000 });
  await expect(projector.getByText('计票办法', { exact: false }).first()).toBeVisible();
  await look(projector, 'allocation-open', ['projector']);

  for (const phone of phones) {
    await expect(phone.getByRole('heading', { name: '2026 年社区服务项目资金表决' })).toBeVisible();
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '下一步：核对' }).click();
    await expect(phone.getByText('还没有选项目', { exact: false }).first()).toBeVisible();
    await phone.getByRole('checkbox', tap('银龄守护')).check();
    await phone.getByRole('checkbox', tap('青苗课堂')).check();
    await expect(phone.locator('[data-sum]')).toHaveText('已选 2 个，共 ¥148,000');
    await look(phone, 'allocation-ballot', ['phone']);
    await phone.getByRole('button', { name: '下一步：核对' }).click();
    await expect(phone.getByText('您选择：银龄守护', { exact: false })).toBeVisible();
    await look(phone, 'allocation-confirm', ['phone']);
    await phone.getByRole('button', { name: '确认投票' }).click();
    await expect(phone.locator('.sent')).toContainText('已投票：');
  }
  // Everybody else through the helper, as the council voted.
  const own = [chair.view.viewer.seatId, chair.seatNamed('顾老师')];
  const rest = (chair.state.polls.byId[chair.state.polls.openId ?? '']?.frame.electorate ?? []).filter(
    (seatId) => !own.includes(seatId),
  );
  const choices = [...approvals.values()];
  for (const [index, seatId] of rest.entries())
    expect(await helper.cast(seatId, { listed: choices[index % choices.length] })).toMatchObject({ ok: true });

  const resident = await device();
  await resident.goto(`/ballot/${code}`);
  await awake(resident);
  await expectAccessible(resident);
  await resident.getByRole('checkbox', tap('剪纸')).check();
  await look(resident, 'allocation-slip', ['phone']);
  await resident.getByRole('button', { name: '下一步：核对' }).click();
  await resident.getByRole('button', { name: '确认投票' }).click();
  await expect(resident.getByText('已投票。截止前可以', { exact: false })).toBeVisible();
  await expect(projector.getByText('居民已投 1 / 3 张')).toBeVisible();

  await desk.goto(`/m/${meetingId}/console`);
  await awake(desk);
  await desk.getByRole('button', { name: '结束表决并计票' }).click();
  const pollId = lastPoll(council).frame.pollId;
  // The secretary closes; announcing is the chair's.
  await chair.until(({ allocations }) => allocations.outcomes[pollId] !== undefined);
  await look(desk, 'allocation-counted', ['laptop']);
  await chair.act({ type: 'announceResult', pollId });

  await expect(projector.getByText('共 ¥', { exact: false }).first()).toBeVisible();
  await look(projector, 'allocation-result', ['projector']);
  await expect(phones[0].getByText('每个项目的理由和计票过程')).toBeVisible();
  await look(phones[0], 'allocation-phone-result', ['phone']);

  const visitor = await device();
  await visitor.goto(`/m/${meetingId}/allocation/${pollId}`);
  await awake(visitor);
  await expectAccessible(visitor);
  await expect(visitor.locator('[data-project="P6"]').first()).toContainText('还差');
  await visitor.getByRole('button', { name: '在我的浏览器里重算' }).first().click();
  await expect(visitor.locator('[data-recount="agrees"]').first()).toBeVisible();
  await expect(visitor.getByText('选票文件的摘要与会议记录里的一致。').first()).toBeVisible();
  await visitor.getByRole('button', { name: '算一算其他办法' }).first().click();
  await expect(visitor.getByText('票多者先').first()).toBeVisible();
  await look(visitor, 'allocation-results');
  await visitor.goto(`/m/${meetingId}/results`);
  await expect(visitor.getByRole('link', { name: '每个项目的理由和计票过程' })).toBeVisible();
});
