// What every end-to-end test stands on: one real server and database per worker, pages at a plain-http host that is no secure context,
// several people each with a browser of their own, and a watch that fails a test on any console error or uncaught exception.
// Imported by every *.spec.ts in place of @playwright/test. It must never reach into the program: only what a browser can do.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { hallHost } from '#tests/support/browser.ts';
import { createDatabase } from '#tests/support/postgres.ts';
import { startProgram, type Program } from '#tests/support/program.ts';
import { olderPhone } from './older-phone.ts';

export { expect };

export interface Hall {
  /** `http://hall.test:…`: not a secure context, as at a LAN address. Only browsers know this name; Node does not. */
  readonly url: string;
  /** `http://localhost:…`: a secure context, for passkeys and for requests made by Node. */
  readonly localUrl: string;
  /** The running program. Restart it with `startProgram({ DATABASE_URL: databaseUrl }, port)` after a kill. */
  readonly program: Program;
  readonly databaseUrl: string;
}

export interface Device {
  /** `phone` 390×844 with touch, `laptop` 1440×900, `projector` 1920×1080. */
  readonly screen?: keyof typeof screens;
  /** Takes away what Chrome 87 and Safari 14 do not have. */
  readonly older?: boolean;
  /** Opens relative addresses on localhost, a secure context. */
  readonly secure?: boolean;
  readonly options?: BrowserContextOptions;
}

export const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  laptop: { viewport: { width: 1440, height: 900 } },
  projector: { viewport: { width: 1920, height: 1080 } },
} as const;

/** Messages of the browser itself about an answer that a test asked for: a refused form is no fault of the page. */
const aboutAnswers = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Collects what a page complains of; a test that expects a complaint takes it out of the list. */
function watch(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => {
    const where = message.page()?.url() ?? '';
    if (message.type() === 'error' && !aboutAnswers.test(message.text()))
      complaints.push(`${where}: console: ${message.text()}`);
    if (message.text().includes('Yjs was already imported')) complaints.push(`${where}: two copies of Yjs`);
  });
  context.on('weberror', (failure) => complaints.push(`${failure.page()?.url() ?? ''}: ${failure.error().message}`));
}

/** True once the page's own scripts listen, and on a page that has none. */
const listens = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      document.documentElement.hasAttribute('data-awake') ||
      !Array.from(document.scripts).some(({ text }) => text.includes('kit.start')),
  );

/** Whoever opens an address finds a page that listens: a key pressed before its scripts run would test the machine's speed. */
function opensAwake(page: Page): Page {
  const goto = page.goto.bind(page);
  page.goto = async (...to) => {
    const answer = await goto(...to);
    await expect.poll(() => listens(page).catch(() => false)).toBe(true);
    return answer;
  };
  return page;
}

async function serve(databaseUrl: string): Promise<Hall> {
  const program = await startProgram({ DATABASE_URL: databaseUrl, HOST: '127.0.0.1', YISHI_GALLERY: '1' });
  return {
    url: `http://${hallHost}:${program.port}`,
    localUrl: `http://localhost:${program.port}`,
    program,
    databaseUrl,
  };
}

interface TestFixtures {
  /** A server and database for this test alone, where it would disturb the others. */
  ownHall: Hall;
  complaints: string[];
  /** A new browser context, as a person's own device, closed after the test. */
  device: (device?: Device, hall?: Hall) => Promise<Page>;
}

interface WorkerFixtures {
  hall: Hall;
}

async function openDevice(browser: Browser, hall: Hall, device: Device, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({
    ...screens[device.screen ?? 'phone'],
    baseURL: device.secure ? hall.localUrl : hall.url,
    ...device.options,
  });
  watch(context, complaints);
  if (device.older) await context.addInitScript(olderPhone);
  const page = await context.newPage();
  return device.options?.javaScriptEnabled === false ? page : opensAwake(page);
}

