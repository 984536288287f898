// What a phone makes of the results of a large funding ballot, 200 projects and 20,000 ballots, at a quarter of this machine's speed: opening the page,
// the longest time it does not answer, finding a project, unfolding the steps, counting again by itself. The same page without scripts
// stands beside it. Run as `npm run bench -- results`; needs a build. It prints numbers and asserts none but that the recount agrees.
import { chromium, type Page } from '@playwright/test';
import { findBrowser, hallHost } from '#tests/support/browser.ts';
import { createDatabase, startTestPostgres } from '#tests/support/postgres.ts';
import { startProgram } from '#tests/support/program.ts';
import { townElection } from '#tests/support/random-elections.ts';

const slowdown = 4;
const runs = 3;
const print = (line: object) => console.info(JSON.stringify({ bench: 'results', ...line }));
const round = (ms: number) => Math.round(ms);
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The demo's council announces it in this process, on the database the program serves; returns the page's path. */
async function announceTown(databaseUrl: string): Promise<{ path: string; end: () => Promise<void> }> {
  process.env.DATABASE_URL = databaseUrl;
  const [{ client }, { act }, { freshCopy }, { countWhatIsDue }, { newId }, { bus }] = await Promise.all([
    import('#lib/server/db/client.ts'),
    import('#lib/server/meetings/act.ts'),
    import('#lib/server/meetings/copies.ts'),
    import('#lib/server/allocations/counts.ts'),
    import('#lib/protocol/ids.ts'),
    import('#lib/server/bus.ts'),
  ]);
  const [meeting] = await client<{ id: string }[]>`select id from meetings limit 1`;
  const meetingId = meeting?.id ?? '';
  const people = await client<{ loginName: string; personId: string }[]>`
    select login_name as "loginName", person_id as "personId" from accounts`;
  const person = (loginName: string) => people.find((each) => each.loginName === loginName)?.personId ?? '';
  const must = async (personId: string, command: unknown) => {
    const actor = { kind: 'person', personId, accountId: null, meetingId: null } as const;
    const answer = await act(meetingId, { commandId: newId(), command }, actor);
    if (!answer.ok) throw new Error(`${answer.refusal.rule} ${answer.refusal.reason}`);
  };
  const [chair, secretary] = [person('chair'), person('secretary')];
  const state = async () => (await freshCopy(meetingId)).state;
  await must(secretary, { type: 'openCheckIn' });
  for (const { seatId, personId } of Object.values((await state()).seats))
    if (personId) await must(personId, { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' });
  await must(chair, { type: 'openSession' });
  await must(chair, { type: 'adoptAgenda' });
  const { projects, budgetFen, ballots } = townElection(1, 200, 20_000, 'approval');
  const call = {
    itemId: null,
    title: '全镇项目资金表决',
    budgetFen,
    projects: projects.map((project) => ({ ...project, name: `第 ${project.id} 号服务项目`, tiedSeatIds: [] })),
    envelopes: [],
    terms: { kind: 'approve', atMost: null, withinBudget: false },
    ties: { kind: 'draw', seed: '738204' },
    ruleId: 'mes_cost_add1u',
    voters: 'residents',
  };
  await must(secretary, { type: 'putCall', callId: null, call });
  const callId = (await state()).allocations.order[0] ?? '';
  await must(secretary, { type: 'openPoll', subject: { kind: 'allocation', callId }, secrecy: null, plannedMs: null });
  const pollId = (await state()).polls.openId ?? '';
  // As if 20,000 residents had used their slips: the rows they leave, without their hours.
  for (let from = 0; from < ballots.length; from += 2_000) {
    const some = ballots.slice(from, from + 2_000).map(({ seat, listed }) => ({ number: Number(seat), listed }));
    await client`
      insert into ballot_slips (id, code_hash, meeting_id, call_id, number, created_at)
      select 'slip-' || n, 'hash-' || n, ${meetingId}, ${callId}, n, 0 from generate_series(${from + 1}::int, ${from + some.length}::int) n`;
    await client`
      insert into slip_ballots (poll_id, slip_id, revision, choice, cast_ids)
      select ${pollId}, 'slip-' || (b ->> 'number'), 1, jsonb_build_object('listed', b -> 'listed'), '{}'
      from jsonb_array_elements(${JSON.stringify(some)}::text::jsonb) b`;
  }
  await must(secretary, { type: 'closePoll', pollId });
  await countWhatIsDue(meetingId);
  await must(chair, { type: 'announceResult', pollId });
  return {
    path: `/m/${meetingId}/allocation/${pollId}`,
    end: async () => {
      await bus().close();
      await client.end({ timeout: 5 });
    },
  };
}

/** How long the page did nothing else at a stretch since it was asked last, in its own time. */
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const seen = window as unknown as { longest: number };
    const { longest } = seen;
    seen.longest = 0;
    return longest;
  });

