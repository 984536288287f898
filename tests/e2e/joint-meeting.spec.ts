// Script 6.5 as people do it: three phones and one laptop. The demo's joint meeting from its check-in to the countersigned page, with the letter
// that says no, looked at as it prints.
import type { Page } from '@playwright/test';
import { Officer } from './council.ts';
import { awake, expect, expectAccessible, look, signIn, test } from './fixtures.ts';

test.describe.configure({ timeout: 240_000 });

test('[K1] [K3] [K7] [K8] three parties agree item by item, say no with a letter, and sign before they part', async ({
  ownHall: hall,
  device,
}) => {
  const laptop = await device({ screen: 'laptop' }, hall);
  await signIn(laptop, 'secretary', '/meetings');
  await awake(laptop);
  const joint = laptop.getByRole('link', { name: /三方联席会议/ }).first();
  const meetingId = /[0-9a-z]{26}/.exec((await joint.getAttribute('href')) ?? '')?.[0] ?? '';
  await laptop.goto(`/meetings/${meetingId}/slips`);
  await awake(laptop);
  await laptop.getByRole('button', { name: '打印全部入场条' }).click();
  await expect(laptop.locator('.slip').first()).toBeVisible();
  const slipOf = async (name: string) =>
    (
      (await laptop
        .locator('.slip')
        .filter({ has: laptop.getByText(name, { exact: true }) })
        .locator('.code')
        .textContent()) ?? ''
    ).replace(/[^0-9A-Z]/g, '');

  const chair = await Officer.at(hall, 'chair', meetingId);
  const secretary = await Officer.at(hall, 'secretary', meetingId);
  await secretary.act({ type: 'openCheckIn' });
  const enter = async (name: string): Promise<Page> => {
    const phone = await device({ older: true }, hall);
    await phone.goto(`/s/${await slipOf(name)}`);
    await phone.getByRole('button', { name: `我是${name}，进入会议` }).click();
    await phone.waitForURL((url) => !url.pathname.startsWith('/s/'));
    return phone;
  };
  const party = await device({}, hall);
  await signIn(party, 'chair', `/m/${meetingId}/room`);
  const committee = await enter('陆主任');
  const station = await enter('许站长');
  for (const name of ['沈书记', '陆主任', '吴社工', '许站长', '唐主任', '袁经理'])
    await secretary.act({ type: 'takeSeat', seatId: secretary.seatNamed(name), mode: 'hall', way: 'helper' });
  await chair.act({ type: 'openSession' });
  await chair.act({ type: 'adoptAgenda' });
  const room = `/m/${meetingId}/room`;
  const phones = [party, committee, station];
  for (const phone of phones) {
    await phone.goto(room);
    await awake(phone);
    await expect(phone.getByText('上次督办')).toBeVisible();
  }
  await laptop.goto(`/m/${meetingId}/console`);
  await awake(laptop);
  const screen = await device({ screen: 'projector' }, hall);
  await screen.goto(`/m/${meetingId}/screen`);

  // Q1: off the list. Each party on its own phone, then the secretary with owner and day.
  const items = secretary.state.agenda.items;
  const itemOf = (title: string) => items.find((item) => item.title.text?.startsWith(title))?.itemId ?? '';
  await secretary.act({ type: 'openItem', itemId: itemOf('Q1') });
  await expect(laptop.getByText('等 社区党组织、社区居委会、社区工作站 表态')).toBeVisible();
  await expectAccessible(station);
  await look(station, 'joint-position', ['phone']);
  for (const phone of [party, station]) {
    await expect(phone.getByText('下一步：各方表态')).toBeVisible();
    await phone.getByRole('radio', { name: '同意', exact: true }).check();
    await phone.getByRole('button', { name: '提交：同意' }).click();
    await expect(phone.getByText(/已表态：同意/)).toBeVisible();
  }
  // A phone without scripts says it with the same form.
  const plain = await device(
    { options: { javaScriptEnabled: false, storageState: await committee.context().storageState() } },
    hall,
  );
  await plain.goto(room);
  await plain.getByRole('radio', { name: '同意', exact: true }).check();
  await plain.getByRole('button', { name: '提交表态' }).click();
  await expect(plain.getByText(/已表态：同意/)).toBeVisible();
  await expect(committee.getByText('下一步：定下结论、责任人和期限')).toBeVisible();
  await expect(screen.getByText('同意')).toHaveCount(3);
  await look(screen, 'joint-screen', ['projector']);
  const conclusion = laptop.getByRole('region', { name: '本项结论' });
  await conclusion.getByLabel('责任人').selectOption({ label: '陆主任' });
  await conclusion.getByLabel('期限').fill('2099-05-09');
  await expectAccessible(laptop);
  await look(laptop, 'joint-conclude', ['laptop']);
  await laptop.getByRole('button', { name: '定下结论：不予承办' }).click();
  await expect(station.getByText(/结论.*不予承办/)).toBeVisible();

  // The rest, with one reserve, by the same hands over their sockets.
  const parties = ['沈书记', '陆主任', '许站长'].map((name) => secretary.seatNamed(name));
  for (const item of items.filter(({ kind, itemId }) => kind === 'deliberation' && itemId !== itemOf('Q1'))) {
    await secretary.act({ type: 'openItem', itemId: item.itemId });
    const reserved = item.title.text?.startsWith('上次') === true;
    for (const seatId of parties)
      await secretary.act({
        type: 'statePosition',
        seatId,
        position: reserved && seatId === parties[2] ? 'reserve' : 'agree',
        text: reserved && seatId === parties[2] ? '并表需要街道统一口径' : '',
      });
    const matter = secretary.state.consensus?.matters[item.itemId];
    for (const followUpId of matter?.kind === 'follow_ups' ? matter.followUpIds : [])
      await secretary.act({ type: 'settleFollowUp', followUpId, outcome: 'done', dueOn: null, note: '已办结' });
    await secretary.act({
      type: 'concludeItem',
      outcome: matter?.kind !== 'task' ? 'agreed' : matter.listing === 'on_list' ? 'accepted' : 'money_asked',
      text: '',
      amountFen: matter?.kind === 'task' && matter.listing === 'off_list' ? 12_000_00 : null,
      ownerPersonId: null,
      ownerName: '社区居委会',
      dueOn: '2099-05-25',
    });
  }

  // The page goes round, each party signs on its own phone, and only then is the meeting over.
  await laptop.getByRole('button', { name: '交付会签' }).click();
  await expect(laptop.getByText(/等 .* 会签/)).toBeVisible();
  await expect(party.getByText('请代表社区党组织会签纪要')).toBeVisible();
  await expectAccessible(party);
  await look(party, 'joint-sign', ['phone']);
  for (const phone of [party, committee]) await phone.getByRole('button', { name: '会签：同意' }).click();
  await station.getByRole('radio', { name: '保留意见' }).check();
  await station.getByLabel(/保留什么/).fill('并表一项保留');
  await station.getByRole('button', { name: '会签：保留意见' }).click();
  await expect(laptop.getByText('各方都签好了，可以散会')).toBeVisible();
  await look(screen, 'joint-signed', ['projector']);
  await chair.act({ type: 'adjournMeeting', leaveUnfinished: false });
  chair.leave();
  secretary.leave();

  // Ready before people leave: the page, what goes up with it, and the letter, which the chair confirms.
  await laptop.goto(`/m/${meetingId}/joint-minutes`);
  await awake(laptop);
  await expect(laptop.getByText('并表需要街道统一口径').first()).toBeVisible();
  await expectAccessible(laptop);
  await look(laptop, 'joint-minutes', ['laptop']);
  const desk = await device({ screen: 'laptop' }, hall);
  await signIn(desk, 'chair', '/affairs/tasks');
  await awake(desk);
  await expectAccessible(desk);
  await look(desk, 'tasks', ['phone', 'laptop']);
  await desk.getByRole('link', { name: '看复函 Q1' }).click();
  await awake(desk);
  await expect(desk.locator('article')).toContainText('14 大类 123 小项');
  await expectAccessible(desk);
  await desk.getByRole('button', { name: '主任确认' }).click();
  await expect(desk.getByText(/主任已于/)).toBeVisible();
  await look(desk, 'letter', ['laptop']);
  if (process.env.LOOK === '1') {
    await desk.pdf({ path: 'test-results/screens/letter.pdf', format: 'A4' });
    await laptop.pdf({ path: 'test-results/screens/joint-minutes.pdf', format: 'A4' });
  }
  await desk.goto('/affairs/follow-ups');
  await awake(desk);
  await expect(desk.getByText('2099-05-09').first()).toBeVisible();
  await look(desk, 'follow-ups', ['laptop']);
});

