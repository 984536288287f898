// The parts every screen is made of, in all their states: axe finds nothing in any theme, size or language, they work by keyboard and on
// phones without modal dialogues, and what a listener needs is said in the live regions.
import { awake, expect, expectAccessible, look, test } from './fixtures.ts';

const readings = ['zh-CN.light.normal', 'zh-CN.dark.normal', 'zh-CN.light.large', 'en.dark.large'];

for (const reading of readings)
  test(`axe finds nothing in the gallery, and it never scrolls sideways (${reading})`, async ({ device, hall }) => {
    const page = await device({ options: { viewport: { width: 360, height: 780 } } });
    await page.context().addCookies([{ name: 'yishi_reading', value: reading, url: hall.url }]);
    await page.goto('/gallery');
    await expect(page.locator('html')).toHaveAttribute('lang', reading.startsWith('en') ? 'en' : 'zh-CN');
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await look(page, `gallery-${reading}`);
  });

test('every button, box and card of the gallery is at least 44 px high, 60 in large type', async ({ device, hall }) => {
  const page = await device();
  await page.goto('/gallery');
  const lowest = () =>
    page
      .locator('main')
      .locator('button, a.y-button, select, input.y-control, label.card, label.line')
      .evaluateAll((all) => Math.min(...all.map((one) => Math.round(one.getBoundingClientRect().height))));
  expect(await lowest()).toBe(44);
  await page.context().addCookies([{ name: 'yishi_reading', value: 'zh-CN.light.large', url: hall.url }]);
  await page.reload();
  expect(await lowest()).toBe(60);
  expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('24px');
});

for (const older of [false, true])
  test(`a dialog keeps the keyboard inside, closes on Escape and gives the focus back (${older ? 'older phone' : 'now'})`, async ({
    device,
  }) => {
    const page = await device({ older });
    await page.goto('/gallery');
    await awake(page);
    const opener = page.getByRole('button', { name: '打开对话框' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '延长发言' });
    await expect(dialog).toBeVisible();
    const inside = () => page.evaluate(() => document.activeElement?.closest('dialog') !== null);
    for (let step = 0; step < 8; step++) {
      // A native dialog lets the Tab key reach the browser's own bar, never the page behind.
      expect((await inside()) || (await page.evaluate(() => document.activeElement === document.body))).toBe(true);
      await page.keyboard.press('Tab');
    }
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  });

test('what is announced while a dialog is open is announced inside it, where it can be heard', async ({ page }) => {
  await page.goto('/gallery');
  const outside = page.locator('body > div > [data-live-region="polite"]');
  await page.getByRole('button', { name: '播报' }).click();
  await expect(outside).toContainText('表决开始：暖心餐桌，请投票。');
  await page.getByRole('button', { name: '打开对话框' }).click();
  await page.getByRole('button', { name: '播报' }).dispatchEvent('click');
  await expect(page.locator('dialog[open] [data-live-region="polite"]')).toContainText('表决开始：暖心餐桌，请投票。');
});

test('a clock speaks at its thresholds and at the end, and not in between', async ({ page }) => {
  await page.clock.install();
  await page.goto('/gallery');
  const now = Number(await page.locator('.gallery').getAttribute('data-now'));
  const face = page.getByRole('timer', { name: '剩余时间' });
  const said = page.locator('body > div > [data-live-region] p').filter({ hasText: '剩余时间' });
  // The clock was given 130 seconds.
  await page.clock.pauseAt(now + 30_000);
  await expect(face).toHaveText('01:40');
  await page.clock.runFor(39_000);
  await expect(face).toHaveText('01:01');
  await expect(said).toHaveCount(0);
  await page.clock.runFor(1_000);
  await expect(said).toHaveText(['剩余时间: 还剩 1 分钟']);
  await page.clock.runFor(49_000);
  await expect(face).toHaveText('00:11');
  await expect(said).toHaveCount(1);
  await page.clock.runFor(1_000);
  await expect(said).toHaveText(['剩余时间: 还剩 1 分钟', '剩余时间: 还剩 10 秒']);
  await page.clock.runFor(30_000);
  await expect(face).toHaveText('00:00');
  await expect(page.locator('body > div > [data-live-region="assertive"]')).toContainText('剩余时间: 时间到');
  await expect(said).toHaveCount(3);
});

test('tabs and choices work by arrow keys', async ({ page }) => {
  await page.goto('/gallery');
  await page.getByRole('tab', { name: '议程' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: '纪要' })).toBeFocused();
  await expect(page.getByRole('tabpanel')).toHaveText('纪要的内容');
  await page.keyboard.press('End');
  await expect(page.getByRole('tabpanel')).toHaveText('材料的内容');
  await page.getByRole('radio', { name: '赞成', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '反对' })).toBeChecked();
});

test('copying works without a secure context', async ({ page }) => {
  await page.goto('/gallery');
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  const copy = page.getByRole('button', { name: '复制会议号' });
  await copy.click();
  await expect(page.getByRole('button', { name: '已复制' })).toBeVisible();
  const box = page.getByRole('textbox', { name: '姓名' });
  await box.fill('');
  await box.press('Control+V');
  await expect(box).toHaveValue('738204');
});

test('the gallery does not exist where nobody asked for it', async ({ ownHall, request }) => {
  await ownHall.program.stop();
  const { startProgram } = await import('#tests/support/program.ts');
  const program = await startProgram({ DATABASE_URL: ownHall.databaseUrl, HOST: '127.0.0.1', YISHI_GALLERY: '' });
  try {
    expect((await request.get(`http://localhost:${program.port}/gallery`)).status()).toBe(404);
  } finally {
    await program.stop();
  }
});
