// Script 6.1 from the end of the session on, steps 16 and 17: adjourned, corrected by three at once, frozen, signed by chair, secretary and
// fifteen members (two with reservation, one on paper), published for five days, objected to and answered, taken home, verified by the command and
// by verify.html without network, withdrawn. Officers, two members and two residents are browsers; the other phones hold keys of their own too.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import {
  announce,
  closeVote,
  enterBySlip,
  nextMotion,
  openCheckIn,
  openSession,
  openVote,
  seatEverybody,
  type Council,
} from './council.ts';
import { expect, expectAccessible, expectKeyboardOrder, look, refusal, signIn, test } from './fixtures.ts';
import { facts, intoEnd, openPaper, points, prose, saved } from './minutes-paper.ts';
import { signsOnPhone, verifies, withPasskey } from './minutes-signers.ts';

// A story of many people; a bound for what hangs, not a measure.
test.setTimeout(600_000);

/** Two projects decided: one passes 16 to 2, one fails 9 to 12. */
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

const scan = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A line by hand across the field for it. */
async function draw(page: Page): Promise<void> {
  const field = page.locator('canvas');
  await field.scrollIntoViewIfNeeded();
  const { x, y } = (await field.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 30, y + 40);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + 80, { steps: 6 });
  await page.mouse.up();
}

