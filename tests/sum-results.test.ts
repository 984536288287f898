// The summary that decides whether a change may land: what it adds up, and that silence, crashes and empty runs never look like success.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sumRunner } from './support/sum-results.js';

const vitestReport = JSON.stringify({
  testResults: [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'a counts' },
        { status: 'failed', fullName: 'a adds', failureMessages: ['\u001b[31mexpected 1\u001b[0m\n at x'] },
        { status: 'pending', fullName: 'a later' },
      ],
    },
    { name: 'b.test.ts', status: 'failed', message: 'cannot load', assertionResults: [] },
  ],
});

const playwrightReport = (errors: object[] = []) =>
  JSON.stringify({
    errors,
    suites: [
      {
        title: 'landing.spec.ts',
        file: 'landing.spec.ts',
        specs: [{ title: 'opens', tests: [{ status: 'expected', results: [{}] }] }],
        suites: [
          {
            title: 'with a keyboard',
            specs: [
              {
                title: 'votes',
                tests: [{ status: 'unexpected', results: [{ errors: [{ message: 'no button\nmore' }] }] }],
              },
              { title: 'wavers', tests: [{ status: 'flaky', results: [{ errors: [{ message: 'late' }] }, {}] }] },
              { title: 'rests', tests: [{ status: 'skipped', results: [] }] },
            ],
          },
        ],
      },
    ],
  });

const folder = mkdtempSync(join(tmpdir(), 'yishi-sum-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...runners: string[]): { status: number; last: string } {
  const script = new URL('./support/sum-results.js', import.meta.url).pathname;
  try {
    const out = execFileSync(process.execPath, [script, ...runners], { encoding: 'utf8' });
    return { status: 0, last: out.trimEnd().split('\n').at(-1) ?? '' };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, last: stdout.trimEnd().split('\n').at(-1) ?? '' };
  }
}

it('adds up vitest, and counts a file that could not be loaded', () =>
  expect(sumRunner('law', 1, vitestReport, false)).toEqual({
    passed: 1,
    failed: 2,
    skipped: 1,
    failures: ['a.test.ts › a adds: expected 1', 'b.test.ts: cannot load'],
    wavered: [],
  }));

it('adds up Playwright, and names a test that passed only on its second try', () =>
  expect(sumRunner('e2e', 1, playwrightReport(), false)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    failures: ['landing.spec.ts › with a keyboard › votes: no button'],
    wavered: ['landing.spec.ts › with a keyboard › wavers: late'],
  }));

it('counts an error outside any test', () =>
  expect(sumRunner('e2e', 1, playwrightReport([{ message: 'set-up failed' }]), false).failed).toBe(2));

it.each([
  ['no report', 0, null],
  ['a broken report', 0, '{"testRes'],
  ['no test', 0, '{"testResults":[]}'],
  [
    'only skipped tests',
    0,
    '{"testResults":[{"name":"a","status":"passed","assertionResults":[{"status":"skipped"}]}]}',
  ],
  [
    'an exit code nothing explains',
    3,
    '{"testResults":[{"name":"a","status":"passed","assertionResults":[{"status":"passed"}]}]}',
  ],
])('takes %s for a failure', (_, exitCode, report) => expect(sumRunner('law', exitCode, report, false).failed).toBe(1));

it('ends with the one line, and an exit code that agrees with it', () => {
  const good = join(folder, 'good.json');
  const bad = join(folder, 'bad.json');
  writeFileSync(good, '{"testResults":[{"name":"a","status":"passed","assertionResults":[{"status":"passed"}]}]}');
  writeFileSync(bad, vitestReport);
  expect(run(`law=0:${good}`, 'lint=0')).toEqual({ status: 0, last: '2 passed, 0 failed' });
  expect(run(`law=1:${bad}`, `office=0:${good}`, 'lint=2')).toEqual({
    status: 1,
    last: '2 passed, 3 failed, 1 skipped',
  });
  expect(run(`law=0:${join(folder, 'missing.json')}`)).toEqual({ status: 1, last: '0 passed, 1 failed' });
  expect(run()).toEqual({ status: 1, last: '0 passed, 1 failed' });
});
