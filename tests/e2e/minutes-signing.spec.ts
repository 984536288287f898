// Script 6.1, step 16: minutes are frozen, signed by chair, secretary and fifteen members (two with reservation, one on paper), completed, and
// verified by the command and by verify.html in a browser without network. Officers and two members are browsers; the other phones hold keys too.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { enterBySlip, openCheckIn, openSession, seatEverybody } from './council.ts';
import {
  awake,
  expect,
  expectAccessible,
  expectKeyboardOrder,
  look,
  refusal,
  signIn,
  test,
  type Hall,
} from './fixtures.ts';

// A story of many people; a bound for what hangs, not a measure.
test.setTimeout(600_000);

/** A phone or laptop whose authenticator always says yes, with a passkey in the account. */
async function withPasskey(page: Page, loginName: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signIn(page, loginName, '/account');
  await awake(page);
  await page.getByLabel('给这台设备起个名字').fill('签署');
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await expect(page.getByRole('status').filter({ hasText: '通行密钥已添加' })).toBeVisible();
}

/** A member's phone, entered by slip, that makes a key of its own and signs with it. */
async function signsOnPhone(hall: Hall, cookie: string, at: string, reservation: string | null): Promise<void> {
  const post = async (to: string, body: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${hall.localUrl}${at}/${to}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', origin: hall.localUrl },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const { keyId } = await post('key', { publicKey: point.toString('base64url') });
  const asked = await post('ask', {
    statement: reservation === null ? 'agree' : 'reserve',
    text: reservation ?? '',
    image: null,
  });
  const challenge = Buffer.from(asked['challenge'] ?? '', 'base64url');
  const signature = sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  expect(await post('answer', { nonce: asked['nonce'], keyId, signature })).toMatchObject({ ok: true });
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('script 6.1: minutes are frozen, signed by seventeen, completed, and verified without us', async ({
  ownHall,
  device,
  browser,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yishi-signing-'));
  const [chair, secretary, member] = await Promise.all([
    device({ secure: true }, ownHall),
    device({ screen: 'laptop', secure: true }, ownHall),
    device({ secure: true }, ownHall),
  ]);
  await Promise.all([withPasskey(chair, 'chair'), withPasskey(secretary, 'secretary'), signIn(member, 'member')]);
  const council = await openCheckIn(ownHall);
  const at = `/meetings/${council.meetingId}/minutes/sign`;
  const cookies: string[] = [];

  await test.step('thirteen members come by slip, the others through the helper, and the meeting is held', async () => {
    await secretary.goto(`/meetings/${council.meetingId}/slips`);
    await awake(secretary);
    await secretary.getByRole('button', { name: '打印全部入场条' }).click();
    await expect(secretary.locator('.slip').first()).toBeVisible();
    const slips = (await secretary.locator('.slip .code').allTextContents()).map((code) =>
      code.replace(/[^0-9A-Z]/g, ''),
    );
    const names = await secretary.locator('.slip').allTextContents();
    const officers = [council.chair, council.secretary].map(({ view }) => view.viewer.name ?? '');
    const own = (await member.locator('body').textContent()) ?? '';
    for (const [index, slip] of slips.entries()) {
      const line = names[index] ?? '';
      if (cookies.length === 13 || officers.some((name) => line.includes(name)) || own.includes(line.slice(0, 3)))
        continue;
      cookies.push(await enterBySlip(ownHall, council.joinCode, slip, 'hall'));
    }
    // The helper has heard of everybody who came before seating the others.
    await council.helper.until(({ attendance }) => Object.keys(attendance.bySeat).length >= cookies.length);
    await seatEverybody(council);
    await openSession(council);
    await council.chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  });

  await test.step('the secretary sees who must sign, chooses how many, and freezes', async () => {
    await secretary.goto(at);
    await awake(secretary);
    await expect(secretary.getByText('主席：已签 0 人，需要 1 人')).toBeVisible();
    await secretary.getByRole('spinbutton', { name: '至少几人' }).fill('15');
    await secretary.getByRole('button', { name: '保存签署方式' }).click();
    await expect(secretary.getByText('委员：已签 0 人，需要 15 人')).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'minutes-before');
    await secretary.getByRole('button', { name: '定稿', exact: true }).click();
    await expect(secretary.getByText('第 1 版')).toBeVisible();
  });

  await test.step('chair and secretary sign by passkey, a member by the key of the phone with reservation', async () => {
    await chair.goto(at);
    await awake(chair);
    await expectAccessible(chair);
    await expectKeyboardOrder(chair);
    await look(chair, 'minutes-sign');
    const box = await chair.locator('canvas').boundingBox();
    await chair.locator('canvas').scrollIntoViewIfNeeded();
    const place = (await chair.locator('canvas').boundingBox()) ?? box ?? { x: 0, y: 0, width: 0, height: 0 };
    await chair.mouse.move(place.x + 30, place.y + 40);
    await chair.mouse.down();
    await chair.mouse.move(place.x + 120, place.y + 80, { steps: 6 });
    await chair.mouse.up();
    await chair.getByRole('button', { name: '用通行密钥签署' }).click();
    await expect(chair.getByText('签署成功，谢谢。')).toBeVisible();
    await secretary.getByRole('button', { name: '用通行密钥签署' }).click();
    await expect(secretary.getByText('签署成功，谢谢。')).toBeVisible();
    await member.goto(at);
    await awake(member);
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
    await signIn(plain, 'helper', at);
    await plain.goto(at);
    await expect(plain.getByText('打印签字页').first()).toBeVisible();
    await plain.goto(`${at}/sheet`);
    await expect(plain.getByRole('heading', { level: 1 })).toHaveText('会议记录签字页');
    await expectAccessible(plain);
    await look(plain, 'minutes-sheet', ['phone', 'laptop']);
    await plain.goto(at);
    await awake(plain);
    await plain.getByLabel('谁签的').selectOption({ label: '程委员' });
    await plain
      .getByLabel('签字页照片或扫描件')
      .setInputFiles({ name: 'page.png', mimeType: 'image/png', buffer: png });
    await plain.getByRole('button', { name: '录入纸质签字' }).click();
    await expect(plain.getByText('已录入，等另一人确认。')).toBeVisible();
    await plain.getByRole('button', { name: '核对无误，确认' }).click();
    await expect(refusal(plain)).toContainText('要由另一个人核对确认');
  });

  await test.step('another person confirms the paper; thirteen phones sign, one with reservation', async () => {
    await secretary.reload();
    await awake(secretary);
    await secretary.getByRole('button', { name: '核对无误，确认' }).click();
    await expect(secretary.getByText('纸质签字', { exact: false }).first()).toBeVisible();
    for (const [index, cookie] of cookies.entries())
      await signsOnPhone(ownHall, cookie, at, index === 0 ? '第二项应当另行表决' : null);
    await secretary.reload();
    await awake(secretary);
    await expect(secretary.getByText('委员：已签 15 人，需要 15 人')).toBeVisible();
    await look(secretary, 'minutes-ready', ['laptop']);
    await secretary.getByRole('button', { name: '完成并归档' }).click();
    await expect(secretary.getByText('记录、签署和密钥已收入议事会日志')).toBeVisible();
    await expectAccessible(secretary);
    await look(secretary, 'minutes-complete');
  });

  await test.step('the command, the page and verify.html without network all say the same, and name a change', async () => {
    const download = secretary.waitForEvent('download');
    await secretary.getByRole('link', { name: '下载归档包 bundle.json' }).click();
    const bundle = path.join(folder, 'bundle.json');
    await (await download).saveAs(bundle);
    const changed = path.join(folder, 'changed.json');
    writeFileSync(changed, readFileSync(bundle, 'utf8').replace('预算应当再核一次', '没有意见'));
    const run = (file: string): { said: string; code: number } => {
      try {
        return { said: execFileSync(process.execPath, ['server/verify.js', file], { encoding: 'utf8' }), code: 0 };
      } catch (error) {
        const { stdout, status } = error as { stdout: string; status: number };
        return { said: stdout, code: status };
      }
    };
    const [whole, broken] = [run(bundle), run(changed)];
    expect(whole.said).toContain('全部核验通过');
    expect(whole.code).toBe(0);
    expect(broken.said).toContain('签名无效');
    expect(broken.code).toBe(1);

    const reader = await device({}, ownHall);
    await reader.goto('/verify');
    await awake(reader);
    await expectAccessible(reader);
    await expectKeyboardOrder(reader);
    await reader.getByLabel('选择要核验的文件').setInputFiles(bundle);
    await expect(reader.getByRole('heading', { name: '全部核验通过' })).toBeVisible();
    await expectAccessible(reader);
    await look(reader, 'verify-page');
    const kept = reader.waitForEvent('download');
    await reader.getByRole('link', { name: '下载离线核验页' }).click();
    const verifier = path.join(folder, 'verify.html');
    await (await kept).saveAs(verifier);

    const context = await browser.newContext({ offline: true, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(pathToFileURL(verifier).href);
    await page.getByLabel('选择要核验的文件').setInputFiles(bundle);
    await expect(page.getByRole('heading', { name: '全部核验通过' })).toBeVisible();
    await look(page, 'verify-html', ['phone', 'laptop']);
    await page.getByLabel('选择要核验的文件').setInputFiles(changed);
    await expect(page.getByRole('heading', { name: '没有通过核验' })).toBeVisible();
    await context.close();
  });
  council.end();
});
