// The tests by what they need: `law` nothing, `client` compiled runes, `office` a PostgreSQL. Run one with `npx vitest run --project law`.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { mendDriver } from './server/postgres/mend-driver.ts';

// tsconfig.json extends a file that Kit writes; on a fresh checkout it is not there yet.
if (!existsSync('.svelte-kit/tsconfig.json')) execFileSync('node_modules/.bin/svelte-kit', ['sync']);

const officeTests = ['src/lib/server/**/*.test.ts', 'server/**/*.test.ts', 'tests/{live,scenarios}/**/*.test.ts'];
const clientTests = ['src/lib/client/**/*.test.ts'];

export default defineConfig({
  resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A bound for what hangs, not a measure: a slow machine must not fail.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'law',
          include: ['src/**/*.test.ts', 'tests/*.test.ts'],
          exclude: [...officeTests, ...clientTests],
        },
      },
      {
        extends: true,
        plugins: [svelte()],
        // The browser's build of Svelte: on the server's, state never changes anything.
        resolve: { conditions: ['browser'] },
        test: { name: 'client', include: clientTests },
      },
      {
        extends: true,
        plugins: [mendDriver()],
        test: {
          name: 'office',
          // Some wait for other processes, and the machines are shared: starved once is not broken.
          retry: process.env.CI ? 1 : 0,
          server: { deps: { inline: ['postgres'] } },
          include: officeTests,
          globalSetup: 'tests/support/postgres.ts',
          setupFiles: 'tests/support/database.ts',
          testTimeout: 180_000,
        },
      },
    ],
  },
});
