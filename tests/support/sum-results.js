// Adds up what the runners left behind and prints one summary; its last line is `N passed, N failed`, with `, N skipped` where some were.
// Called by tests/run.sh as `sum-results.js name=exit:report.json …`, or `name=exit` for a check without a report, which counts as one.
// It must never believe silence: a missing report, an exit code the report does not explain, and a run without tests are failures.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], wavered: string[] }} Sum
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} Assertion
 * @typedef {{ name: string, status: string, message?: string, assertionResults: Assertion[] }} TestFile
 * @typedef {{ message?: string }} Failure
 * @typedef {{ title: string, file?: string, specs?: Spec[], suites?: Suite[] }} Suite
 * @typedef {{ title: string, ok: boolean, tests: { status: string, results: { errors?: Failure[] }[] }[] }} Spec
 */

/** @param {string | undefined} text */
const firstLine = (text) =>
  (text ?? '')

    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim()
    // What vitest's report says of a test that ran out of time.
    .replace('STACK_TRACE_ERROR', 'timed out') ?? '';

/**
 * The json reporter of vitest (the shape is Jest's).
 * @param {{ testResults: TestFile[] }} report
 * @returns {Sum}
 */
function sumVitest({ testResults }) {
  /** @type {Sum} */
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [], wavered: [] };
  for (const file of testResults) {
    let failedHere = 0;
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'passed') sum.passed++;
      else if (status === 'failed') {
        failedHere++;
        sum.failures.push(`${file.name} › ${fullName}: ${firstLine(failureMessages?.[0])}`);
      } else sum.skipped++;
    }
    // A file that could not be loaded, or whose set-up failed, has no failed test to show for it.
    if (file.status === 'failed' && failedHere === 0) {
      failedHere = 1;
      sum.failures.push(`${file.name}: ${firstLine(file.message)}`);
    }
    sum.failed += failedHere;
  }
  return sum;
}

/**
 * The json reporter of Playwright. A test that passed only when tried again passed, and is named.
 * @param {{ suites: Suite[], errors?: Failure[] }} report
 * @returns {Sum}
 */
function sumPlaywright({ suites, errors = [] }) {
  /** @type {Sum} */
  const sum = {
    passed: 0,
    failed: errors.length,
    skipped: 0,
    failures: errors.map((error) => firstLine(error.message)),
    wavered: [],
  };
  /** @param {Suite} suite @param {string} path */
  const visit = (suite, path) => {
    for (const spec of suite.specs ?? [])
      for (const { status, results } of spec.tests) {
        const complaint = () =>
          `${path} › ${spec.title}: ${firstLine(results.flatMap((result) => result.errors ?? [])[0]?.message)}`;
        if (status === 'skipped') sum.skipped++;
        else if (status === 'expected') sum.passed++;
        else if (status === 'flaky') {
          sum.passed++;
          sum.wavered.push(complaint());
        } else {
          sum.failed++;
          sum.failures.push(complaint());
        }
      }
    for (const inner of suite.suites ?? []) visit(inner, `${path} › ${inner.title}`);
  };
  for (const suite of suites) visit(suite, suite.file ?? suite.title);
  return sum;
}

/**
 * @param {string} name
 * @param {number} exitCode
 * @param {string | null} report the report's text, null where there is none
 * @param {boolean} isCheck a runner that writes no report: its exit code is its one result
 * @returns {Sum}
 */
export function sumRunner(name, exitCode, report, isCheck) {
  if (isCheck)
    return exitCode === 0
      ? { passed: 1, failed: 0, skipped: 0, failures: [], wavered: [] }
      : { passed: 0, failed: 1, skipped: 0, failures: [`${name} failed with exit code ${exitCode}`], wavered: [] };
  /** @type {Sum} */
  let sum = { passed: 0, failed: 0, skipped: 0, failures: [], wavered: [] };
  try {
    const read = JSON.parse(report ?? '');
    sum = 'testResults' in read ? sumVitest(read) : sumPlaywright(read);
  } catch {
    sum.failures.push(`${name} left no readable report (exit code ${exitCode})`);
    sum.failed = 1;
    return sum;
  }
  if (exitCode !== 0 && sum.failed === 0) {
    sum.failed = 1;
    sum.failures.push(`${name} ended with exit code ${exitCode} though no test failed`);
  }
  if (sum.passed + sum.failed === 0) {
    sum.failed = 1;
    sum.failures.push(`${name} ran no test`);
  }
  return sum;
}

/** @param {string[]} runners */
function main(runners) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];
  /** @type {string[]} */
  const wavered = [];
  const rows = [];
  for (const runner of runners) {
    const [, name = '', exitCode = '1', path] = /^([\w-]+)=(\d+)(?::(.+))?$/.exec(runner) ?? [];
    const report = path && existsSync(path) ? readFileSync(path, 'utf8') : null;
    const sum = sumRunner(name, Number(exitCode), report, path === undefined);
    total.passed += sum.passed;
    total.failed += sum.failed;
    total.skipped += sum.skipped;
    failures.push(...sum.failures.map((failure) => `  FAILED ${name}: ${failure}`));
    wavered.push(...sum.wavered.map((complaint) => `  WAVERED ${name}: ${complaint}`));
    rows.push(`${name.padEnd(8)} ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  }
  if (rows.length === 0) {
    total.failed = 1;
    failures.push('  FAILED nothing was asked to run');
  }
  console.info(['', ...rows, ...failures, ...wavered, ''].join('\n'));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.exitCode = total.failed === 0 ? 0 : 1;
  console.info(`${total.passed} passed, ${total.failed} failed${skipped}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
