// What a phone pays for the first look at a page: bytes as they travel (gzip, cold cache), those of JavaScript apart, and the time until it can be used,
// at a quarter of this machine's speed, beside the same page without scripts. Run as `npm run bench -- pages`; needs a build.
// It prints numbers and asserts none; a page that cannot be opened ends it.
import { chromium, type Browser as Chromium, type BrowserContextOptions, type Page } from '@playwright/test';
import postgres from 'postgres';
import { nextMotion, openCheckIn, openSession, openVote, seatEverybody } from '#tests/e2e/council.ts';
import { findBrowser, hallHost } from '#tests/support/browser.ts';
import { createDatabase, startTestPostgres } from '#tests/support/postgres.ts';
import { startProgram } from '#tests/support/program.ts';

const runs = 7;
const slowdown = 4;
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Opened {
  readonly url: string;
  readonly cookie?: { readonly name: string; readonly value: string };
}

interface Measured {
  /** The page itself and all it fetches: styles, scripts, pictures, letters. */
  pageBytes: number;
  scriptBytes: number;
  scriptFiles: number;
  /** From the start of navigation until the page's scripts listen, or without scripts until its words are there. */
  usableMs: number;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Bodies as they travelled: `encodedBodySize` counts compressed bytes and no headers. */
async function weightOf(page: Page): Promise<Pick<Measured, 'pageBytes' | 'scriptBytes' | 'scriptFiles'>> {
  const fetched = await page.evaluate(() =>
    (
      [
        ...performance.getEntriesByType('navigation'),
        ...performance.getEntriesByType('resource'),
      ] as PerformanceResourceTiming[]
    ).map(({ name, encodedBodySize }) => ({ name, encodedBodySize })),
  );
  const scripts = fetched.filter(({ name }) => new URL(name).pathname.endsWith('.js'));
  const weigh = (some: typeof fetched) => some.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  return { pageBytes: weigh(fetched), scriptBytes: weigh(scripts), scriptFiles: scripts.length };
}

async function openOnce(browser: Chromium, { url, cookie }: Opened, javaScriptEnabled: boolean): Promise<Measured> {
  const context = await browser.newContext({ ...phone, javaScriptEnabled });
  try {
    if (cookie) await context.addCookies([{ url, ...cookie }]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const startedAt = performance.now();
    const answer = await page.goto(url, { waitUntil: 'commit' });
    if (!answer?.ok()) throw new Error(`${url} answers ${answer?.status()}`);
    await page.locator('h1').first().waitFor();
    // A page that is plain HTML (joining is) can be used as soon as its words are there.
    const hasScripts = (await page.locator('script').count()) > 0;
    if (javaScriptEnabled && hasScripts) await page.locator('html[data-awake]').waitFor({ state: 'attached' });
    const usableMs = performance.now() - startedAt;
    if (!javaScriptEnabled) return { pageBytes: 0, scriptBytes: 0, scriptFiles: 0, usableMs };
    // What loads after the page can be used is paid for as well.
    await page.waitForLoadState('networkidle');
    return { ...(await weightOf(page)), usableMs };
  } finally {
    await context.close();
  }
}

async function measure(browser: Chromium, name: string, opened: Opened): Promise<void> {
  const withScripts: Measured[] = [];
  const bare: Measured[] = [];
  for (let run = 0; run < runs; run++) {
    withScripts.push(await openOnce(browser, opened, true));
    bare.push(await openOnce(browser, opened, false));
  }
  const largest = (of: (one: Measured) => number) => Math.round((Math.max(...withScripts.map(of)) / 1024) * 10) / 10;
  const usableMs = median(withScripts.map((one) => one.usableMs));
  const bareMs = median(bare.map((one) => one.usableMs));
  console.info(
    JSON.stringify({
      bench: 'pages',
      page: name,
      pageKiB: largest((one) => one.pageBytes),
      scriptKiB: largest((one) => one.scriptBytes),
      scriptFiles: withScripts[0]?.scriptFiles,
      cpuSlowdown: slowdown,
      usableMs: Math.round(usableMs),
      withoutScriptsMs: Math.round(bareMs),
      ratio: Math.round((usableMs / bareMs) * 100) / 100,
      runs,
    }),
  );
}

/** The cookie a member's phone keeps: signed in once, so that every run opens the room and nothing else. */
async function signedIn(browser: Chromium, url: string): Promise<{ name: string; value: string }> {
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('input[name=loginName]').fill('member');
    await page.locator('input[type=password]').fill('member-yunjinli');
    await page.locator('input[type=password]').press('Enter');
    await page.waitForURL((at) => !at.pathname.endsWith('/sign-in'));
    const cookie = (await context.cookies()).find(({ httpOnly }) => httpOnly);
    if (!cookie) throw new Error('Signing in left no cookie.');
    return { name: cookie.name, value: cookie.value };
  } finally {
    await context.close();
  }
}

const cluster = await startTestPostgres();
const databaseUrl = await createDatabase(cluster.adminUrl);
const program = await startProgram({ DATABASE_URL: databaseUrl, HOST: '127.0.0.1' });
const browser = await chromium.launch(await findBrowser());
const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
try {
  const meetingOf = async (format: string) => {
    const [meeting] = await sql<{ id: string; joinCode: string }[]>`
      select id, join_code as "joinCode" from meetings where format = ${format} limit 1`;
    if (!meeting) throw new Error(`The demo community has no ${format} to open.`);
    return meeting;
  };
  const meeting = await meetingOf('council');
  const hall = `http://${hallHost}:${program.port}`;
  await measure(browser, 'landing', { url: `${hall}/` });
  await measure(browser, 'join', { url: `${hall}/join?code=${meeting.joinCode}` });
  await measure(browser, 'observer', { url: `${hall}/m/${meeting.id}` });
  const hearing = await meetingOf('hearing');
  await measure(browser, 'hearing, its notice', { url: `${hall}/m/${hearing.id}/hearing` });
  await measure(browser, 'hearing, a resident', { url: `${hall}/m/${hearing.id}` });
  await measure(browser, 'hearing, to read along', { url: `${hall}/m/${hearing.id}/text` });
  const space = await meetingOf('open_space');
  await measure(browser, 'open space, a visitor', { url: `${hall}/m/${space.id}` });
  const member = await signedIn(browser, `${hall}/sign-in`);
  const room = { url: `${hall}/m/${meeting.id}/room`, cookie: member };
  await measure(browser, 'room', room);
  // With a vote on the screen: all that joining and voting takes.
  const localUrl = `http://localhost:${program.port}`;
  const council = await openCheckIn({ url: hall, localUrl, program, databaseUrl });
  await seatEverybody(council);
  await openSession(council);
  await nextMotion(council);
  await openVote(council);
  await measure(browser, 'room in a vote', room);
  council.end();
} finally {
  await sql.end();
  await browser.close();
  await program.stop();
  await cluster.stop();
}
