// A fund with money and envelopes, made through the office: for tests that book awards. 400,000 yuan unless said otherwise.
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { addEnvelope, addSourceMoney, createFund } from '#lib/server/ledger/funds.ts';
import { newId } from '#lib/protocol/ids.ts';
import { aCommunity } from './world.ts';

export interface FundMade {
  readonly communityId: string;
  readonly fundId: string;
  readonly sourceId: string;
  readonly envelopeIds: string[];
}

export async function aFund({
  capsFen,
  amountFen = 40_000_000,
  communityId,
}: {
  capsFen: readonly number[];
  amountFen?: number;
  communityId?: string;
}): Promise<FundMade> {
  const home = communityId ?? (await aCommunity()).communityId;
  const occasion = { at: 1_800_000_000_000, actorId: 'system' };
  const facts = { name: `基金 ${newId().slice(0, 8)}`, year: 2026, principle: '', excluded: '' };
  const { fundId } = orThrow(await createFund(home, facts));
  const { sourceId } = orThrow(await addSourceMoney(fundId, { name: '市级安排', amountFen }, occasion));
  const envelopeIds: string[] = [];
  for (const [index, capFen] of capsFen.entries())
    envelopeIds.push(orThrow(await addEnvelope(fundId, { name: `类别 ${index + 1}`, capFen }, occasion)).envelopeId);
  return { communityId: home, fundId, sourceId, envelopeIds };
}
