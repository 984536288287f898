// Script 6.1, steps 16 and 17: after the session its results are made public for five days, a resident reads them from the poster, objects and is
// answered, and everybody can take the whole meeting home. The desk, two residents and their phones are real browsers.
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import {
  announce,
  closeVote,
  nextMotion,
  openCheckIn,
  openSession,
  openVote,
  seatEverybody,
  type Council,
} from './council.ts';
import { awake, expect, expectAccessible, look, refusal, signIn, test } from './fixtures.ts';

// A story of many people; a bound for what hangs, not a measure.
test.setTimeout(600_000);

/** Two projects decided: one passes 16 to 2, one fails. */
async function decideTwo(council: Council): Promise<void> {
  for (const yes of [16, 9]) {
    await nextMotion(council);
    await openVote(council, 'named');
    const poll = council.chair.state.polls.byId[council.chair.state.polls.openId ?? ''];
    await Promise.all(
      (poll?.frame.electorate ?? []).map((seatId, at) =>
        council.helper.cast(seatId, at < yes ? 'for' : at < yes + 2 || yes < 12 ? 'against' : 'abstain'),
      ),
    );
    await closeVote(council);
    await announce(council);
  }
}

test('script 6.1: results are published, objected to, answered, taken home and withdrawn', async ({
  ownHall,
  device,
}) => {
  const council = await openCheckIn(ownHall);
  await seatEverybody(council);
  await openSession(council);
  await decideTwo(council);
  const desk = await device({ screen: 'laptop' }, ownHall);
  const publishing = `/meetings/${council.meetingId}/minutes/publish`;
  let page = '';

  await test.step('before the end there is nothing to publish, and the desk says so', async () => {
    await signIn(desk, 'secretary', publishing);
    await expect(desk.getByText('会议还没有散会，散会以后才能公布结果。').first()).toBeVisible();
    await council.chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  });

  await test.step('16 · the secretary publishes the results for five days; a name without consent is refused', async () => {
    await desk.reload();
    await awake(desk);
    await expectAccessible(desk);
    const conclusions = desk.getByLabel('会议结论');
    await expect(conclusions).toHaveValue(/：通过，资助 .* 元。\n.*：未通过。/);
    const drafted = await conclusions.inputValue();
    const hidden = council.chair.state.seats[council.chair.seatNamed('潘大爷')]?.name.text ?? '';
    await conclusions.fill(`${drafted}\n由${hidden}负责。`);
    await desk.getByLabel('异议受理的人、地址和电话').fill('居委会办公室，锦枫路 18 号，0512-6000000');
    await desk.getByRole('button', { name: '发布', exact: true }).click();
    await expect(refusal(desk)).toContainText(`“${hidden}”，本人没有同意公开姓名`);
    await conclusions.fill(drafted);
    await desk.getByRole('button', { name: '发布', exact: true }).click();
    await expect(desk.getByText('已经发布。')).toBeVisible();
    await look(desk, 'publish-desk', ['laptop', 'phone']);
    page = (await desk.getByRole('link', { name: '打开公告' }).getAttribute('href')) ?? '';
  });

  await test.step('17 · a resident comes by the code on the poster, without scripts, reads and objects', async () => {
    await desk.goto(`${page}/poster`);
    await expect(desk.getByRole('img', { name: /公告的网址/ })).toBeVisible();
    const phone = await device({ options: { javaScriptEnabled: false } }, ownHall);
    await phone.goto(page);
    await expect(phone.getByText(/议决〔\d{4}〕1号/).first()).toBeVisible();
    await expect(phone.getByText('公示剩余 5 天').first()).toBeVisible();
    await expect(phone.getByText('应到 25 人，实到 25 人，法定 17 人，达到法定人数').first()).toBeVisible();
    await phone.getByText('填写意见').click();
    await phone.getByLabel('您的意见').fill('第二个项目为什么没有通过？');
    await phone.getByLabel('您的姓名').fill('王大妈');
    await phone.getByLabel('联系方式').fill('10000000099');
    await phone.getByRole('button', { name: '提交异议' }).click();
    await phone.getByRole('link', { name: '查看我的异议和答复' }).click();
    await expect(phone.getByText('第二个项目为什么没有通过？')).toBeVisible();
    const own = phone.url();

    await desk.goto(publishing);
    await awake(desk);
    await expect(desk.getByText('王大妈（10000000099）')).toBeVisible();
    await desk.getByRole('combobox', { name: '答复' }).selectOption({ label: '不采纳' });
    await desk.getByLabel('理由').fill('赞成没有超过半数，可以修改方案后重新提出。');
    await desk.getByRole('button', { name: '答复异议' }).click();
    await expect(desk.getByText('不采纳：赞成没有超过半数，可以修改方案后重新提出。')).toBeVisible();
    await phone.goto(own);
    await expect(phone.getByText('赞成没有超过半数，可以修改方案后重新提出。')).toBeVisible();
  });

  await test.step('everybody reads the answer, follows a project back to its need, and takes the files home', async () => {
    const reader = await device({}, ownHall);
    await reader.goto(page);
    await awake(reader);
    await expectAccessible(reader);
    await look(reader, 'decision');
    await expect(reader.getByText('王大妈')).toHaveCount(0);
    await expect(reader.getByText('不采纳：赞成没有超过半数，可以修改方案后重新提出。')).toBeVisible();
    const saved = async (name: string): Promise<Uint8Array> => {
      const [download] = await Promise.all([
        reader.waitForEvent('download'),
        reader.getByRole('link', { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path());
    };
    expect(strFromU8((await saved('PDF')).subarray(0, 5))).toBe('%PDF-');
    const words = strFromU8(unzipSync(await saved('Word 文档'))['word/document.xml'] ?? new Uint8Array());
    expect(words).toContain('16 / 2 / ');
    await reader.getByRole('link', { name: '来龙去脉' }).first().click();
    for (const step of ['需求', '方案', '表决', '决定', '签约', '居民评估'])
      await expect(reader.getByRole('heading', { name: step, exact: true })).toBeVisible();
    await expectAccessible(reader);
    await look(reader, 'trail', ['phone']);
    const feed = await fetch(`${ownHall.localUrl}${page.replace(/\/[^/]+$/, '/feed.xml')}`);
    expect(await feed.text()).toContain('<entry>');
  });

  await test.step('the archive is for the hosts alone, and what is withdrawn leaves a tombstone', async () => {
    const address = `${ownHall.localUrl}/meetings/${council.meetingId}/archive.zip`;
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    await desk.goto(publishing);
    await awake(desk);
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('link', { name: '档案包（含姓名，供存档）' }).click(),
    ]);
    const archive = unzipSync(readFileSync(await download.path()));
    expect(Object.keys(archive)).toEqual(
      expect.arrayContaining(['documents/notice.pdf', 'documents/attendance.xlsx', 'index.html']),
    );
    expect(strFromU8(archive['index.html'] ?? new Uint8Array())).toContain('档案目录');
    await desk.getByText('撤下', { exact: true }).click();
    await desk.getByLabel('撤下的原因').fill('签署完成，改发决议公告');
    await desk.getByRole('button', { name: '撤下这份公告' }).click();
    await desk.goto(page);
    await expect(desk.getByText('这份公告已经撤下')).toBeVisible();
    await expect(desk.getByText('签署完成，改发决议公告')).toBeVisible();
    expect((await fetch(`${ownHall.localUrl}${page}/files/notice.pdf`)).status).toBe(404);
  });
  council.end();
});
