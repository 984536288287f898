// One project at the desk: its next step with what that must record, its facts, writers, tied seats, checks, marks, objections, history.
import { listings, ownersMatters } from '#lib/domain/meeting/agenda.ts';
import { dayAfter, lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import type { Standing } from '#lib/domain/policies.ts';
import { deskDeedsFrom, projectDeeds, transitions } from '#lib/domain/projects/transitions.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import { needsAtDesk } from '#lib/server/needs/desk.ts';
import { namesOf } from '#lib/server/people/register.ts';
import { db } from '#lib/server/db/client.ts';
import { answerObjection } from '#lib/server/projects/objections.ts';
import { notThere, projectRunner, runs } from '#lib/server/projects/desk-door.ts';
import { answerCheck, giveMark, setWriter, tieSeat, updateProject } from '#lib/server/projects/projects.ts';
import { seatsOfCommunity } from '#lib/server/projects/seats.ts';
import { fileOwnersDecision, publicityOf, stepProject } from '#lib/server/projects/steps.ts';
import { projectAtDesk } from '#lib/server/projects/views.ts';
import { today } from '#lib/server/today.ts';
import type { RequestEvent } from './$types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { communityId } = await projectRunner(event);
  const project = await projectAtDesk(communityId, event.params.projectId);
  if (!project) notThere(event);
  const [people, seats, needs, publicity] = await Promise.all([
    namesOf(communityId),
    seatsOfCommunity(communityId),
    needsAtDesk(communityId),
    publicityOf(db, communityId),
  ]);
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
    deeds: deskDeedsFrom(project.status).map((deed) => ({ deed, records: transitions[deed].records })),
  };
};

type Doing = (who: Standing, fields: FormFields, projectId: string) => Promise<OfficeRefusal | null>;

const desk = (done: string, doing: Doing) => async (event: RequestEvent) => {
  const { who, refused } = await permitted(event, runs);
  if (refused) return refused;
  const form = await event.request.formData();
  const fields = fieldsOf(form);
  const answer = await doing(who, fields, event.params.projectId);
  return isOfficeRefusal(answer) ? refusedForm(event, answer, form) : { done, of: fields.text('for') };
};

/** Yuan as typed → whole fen; -1 for what is none, which the law refuses. */
const fenOf = (typed: string): number => {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.replace(/[,，\s]/g, ''));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : -1;
};

export const actions: Actions = {
  step: desk('step', (who, { text, whole }, projectId) => {
    const deed = projectDeeds.find((each) => each === text('for') && transitions[each].who !== 'appraisal');
    if (!deed) return Promise.resolve(refuseOffice('not-there'));
    const recorded: Record<string, string | number> = {};
    for (const [name, kind] of Object.entries(transitions[deed].records)) {
      if (text(name) === '') continue;
      recorded[name] =
        kind === 'text' || kind === 'day' ? text(name) : kind === 'fen' ? fenOf(text(name)) : (whole(name) ?? -1);
    }
    return stepProject(who.communityId, projectId, deed, { why: text('why'), recorded }, who.personId);
  }),
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
