// The triage desk: what came in, where it goes, and the steps that can be taken with each need.
import { destinations } from '#lib/domain/needs/states.ts';
import { mayTriageNeeds, mayTypeNeeds, type Standing } from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import { needsAtDesk, showPhoto, triageNeed, undoTriage, type DeskDeed } from '#lib/server/needs/desk.ts';
import { stepWish, type WishDeed } from '#lib/server/needs/wishes.ts';
import { projectNames } from '#lib/server/projects/names.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayTriageNeeds(who, who.communityId));
  const [needs, projects] = await Promise.all([needsAtDesk(who.communityId), projectNames(who.communityId)]);
  return { communityId: who.communityId, needs, projects, mayType: mayTypeNeeds(who, who.communityId) };
};

type Doing = (who: Standing, needId: string, fields: FormFields) => Promise<OfficeRefusal | null>;

/** One step: the permission, the need the form was sent from, the answer at that form. */
const step = (doing: Doing) => async (event: RequestEvent) => {
  const { who, refused } = await permitted(event, (who) => who !== null && mayTriageNeeds(who, who.communityId));
  if (refused) return refused;
  const form = await event.request.formData();
  const fields = fieldsOf(form);
  const answer = await doing(who, fields.text('for'), fields);
  if (isOfficeRefusal(answer)) return refusedForm(event, answer, form);
  const action = Array.from(event.url.searchParams.keys()).find((key) => key.startsWith('/')) ?? '';
  return { done: action.slice(1), of: fields.text('for') };
};

const deed = (of: (fields: FormFields) => DeskDeed) =>
  step((who, needId, fields) => triageNeed(who.communityId, needId, of(fields), who.personId));
const wish = (of: (fields: FormFields) => WishDeed) =>
  step((who, needId, fields) => stepWish(who.communityId, needId, of(fields), who.personId));

const fenIn = ({ text }: FormFields, name: string): number => {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text(name));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : -1;
};

export const actions: Actions = {
  publish: deed(() => ({ deed: 'publish' })),
  route: step((who, needId, fields) => {
    const destination = destinations.find((each) => each === fields.text('destination'));
    if (!destination) return Promise.resolve(refuseOffice('need-not-routed'));
    return triageNeed(
      who.communityId,
      needId,
      {
        deed: 'route',
        destination,
        reply: fields.text('reply'),
        ...(destination === 'micro_wish' ? { capFen: fenIn(fields, 'capYuan') } : {}),
        ...(destination === 'project' ? { projectId: fields.textOrNull('projectId') } : {}),
      },
      who.personId,
    );
  }),
  merge: deed(({ text }) => ({ deed: 'merge', intoNeedId: text('into') })),
  decline: deed(({ text }) => ({ deed: 'decline', reply: text('reply') })),
  finish: deed(({ text }) => ({ deed: 'finish', reply: text('reply') })),
  undo: step((who, needId) => undoTriage(who.communityId, needId, who.personId)),
  photo: step((who, needId, { flag }) => showPhoto(who.communityId, needId, flag('shown'))),
  claim: wish(({ text }) => ({ deed: 'claim', by: text('by'), contact: text('contact') })),
  release: wish(({ text }) => ({ deed: 'release', reason: text('reason') })),
  fulfil: wish((fields) => ({ deed: 'fulfil', spentFen: fenIn(fields, 'spentYuan'), note: fields.text('note') })),
};
