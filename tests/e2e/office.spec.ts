// The office's rooms as people use them: over plain http without a certificate, on a phone and a laptop, with and without scripts.
import type { CDPSession, Page } from '@playwright/test';
import { demoRosterSheet } from '#lib/server/demo/roster.ts';
import { startProgram } from '#tests/support/program.ts';
import { awake, expect, expectAccessible, expectKeyboardOrder, look, refusal, signIn, test } from './fixtures.ts';

const asText = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join('\t')).join('\n');

/** Founds an empty council and opens its import page. */
async function openImport(page: Page, name: string): Promise<void> {
  await signIn(page, 'secretary', '/councils');
  await awake(page);
  await page.getByText('成立委员会').first().click();
  await page.getByLabel('名称').fill(name);
  await page.getByRole('button', { name: '成立', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.getByRole('link', { name: '导入名册' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('导入名册');
  await awake(page);
}

/** The demo's meeting, by the way a visitor goes: its card on the landing page. */
async function demoMeetingId(page: Page): Promise<string> {
  await page.goto('/');
  const href = await page.locator('a[href^="/m/"]').first().getAttribute('href');
  return /\/m\/([0-9a-z]{26})/.exec(href ?? '')?.[1] ?? '';
}

test.describe('signing in', () => {
  test('a wrong password keeps the name and says what to do; the right one leads back', async ({ device }) => {
    const page = await device();
    await page.goto('/account');
    await expect(page).toHaveURL(/sign-in\?back=%2Faccount/);
    await expect(page.getByText('浏览器不允许使用通行密钥')).toBeVisible();
    await page.getByLabel('登录名').fill('secretary');
    await page.getByLabel('密码', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(refusal(page)).toContainText('登录名或密码不对');
    await expect(page.getByLabel('登录名')).toHaveValue('secretary');
    await page.getByLabel('密码', { exact: true }).fill('secretary-yunjinli');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的账号');
    const cookie = (await page.context().cookies()).find(({ name }) => name === 'yishi_session');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false });

    await page.goto('/sign-out');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/account');
    await expect(page).toHaveURL(/sign-in/);
  });

  test('works without scripts', async ({ device }) => {
    const page = await device({ options: { javaScriptEnabled: false } });
    await page.goto('/sign-in?back=/rule-packs');
    await page.getByLabel('登录名').fill('secretary');
    await page.getByLabel('密码', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByText('登录名或密码不对')).toBeVisible();
    await expect(page.getByLabel('登录名')).toHaveValue('secretary');
    await page.getByLabel('密码', { exact: true }).fill('secretary-yunjinli');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('议事规则');
  });

  test('never leads to another site', async ({ device }) => {
    for (const back of ['//evil.test/', 'https://evil.test/', '/\\evil.test', '/sign-in']) {
      const page = await device();
      await signIn(page, 'member', back);
      expect(new URL(page.url()).pathname).toBe('/');
    }
  });

  test('a passkey of the device opens the account, made and used in a secure context', async ({ device }) => {
    const page = await device({ screen: 'laptop', secure: true });
    const devtools: CDPSession = await page.context().newCDPSession(page);
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
    await signIn(page, 'monitor', '/account');
    await awake(page);
    await page.getByLabel('给这台设备起个名字').fill('我的手机');
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await expect(page.getByRole('status').filter({ hasText: '通行密钥已添加' })).toBeVisible();
    await expect(page.getByText('我的手机，')).toBeVisible();

    await page.goto('/sign-out');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/sign-in?back=/account');
    await awake(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的账号');
    await expect(page.getByText('登录名：monitor').first()).toBeVisible();

    // Taken away, it opens nothing any more, and the page names the other ways.
    await awake(page);
    await page.getByRole('button', { name: '删除通行密钥“我的手机”' }).click();
    await expect(page.getByText('我的手机，')).toHaveCount(0);
    await page.goto('/sign-out');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/sign-in');
    await awake(page);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await expect(refusal(page)).toContainText('没能认出这个通行密钥。请再试一次，或改用密码、纸质入场条。');
  });

  test('over plain http the account says why there is no passkey, and which ways there are', async ({ device }) => {
    const page = await device();
    await signIn(page, 'monitor', '/account');
    await awake(page);
    await expect(page.getByText('不是加密连接（https）')).toContainText('请用密码，或用纸质入场条');
    await expect(page.getByRole('button', { name: '添加通行密钥' })).toHaveCount(0);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  });
});

test.describe('a roster', () => {
  test('goes in from pasted rows: 25 people, 7 sectors, two remarks', async ({ device }) => {
    const page = await device({ screen: 'laptop' });
    await openImport(page, '新的委员会');
    await page.getByLabel('名册内容').fill(asText(demoRosterSheet()));
    await page.getByRole('button', { name: '核对' }).click();
    await expect(page.getByText('可导入 25 行，不能导入 0 行，提醒 2 处')).toBeVisible();
    await expectAccessible(page);
    await look(page, 'import');
    await page.getByRole('button', { name: '导入这 25 行' }).click();
    await expect(page.getByText('已导入 25 人。')).toBeVisible();
    await expect(page.getByLabel('名册内容')).toHaveValue('');
    await page.getByRole('link', { name: '回到名册' }).click();
    await expect(page.getByText('7 个界别，25 个席位，25 人在任')).toBeVisible();
  });

  test('goes in from the template as a file, row by row, and keeps the broken rows in the box', async ({ device }) => {
    const page = await device({ screen: 'laptop' });
    await openImport(page, '模板委员会');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载模板' }).click();
    const template = await download;
    expect(template.suggestedFilename()).toBe('名册.xlsx');
    await page.getByLabel('名册文件').setInputFiles((await template.path()) ?? '');
    await page.getByRole('button', { name: '读取文件' }).click();
    await expect(page.getByLabel('名册内容')).toHaveValue(/^序号\t姓名\t性别/);
    await expect(refusal(page)).toContainText('没有读到名册内容');

    const heads = await page.getByLabel('名册内容').inputValue();
    const rows = [
      '1\t张三\t男\t1958.3\t居民代表\t东里\t\t13800000001\t是\t是\t否\t',
      '2\t李四\t\t\t居民代表\t\t\t\t也许\t\t\t',
    ];
    await page.getByLabel('名册内容').fill([heads, ...rows].join('\n'));
    await page.getByRole('button', { name: '核对' }).click();
    await expect(page.getByText('“是否有表决权”看不懂“也许”')).toBeVisible();
    await page.getByRole('button', { name: '导入这 1 行' }).click();
    await expect(page.getByText('还有 1 行没有导入')).toBeVisible();
    await expect(page.getByLabel('名册内容')).toHaveValue(/李四/);
    await expect(page.getByLabel('名册内容')).not.toHaveValue(/张三/);
  });

  test('keeps what was typed when the session has ended, and takes it after signing in again', async ({ device }) => {
    const page = await device({ screen: 'laptop' });
    await openImport(page, '过期委员会');
    await page.getByLabel('名册内容').fill('姓名\t界别\t表决权\n张三\t居民代表\t是');
    await page.context().clearCookies();
    await page.getByRole('button', { name: '核对' }).click();
    await expect(refusal(page)).toContainText('登录已过期');
    await expect(page.getByLabel('名册内容')).toHaveValue(/张三/);

    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: '在新窗口登录' }).click();
    const other = await opened;
    await other.getByLabel('登录名').fill('secretary');
    await other.getByLabel('密码', { exact: true }).fill('secretary-yunjinli');
    await other.getByRole('button', { name: '登录', exact: true }).click();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('我的账号');
    await other.close();
    await page.getByRole('button', { name: '核对' }).click();
    await expect(page.getByText('可导入 1 行')).toBeVisible();
  });

  test('is checked without scripts too, and a refused file loses nothing typed', async ({ device }) => {
    const scripted = await device({ screen: 'laptop' });
    await openImport(scripted, '无脚本委员会');
    const page = await device({ screen: 'laptop', options: { javaScriptEnabled: false } });
    await signIn(page, 'secretary', new URL(scripted.url()).pathname);
    await page.getByLabel('名册内容').fill('姓名\t界别\t表决权\n张三\t居民代表\t也许');
    await page
      .getByLabel('名册文件')
      .setInputFiles({ name: 'x.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('no') });
    await page.getByRole('button', { name: '读取文件' }).click();
    await expect(page.getByText('这个文件打不开')).toBeVisible();
    await expect(page.getByLabel('名册内容')).toHaveValue(/张三/);
    await page.getByRole('button', { name: '核对' }).click();
    await expect(page.getByText('可导入 0 行，不能导入 1 行')).toBeVisible();
    await expect(page.getByLabel('名册内容')).toHaveValue(/张三/);
  });
});

test.describe('a printed slip', () => {
  test('is opened by one device only, is not used up by looking, and dies when it is replaced', async ({ device }) => {
    const desk = await device({ screen: 'laptop' });
    await signIn(desk, 'secretary');
    const meetingId = await demoMeetingId(desk);
    await desk.goto(`/meetings/${meetingId}/slips`);
    await awake(desk);
    const row = desk.getByRole('row', { name: /钱阿姨/ });
    await row.getByRole('button', { name: '打印' }).click();
    await expect(desk.getByText('请现在打印')).toBeVisible();
    const code = (await desk.locator('.slip .code').innerText()).replace(/[^A-Z0-9]/g, '').slice(-8);
    await look(desk, 'slips');
    await expectAccessible(desk);

    const phone = await device({ older: true });
    await phone.goto(`/s/${code}`);
    await phone.reload();
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('钱阿姨，您好');
    await look(phone, 'slip', ['phone']);
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '我是钱阿姨，进入会议' }).click();
    await phone.waitForURL((url) => !url.pathname.startsWith('/s/'));
    await phone.goto(`/s/${code}`);
    await expect(phone.getByRole('link', { name: '回到会议' })).toBeVisible();

    const stranger = await device();
    await stranger.goto('/sign-in');
    await stranger.getByLabel('入场条编号').fill(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
    await stranger.getByRole('button', { name: '打开入场条' }).click();
    await expect(refusal(stranger)).toContainText('已经在另一台设备上用过');

    await desk.reload();
    await desk
      .getByRole('row', { name: /钱阿姨/ })
      .getByRole('button', { name: '作废并重打' })
      .click();
    await expect(desk.getByText('请现在打印')).toBeVisible();
    await phone.goto(`/s/${code}`);
    await expect(refusal(phone)).toContainText('已经作废');
  });
});

test.describe('rules of order', () => {
  test('are previewed as a sentence, refused at the field, and saved as the next version', async ({ device }) => {
    const page = await device({ screen: 'laptop' });
    await signIn(page, 'secretary', '/rule-packs');
    await awake(page);
    await page.getByRole('link', { name: '修改' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('修改规则');
    await page.getByLabel('分子').first().fill('4');
    await page.getByRole('button', { name: '保存为新版' }).click();
    await expect(refusal(page)).toContainText('规则没有填对');
    await expect(page.getByLabel('比较').first()).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('分子').first()).toHaveValue('4');
    await page.getByLabel('分子').first().fill('3');
    await page.getByLabel('分母').first().fill('4');
    await page.getByRole('button', { name: '按填写内容预览' }).click();
    await expect(
      page.getByRole('status').filter({ hasText: '全体委员四分之三以上（含本数）到会才能开会' }),
    ).toBeVisible();
    await page.getByRole('button', { name: '保存为新版' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('议事规则');
    await expect(page.getByText('第 2 版')).toHaveCount(1);
    await expect(page.getByText('全体委员四分之三以上（含本数）', { exact: false }).first()).toBeVisible();
  });
});

test.describe('people', () => {
  test('are registered, corrected, given an account, and forgotten', async ({ device }) => {
    const page = await device({ screen: 'laptop' });
    await signIn(page, 'secretary', '/people');
    await awake(page);
    await page.getByText('登记一个人').click();
    await page.getByLabel('姓名', { exact: true }).fill('临时工');
    await page.getByLabel('出生年月').fill('58.3');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await expect(refusal(page)).toContainText('看不懂出生年月');
    await expect(page.getByLabel('姓名', { exact: true })).toHaveValue('临时工');
    await page.getByLabel('出生年月').fill('1958-03');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('临时工');

    await page.getByText('开通账号').first().click();
    await page.getByLabel('登录名').fill('linshi');
    await page.getByLabel('密码', { exact: true }).fill('good password');
    await page.getByRole('button', { name: '开通', exact: true }).click();
    await expect(page.getByText('账号已开通')).toBeVisible();
    await expectAccessible(page);

    await page.locator('summary', { hasText: '删除个人资料' }).click();
    await page.getByLabel('请输入“临时工”确认').fill('临时');
    await page.getByRole('button', { name: '永久删除' }).click();
    await expect(refusal(page)).toContainText('没有删除');
    await page.getByLabel('请输入“临时工”确认').fill('临时工');
    await page.getByRole('button', { name: '永久删除' }).click();
    await expect(page.getByText('这个人的资料已经删除')).toBeVisible();
    await page.goto('/people?q=临时工');
    await expect(page.getByText('没有找到', { exact: true })).toBeVisible();
  });
});

test.describe('every room', () => {
  const rooms = ['/community', '/people', '/councils', '/rule-packs', '/rule-packs/new', '/account', '/sign-out'];

  for (const screen of ['phone', 'laptop'] as const) {
    test(`axe finds nothing, and nothing is wider than the screen (${screen})`, async ({ device }) => {
      const page = await device({ screen });
      await page.goto('/sign-in');
      await expectAccessible(page);
      await signIn(page, 'secretary', '/councils');
      await page.getByRole('link', { name: '打开' }).first().click();
      await page.waitForURL(/councils\/./);
      const council = new URL(page.url()).pathname;
      for (const room of [...rooms, council, `${council}/import`]) {
        await page.goto(room);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expectAccessible(page);
        const [width, wanted] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(width, room).toBeLessThanOrEqual(wanted ?? 0);
        await look(page, `office${room.replace(/\W+/g, '-')}`, [screen]);
      }
    });
  }

  test('is walked with the Tab key alone', async ({ device }) => {
    const page = await device({ screen: 'laptop' });
    await page.goto('/sign-in');
    await awake(page);
    await expectKeyboardOrder(page);
    await signIn(page, 'secretary', '/rule-packs');
    await awake(page);
    await expectKeyboardOrder(page);
  });

  test('opens on an older phone and in English', async ({ device }) => {
    const page = await device({ older: true });
    await signIn(page, 'secretary', '/people');
    await awake(page);
    await page.getByRole('button', { name: 'English' }).click();
    for (const [room, heading] of [
      ['/people', 'People'],
      ['/councils', 'Councils'],
      ['/rule-packs', 'Rules of order'],
      ['/account', 'My account'],
    ]) {
      await page.goto(room ?? '');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading ?? '');
    }
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });

  test('is closed to members, who may look at their own council only', async ({ device }) => {
    const page = await device();
    await signIn(page, 'member', '/councils');
    await page.getByRole('link', { name: '打开' }).first().click();
    await expect(page.getByText('顾老师').first()).toBeVisible();
    await expect(page.getByText('导入名册')).toHaveCount(0);
    expect(await page.content()).not.toContain('10000000001');
    await page.goto('/people');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('这个页面您还不能看');
  });
});

test('an empty installation is set up by its first visitor, once', async ({ device, ownHall }) => {
  await ownHall.program.stop();
  // The demo is in this hall's database already: a fresh one is what an empty installation has.
  const { createDatabase } = await import('#tests/support/postgres.ts');
  const databaseUrl = await createDatabase(process.env.TEST_POSTGRES_URL ?? '');
  const program = await startProgram({ DATABASE_URL: databaseUrl, HOST: '127.0.0.1', YISHI_DEMO: '0' });
  try {
    const page = await device({}, { ...ownHall, url: ownHall.url.replace(/\d+$/, String(program.port)), program });
    await page.goto('/');
    await expect(page).toHaveURL(/\/setup$/);
    await expectAccessible(page);
    await page.getByLabel('社区名称').fill('云锦里社区');
    await page.getByLabel('秘书姓名').fill('吴社工');
    await page.getByLabel('登录名').fill('wu');
    await page.getByLabel('密码', { exact: true }).fill('a good long one');
    await page.getByRole('button', { name: '开始使用' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('云锦里社区');
    await page.goto('/setup');
    await expect(page.getByText('这里已经设置过了')).toBeVisible();
    await expect(page.getByRole('button', { name: '开始使用' })).toHaveCount(0);
  } finally {
    await program.stop();
  }
});
