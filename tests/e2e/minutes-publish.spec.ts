// Script 6.1, steps 16 and 17: after the session its results are made public for five days, a resident reads them from the poster, objects and is
// answered, and everybody can take the whole meeting home. The desk, two residents and their phones are real browsers.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import {
  announce,
  closeVote,
  nextMotion,
  openCheckIn,
  enterBySlip,
  openSession,
  openVote,
  seatEverybody,
  type Council,
} from './council.ts';
import { awake, expect, expectAccessible, look, refusal, signIn, test, type Hall } from './fixtures.ts';

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
    // What one leaves before it has answered may never have been asked.
    await expect(desk.getByRole('link', { name: '打开公告' })).toHaveCount(0);
    await desk.goto(page);
    await expect(desk.getByText('这份公告已经撤下')).toBeVisible();
    await expect(desk.getByText('签署完成，改发决议公告')).toBeVisible();
    expect((await fetch(`${ownHall.localUrl}${page}/files/notice.pdf`)).status).toBe(404);
  });
  council.end();
});

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** A member at home signs with a key of their own phone, as its browser would over the same three addresses. */
async function signsFromHome(hall: Hall, meetingId: string, cookie: string, wish: object): Promise<number> {
  const at = `${hall.localUrl}/meetings/${meetingId}/minutes/sign`;
  const post = async (path: string, body: object): Promise<{ status: number; body: Record<string, string> }> => {
    const answer = await fetch(`${at}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hall.localUrl, cookie },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const key = await post('key', { publicKey: b64(point) });
  const asked = await post('ask', wish);
  const challenge = Buffer.from(asked.body.challenge ?? '', 'base64url');
  const signature = b64(sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  const { nonce = '' } = asked.body;
  return (await post('answer', { nonce, keyId: key.body.keyId ?? '', signature })).status;
}

test('script 6.1 to its end: frozen, signed by seventeen, published, and verified without us', async ({
  ownHall,
  device,
}) => {
  const desk = await device({ screen: 'laptop', secure: true }, ownHall);
  await signIn(desk, 'secretary');
  const landing = await (await fetch(ownHall.localUrl)).text();
  const meetingId = /\/m\/([0-9a-z]{26})/.exec(landing)?.[1] ?? '';
  await desk.goto(`/meetings/${meetingId}/slips`);
  await desk.getByRole('button', { name: '打印全部入场条', exact: true }).click();
  await expect(desk.locator('.slip').first()).toBeVisible();
  const slips = new Map<string, string>();
  for (const slip of await desk.locator('.slip').all())
    slips.set(
      (await slip.innerText()).replace(/\s+/g, ' '),
      ((await slip.locator('.code').textContent()) ?? '').replace(/[^0-9A-Z]/g, ''),
    );
  const council = await openCheckIn(ownHall);
  const officers = ['沈书记', '吴社工'];
  const members = Object.values(council.chair.state.seats)
    .map(({ name }) => name.text ?? '')
    .filter((name) => !officers.includes(name))
    .slice(0, 15);
  const cookies = new Map<string, string>();
  for (const name of members) {
    const slip = [...slips].find(([text]) => text.includes(name))?.[1] ?? '';
    cookies.set(name, await enterBySlip(ownHall, council.joinCode, slip, 'hall'));
  }
  await seatEverybody(council, members);
  await openSession(council);
  await decideTwo(council);
  await council.chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  const signing = `/meetings/${meetingId}/minutes/sign`;
  const publishing = `/meetings/${meetingId}/minutes/publish`;

  await test.step('16 · the rule is chosen, the minutes are frozen', async () => {
    await desk.goto(publishing);
    await expect(desk.getByText('会议记录还没有签署完成。').first()).toBeVisible();
    await desk.goto(signing);
    await awake(desk);
    await desk.getByRole('spinbutton', { name: /至少几人/ }).fill('15');
    await desk.getByRole('button', { name: '保存签署方式' }).click();
    await desk.getByRole('button', { name: '定稿', exact: true }).click();
    await expect(desk.getByText('会议记录').first()).toBeVisible();
    await expect(desk.getByRole('button', { name: '用本机密钥签署' })).toBeVisible();
  });

  const chair = await device({ screen: 'phone', secure: true }, ownHall);
  await test.step('chair, secretary and 15 members sign: two with reservation, one on paper', async () => {
    await desk.getByRole('button', { name: '用本机密钥签署' }).click();
    await expect(desk.getByText('签署成功，谢谢。')).toBeVisible();
    await signIn(chair, 'chair', signing);
    await awake(chair);
    await look(chair, 'sign', ['phone']);
    await chair.getByRole('button', { name: '用本机密钥签署' }).click();
    await expect(chair.getByText('签署成功，谢谢。')).toBeVisible();
    const [onPaper = '', reserving = '', alsoReserving = '', ...agreeing] = members;
    for (const name of agreeing)
      expect(
        await signsFromHome(ownHall, meetingId, cookies.get(name) ?? '', { statement: 'agree', text: '', image: '' }),
        name,
      ).toBe(200);
    for (const name of [reserving, alsoReserving])
      expect(
        await signsFromHome(ownHall, meetingId, cookies.get(name) ?? '', {
          statement: 'reserve',
          text: '请半年后向大家报告使用情况',
          image: '',
        }),
      ).toBe(200);
    await desk.reload();
    await awake(desk);
    await desk.getByRole('combobox', { name: '谁签的' }).selectOption({ label: onPaper });
    await desk.getByLabel('签字页照片或扫描件').setInputFiles({
      name: 'scan.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('ffd8ffe000104a4649460001', 'hex'),
    });
    await desk.getByRole('button', { name: '录入纸质签字' }).click();
    await expect(desk.getByText('已录入，等另一人确认。')).toBeVisible();
    await chair.reload();
    await awake(chair);
    await chair.getByRole('button', { name: '核对无误，确认' }).click();
    await expect(chair.getByRole('button', { name: '核对无误，确认' })).toHaveCount(0);
    await desk.reload();
    await awake(desk);
    await desk.getByRole('button', { name: '完成并归档' }).click();
    await expect(desk.getByRole('link', { name: '下载归档包 bundle.json' })).toBeVisible();
  });

  let page = '';
  await test.step('the decision is published for five days, with seventeen signatures on its page', async () => {
    await desk.goto(publishing);
    await awake(desk);
    await expect(desk.getByText('会议记录已经签署完成，可以发布决议公告。')).toBeVisible();
    await desk.getByLabel('异议受理的人、地址和电话').fill('居委会办公室，锦枫路 18 号，0512-6000000');
    await desk.getByRole('button', { name: '发布', exact: true }).click();
    await expect(desk.getByText('已经发布。')).toBeVisible();
    page = (await desk.getByRole('link', { name: '打开公告' }).getAttribute('href')) ?? '';
    const reader = await device({ screen: 'laptop' }, ownHall);
    await reader.goto(page);
    await awake(reader);
    await expect(reader.getByText('17 人签署')).toBeVisible();
    await expect(reader.getByText('保留意见')).toHaveCount(2);
    await expect(
      reader
        .getByText('已签 · 纸质')
        .or(reader.getByText('另', { exact: false }))
        .first(),
    ).toBeVisible();
    await expectAccessible(reader);
    await look(reader, 'signed-decision');
  });

  await test.step('the ZIP and the PDF verify by the command, and by verify.html with the network off', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'yishi-home-'));
    const taken = async (name: string): Promise<string> => {
      const file = path.join(folder, name);
      const answer = await fetch(`${ownHall.localUrl}${page}/files/${name}`);
      expect(answer.status, name).toBe(200);
      writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
      return file;
    };
    const zip = await taken('bundle.zip');
    const files = [zip, await taken('minutes.pdf'), await taken('notice.pdf')];
    for (const file of files) execFileSync(process.execPath, ['server/verify.js', file], { stdio: 'pipe' });
    const changed = readFileSync(zip);
    const inside = changed.indexOf('digests.txt') - 200;
    changed[inside] = (changed[inside] ?? 0) ^ 1;
    writeFileSync(path.join(folder, 'changed.zip'), changed);
    expect(() =>
      execFileSync(process.execPath, ['server/verify.js', path.join(folder, 'changed.zip')], { stdio: 'pipe' }),
    ).toThrow();

    writeFileSync(path.join(folder, 'verify.html'), unzipSync(readFileSync(zip))['verify.html'] ?? new Uint8Array());
    const alone = await device({ screen: 'laptop' }, ownHall);
    await alone.context().setOffline(true);
    await alone.goto(`file://${folder}/verify.html`);
    await alone.locator('input[type=file]').first().setInputFiles(zip);
    await expect(alone.getByRole('status').getByText('相符').first()).toBeVisible();
    await expect(alone.locator('.breaks')).toHaveCount(0);
    await look(alone, 'verify-offline', ['laptop']);
    if (process.env.LOOK === '1')
      for (const name of ['minutes.docx', 'summary.pdf', 'summary.docx', 'notice.docx']) await taken(name);
    if (process.env.LOOK === '1') console.info(`files are in ${folder}`);
  });
  council.end();
});
