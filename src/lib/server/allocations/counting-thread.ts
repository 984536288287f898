// The thread that counts funding ballots: one message in, one answer out. Bundled into a text by thread-source.ts and started by counting.ts;
// it must import nothing of the office, so that it needs neither database nor settings.
import { parentPort } from 'node:worker_threads';
import type { CountAsk } from '#lib/protocol/allocation.ts';
import { countFile } from '#lib/protocol/count-file.ts';

parentPort?.on('message', (ask: CountAsk) => parentPort?.postMessage(countFile(ask)));