test('script 6.1 to its end: corrected by three, signed by seventeen, published, answered, verified without us', async ({
  ownHall,
  device,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yishi-story-'));
  const [chair, secretary, member] = await Promise.all([
    device({ secure: true }, ownHall),
    device({ screen: 'laptop', secure: true }, ownHall),
    device({ secure: true }, ownHall),
  ]);
  await Promise.all([withPasskey(chair, 'chair'), withPasskey(secretary, 'secretary'), signIn(member, 'member')]);
  const council = await openCheckIn(ownHall);
  const desk = `/meetings/${council.meetingId}/minutes`;
  const [signing, publishing] = [`${desk}/sign`, `${desk}/publish`];
  const cookies: string[] = [];

  await test.step('thirteen members come by slip, the others through the helper; two projects are decided', async () => {
    await secretary.goto(`/meetings/${council.meetingId}/slips`);
    await secretary.getByRole('button', { name: '打印全部入场条' }).click();
    await expect(secretary.locator('.slip').first()).toBeVisible();
    const officers = [council.chair, council.secretary].map(({ view }) => view.viewer.name ?? '');
    const own = (await member.locator('body').textContent()) ?? '';
    for (const slip of await secretary.locator('.slip').all()) {
      const line = (await slip.textContent()) ?? '';
      if (cookies.length === 13 || officers.some((name) => line.includes(name)) || own.includes(line.slice(0, 3)))
        continue;
      const code = ((await slip.locator('.code').textContent()) ?? '').replace(/[^0-9A-Z]/g, '');
      cookies.push(await enterBySlip(ownHall, council.joinCode, code, 'hall'));
    }
    // The helper has heard of everybody who came before seating the others.
    await council.helper.until(({ attendance }) => Object.keys(attendance.bySeat).length >= cookies.length);
    await seatEverybody(council);
    await openSession(council);
    await decideTwo(council);
    await secretary.goto(publishing);
    await expect(secretary.getByText('会议还没有散会，散会以后才能公布结果。').first()).toBeVisible();
    await council.chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  });

  await test.step('16 · the minutes are there, and three correct them at once', async () => {
    await Promise.all([secretary, chair, member].map((page) => openPaper(page, council.meetingId)));
    await expect(facts(secretary).filter({ hasText: '表决结果' })).toHaveCount(2);
    await Promise.all(
      (
        [
          [secretary, 0, '大家同意先修灯。'],
          [chair, 0, '请物业到场说明。'],
          [member, 1, '下次带预算表。'],
        ] as const
      ).map(async ([page, at, words]) => {
        await intoEnd(page, at);
        await page.keyboard.type(words);
      }),
    );
    for (const page of [secretary, chair, member]) {
      await expect(points(page).nth(1)).toContainText('下次带预算表。');
      await expect
        .poll(async () => [...((await prose(page))[0] ?? '')].sort().join(''))
        .toBe([...'讨论要点：大家同意先修灯。请物业到场说明。'].sort().join(''));
      await saved(page);
    }
    const agreed = await prose(secretary);
    for (const page of [chair, member]) await expect.poll(() => prose(page)).toEqual(agreed);
  });

  await test.step('the secretary sees who must sign by the rules of the meeting, and freezes: nobody writes any more', async () => {
    await secretary.getByRole('link', { name: '定稿与签署' }).click();
    await expect(secretary.getByText('会议记录由主席、秘书和至少 15 名委员签署。')).toBeVisible();
    await expect(secretary.getByText('主席：已签 0 人，需要 1 人')).toBeVisible();
    await expect(secretary.getByText('委员：已签 0 人，需要 15 人')).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'minutes-before');
    await secretary.getByRole('button', { name: '定稿', exact: true }).click();
    await expect(secretary.getByText('第 1 版')).toBeVisible();
    for (const page of [chair, member]) await expect(page.getByText('记录已定稿').first()).toBeVisible();
    await member.reload();
    await expect(member.getByRole('article')).toContainText('下次带预算表。');
  });

  await test.step('chair and secretary sign by passkey, a member by the key of the phone with reservation', async () => {
    await chair.goto(signing);
    await expectAccessible(chair);
    await expectKeyboardOrder(chair);
    await look(chair, 'minutes-sign');
    await draw(chair);
    await chair.getByRole('button', { name: '用通行密钥签署' }).click();
    await expect(chair.getByText('签署成功，谢谢。')).toBeVisible();
    await secretary.getByRole('button', { name: '用通行密钥签署' }).click();
    await expect(secretary.getByText('签署成功，谢谢。')).toBeVisible();
    await expect(secretary.getByRole('blockquote')).toContainText('还在等');
    await member.goto('/');
    await member.getByRole('link', { name: /^签署“.*”的会议记录$/ }).click();
    await member.getByText('保留意见', { exact: true }).first().click();
    await member.getByRole('button', { name: '用本机密钥签署' }).click();
    await expect(refusal(member)).toContainText('都要写明理由');
    await member.getByLabel('保留意见或理由').first().fill('预算应当再核一次');
    await member.getByRole('button', { name: '用本机密钥签署' }).click();
    await expect(member.getByText('签署成功，谢谢。')).toBeVisible();
    await look(member, 'minutes-signed', ['phone']);
  });

  await test.step('over plain http nobody signs on the device, and the page offers paper', async () => {
    const plain = await device({}, ownHall);
    await signIn(plain, 'helper', signing);
    await expect(plain.getByText('打印签字页').first()).toBeVisible();
    await plain.goto(`${signing}/sheet`);
    await expect(plain.getByRole('heading', { level: 1 })).toHaveText('会议记录签字页');
    await expectAccessible(plain);
    await look(plain, 'minutes-sheet', ['phone', 'laptop']);
    await plain.goto(signing);
    await plain.getByLabel('谁签的').selectOption({ label: '程委员' });
    await plain
      .getByLabel('签字页照片或扫描件')
      .setInputFiles({ name: 'page.png', mimeType: 'image/png', buffer: scan });
    await plain.getByRole('button', { name: '录入纸质签字' }).click();
    await expect(plain.getByText('已录入，等另一人确认。')).toBeVisible();
    await plain.getByRole('button', { name: '核对无误，确认' }).click();
    await expect(refusal(plain)).toContainText('要由另一个人核对确认');
  });

  await test.step('another person confirms the paper; thirteen phones sign, one with reservation; completed', async () => {
    await secretary.goto(publishing);
    await expect(secretary.getByText('会议记录还没有签署完成。').first()).toBeVisible();
    await secretary.goto(signing);
    await secretary.getByRole('button', { name: '核对无误，确认' }).click();
    await expect(secretary.getByText('纸质签字', { exact: false }).first()).toBeVisible();
    for (const [index, cookie] of cookies.entries())
      await signsOnPhone(ownHall, cookie, signing, index === 0 ? '第二项应当另行表决' : null);
    await secretary.goto(signing);
    await expect(secretary.getByText('委员：已签 15 人，需要 15 人')).toBeVisible();
    await look(secretary, 'minutes-ready', ['laptop']);
    await secretary.getByRole('button', { name: '完成并归档' }).click();
    await expect(secretary.getByText('记录、签署和密钥已收入议事会日志')).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'minutes-complete');
  });

  let page = '';
  await test.step('the decision is published for five days; a name without consent is refused', async () => {
    await secretary.goto(publishing);
    await expect(secretary.getByText('会议记录已经签署完成，可以发布决议公告。')).toBeVisible();
    await expectAccessible(secretary);
    const conclusions = secretary.getByLabel('会议结论');
    await expect(conclusions).toHaveValue(/：通过，资助 .* 元。\n.*：未通过。/);
    const drafted = await conclusions.inputValue();
    const hidden = council.chair.state.seats[council.chair.seatNamed('潘大爷')]?.name.text ?? '';
    await conclusions.fill(`${drafted}\n由${hidden}负责。`);
    await secretary.getByLabel('异议受理的人、地址和电话').fill('居委会办公室，锦枫路 18 号，0512-6000000');
    await secretary.getByRole('button', { name: '发布', exact: true }).click();
    await expect(refusal(secretary)).toContainText(`“${hidden}”，本人没有同意公开姓名`);
    await conclusions.fill(drafted);
    await secretary.getByRole('button', { name: '发布', exact: true }).click();
    await expect(secretary.getByText('已经发布。')).toBeVisible();
    await look(secretary, 'publish-desk', ['laptop', 'phone']);
    page = (await secretary.getByRole('link', { name: '打开公告' }).getAttribute('href')) ?? '';
  });

  await test.step('17 · a resident comes by the code on the poster, without scripts, reads, objects and is answered', async () => {
    await secretary.goto(`${page}/poster`);
    await expect(secretary.getByRole('img', { name: /公告的网址/ })).toBeVisible();
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

    await secretary.goto(publishing);
    await expect(secretary.getByText('王大妈（10000000099）')).toBeVisible();
    await secretary.getByRole('combobox', { name: '答复' }).selectOption({ label: '不采纳' });
    await secretary.getByLabel('理由').fill('赞成没有超过半数，可以修改方案后重新提出。');
    await secretary.getByRole('button', { name: '答复异议' }).click();
    await expect(secretary.getByText('不采纳：赞成没有超过半数，可以修改方案后重新提出。')).toBeVisible();
    await phone.goto(own);
    await expect(phone.getByText('赞成没有超过半数，可以修改方案后重新提出。')).toBeVisible();
  });

  await test.step('everybody reads signatures and answer, follows a project back to its need, and takes the files home', async () => {
    const reader = await device({}, ownHall);
    await reader.goto(page);
    await expect(reader.getByText('17 人签署')).toBeVisible();
    await expect(reader.getByText('保留意见')).toHaveCount(2);
    await expectAccessible(reader);
    await look(reader, 'signed-decision');
    await expect(reader.getByText('王大妈')).toHaveCount(0);
    await expect(reader.getByText('不采纳：赞成没有超过半数，可以修改方案后重新提出。')).toBeVisible();
    const [download] = await Promise.all([
      reader.waitForEvent('download'),
      reader.getByRole('link', { name: 'Word 文档', exact: true }).click(),
    ]);
    const words = unzipSync(readFileSync(await download.path()))['word/document.xml'] ?? new Uint8Array();
    expect(strFromU8(words)).toContain('16 / 2 / ');
    await reader.getByRole('link', { name: '来龙去脉' }).first().click();
    for (const step of ['需求', '方案', '表决', '决定', '签约', '居民评估'])
      await expect(reader.getByRole('heading', { name: step, exact: true })).toBeVisible();
    await expectAccessible(reader);
    await look(reader, 'trail', ['phone']);
    const feed = await fetch(`${ownHall.localUrl}${page.replace(/\/[^/]+$/, '/feed.xml')}`);
    expect(await feed.text()).toContain('<entry>');
  });

  /** A file of the page as anybody downloads it; where it lies now. */
  const taken = async (name: string): Promise<string> => {
    const answer = await fetch(`${ownHall.localUrl}${page}/files/${name}`);
    expect(answer.status, name).toBe(200);
    const file = path.join(folder, name);
    writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
    return file;
  };

  await test.step('ZIP, PDF and bundle verify by the command, on the page, and by verify.html without network; a change is named', async () => {
    const zip = await taken('bundle.zip');
    const files = unzipSync(readFileSync(zip));
    const [bundle, changed, changedZip, verifier] = ['bundle.json', 'changed.json', 'changed.zip', 'verify.html'].map(
      (name) => path.join(folder, name),
    ) as [string, string, string, string];
    for (const name of ['bundle.json', 'verify.html'])
      writeFileSync(path.join(folder, name), files[name] ?? new Uint8Array());
    writeFileSync(changed, readFileSync(bundle, 'utf8').replace('预算应当再核一次', '没有意见'));
    const flipped = readFileSync(zip);
    const inside = flipped.indexOf('digests.txt') - 200;
    flipped[inside] = (flipped[inside] ?? 0) ^ 1;
    writeFileSync(changedZip, flipped);
    for (const file of [zip, bundle, await taken('minutes.pdf'), await taken('notice.pdf')])
      expect(verifies(file), file).toMatchObject({ code: 0, said: expect.stringContaining('全部核验通过') });
    expect(verifies(changed)).toMatchObject({ code: 1, said: expect.stringContaining('签名无效') });
    expect(verifies(changedZip)).toMatchObject({ code: 1 });

    const reader = await device({}, ownHall);
    await reader.goto('/verify');
    await expectAccessible(reader);
    await expectKeyboardOrder(reader);
    await reader.getByLabel('选择要核验的文件').setInputFiles(zip);
    await expect(reader.getByRole('heading', { name: '全部核验通过' })).toBeVisible();
    await expectAccessible(reader);
    await look(reader, 'verify-page');

    await reader.context().setOffline(true);
    await reader.goto(pathToFileURL(verifier).href);
    await reader.getByLabel('选择要核验的文件').setInputFiles(zip);
    await expect(reader.getByRole('heading', { name: '全部核验通过' })).toBeVisible();
    await look(reader, 'verify-offline', ['phone', 'laptop']);
    await reader.getByLabel('选择要核验的文件').setInputFiles(changed);
    await expect(reader.getByRole('heading', { name: '没有通过核验' })).toBeVisible();
    if (process.env.LOOK === '1') {
      for (const name of ['minutes.docx', 'summary.pdf', 'summary.docx', 'notice.docx']) await taken(name);
      console.info(`files are in ${folder}`);
    }
  });

  await test.step('the archive is for the hosts alone, and what is withdrawn leaves a tombstone', async () => {
    const address = `${ownHall.localUrl}/meetings/${council.meetingId}/archive.zip`;
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    await secretary.goto(publishing);
    const [download] = await Promise.all([
      secretary.waitForEvent('download'),
      secretary.getByRole('link', { name: '档案包（含姓名，供存档）' }).click(),
    ]);
    await download.saveAs(path.join(folder, 'archive.zip'));
    const archive = unzipSync(readFileSync(path.join(folder, 'archive.zip')));
    expect(Object.keys(archive)).toEqual(
      expect.arrayContaining(['documents/notice.pdf', 'documents/attendance.xlsx', 'index.html']),
    );
    expect(strFromU8(archive['index.html'] ?? new Uint8Array())).toContain('档案目录');
    await secretary.getByText('撤下', { exact: true }).click();
    await secretary.getByLabel('撤下的原因').fill('金额写错，改后重发');
    await secretary.getByRole('button', { name: '撤下这份公告' }).click();
    // What one leaves before it has answered may never have been asked.
    await expect(secretary.getByRole('link', { name: '打开公告' })).toHaveCount(0);
    await secretary.goto(page);
    await expect(secretary.getByText('这份公告已经撤下')).toBeVisible();
    await expect(secretary.getByText('金额写错，改后重发')).toBeVisible();
    expect((await fetch(`${ownHall.localUrl}${page}/files/notice.pdf`)).status).toBe(404);
  });
  council.end();
});
