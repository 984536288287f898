// The visitor's own recount: a worker that counts the ballot file as the server did, with the same code, while the page stays alive. Bundled as a
// classic script, which Chrome 87 and Safari 14 can start. It fetches nothing and keeps nothing.
import { sha256Hex } from '#lib/domain/sha256.ts';
import type { CountAnswer, CountAsk } from '#lib/protocol/allocation.ts';
import { countFile } from '#lib/protocol/count-file.ts';

export interface RecountAnswer {
  readonly answer: CountAnswer;
  readonly digest: string;
  readonly tookMs: number;
}

self.onmessage = ({ data }: MessageEvent<CountAsk>) => {
  const startedAt = performance.now();
  const answer = countFile(data);
  const said: RecountAnswer = {
    answer,
    digest: sha256Hex(data.file),
    tookMs: Math.round(performance.now() - startedAt),
  };
  self.postMessage(said);
};
