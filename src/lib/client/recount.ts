// Fetches a vote's ballots and has them counted in a worker of this page. Rejects where the file does not come or the worker cannot start.
import RecountWorker from './recount-worker.ts?worker';
import type { CountAsk } from '#lib/protocol/allocation.ts';
import type { RecountAnswer } from './recount-worker.ts';

export async function recountHere(fileUrl: string, ruleId: string): Promise<RecountAnswer> {
  const response = await fetch(fileUrl);
  if (!response.ok) throw new Error(`the ballots answer ${response.status}`);
  const ask: CountAsk = { file: await response.text(), ruleId };
  const worker = new RecountWorker();
  try {
    return await new Promise<RecountAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<RecountAnswer>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(ask);
    });
  } finally {
    worker.terminate();
  }
}
