// How somebody wants to read: language, 大字版 and theme by one touch, remembered by the device, with scripts and without, and kind pages
// where something is not there.
import postgres from 'postgres';
import { expect, expectAccessible, signIn, test } from './fixtures.ts';

for (const older of [false, true])
  test(`type size and theme change without leaving the page and are remembered (${older ? 'older phone' : 'now'})`, async ({
    device,
  }) => {
    const page = await device({ older });
    await page.goto('/');
    const html = page.locator('html');
    await page.getByLabel('会议号').or(page.getByLabel('参加会议')).fill('738');
    const kept = page.waitForResponse((response) => response.url().endsWith('/preferences'));
    await page.getByRole('button', { name: '大字版' }).click();
    await expect(html).toHaveAttribute('data-type', 'large');
    await kept;
    const keptToo = page.waitForResponse((response) => response.url().endsWith('/preferences'));
    await page.getByRole('button', { name: '深色' }).click();
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await keptToo;
    await expect(page.locator('#code')).toHaveValue('738');
    await page.reload();
    await expect(html).toHaveAttribute('data-type', 'large');
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await expectAccessible(page);
  });

test('a device without a wish takes 大字版 from the roster when its bearer is known, and its own choice stays', async ({
  page,
}) => {
  const html = page.locator('html');
  await signIn(page, 'member');
  await page.goto('/');
  await expect(html).toHaveAttribute('data-type', 'large');
  const kept = page.waitForResponse((response) => response.url().endsWith('/preferences'));
  await page.getByRole('button', { name: '标准字' }).click();
  await kept;
  await page.goto('/account');
  await expect(html).toHaveAttribute('data-type', 'normal');
});

test('the language changes the whole page, and back', async ({ page }) => {
  await page.goto('/?from=notice');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/\?from=notice$/);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/\p{Script=Han}/u);
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('every switch works without scripts', async ({ device }) => {
  const page = await device({ options: { javaScriptEnabled: false } });
  await page.goto('/');
  await page.getByRole('button', { name: '大字版' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-type', 'large');
  await page.getByRole('button', { name: '深色' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-type', 'large');
  await page.getByRole('button', { name: '浅色' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('a preference leads back to this site only, and nonsense changes nothing', async ({ hall, request }) => {
  const answer = (form: Record<string, string>) =>
    request.post(`${hall.localUrl}/preferences`, { form, headers: { origin: hall.localUrl }, maxRedirects: 0 });
  for (const back of ['https://elsewhere.test/', '//elsewhere.test/', 'javascript:alert(1)', '/\\elsewhere.test'])
    expect((await answer({ theme: 'dark', back })).headers().location).toBe('/');
  expect((await answer({ theme: 'dark', back: '/join?code=1' })).headers().location).toBe('/join?code=1');
  const odd = await answer({ theme: 'pink', type: '<script>', lang: 'xx', back: '/' });
  expect(odd.headers()['set-cookie']).toContain('yishi_reading=zh-CN.dark.normal');
});

test('an address that leads nowhere says so kindly, in the reader’s language', async ({ page, hall }) => {
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有找到这个页面');
  await expectAccessible(page);
  await page.context().addCookies([{ name: 'yishi_reading', value: 'en.dark.normal', url: hall.url }]);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page was not found');
  await page.getByRole('link', { name: 'Go to the home page' }).click();
  await expect(page).toHaveURL(/\/$/);
});

test('the skip link leads past the header', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
});

test('a page that breaks says that nothing confirmed is lost, and works again when the cause is gone', async ({
  device,
  ownHall,
  complaints,
}) => {
  const admin = postgres(process.env.TEST_POSTGRES_URL ?? '', { max: 1 });
  const database = new URL(ownHall.databaseUrl).pathname.slice(1);
  const page = await device({}, ownHall);
  try {
    await admin.unsafe(`alter database "${database}" with allow_connections false`);
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`;
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('刚才出了点问题');
    await expectAccessible(page);
    await admin.unsafe(`alter database "${database}" with allow_connections true`);
    await page.getByRole('button', { name: '再试一次' }).click();
    // The program's connections come back one by one.
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('一起商量', { timeout: 1_000 });
    }).toPass({ timeout: 40_000 });
  } finally {
    await admin.end();
  }
  // The browser itself reports the 500 that was asked for.
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !complaint.includes('status of 500')));
});
