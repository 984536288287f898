// Runs every bench beside this file, one after the other so that they do not disturb each other, and prints their JSON lines and nothing
// else on standard output. Called as `npm run bench`, with names for some of them: `npm run bench -- pages`. A bench is a script that
// prints one JSON object a line, compares within its own run, and exits non-zero when it could not measure. It asserts no times.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const asked = process.argv.slice(2);
const benches = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((name) => asked.length === 0 || asked.includes(name))
  .sort();

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

async function runBench(name: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', `${folder}${name}.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  for await (const line of createInterface({ input: child.stdout }))
    (isJson(line) ? process.stdout : process.stderr).write(`${line}\n`);
  const [code] = await ended;
  if (code !== 0) {
    process.stdout.write(`${JSON.stringify({ bench: name, failed: `exit code ${code}` })}\n`);
    process.exitCode = 1;
  }
}

if (benches.length === 0) {
  process.stderr.write(`No such bench: ${asked.join(', ')}\n`);
  process.exitCode = 1;
}
for (const name of benches) await runBench(name);
