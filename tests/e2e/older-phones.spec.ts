// Phones from 2020 take part: no script that is served, ours or a package's, uses what Chrome 87 or Safari 14 lacks, and pages open where
// all of that has been taken away.
import { readdirSync, readFileSync } from 'node:fs';
import { readFacts, tooNewFor } from '#tests/support/house.ts';
import { expect, test } from './fixtures.ts';

const scripts = 'build/client/_app/immutable';

/**
 * Filled in by src/lib/client/older-phones.ts, or used only after asking whether it is there. The last two are lib0's, below Yjs: it asks for the
 * first and only names the second. Our own code may not (house.test.ts).
 */
const excused = new Set([
  'uses Object.hasOwn',
  'uses navigator.clipboard',
  'uses navigator.credentials',
  'uses navigator.serviceWorker',
  'uses BroadcastChannel',
  'uses crypto.subtle',
]);

test('no served script needs a newer browser', () => {
  const served = readdirSync(scripts, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  expect(served.length).toBeGreaterThan(5);
  const found = served.flatMap((path) =>
    tooNewFor(readFacts({ path: `src/${path}`, text: readFileSync(`${scripts}/${path}`, 'utf8') }))
      .filter((says) => !excused.has(says))
      .map((says) => `${path} ${says}`),
  );
  expect(found).toEqual([]);
});

test('what is missing is filled in before the page runs', async ({ device }) => {
  const page = await device({ older: true });
  await page.goto('/');
  expect(await page.evaluate(() => 'at' in Array.prototype || 'structuredClone' in window)).toBe(false);
  await expect
    .poll(() =>
      page.evaluate(() => 'hasOwn' in Object && Object.hasOwn({ a: 1 }, 'a') && !Object.hasOwn({}, 'toString')),
    )
    .toBe(true);
});
