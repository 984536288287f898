// The open minutes as a page shows them, for end-to-end tests: the paper, its facts, the paragraphs people write in, and what is saved.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

export const paper = (page: Page): Locator => page.getByRole('textbox', { name: '会议记录正文' });
export const facts = (page: Page): Locator => paper(page).locator('[data-fact]');
/** The paragraphs in which people write what was discussed. */
export const points = (page: Page): Locator => page.locator('.minutes-text > p');
export const saved = (page: Page): Promise<void> =>
  expect(page.locator('[data-save-state]')).toHaveAttribute('data-save-state', 'saved');

/** Opens the minutes as whoever this page is signed in as. */
export async function openPaper(page: Page, meetingId: string): Promise<Page> {
  await page.goto(`/meetings/${meetingId}/minutes`);
  await expect(paper(page)).toBeVisible();
  await saved(page);
  return page;
}

/** The cursor at the end of a paragraph; the editor hears of the browser's caret a moment later, and others' words may move the page meanwhile. */
export async function intoEnd(page: Page, at: number): Promise<void> {
  const paragraph = points(page).nth(at);
  await expect(async () => {
    await paragraph.click({ timeout: 5_000 });
    await page.keyboard.press('End');
    await expect.poll(() => caretAtEnd(paragraph), { timeout: 2_000 }).toBe(true);
  }).toPass();
}

const caretAtEnd = (paragraph: Locator): Promise<boolean> =>
  paragraph.evaluate((node) => {
    const selection = getSelection();
    if (!selection?.isCollapsed || !node.contains(selection.anchorNode)) return false;
    const rest = document.createRange();
    rest.setStart(selection.anchorNode as Node, selection.anchorOffset);
    rest.setEnd(node, node.childNodes.length);
    const left = rest.cloneContents();
    left.querySelectorAll('.other-cursor').forEach((cursor) => cursor.remove());
    return left.textContent === '';
  });

/** The prose of a page, without the names at others' cursors. */
export const prose = (page: Page): Promise<string[]> =>
  points(page).evaluateAll((all) =>
    all.map((each) => {
      const copy = each.cloneNode(true) as Element;
      copy.querySelectorAll('.other-cursor, img, br').forEach((cursor) => cursor.remove());
      return copy.textContent ?? '';
    }),
  );
