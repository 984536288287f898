// The process of a rehearsal: reads its plan as one line of JSON from standard input, plays it, and prints progress and the report as lines of
// JSON. Started by src/lib/server/practice/rehearsals.ts, never by hand; a process of its own, so that the server it tries is not slowed by it.
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
/** However it goes, this process ends. */
const longestMs = 180_000;
setTimeout(() => process.exit(1), longestMs).unref();

/** @param {Record<string, unknown>} line */
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {{ module: typeof import('#lib/server/practice/rehearse.ts') }} */
  const { module } = await runnerImport(`${root}src/lib/server/practice/rehearse.ts`, {
    root,
    configFile: false,
    logLevel: 'error',
  });
  const report = await module.rehearse(JSON.parse(line), (stage, done) => print({ stage, done }));
  print({ report });
  process.exit(0);
}
