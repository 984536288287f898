// The forms of the two desks that move an award's money, the fund's and the project's: the tranches as typed, and each deed on a tranche in one
// transaction with the question whether its project leaves it to that desk [J17]. Pages ask `mayKeepBooks` first.
import { fenOfYuan } from '#lib/protocol/yuan-text.ts';
import { mostTranches, trancheCues, type TranchePlan } from '#lib/domain/ledger/tranches.ts';
import { refuseOffice } from '#lib/protocol/office-refusals.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import type { FormFields } from '#lib/server/form-fields.ts';
import {
  awardOfTranche,
  freezeTranche,
  payTranche,
  recordCondition,
  recoverPaid,
  releaseTranche,
  unfreezeTranche,
  type AwardStanding,
  type Refused,
} from '#lib/server/ledger/awards.ts';
import type { Occasion } from '#lib/server/ledger/books.ts';
import { atDeskOfFunds, type MoneyDeed } from './money.ts';

/** What was typed as yuan, in fen; 0 for what is no amount, which the books refuse with a sentence. */
export const fenIn = (fields: FormFields, name: string): number => fenOfYuan(fields.text(name)) ?? 0;

/** The lines of a contract, empty ones left out. What is no share is 0, which the books refuse. */
export function planIn({ text }: FormFields): TranchePlan {
  return Array.from({ length: mostTranches }, (_, at) => ({
    name: text(`trancheName${at + 1}`).slice(0, 60),
    share: /^\d{1,5}$/.test(text(`trancheShare${at + 1}`)) ? Number(text(`trancheShare${at + 1}`)) : 0,
    condition: text(`trancheCondition${at + 1}`).slice(0, 200),
    dueAfter: trancheCues.find((cue) => cue === text(`trancheDue${at + 1}`)) ?? null,
  })).filter(({ name, share }, at) => name !== '' || share !== 0 || text(`trancheShare${at + 1}`) !== '');
}

/** `50/40/10` as shares; what is no whole number is 0, which the books refuse. */
export const sharesIn = (typed: string): number[] =>
  typed
    .split(/[\s/／:：,，、%]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : 0));

type TrancheDeed = Exclude<MoneyDeed, 'contract' | 'reduce'>;

const doings: Readonly<
  Record<
    TrancheDeed,
    (trancheId: string, fields: FormFields, occasion: Occasion, tx: Queryable) => Promise<Refused | null>
  >
> = {
  meet: (trancheId, fields, occasion, tx) => recordCondition(trancheId, fields.text('evidence'), occasion, tx),
  pay: (trancheId, _fields, occasion, tx) => payTranche(trancheId, occasion, tx),
  freeze: (trancheId, _fields, occasion, tx) => freezeTranche(trancheId, occasion, tx),
  unfreeze: (trancheId, _fields, occasion, tx) => unfreezeTranche(trancheId, occasion, tx),
  release: (trancheId, _fields, occasion, tx) => releaseTranche(trancheId, occasion, tx),
  recover: (trancheId, fields, occasion, tx) => recoverPaid(trancheId, fenIn(fields, 'amount'), occasion, tx),
};
export const trancheDeeds = Object.keys(doings) as readonly TrancheDeed[];

/** Does the deed with the tranche the form names. `isHere` keeps ids of other desks out. */
export async function doWithTranche(
  deed: TrancheDeed,
  fields: FormFields,
  occasion: Occasion,
  isHere: (award: AwardStanding) => boolean,
): Promise<Refused | null> {
  const trancheId = fields.text('for');
  const award = await awardOfTranche(trancheId);
  if (!award || !isHere(award)) return refuseOffice('not-there');
  return atDeskOfFunds(award, deed, (tx) => doings[deed](trancheId, fields, occasion, tx), trancheId);
}