test('[FB1] [FB3] [FB4] an opinion from an old phone without scripts is handed on, answered, and found by its link', async ({
  device,
}) => {
  const author = await device({ older: true, options: { javaScriptEnabled: false } });
  await author.goto('/');
  await author.getByRole('contentinfo').getByRole('link', { name: '意见建议' }).click();
  await author.getByLabel('关于什么').selectOption({ label: '环境卫生' });
  await author.getByLabel('您的意见或建议').fill('九幢后面的垃圾桶下午总是满的');
  await author.getByLabel('联系电话').fill('10000009999');
  await author.getByRole('button', { name: '提交' }).click();
  await expect(author.getByText('收到了，谢谢您')).toBeVisible();
  const link = new URL(author.url()).pathname;
  const code = (await author.getByText(/编号 Y/).innerText()).match(/Y\d+/)?.[0] ?? '';

  const desk = await device({ screen: 'laptop' });
  await signIn(desk, 'secretary', '/affairs/feedback');
  await awake(desk);
  await expectAccessible(desk);
  const card = desk.locator(`[data-feedback=${code}]`);
  await expect(card).toContainText('10000009999');
  await card.getByText(`交办 ${code}`, { exact: true }).click();
  await card.getByLabel('交给谁办').fill('安居物业');
  await card.getByRole('button', { name: '交办' }).click();
  await expect(card).toContainText('交给安居物业');
  await card.getByText(`答复 ${code}`, { exact: true }).click();
  await card.getByLabel('答复提出人').fill('已改为每天清运两次');
  await card.getByRole('button', { name: '答复' }).click();
  await expect(card).toContainText('已答复');
  await look(desk, 'feedback-desk', ['laptop']);

  await author.goto(link);
  await expect(author.getByText('已改为每天清运两次').first()).toBeVisible();
  const phone = await device();
  await phone.goto(link);
  await awake(phone);
  await expectAccessible(phone);
  await look(phone, 'feedback-own', ['phone']);
  await phone.goto(link.replace(/feedback\/.*$/, 'feedback'));
  await awake(phone);
  await expectAccessible(phone);
  await look(phone, 'feedback-form', ['phone']);
});
