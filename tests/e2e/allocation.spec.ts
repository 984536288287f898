// One funding ballot over the dataset's eight projects in real browsers: prepared on a form, voted on two phones, on paper and with residents' slips, closed,
// counted and announced from the console, explained in the hall, and counted again in a visitor's own browser and by the command.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { approvals, eightProjects, fundedIds } from '#tests/support/allocation-session.ts';
import { lastPoll, test } from './council.ts';
import { awake, expect, expectAccessible, look, signIn } from './fixtures.ts';

const tap = (name: string) => ({ name: new RegExp(name) });

// A bound for what hangs, not a measure.
test.setTimeout(300_000);

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
  const code = ((await desk.locator('.code').first().textContent()) ?? '').replace(/\s/g, '').slice(-8);

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
    const listed = approvals.get(phone === phones[0] ? 'M05' : 'M01') ?? [];
    for (const id of listed) await phone.locator(`[data-project=${id}] input`).check();
    await expect(phone.locator('[data-sum]')).toContainText(`已选 ${listed.length} 个，共 ¥`);
    await look(phone, 'allocation-ballot', ['phone']);
    await phone.getByRole('button', { name: '下一步：核对' }).click();
    await expect(phone.getByText('您选择：', { exact: false })).toBeVisible();
    await look(phone, 'allocation-confirm', ['phone']);
    await phone.getByRole('button', { name: '确认投票' }).click();
    await expect(phone.locator('.sent')).toContainText('已投票：');
  }
  // One votes on paper: typed in at the console as it stands on the paper, confirmed on the monitor's phone.
  const monitor = await device();
  await signIn(monitor, 'monitor', council.room);
  await awake(monitor);
  await desk.goto(`/m/${meetingId}/console`);
  await awake(desk);
  await desk.getByRole('button', { name: '录入纸质票' }).click();
  await desk.getByLabel('谁的票').selectOption({ value: memberOf('M07') });
  await desk.getByLabel('一张票一行').fill('P1 第二项');
  await desk.getByRole('button', { name: '录入，等监票人确认' }).click();
  await expect(desk.getByText('没有看懂“第二项”', { exact: false }).first()).toBeVisible();
  await desk.getByLabel('一张票一行').fill((approvals.get('M07') ?? []).join(' '));
  await look(desk, 'allocation-paper', ['laptop', 'phone']);
  await desk.getByRole('button', { name: '录入，等监票人确认' }).click();
  await expect(monitor.getByText('请核对一张纸质票')).toBeVisible();
  await expect(monitor.getByText('银龄守护', { exact: false }).first()).toBeVisible();
  await look(monitor, 'allocation-paper-check', ['phone']);
  await monitor.getByRole('button', { name: '一致，确认' }).click();
  await expect(desk.getByText('已由', { exact: false }).first()).toBeVisible();
  // Everybody else through the helper, as the council voted.
  for (const [ref, listed] of approvals)
    if (!['M01', 'M05', 'M07'].includes(ref))
      expect(await helper.cast(memberOf(ref), { listed })).toMatchObject({ ok: true });

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
  // Another resident filled in paper; the third one's is void. Both slips are used up.
  const papers = `/meetings/${meetingId}/allocation/paper`;
  await desk.goto(papers);
  await awake(desk);
  await desk.getByLabel('条上的号').fill('2');
  await desk.getByLabel('票面选择').fill('P7 6');
  await desk.getByRole('button', { name: '录入，等另一人确认' }).click();
  await expect(desk.getByText('第 2 号已录入', { exact: false })).toBeVisible();
  await expect(desk.getByText('这是您录的', { exact: false })).toBeVisible();
  await desk.getByLabel('条上的号').fill('3');
  await desk.getByLabel('这张票').selectOption({ label: '无法辨认' });
  await desk.getByRole('button', { name: '录入，等另一人确认' }).click();
  await expect(desk.locator('[data-waiting]')).toHaveCount(2);
  await expectAccessible(desk);
  await look(desk, 'allocation-slip-papers');
  await monitor.goto(papers);
  await awake(monitor);
  for (const number of [2, 3])
    await monitor.locator(`[data-waiting="${number}"]`).getByRole('button', { name: '一致，确认' }).click();
  await expect(monitor.locator('[data-reconciled]')).toHaveText(
    '发出 3 张：手机 1，纸质 1，废票 1，待确认 0，没有用 0。废票原因：无法辨认 1 票。',
  );
  await expectAccessible(monitor);

  await desk.goto(`/m/${meetingId}/console`);
  await awake(desk);
  await desk.getByRole('button', { name: '结束表决并计票' }).click();
  // Four who came do not vote.
  await desk.getByRole('button', { name: '仍要结束并计票' }).click();
  const pollId = lastPoll(council).frame.pollId;
  // The secretary closes; announcing is the chair's.
  await chair.until(({ allocations }) => allocations.outcomes[pollId] !== undefined);
  await look(desk, 'allocation-counted', ['laptop']);
  await chair.act({ type: 'announceResult', pollId });

  await expect(projector.getByText('¥395,000', { exact: false }).first()).toBeVisible();
  await expect(projector.getByText('¥5,000', { exact: false }).first()).toBeVisible();
  await look(projector, 'allocation-result', ['projector']);
  await expect(phones[0].getByText('每个项目的理由和计票过程')).toBeVisible();
  await look(phones[0], 'allocation-phone-result', ['phone']);

  const visitor = await device();
  await visitor.goto(`/m/${meetingId}/allocation/${pollId}`);
  await awake(visitor);
  await expectAccessible(visitor);
  await expect(visitor.locator('[data-project="P6"]').first()).toContainText(/还差|放不下|不够/);
  await visitor.getByRole('button', { name: '在我的浏览器里重算' }).first().click();
  await expect(visitor.locator('[data-recount="agrees"]').first()).toBeVisible();
  await expect(visitor.getByText('选票文件的摘要与会议记录里的一致。').first()).toBeVisible();
  await visitor.getByRole('button', { name: '算一算其他办法' }).first().click();
  await expect(visitor.getByText('票多者先').first()).toBeVisible();
  await expect(visitor.getByText('发出 3 张：手机 1，纸质 1，废票 1，待确认 0，没有用 0。')).toBeVisible();
  await look(visitor, 'allocation-results');
  // The same ballots by the command: the same winners, of the same eight projects.
  const saved = visitor.waitForEvent('download');
  await visitor.getByRole('link', { name: '下载选票文件（.pb）' }).first().click();
  const file = await (await saved).path();
  const { stdout } = await promisify(execFile)('npm', [
    ...['run', '--silent', 'count', '--', '--rule', 'mes_cost_add1u'],
    file,
  ]);
  const counted = JSON.parse(stdout) as { winners: string[] };
  expect(counted).toMatchObject({ rule: 'mes_cost_add1u', budget: 400_000, cost: 395_000 });
  expect([...counted.winners].sort()).toEqual(fundedIds);
  const outcome = chair.state.allocations.outcomes[pollId];
  expect(outcome?.kind === 'counted' ? outcome.counts[0]?.winners : []).toEqual(counted.winners);
  await visitor.goto(`/m/${meetingId}/results`);
  await expect(visitor.getByRole('link', { name: '每个项目的理由和计票过程' })).toBeVisible();
});
