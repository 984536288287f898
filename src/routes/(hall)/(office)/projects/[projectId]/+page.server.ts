// One project at the desk: its next step with what that must record, its facts, writers, tied seats, checks, marks, objections, history.
import { listings, ownersMatters } from '#lib/domain/meeting/agenda.ts';
import { dayAfter, lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import { mayKeepBooks, type Standing } from '#lib/domain/policies.ts';
import { deskDeedsFrom, projectDeeds, transitions, type ProjectDeed } from '#lib/domain/projects/transitions.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import { usualShares } from '#lib/domain/ledger/tranches.ts';
import { awardsOfProject } from '#lib/server/ledger/awards.ts';
import { readFund } from '#lib/server/ledger/funds.ts';
import { needsAtDesk } from '#lib/server/needs/desk.ts';
import { namesOf } from '#lib/server/people/register.ts';
import { db } from '#lib/server/db/client.ts';
import { answerObjection } from '#lib/server/objections.ts';
import { notThere, projectRunner, runs } from '#lib/server/projects/desk-door.ts';
import { envelopesToChoose } from '#lib/server/projects/money.ts';
import { doWithTranche, fenIn, planIn, trancheDeeds } from '#lib/server/projects/money-desk.ts';
import { answerCheck, giveMark, setWriter, tieSeat, updateProject } from '#lib/server/projects/projects.ts';
import { seatsOfCommunity } from '#lib/server/projects/seats.ts';
import { fileOwnersDecision, publicityOf, reduceProject, stepProject } from '#lib/server/projects/steps.ts';
import { projectAtDesk } from '#lib/server/projects/views.ts';
import { today } from '#lib/server/today.ts';
import type { RequestEvent } from './$types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await projectRunner(event);
  const { communityId } = who;
  const project = await projectAtDesk(communityId, event.params.projectId);
  if (!project) notThere(event);
  const [people, seats, needs, publicity, awards, envelopes] = await Promise.all([
    namesOf(communityId),
    seatsOfCommunity(communityId),
    needsAtDesk(communityId),
    publicityOf(db, communityId),
    awardsOfProject(project.projectId),
    envelopesToChoose(communityId),
  ]);
  const fund = awards[0] ? await readFund(awards[0].fundId) : null;
  const keepsBooks = mayKeepBooks(who, communityId);
  const from = dayAfter(today(), 1);
  const served = project.needs.map(({ needId }) => needId);
  return {
    communityId,
    project,
    people,
    seats,
    publicity: { ...publicity, from, until: lastDayOfPublicity(from, publicity.days, publicity.dayType) },
    today: today(),
    needs: needs
      .filter(({ needId, status }) => served.includes(needId) || status === 'open' || status === 'routed')
      .map(({ needId, code, title }) => ({ needId, code, title })),
    deeds: deskDeedsFrom(project.status)
      .filter((deed) => keepsBooks || !movesMoney(deed))
      .map((deed) => ({ deed, records: transitions[deed].records })),
    keepsBooks,
    awards,
    trancheShares: fund?.trancheShares ?? usualShares,
    envelopes,
  };
};

/** Awards by hand and contracts are the office's alone, as at the desk of funds. */
const movesMoney = (deed: ProjectDeed): boolean =>
  ['award', 'giveBack', 'commit'].includes(transitions[deed].money ?? '');

type Doing = (who: Standing, fields: FormFields, projectId: string) => Promise<OfficeRefusal | null>;

const desk = (done: string, doing: Doing) => async (event: RequestEvent) => {
  const { who, refused } = await permitted(event, runs);
  if (refused) return refused;
  const form = await event.request.formData();
  const fields = fieldsOf(form);
  const answer = await doing(who, fields, event.params.projectId);
  return isOfficeRefusal(answer) ? refusedForm(event, answer, form) : { done, of: fields.text('for') };
};

