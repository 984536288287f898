// Keeping the books of one fund: money in, ceilings, awards by hand, contracts, and each tranche by its recorded condition. Every action is
// one transaction of the books; who may, is asked for the fund's own community.
import { error, type RequestEvent } from '@sveltejs/kit';
import { mayKeepBooks } from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import {
  awardsOfFund,
  bookAward,
  commitAward,
  fileOwnersDecisionOnAward,
  readAward,
  reduceAward,
  type AwardStanding,
} from '#lib/server/ledger/awards.ts';
import type { Occasion } from '#lib/server/ledger/books.ts';
import {
  addEnvelope,
  addSourceMoney,
  changeCeiling,
  handBackToSource,
  readFund,
  setTrancheShares,
} from '#lib/server/ledger/funds.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { projectsAtDesk } from '#lib/server/projects/views.ts';
import { atDeskOfFunds, projectsToBookFor } from '#lib/server/projects/money.ts';
import { doWithTranche, fenIn, planIn, sharesIn, trancheDeeds } from '#lib/server/projects/money-desk.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

export const load: PageServerLoad = async (event) => {
  const fund = await readFund(event.params.fundId);
  if (!fund) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  await standingThat(event, (who) => mayKeepBooks(who, fund.communityId));
  const [awards, projects, all] = await Promise.all([
    awardsOfFund(fund.fundId),
    projectsToBookFor(fund.communityId),
    projectsAtDesk(fund.communityId),
  ]);
  return { fund, awards, projects, projectNames: all.map(({ projectId, code }) => ({ projectId, code })) };
};

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

const notThere = (): OfficeRefusal => refuseOffice('not-there');

/** Only awards of this very fund: an id from elsewhere changes nothing. */
const onAward =
  (deed: (award: AwardStanding, fields: FormFields, occasion: Occasion) => Promise<unknown>): Deed =>
  async (fields, occasion, fundId) => {
    const award = await readAward(fields.text('for'));
    return award?.fundId === fundId ? deed(award, fields, occasion) : notThere();
  };

export const actions: Actions = {
  addSource: doing('addSource', (fields, occasion, fundId) =>
    addSourceMoney(fundId, { name: fields.text('name'), amountFen: fenIn(fields, 'amount') }, occasion),
  ),
  handBack: doing('handBack', (fields, occasion, fundId) =>
    handBackToSource(fundId, { sourceId: fields.text('for'), amountFen: fenIn(fields, 'amount') }, occasion),
  ),
  setShares: doing('setShares', (fields, _occasion, fundId) =>
    setTrancheShares(fundId, sharesIn(fields.text('shares'))),
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
    const project = (await projectsToBookFor(fund.communityId)).find(
      ({ projectId }) => projectId === fields.text('projectId'),
    );
    return bookAward(
      {
        envelopeId,
        title: fields.text('title') || (project?.name ?? ''),
        payee: fields.text('payee').slice(0, 100) || (project?.organisationName ?? ''),
        projectId: project?.projectId ?? null,
        ownersMatter: project?.ownersMatter ?? 'none',
        basis,
        amountFen: fenIn(fields, 'amount'),
      },
      { ...occasion, reason: basis },
    );
  }),
  reduce: doing(
    'reduce',
    onAward((award, fields, occasion) =>
      atDeskOfFunds(award, 'reduce', (tx) => reduceAward(award.awardId, fenIn(fields, 'amount'), occasion, tx)),
    ),
  ),
  contract: doing(
    'contract',
    onAward((award, fields, occasion) => {
      const payee = fields.text('payee').slice(0, 100);
      const signing = payee === '' ? occasion : { ...occasion, payee };
      return atDeskOfFunds(award, 'contract', (tx) => commitAward(award.awardId, planIn(fields), signing, tx));
    }),
  ),
  owners: doing(
    'owners',
    onAward(({ awardId }, fields, occasion) => fileOwnersDecisionOnAward(awardId, fields.text('decision'), occasion)),
  ),
  ...Object.fromEntries(
    trancheDeeds.map((deed) => [
      deed,
      doing(deed, (fields, occasion, fundId) =>
        doWithTranche(deed, fields, occasion, (award) => award.fundId === fundId),
      ),
    ]),
  ),
};