const adminUrl = (): string => process.env.TEST_POSTGRES_URL ?? '';

export const test = base.extend<TestFixtures, WorkerFixtures>({
  hall: [
    async ({}, use) => {
      const hall = await serve(await createDatabase(adminUrl()));
      await use(hall);
      await hall.program.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  ownHall: async ({}, use) => {
    const hall = await serve(await createDatabase(adminUrl()));
    await use(hall);
    await hall.program.stop();
  },
  complaints: [
    async ({}, use) => {
      const complaints: string[] = [];
      await use(complaints);
      expect(complaints, 'no page may complain').toEqual([]);
    },
    { auto: true },
  ],
  baseURL: async ({ hall }, use) => use(hall.url),
  page: async ({ page, javaScriptEnabled }, use) => use(javaScriptEnabled === false ? page : opensAwake(page)),
  context: async ({ context, complaints }, use) => {
    watch(context, complaints);
    await use(context);
  },
  device: async ({ browser, hall, complaints }, use) => {
    const opened: Page[] = [];
    await use(async (device = {}, at = hall) => {
      const page = await openDevice(browser, at, device, complaints);
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.context().close()));
  },
});

/** Whom the demo community lets in by password: chair, secretary, monitor, helper, member. */
export const demoPeople = (
  JSON.parse(readFileSync('src/lib/server/demo/additions.json', 'utf8')) as {
    signIns: { loginName: string; password: string }[];
  }
).signIns;

/** Signs in through the page, as the person would; afterwards the page shows `back`. */
export async function signIn(page: Page, loginName: string, back = '/'): Promise<void> {
  const person = demoPeople.find((one) => one.loginName === loginName);
  if (!person) throw new Error(`The demo community has no sign-in for ${loginName}.`);
  await page.goto(`/sign-in?back=${encodeURIComponent(back)}`);
  await page.locator('input[name=loginName]').fill(loginName);
  await page.locator('input[name=password]').fill(person.password);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Waits until the page's own scripts listen. A form works before that too; a button that only scripts know does not. */
export const awake = (page: Page): Promise<void> => expect(page.locator('html')).toHaveAttribute('data-awake', '');

/** What the page says where it refuses something; the region that is only heard stands empty beside it. */
export const refusal = (page: Page) => page.getByRole('alert').filter({ hasText: /./ });

/** axe finds nothing: every rule, or the given ones, the whole page. Waits until the page stands still, so that no fading colour is measured. */
export async function expectAccessible(page: Page, rules: readonly string[] = []): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        // What turns for ever, as a busy button does, never finishes.
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished.catch(() => {})),
    ),
  );
  // No page has frames: axe need not gather what it found in a page of its own, which would be opened for each look.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  expect(found, `axe at ${page.url()}`).toEqual([]);
}

/** What the colours of a page can break, and nothing else: for the dark look of a page that was looked at in the light. */
export const colourRules: readonly string[] = ['color-contrast', 'link-in-text-block'];

/** Whatever a page is built of, its words left out. Two pages of the same parts break the same rules. */
export const partsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...new Set(
      Array.from(document.querySelectorAll('body *'), (part) => {
        const marks = Array.from(part.attributes)
          .filter(({ name }) => !/^(id|href|src|value|for|title|name|content|style|d|data-stop)$/.test(name))
          .map(({ name, value }) =>
            /^(class|role|type|aria-(live|hidden|current|expanded|pressed))$/.test(name) ? `${name}=${value}` : name,
          );
        return [part.parentElement?.localName, part.localName, ...marks.sort()].join(' ');
      }),
    ),
  ]);

/** True once for each part of these pages: false when all of it has been seen under this name. */
export function isNews(seen: Map<string, Set<string>>, name: string, parts: readonly string[]): boolean {
  const known = seen.get(name) ?? new Set<string>();
  seen.set(name, known);
  const before = known.size;
  for (const part of parts) known.add(part);
  return known.size > before;
}

