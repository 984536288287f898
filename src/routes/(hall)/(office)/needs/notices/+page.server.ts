// Collection notices at the desk: publishing one, ticking off where it hangs, reconciling the paper forms.
import { mayTriageNeeds } from '#lib/domain/policies.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { announceCollection, countBlankForms, listNotices, tickPostingPoint } from '#lib/server/needs/notices.ts';
import { today } from '#lib/server/today.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayTriageNeeds(who, who.communityId));
  return {
    communityId: who.communityId,
    notices: await listNotices(who.communityId),
    fromDay: today(),
    toDay: dayAfter(today(), 30),
  };
};

const allowed = (event: RequestEvent) =>
  permitted(event, (who) => who !== null && mayTriageNeeds(who, who.communityId));

const steps = ['hung', 'taken-down', 'not-hung'] as const;

export const actions: Actions = {
  publish: async (event) => {
    const { who, refused } = await allowed(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, lines, whole } = fieldsOf(form);
    const rows = (name: string) => lines(name).split(/[\r\n]+/);
    const announced = await announceCollection(
      who.communityId,
      {
        title: text('title'),
        fromDay: text('fromDay'),
        toDay: text('toDay'),
        categories: rows('categories'),
        postingPoints: rows('points'),
        contact: text('contact'),
        formsIssued: whole('formsIssued') ?? 0,
        wishCapFen: (whole('wishCapYuan') ?? 0) * 100,
      },
      who.personId,
    );
    return isOfficeRefusal(announced) ? refusedForm(event, announced, form) : { done: 'publish' };
  },

  tick: async (event) => {
    const { who, refused } = await allowed(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const step = steps.find((each) => each === text('step')) ?? 'hung';
    const refusal = await tickPostingPoint(who.communityId, text('for'), step, who.personId);
    return refusal ? refusedForm(event, refusal, form) : { done: 'tick', of: text('for') };
  },

  blank: async (event) => {
    const { who, refused } = await allowed(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, whole } = fieldsOf(form);
    const refusal = await countBlankForms(who.communityId, text('for'), whole('blank') ?? -1);
    return refusal ? refusedForm(event, refusal, form) : { done: 'blank', of: text('for') };
  },
};