export const actions: Actions = {
  step: desk('step', (who, fields, projectId) => {
    const { text, whole } = fields;
    const deed = projectDeeds.find((each) => each === text('for') && transitions[each].who !== 'appraisal');
    if (!deed) return Promise.resolve(refuseOffice('not-there'));
    if (movesMoney(deed) && !mayKeepBooks(who, who.communityId)) return Promise.resolve(refuseOffice('not-allowed'));
    const recorded: Record<string, string | number> = {};
    for (const [name, kind] of Object.entries(transitions[deed].records)) {
      if (text(name) === '') continue;
      recorded[name] =
        kind === 'text' || kind === 'day' ? text(name) : kind === 'fen' ? fenIn(fields, name) : (whole(name) ?? -1);
    }
    const terms = deed === 'contract' ? { plan: planIn(fields) } : { envelopeId: text('envelopeId') };
    return stepProject(who.communityId, projectId, deed, { why: text('why'), recorded }, who.personId, terms);
  }),
  reduceApproved: desk('reduceApproved', (who, fields, projectId) =>
    mayKeepBooks(who, who.communityId)
      ? reduceProject(
          who.communityId,
          projectId,
          { toFen: fenIn(fields, 'amount'), why: fields.text('why') },
          who.personId,
        )
      : Promise.resolve(refuseOffice('not-allowed')),
  ),
  ...Object.fromEntries(
    trancheDeeds.map((deed) => [
      deed,
      desk(deed, async (who, fields, projectId) => {
        if (!mayKeepBooks(who, who.communityId)) return refuseOffice('not-allowed');
        const reason = fields.text('reason').slice(0, 300);
        const project = await projectAtDesk(who.communityId, projectId);
        return doWithTranche(
          deed,
          fields,
          { at: Date.now(), actorId: who.personId, reason },
          (award) => project !== null && award.projectId === projectId,
        );
      }),
    ]),
  ),
  facts: desk('facts', (who, { text, textOrNull, whole, all }, projectId) =>
    updateProject(who.communityId, projectId, {
      name: text('name'),
      organisationName: text('organisationName'),
      applicantContact: textOrNull('applicantContact'),
      ownersMatter: ownersMatters.find((each) => each === text('ownersMatter')) ?? 'none',
      listing: listings.find((each) => each === text('listing')) ?? null,
      beneficiaries: whole('beneficiaries'),
      needIds: all('needIds'),
    }),
  ),
  addWriter: desk('addWriter', (who, { text }, projectId) =>
    setWriter(who.communityId, projectId, text('personId'), true),
  ),
  removeWriter: desk('removeWriter', (who, { text }, projectId) =>
    setWriter(who.communityId, projectId, text('for'), false),
  ),
  tie: desk('tie', (who, { text }, projectId) =>
    tieSeat(who.communityId, projectId, text('seatId'), text('reason'), who.personId),
  ),
  untie: desk('untie', (who, { text }, projectId) =>
    tieSeat(who.communityId, projectId, text('for'), null, who.personId),
  ),
  check: desk('check', (who, { text }, projectId) =>
    answerCheck(
      who.communityId,
      projectId,
      { question: text('for'), passed: text('passed') === 'yes', reason: text('reason') },
      who.personId,
    ),
  ),
  mark: desk('mark', (who, { text, whole }, projectId) =>
    giveMark(
      who.communityId,
      projectId,
      {
        side: text('side') === 'resident' ? 'resident' : 'expert',
        reviewer: text('reviewer'),
        score: whole('score') ?? -1,
        comment: text('comment'),
      },
      who.personId,
    ),
  ),
  owners: desk('owners', (who, { text }, projectId) =>
    fileOwnersDecision(who.communityId, projectId, text('decision'), who.personId),
  ),
  answer: desk('answer', (who, { text }) =>
    answerObjection(who.communityId, text('for'), { answer: text('answer'), reason: text('reason') }, who.personId),
  ),
};
