// What every page owes, wherever it was reached: one heading, a title, a language, nothing for axe to find in light or dark, every control within the keyboard's
// reach, and nothing wider than a narrow phone in large type. For the crawl and for specs that stand where no link leads.
import type { Page } from '@playwright/test';
import { colourRules, expect, expectAccessible, expectKeyboardOrder, isNews, partsOf } from './fixtures.ts';

const narrowest = { width: 360, height: 740 };

/** `/meetings/4f…/room?tab=1` and its like are one kind of page. */
export const kindOf = (path: string): string =>
  path.replace(/[?#].*$/, '').replace(/\/(?:[0-9a-hjkmnp-tv-z]{26}|\d+|[^/]*\d[^/]*)(?=\/|$)/g, '/*');

/** By kind of page, the parts that were held to everything already, whoever was looking: the same parts pass again. */
const heldToAll = new Map<string, Set<string>>();

/** `path` is only what a failure calls it. */
export async function expectGoodPage(page: Page, path = new URL(page.url()).pathname): Promise<void> {
  await expect(page.locator('h1'), `one heading at ${path}`).toHaveCount(1);
  expect((await page.title()).trim(), `a title at ${path}`).not.toBe('');
  await expect(page.locator('html')).toHaveAttribute('lang', /^(zh-CN|en)$/);
  if (isNews(heldToAll, kindOf(path), await partsOf(page))) {
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, colourRules);
    await page.emulateMedia({ colorScheme: 'light' });
    await expectKeyboardOrder(page);
  }
  const before = page.viewportSize();
  if (before && before.width > narrowest.width) await page.setViewportSize(narrowest);
  const overflow = await page.evaluate(() => {
    document.documentElement.dataset.type = 'large';
    const { scrollWidth, clientWidth } = document.documentElement;
    document.documentElement.dataset.type = 'normal';
    return scrollWidth - clientWidth;
  });
  if (before && before.width > narrowest.width) await page.setViewportSize(before);
  expect(overflow, `${path} is wider than a narrow phone in large type`).toBeLessThanOrEqual(0);
}
