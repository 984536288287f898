// The first page anyone meets: it says what this is, works without a complaint on the oldest phones, and needs no secure context.
import { awake, expect, expectAccessible, expectKeyboardOrder, look, test } from './fixtures.ts';

test('the landing page has a language and one heading, and axe finds nothing', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('h1')).toHaveCount(1);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await expectAccessible(page);
  await look(page, 'landing');
});

test('the Tab key walks the landing page from top to bottom', async ({ device }) => {
  for (const screen of ['phone', 'laptop'] as const) {
    const page = await device({ screen });
    await page.goto('/');
    await expectKeyboardOrder(page);
  }
});

test('without scripts six digits still lead to the door of a meeting', async ({ device }) => {
  const page = await device({ options: { javaScriptEnabled: false } });
  await page.goto('/');
  await page.locator('input[name=code]').fill('123456');
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/join');
  await page.locator('form[action="/join"] button').click();
  expect(new URL((await asked).url()).searchParams.get('code')).toBe('123456');
});

test('the landing page opens on an older phone', async ({ device }) => {
  const page = await device({ older: true });
  await page.goto('/');
  await awake(page);
  await expect(page.locator('h1')).toBeVisible();
  expect(await page.evaluate(() => 'at' in Array.prototype || 'randomUUID' in crypto)).toBe(false);
});
