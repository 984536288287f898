// Script 6.3 as the people in it see it, with the demo's hearing: the public notice with its draw repeated in the browser, a resident's phone from coming in to the
// answer, the desk, a representative's
// phone, the big screen, the large-type page and the report until it is signed and published. The figures with three hundred residents are tests/scenarios/hearing.test.ts.
import { cookieOf, enterBySlip, Officer } from './council.ts';
import { awake, expect, look, signIn, test } from './fixtures.ts';
import { networkOf } from './network.ts';
import { expectGoodPage } from './good-page.ts';
import { signsOnPhone } from './minutes-signers.ts';
import { speakingQueue } from '#lib/domain/meeting/floor-order.ts';
import type { Page } from '@playwright/test';

test.setTimeout(300_000);

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

test('script 6.3: a resident comes in without an account, is heard, chooses, writes and is answered; everybody sees how', async ({
  ownHall,
  device,
}) => {
  const open = (screen: 'phone' | 'laptop' | 'projector' = 'phone') => device({ screen }, ownHall);
  const [secretary, resident, reader, hall, representative] = await Promise.all([
    device({ screen: 'laptop', secure: true }, ownHall),
    open(),
    open('laptop'),
    open('projector'),
    device({ screen: 'phone', secure: true }, ownHall),
  ]);

  // The notice, and the draw repeated by whoever looks.
  await signIn(secretary, 'secretary', '/meetings');
  await secretary
    .getByRole('link', { name: /民主听证会/ })
    .first()
    .click();
  await secretary.waitForURL(/\/meetings\/[^/]+$/);
  const meetingId = secretary.url().split('/').pop() ?? '';
  const base = `/m/${meetingId}`;
  await secretary.goto(`/meetings/${meetingId}/hearing`);
  await look(secretary, 'hearing-desk');
  await expectGoodPage(secretary);
  await resident.goto(`${base}/hearing`);
  await awake(resident);
  await press(resident, '在本页重新算一遍');
  await expect(resident.getByText('重新计算的结果和公布的完全一致。')).toBeVisible();
  await look(resident, 'hearing-notice');
  await expectGoodPage(resident);

  // Everybody is seated; the session opens on its item.
  const chair = await Officer.at(ownHall, 'chair', meetingId);
  const desk = await Officer.at(ownHall, 'secretary', meetingId);
  await desk.act({ type: 'openCheckIn' });
  const call = () => {
    const [next] = speakingQueue(desk.state);
    return chair.act({ type: 'giveFloor', requestId: next?.request.requestId ?? '', overrideReason: null });
  };
  // Two representatives come with their slips, everybody else is signed in at the desk.
  await secretary.goto(`/meetings/${meetingId}/slips`);
  await press(secretary, '打印全部入场条');
  await expect(secretary.locator('.slip').first()).toBeVisible();
  const seats = desk.state.seatOrder.flatMap((seatId) => desk.state.seats[seatId] ?? []);
  const drawn = seats.filter(({ sectorId }) => sectorId === 'p1').slice(0, 2);
  const phones: string[] = [];
  for (const { name } of drawn) {
    const slip = secretary
      .locator('.slip', { hasText: name.text ?? '' })
      .first()
      .locator('.code');
    const code = ((await slip.textContent()) ?? '').replace(/[^0-9A-Z]/g, '');
    phones.push(await enterBySlip(ownHall, desk.state.joinCode, code, 'hall'));
  }
  for (const { seatId } of seats.filter((seat) => !drawn.includes(seat)))
    await desk.act({ type: 'takeSeat', seatId, mode: 'hall', way: 'helper' });
  await chair.act({ type: 'openSession' });
  await chair.act({ type: 'adoptAgenda' });
  await desk.act({ type: 'openItem', itemId: desk.state.agenda.items[0]?.itemId ?? '' });
  await desk.act({ type: 'enterStage', stage: 'residents', allowedMs: null, reason: null });

  // A representative's own page: the seat, what is heard now, and how to ask for the floor.
  const [session = ''] = phones;
  await representative
    .context()
    .addCookies([{ name: 'yishi_session', value: session.replace('yishi_session=', ''), url: ownHall.localUrl }]);
  await representative.goto(`${base}/room`);
  await awake(representative);
  await expect(representative.getByText('现在：居民发言')).toBeVisible();
  await representative.getByRole('link', { name: '举手发言' }).click();
  await press(representative, '赞成');
  await desk.until(({ floor }) => floor.requests.some(({ seatId }) => seatId === drawn[0]?.seatId));
  await look(representative, 'hearing-representative', ['phone']);
  await expectGoodPage(representative);
  await call();
  await chair.act({ type: 'endSpeech' });

  // A resident comes in and asks to speak; the place survives a reload.
  const network = await networkOf(resident);
  await resident.goto(base);
  await awake(resident);
  await resident.getByLabel('怎么称呼您').first().fill('三片区居民');
  await resident.getByLabel('您住在哪个片区').selectOption({ index: 1 });
  await press(resident, '进入');
  // Asked in a dead spot: kept, taken back, asked again, and sent once when the network is there.
  await network.lose();
  const asks: string[] = [];
  resident.on('request', (request) => request.url().endsWith('?/speak') && asks.push(request.url()));
  await expect(resident.getByText('网络断了').first()).toBeVisible();
  await press(resident, '赞成');
  await expect(resident.getByText('已记下“赞成”')).toBeVisible();
  await press(resident, '取消申请');
  await press(resident, '反对');
  await expect(resident.getByText('已记下“反对”')).toBeVisible();
  expect(asks).toEqual([]);
  network.find();
  await expect(resident.getByText('您排在第 1 位，共 1 位。')).toBeVisible();
  expect(asks).toHaveLength(1);
  await resident.reload();
  await expect(resident.getByText('您排在第 1 位，共 1 位。')).toBeVisible();
  await look(resident, 'hearing-resident', ['phone']);
  await expectGoodPage(resident);

  // On a slow phone an area chosen before the page is awake stays chosen.
  const slow = await reader.context().newPage();
  let wake = () => {};
  const held = new Promise<void>((resolve) => (wake = resolve));
  await slow.route('**/_app/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await slow.goto(base, { waitUntil: 'commit' });
  const area = slow.getByLabel('您住在哪个片区');
  await area.selectOption({ index: 2 });
  const chosen = await area.inputValue();
  wake();
  await awake(slow);
  await expect(area).toHaveValue(chosen);
  await slow.close();

  // Captions on the large-type page and on the phone.
  await reader.goto(`${base}/text`);
  await awake(reader);
  await secretary.goto(`${base}/console`);
  await awake(secretary);
  await secretary.getByLabel('记一句').fill('东门外集中棚可以停一百二十辆。');
  await press(secretary, '发出');
  await expect(reader.getByText('东门外集中棚可以停一百二十辆。')).toBeVisible();
  await expect(resident.getByText('东门外集中棚可以停一百二十辆。')).toBeVisible();
  await look(reader, 'hearing-text');
  await expectGoodPage(reader);
  await secretary.getByLabel('记一句').fill('他的电话是13812345678');
  await press(secretary, '发出');
  await expect(secretary.getByText(/里面有电话、证件或账号/).first()).toBeVisible();

  // Called, heard, done.
  await hall.goto(`${base}/screen`);
  await call();
  await expect(resident.getByText('轮到您发言了')).toBeVisible();
  await look(hall, 'hearing-screen', ['projector']);
  await press(resident, '我说完了');
  await expect(resident.getByText('轮到您发言了')).toBeHidden();

  // The straw poll.
  await desk.act({
    type: 'openPoll',
    subject: {
      kind: 'question',
      question: '充电棚放在哪里',
      options: ['东门外集中', '各片区分散', '都不赞成'],
      voters: 'residents',
    },
    secrecy: null,
    plannedMs: null,
  });
  await press(resident, 'A 东门外集中');
  await expect(resident.getByText('您选了：东门外集中。截止前可以改。')).toBeVisible();
  await expect(resident.getByText('已记录。')).toBeVisible();
  await look(resident, 'hearing-poll', ['phone']);
  await expect(hall.getByText('已有 1 人选择')).toBeVisible();
  await expect(hall.getByText('居民请在手机上选择')).toBeVisible();
  // The line at the foot covers nothing of the matter.
  const [said, foot] = [
    await hall.getByText('结束前不显示任何选项').boundingBox(),
    await hall.locator('footer').boundingBox(),
  ];
  expect((said?.y ?? Infinity) + (said?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
  await look(secretary, 'hearing-console', ['laptop']);
  await desk.act({ type: 'closePoll', pollId: desk.state.polls.openId ?? '' });
  await chair.act({ type: 'announceResult', pollId: desk.state.polls.order[0] ?? '' });
  await expect(resident.getByText('不具约束力').first()).toBeVisible();

  // An opinion, shown, grouped, answered; the report signed on paper and published by somebody else.
  await resident.getByLabel('您的意见').fill('棚子离窗户太近，担心着火');
  await press(resident, '提交意见');
  await resident.getByRole('link', { name: '打开我的查询页' }).click();
  await resident.waitForURL(/\/question\//);
  const mine = resident.url();
  const [asked] = await desk.questions();
  expect(await desk.moderate(asked?.questionId ?? '', true, null)).toEqual({ ok: true });
  await chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  // What was asked stays on the big screen, plainly no decision.
  await expect(hall.getByText('意向摸底 · 只了解大家的想法，不是决定。')).toBeVisible();
  await expect(hall.getByRole('listitem').filter({ hasText: '东门外集中' })).toHaveText(/1$/);
  await secretary.goto(`/meetings/${meetingId}/opinions`);
  await awake(secretary);
  await secretary.getByText('棚子离窗户太近，担心着火').click();
  await secretary.getByLabel('这一组说的是什么').fill('离窗户太近');
  await press(secretary, '建组');
  await secretary.getByText('部分采纳', { exact: true }).click();
  await secretary.getByLabel('理由').fill('移到离窗户八米以外。');
  await look(secretary, 'hearing-opinions');
  await expectGoodPage(secretary);
  await press(secretary, '保存答复');
  await expect(secretary.getByText('答复已保存，作者现在就能看到。')).toBeVisible();
  // The report is frozen, signed by chair, secretary and two representatives, and only then published.
  await secretary.getByRole('link', { name: '定稿与签署' }).click();
  await secretary.waitForURL(/\/report\/sign$/);
  await press(secretary, '定稿');
  await expect(secretary.getByText('听证报告正文')).toBeVisible();
  await look(secretary, 'hearing-report-signing');
  await expectGoodPage(secretary);
  expect((await fetch(`${ownHall.localUrl}${base}/report/report.pdf`)).status).toBe(404);
  await representative.goto(`/meetings/${meetingId}/report/sign`);
  await expectGoodPage(representative);
  for (const cookie of [await cookieOf(ownHall, 'chair'), await cookieOf(ownHall, 'secretary'), ...phones])
    await signsOnPhone(ownHall, cookie, `/meetings/${meetingId}/report/sign`, null);
  await secretary.reload();
  await press(secretary, '完成并归档');
  await expect(secretary.getByText('已完成归档').first()).toBeVisible();
  await secretary.goto(`/meetings/${meetingId}/opinions`);
  await press(secretary, '发布报告');
  await expect(secretary.getByText(/报告已于 .* 发布/)).toBeVisible();
  await resident.goto(mine);
  await expect(resident.getByText('部分采纳')).toBeVisible();
  await expect(resident.getByText('移到离窗户八米以外。')).toBeVisible();
  await reader.goto(`${base}/report`);
  await expect(reader.getByText('书面意见 1 条：采纳 0 条，部分采纳 1 条，不采纳 0 条。')).toBeVisible();
  const pdf = await fetch(`${ownHall.localUrl}${base}/report/report.pdf`);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(Buffer.from(await pdf.arrayBuffer()).includes('bundle.json')).toBe(true);
  await look(reader, 'hearing-report');
  await expectGoodPage(reader);
  chair.leave();
  desk.leave();
});
