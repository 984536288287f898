// The end-to-end tests: real browsers against real servers (tests/e2e/fixtures.ts), one server and one database for each worker.
// Run by tests/run.sh after a build; by hand `node server/build.js && npx playwright test landing`. LOOK=1 keeps screenshots, TRACE=1 a trace of what failed.
import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/support/browser.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/database.ts',
  outputDir: 'test-results/e2e',
  forbidOnly: Boolean(process.env.CI),
  // By hand a race fails at once. Where a change is judged one may be tried again, and the summary names it: a crowded machine is no fault of
  // the change, and a race that is named is not hidden.
  retries: process.env.CI ? 1 : 0,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  // Bounds for what hangs, not measures: a slow machine must not fail.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    launchOptions: await findBrowser(),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Recording every step of every page costs a third of the time: TRACE=1 asks for it.
    trace: process.env.TRACE === '1' ? 'retain-on-failure' : 'off',
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
  },
});
