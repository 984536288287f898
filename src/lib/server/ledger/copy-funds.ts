// A community's funds copied beside its people when a meeting is copied to practise or rehearse on: the same sources and ceilings in books of
// their own, as they stood before that meeting. Called inside that copy; the kept books are only read.
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { awards } from '#lib/server/db/schema/index.ts';
import { awardsOfFund, bookAward } from './awards.ts';
import { addEnvelope, addSourceMoney, createFund, setTrancheShares, fundsOfCommunity } from './funds.ts';

/** @returns new envelope ids by the old ones */
export async function copyFunds(
  tx: Queryable,
  { from, to, beforeMeetingId }: { from: string; to: string; beforeMeetingId: string },
): Promise<ReadonlyMap<string, string>> {
  const occasion = { at: Date.now(), actorId: 'system' };
  const envelopeIds = new Map<string, string>();
  const funds = await fundsOfCommunity(from, tx);
  const own = new Set(
    (
      await tx
        .select({ id: awards.id })
        .from(awards)
        .where(
          and(
            isNotNull(awards.meetingId),
            eq(awards.meetingId, beforeMeetingId),
            inArray(
              awards.fundId,
              funds.map(({ fundId }) => fundId),
            ),
          ),
        )
    ).map(({ id }) => id),
  );
  for (const { fundId: oldId, name, year, principle, excluded, trancheShares, sources, envelopes } of funds) {
    const { fundId } = orThrow(await createFund(to, { name, year, principle, excluded }, tx));
    orThrow(await setTrancheShares(fundId, trancheShares, tx));
    for (const source of sources)
      if (source.givenFen > 0)
        orThrow(await addSourceMoney(fundId, { name: source.name, amountFen: source.givenFen }, occasion, tx));
    for (const { envelopeId, name: category, capFen } of envelopes) {
      const made = orThrow(await addEnvelope(fundId, { name: category, capFen }, occasion, tx));
      envelopeIds.set(envelopeId, made.envelopeId);
    }
    // What was granted elsewhere stays granted; what this meeting decided is to be decided again.
    for (const { awardId, envelopeId, title, payee, amountFen } of await awardsOfFund(oldId, tx)) {
      const here = envelopeIds.get(envelopeId);
      if (here === undefined || amountFen === 0 || own.has(awardId)) continue;
      orThrow(await bookAward({ envelopeId: here, title, payee, amountFen }, occasion, tx));
    }
  }
  return envelopeIds;
}
