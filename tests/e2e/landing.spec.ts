// The first page anyone meets: it says what this is, works without a complaint on the oldest phones, and needs no secure context.
import { expect, expectAccessible, look, test } from './fixtures.ts';

test('the landing page has a language and one heading, and axe finds nothing', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('h1')).toHaveCount(1);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  await expectAccessible(page);
  await look(page, 'landing');
});

test('the landing page opens on an older phone', async ({ device }) => {
  const page = await device({ older: true });
  await page.goto('/');
  await expect(page.locator('h1')).toBeVisible();
  expect(await page.evaluate(() => 'at' in Array.prototype || 'randomUUID' in crypto)).toBe(false);
});