/**
 * The Tab key reaches every part that can be used, in the order in which the page reads, and one sees where one is.
 * A group of radio buttons or tabs counts as one: inside it the arrows move.
 */
export async function expectKeyboardOrder(page: Page): Promise<void> {
  const expected = await page.evaluate(() => {
    const parts = 'a[href], button, input, select, textarea, summary, iframe, [contenteditable=true], [tabindex]';
    const groups = new Set<string>();
    const stops = Array.from(document.querySelectorAll<HTMLElement>(parts)).filter((part) => {
      if (part.tabIndex < 0 || part.matches(':disabled, [type=hidden]')) return false;
      if (!part.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
      if (!(part instanceof HTMLInputElement) || part.type !== 'radio') return true;
      const isFirst = !groups.has(part.name);
      groups.add(part.name);
      return isFirst;
    });
    // The next Tab starts at the top of the page, wherever the last check left off.
    document.body.setAttribute('tabindex', '-1');
    document.body.focus();
    document.body.removeAttribute('tabindex');
    return stops.map((part, index) => {
      const stop = part instanceof HTMLInputElement && part.type === 'radio' ? `radio ${part.name}` : String(index);
      part.dataset.stop = stop;
      const { type = '', name = '' } = part as HTMLInputElement;
      const said = (part.getAttribute('aria-label') ?? part.textContent ?? '').trim().slice(0, 40);
      return { stop, is: `${part.localName} ${type} ${name} ${said}`.replace(/\s+/g, ' ').trim() };
    });
  });
  const reached: string[] = [];
  const seen = new Set<string>();
  // A date has several stops inside.
  for (let step = 0; step < expected.length * 2 + 10; step++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      if (!at || at === document.body) return null;
      const lit = (part: Element | null): boolean => {
        if (!part) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      };
      return {
        stop: at instanceof HTMLInputElement && at.type === 'radio' ? `radio ${at.name}` : (at.dataset.stop ?? ''),
        seen: [at, at.parentElement, at.closest('label'), at.nextElementSibling].some(lit),
      };
    });
    if (!here) break;
    // A browser without bars of its own sometimes starts over at once.
    if (here.stop === expected[0]?.stop && reached.length >= expected.length) break;
    if (here.stop !== reached.at(-1)) reached.push(here.stop);
    if (here.seen) seen.add(here.stop);
  }
  const missed = expected.filter(({ stop }) => !reached.includes(stop)).map(({ is }) => is);
  expect(missed, `the Tab key never comes here at ${page.url()}`).toEqual([]);
  const unseen = expected.filter(({ stop }) => !seen.has(stop)).map(({ is }) => is);
  expect(unseen, `one cannot see that the keyboard is here at ${page.url()}`).toEqual([]);
  const known = new Set(expected.map(({ stop }) => stop));
  expect(
    reached.filter((stop) => known.has(stop)),
    `the Tab key goes in the order in which one reads at ${page.url()}`,
  ).toEqual(expected.map(({ stop }) => stop));
}

/** A hall's screen shows all it has: nobody scrolls a projector, be it new or old. */
export async function expectWithinScreen(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const viewport of [{ width: 1280, height: 720 }, screens.projector.viewport]) {
    await page.setViewportSize(viewport);
    const below = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    await expect.poll(below, `nothing is below the edge at ${viewport.height} lines`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

/** Pictures of a page at the three screens, under test-results/screens, when LOOK=1. For people to look at; asserts nothing. */
export async function look(
  page: Page,
  name: string,
  only: (keyof typeof screens)[] = ['phone', 'laptop', 'projector'],
): Promise<void> {
  if (process.env.LOOK !== '1') return;
  const before = page.viewportSize();
  for (const screen of only) {
    await page.setViewportSize(screens[screen].viewport);
    await page.screenshot({ path: `test-results/screens/${name}-${screen}.png`, animations: 'disabled' });
  }
  if (before) await page.setViewportSize(before);
}
