// Keeping the books of one fund: money in, ceilings, awards by hand, contracts, and each tranche by its recorded condition. Every action is
// one transaction of the books; who may, is asked for the fund's own community.
import { error, type RequestEvent } from '@sveltejs/kit';
import { fenOfYuan } from '#lib/components/meetings/yuan-text.ts';
import type { TranchePlan } from '#lib/domain/ledger/tranches.ts';
import { mayKeepBooks } from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import {
  awardOfTranche,
  awardsOfFund,
  bookAward,
  commitAward,
  freezeTranche,
  payTranche,
  readAward,
  recordCondition,
  recoverPaid,
  reduceAward,
  releaseTranche,
  unfreezeTranche,
} from '#lib/server/ledger/awards.ts';
import type { Occasion } from '#lib/server/ledger/books.ts';
import { addEnvelope, addSourceMoney, changeCeiling, handBackToSource, readFund } from '#lib/server/ledger/funds.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
  const fund = await readFund(event.params.fundId);
  if (!fund) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  await standingThat(event, (who) => mayKeepBooks(who, fund.communityId));
  return { fund, awards: await awardsOfFund(fund.fundId) };
};

/** What was typed as yuan, in fen; 0 for what is no amount, which the books refuse with a sentence. */
const fenIn = (fields: FormFields, name: string): number => fenOfYuan(fields.text(name)) ?? 0;

type Deed = (fields: FormFields, occasion: Occasion, fundId: string) => Promise<unknown>;

/** Asks for permission, does the deed, and answers at the form it came from. */
const doing = (action: string, deed: Deed) => async (event: RequestEvent<RouteParams>) => {
  const fund = await readFund(event.params.fundId ?? '');
  if (!fund) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const { who, refused } = await permitted(event, (who) => mayKeepBooks(who, fund.communityId));
  if (refused) return refused;
  const form = await event.request.formData();
  const fields = fieldsOf(form);
  const occasion = { at: Date.now(), actorId: who.personId, reason: fields.text('reason').slice(0, 300) };
  const done = await deed(fields, occasion, fund.fundId);
  return isOfficeRefusal(done) ? refusedForm(event, done, form) : { done: action, of: fields.text('for') };
};

/** One line a tranche, `name|share|condition`; null where a line is something else. */
function planOf(typed: string): TranchePlan | null {
  const lines = typed.split(/\r?\n/).filter((line) => line.trim() !== '');
  const plan = lines.map((line) => {
    const [name = '', share = '', ...condition] = line.split(/[|｜]/).map((part) => part.trim());
    return { name, share: /^\d{1,5}$/.test(share) ? Number(share) : 0, condition: condition.join(' ') };
  });
  return plan.every(({ name, share }) => name !== '' && share > 0) ? plan : null;
}

const notThere = (): OfficeRefusal => refuseOffice('not-there');

/** Only awards of this very fund: an id from elsewhere changes nothing. */
const onAward =
  (deed: (awardId: string, fields: FormFields, occasion: Occasion) => Promise<unknown>): Deed =>
  async (fields, occasion, fundId) => {
    const award = await readAward(fields.text('for'));
    return award?.fundId === fundId ? deed(award.awardId, fields, occasion) : notThere();
  };

const onTranche =
  (deed: (trancheId: string, fields: FormFields, occasion: Occasion) => Promise<unknown>): Deed =>
  async (fields, occasion, fundId) => {
    const trancheId = fields.text('for');
    const award = await awardOfTranche(trancheId);
    return award?.fundId === fundId ? deed(trancheId, fields, occasion) : notThere();
  };

export const actions: Actions = {
  addSource: doing('addSource', (fields, occasion, fundId) =>
    addSourceMoney(fundId, { name: fields.text('name'), amountFen: fenIn(fields, 'amount') }, occasion),
  ),
  handBack: doing('handBack', (fields, occasion, fundId) =>
    handBackToSource(fundId, { sourceId: fields.text('for'), amountFen: fenIn(fields, 'amount') }, occasion),
  ),
  addEnvelope: doing('addEnvelope', (fields, occasion, fundId) =>
    addEnvelope(fundId, { name: fields.text('name'), capFen: fenIn(fields, 'cap') }, occasion),
  ),
  changeCap: doing('changeCap', (fields, occasion, fundId) =>
    changeCeiling(fundId, { envelopeId: fields.text('for'), capFen: fenIn(fields, 'cap') }, occasion),
  ),
  addAward: doing('addAward', async (fields, occasion, fundId) => {
    const fund = await readFund(fundId);
    const envelopeId = fields.text('envelopeId');
    if (!fund?.envelopes.some((each) => each.envelopeId === envelopeId)) return notThere();
    const basis = fields.text('basis').slice(0, 300);
    return bookAward(
      {
        envelopeId,
        title: fields.text('title'),
        payee: fields.text('payee').slice(0, 100),
        basis,
        amountFen: fenIn(fields, 'amount'),
      },
      { ...occasion, reason: basis },
    );
  }),
  reduce: doing(
    'reduce',
    onAward((awardId, fields, occasion) => reduceAward(awardId, fenIn(fields, 'amount'), occasion)),
  ),
  contract: doing(
    'contract',
    onAward((awardId, fields, occasion) => {
      const plan = planOf(fields.lines('plan'));
      if (plan === null) return Promise.resolve(refuseOffice('plan-unfit', { most: 12 }));
      const payee = fields.text('payee').slice(0, 100);
      return commitAward(awardId, plan, payee === '' ? occasion : { ...occasion, payee });
    }),
  ),
  meet: doing(
    'meet',
    onTranche((trancheId, fields, occasion) => recordCondition(trancheId, fields.text('evidence'), occasion)),
  ),
  pay: doing(
    'pay',
    onTranche((trancheId, _fields, occasion) => payTranche(trancheId, occasion)),
  ),
  freeze: doing(
    'freeze',
    onTranche((trancheId, _fields, occasion) => freezeTranche(trancheId, occasion)),
  ),
  unfreeze: doing(
    'unfreeze',
    onTranche((trancheId, _fields, occasion) => unfreezeTranche(trancheId, occasion)),
  ),
  release: doing(
    'release',
    onTranche((trancheId, _fields, occasion) => releaseTranche(trancheId, occasion)),
  ),
  recover: doing(
    'recover',
    onTranche((trancheId, fields, occasion) => recoverPaid(trancheId, fenIn(fields, 'amount'), occasion)),
  ),
};
