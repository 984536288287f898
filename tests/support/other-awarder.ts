// Another process of the program that books awards, for tests: `crowd` books many at once, `stream` one after the other and says each,
// `hang` books one and never commits. Waits for a line on its standard input, and ends when that pipe breaks.
import { createInterface } from 'node:readline';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { bookAward } from '#lib/server/ledger/awards.ts';

const [mode = '', envelopeId = '', many = '0', fen = '0'] = process.argv.slice(2);
const wanted = { envelopeId, title: '另一进程', amountFen: Number(fen) };
const occasion = () => ({ at: Date.now(), actorId: 'system' });

const modes: Record<string, () => Promise<unknown>> = {
  async crowd() {
    const made = await Promise.all(Array.from({ length: Number(many) }, () => bookAward(wanted, occasion())));
    console.info(`booked ${made.filter((each) => !isOfficeRefusal(each)).length}`);
  },
  async stream() {
    for (;;) {
      const made = await bookAward(wanted, occasion());
      if (!isOfficeRefusal(made)) console.info(`booked ${made.awardId}`);
    }
  },
  hang: () =>
    db.transaction(async (tx) => {
      await bookAward(wanted, occasion(), tx);
      console.info('booked, not committed');
      await new Promise(() => {});
    }),
};

const lines = createInterface({ input: process.stdin });
lines.once('line', () => void modes[mode]?.());
lines.once('close', () => process.exit(0));
console.info('ready');
