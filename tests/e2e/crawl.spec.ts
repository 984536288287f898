// Walks every page one can reach by links, as nobody and as each demo person, and holds each to what every page owes: it answers, says what
// it is, complains of nothing, fits a narrow phone in large type, and axe finds nothing in light or dark.
// A page that needs more than a link to be reached (a vote under way) is looked at by the spec that gets there.
import type { Page } from '@playwright/test';
import { openCheckIn, openSession, seatEverybody } from './council.ts';
import { demoPeople, expect, signIn, test } from './fixtures.ts';
import { expectGoodPage, kindOf } from './good-page.ts';
import { openPaper } from './minutes-paper.ts';

/** Enough for every kind of page twice; a list of a thousand rows is not walked to its end. */
const mostPages = 80;
const mostOfAKind = 2;

const linksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'))
      .filter((link) => link.origin === location.origin && !link.hasAttribute('download'))
      .map((link) => link.pathname + link.search),
  );

/** Asks as the page itself would, so that cookies go along. A file to download is only asked for. */
const ask = (page: Page, path: string): Promise<{ status: number; type: string }> =>
  page.evaluate(async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, type: answer.headers.get('content-type') ?? '' };
  }, path);

/** Everything that is wrong anywhere, so that one run tells all; and the pages that were looked at. */
async function crawl(page: Page, from: string): Promise<{ visited: string[]; wrong: string[] }> {
  const waiting = [from];
  /** Every address met, and the page whose link led there first. */
  const metAt = new Map([[from, from]]);
  const kinds = new Map<string, number>();
  const visited: string[] = [];
  const wrong: string[] = [];
  for (let path = waiting.shift(); path !== undefined && visited.length < mostPages; path = waiting.shift()) {
    const kind = kindOf(path);
    const before = kinds.get(kind) ?? 0;
    if (before >= mostOfAKind) continue;
    kinds.set(kind, before + 1);
    if (visited.length > 0) {
      const { status, type } = await ask(page, path);
      if (status >= 400) wrong.push(`${metAt.get(path)} has a link to ${path}, which answers ${status}`);
      if (status >= 400 || !type.startsWith('text/html')) continue;
    }
    await page.goto(path);
    visited.push(path);
    if (before === 0) await expectGoodPage(page, path).catch((error: Error) => wrong.push(`${path}: ${error.message}`));
    for (const link of await linksOf(page)) {
      if (metAt.has(link)) continue;
      metAt.set(link, path);
      waiting.push(link);
    }
  }
  return { visited, wrong };
}

const narrowPhone = { options: { viewport: { width: 360, height: 740 } } };

test.describe.configure({ timeout: 1_200_000 });

test('every page nobody in particular can reach', async ({ device }) => {
  const { visited, wrong } = await crawl(await device(narrowPhone), '/');
  expect(wrong).toEqual([]);
  expect(visited.length).toBeGreaterThan(1);
});

for (const { loginName } of demoPeople)
  test(`every page ${loginName} can reach`, async ({ device }) => {
    const page = await device(narrowPhone);
    await signIn(page, loginName);
    const { visited, wrong } = await crawl(page, '/');
    expect(wrong).toEqual([]);
    expect(visited.length).toBeGreaterThan(2);
  });

// Last, because the meeting of the demo community is over with it: what only an adjourned meeting has.
test('every page of the minutes', async ({ hall, device }) => {
  const council = await openCheckIn(hall);
  await seatEverybody(council);
  await openSession(council);
  await council.chair.act({ type: 'adjournMeeting', leaveUnfinished: true });
  council.end();
  const minutes = `/meetings/${council.meetingId}/minutes`;
  const [secretary, member] = [await device(narrowPhone), await device(narrowPhone)];
  await Promise.all([signIn(secretary, 'secretary'), signIn(member, 'member')]);
  const held = async (page: Page, path: string): Promise<void> => {
    await page.goto(path);
    await expectGoodPage(page, path);
  };
  await expectGoodPage(await openPaper(secretary, council.meetingId), minutes);
  for (const path of [`${minutes}/history`, `${minutes}/sign`, `${minutes}/publish`]) await held(secretary, path);
  await secretary.goto(`${minutes}/sign`);
  await secretary.getByRole('button', { name: '定稿', exact: true }).click();
  await expect(secretary.getByText('第 1 版')).toBeVisible();
  for (const path of [minutes, `${minutes}/sign`, `${minutes}/sign/sheet`]) await held(member, path);
});
