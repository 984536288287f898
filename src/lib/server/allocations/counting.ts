// Counts a recount file on a thread of its own, never on the one that serves meetings. One count at a time in a process: the machines are
// small and a meeting goes on meanwhile. A count has a limit of time and memory, and says when it went over it.
import { Worker } from 'node:worker_threads';
import type { CountAnswer, CountAsk, RuleCount } from '#lib/protocol/allocation.ts';
import { threadSource } from './thread-source.ts';

/** Twenty thousand ballots on two hundred projects take half a second; what takes minutes would never end. */
const longestMs = 120_000;
const mostMegabytes = 1_024;

export type Counted =
  | { readonly ok: true; readonly count: RuleCount; readonly tookMs: number }
  | { readonly ok: false; readonly why: 'too-long' | 'uncountable' };

let last: Promise<unknown> = Promise.resolve();

/** The same file and rule always give the same count. Rejects only where the thread itself is broken. */
export function countOnThread(ask: CountAsk, limitMs = longestMs): Promise<Counted> {
  const counted = last.then(() => run(ask, limitMs));
  last = counted.catch(() => undefined);
  return counted;
}

async function run(ask: CountAsk, limitMs: number): Promise<Counted> {
  const source = await threadSource();
  const thread = new Worker(source, { eval: true, resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
  const startedAt = performance.now();
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Counted>((resolve, reject) => {
      limit = setTimeout(() => resolve({ ok: false, why: 'too-long' }), limitMs);
      thread.once('message', (answer: CountAnswer) => {
        if (answer.ok) resolve({ ok: true, count: answer.count, tookMs: Math.round(performance.now() - startedAt) });
        else if (answer.why === 'uncountable') resolve({ ok: false, why: 'uncountable' });
        else reject(new Error(`the counting thread says: ${answer.why}`));
      });
      thread.once('error', (error: NodeJS.ErrnoException) => {
        // More memory than it may have is more than it can count.
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ ok: false, why: 'too-long' });
        else reject(error);
      });
      thread.postMessage(ask);
    });
  } finally {
    clearTimeout(limit);
    await thread.terminate();
  }
}