const cluster = await startTestPostgres();
const databaseUrl = await createDatabase(cluster.adminUrl);
const program = await startProgram({ DATABASE_URL: databaseUrl, HOST: '127.0.0.1' });
const browser = await chromium.launch(await findBrowser());
const town = await announceTown(databaseUrl);
try {
  const url = `http://${hallHost}:${program.port}${town.path}`;
  const opening: { usable: number; bare: number; blocked: number; kib: number }[] = [];
  const work: Record<string, number>[] = [];
  for (let run = 0; run < runs; run += 1) {
    let bare = 0;
    for (const javaScriptEnabled of [false, true]) {
      const context = await browser.newContext({
        ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
        javaScriptEnabled,
      });
      await context.addInitScript(() => {
        const seen = window as unknown as { longest: number };
        seen.longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
        }).observe({ type: 'longtask', buffered: true });
      });
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
      const startedAt = performance.now();
      await page.goto(url, { waitUntil: 'commit' });
      await page.locator('[data-project]').first().waitFor();
      if (!javaScriptEnabled) {
        bare = performance.now() - startedAt;
        await context.close();
        continue;
      }
      await page.locator('html[data-awake]').waitFor({ state: 'attached' });
      const usable = performance.now() - startedAt;
      const kib = await page.evaluate(() => {
        const [own] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        return (own?.encodedBodySize ?? 0) / 1024;
      });
      opening.push({ usable, bare, blocked: await longestTask(page), kib });
      const timed = async (doing: () => Promise<unknown>) => {
        const from = performance.now();
        await doing();
        return performance.now() - from;
      };
      const times: Record<string, number> = {};
      times.findMs = await timed(async () => {
        await page.getByRole('textbox').first().fill('第 7 号');
        await page.locator('[data-project]:nth-child(2)').waitFor({ state: 'detached' });
      });
      times.showAllMs = await timed(async () => {
        await page.getByRole('textbox').first().fill('');
        await page.locator('[data-project]:nth-child(2)').waitFor();
      });
      times.findBlockedMs = await longestTask(page);
      times.stepsMs = await timed(async () => {
        await page.locator('details > summary', { hasText: '步' }).first().click();
        await page.locator('ol.steps > li').first().waitFor();
      });
      times.stepsBlockedMs = await longestTask(page);
      times.recountMs = await timed(async () => {
        await page.getByRole('button', { name: '在我的浏览器里重算' }).click();
        await page.locator('[data-recount]').waitFor({ timeout: 300_000 });
      });
      times.recountBlockedMs = await longestTask(page);
      if ((await page.locator('[data-recount=agrees]').count()) !== 1) throw new Error('The recount does not agree.');
      work.push(times);
      await context.close();
    }
  }
  const usableMs = median(opening.map(({ usable }) => usable));
  const withoutScriptsMs = median(opening.map(({ bare }) => bare));
  print({
    page: 'results of 200 projects and 20,000 ballots',
    cpuSlowdown: slowdown,
    pageKiB: Math.round(opening[0]?.kib ?? 0),
    usableMs: round(usableMs),
    withoutScriptsMs: round(withoutScriptsMs),
    ratio: Math.round((usableMs / withoutScriptsMs) * 100) / 100,
    longestBlockMs: round(median(opening.map(({ blocked }) => blocked))),
    runs,
  });
  const names = Object.keys(work[0] ?? {});
  print({
    page: 'using it',
    cpuSlowdown: slowdown,
    ...Object.fromEntries(names.map((name) => [name, round(median(work.map((times) => times[name] ?? 0)))])),
    runs,
  });
} finally {
  await town.end();
  await browser.close();
  await program.stop();
  await cluster.stop();
}
