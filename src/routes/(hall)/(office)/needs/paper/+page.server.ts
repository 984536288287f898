// Typing paper forms in, one after the other. Called by keyboard: kind and zone may be a number of the list or a name.
import { mayTypeNeeds } from '#lib/domain/policies.ts';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { listNotices } from '#lib/server/needs/notices.ts';
import { takeNeedDown } from '#lib/server/needs/submit.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import type { Actions, PageServerLoad } from './$types';

const ofCommunity = async (communityId: string) => {
  const [notices, community] = await Promise.all([listNotices(communityId), readCommunity(communityId)]);
  return { notices, zones: community?.zones ?? [] };
};

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayTypeNeeds(who, who.communityId));
  const { notices, zones } = await ofCommunity(who.communityId);
  return {
    communityId: who.communityId,
    sentId: newId(),
    notices: notices.map(({ id, title, categories, formsIssued, formsTyped }) => ({
      noticeId: id,
      title,
      categories,
      formsIssued,
      formsTyped,
    })),
    zones: zones.map(({ name }) => name),
  };
};

/** `2` is the second of the list, `环` the only name that begins so; undefined where it is neither. */
function chosen(typed: string, names: readonly string[]): string | undefined {
  const number = /^\d{1,3}$/.test(typed) ? names[Number(typed) - 1] : undefined;
  if (number !== undefined) return number;
  const begins = names.filter((name) => typed !== '' && name.startsWith(typed));
  return names.find((name) => name === typed) ?? (begins.length === 1 ? begins[0] : undefined);
}

export const actions: Actions = {
  type: async (event) => {
    const { who, refused } = await permitted(event, (who) => who !== null && mayTypeNeeds(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const { text, whole } = fieldsOf(form);
    const { notices, zones } = await ofCommunity(who.communityId);
    const notice = notices.find(({ id }) => id === text('noticeId')) ?? notices[0];
    if (!notice) return refusedForm(event, refuseOffice('not-there'), form);
    const zone = chosen(
      text('zone'),
      zones.map(({ name }) => name),
    );
    if (text('zone') !== '' && zone === undefined) return refusedForm(event, refuseOffice('not-there'), form);
    const taken = await takeNeedDown(
      who.communityId,
      {
        noticeId: notice.id,
        sentId: text('sentId'),
        title: text('title'),
        detail: text('detail'),
        category: chosen(text('category'), notice.categories) ?? '',
        zoneId: zones.find(({ name }) => name === zone)?.zoneId ?? null,
        name: text('name'),
        contact: text('contact'),
        channel: 'paper',
        paperSupports: text('supports') === '' ? 0 : (whole('supports') ?? -1),
        photo: null,
      },
      { author: null, enteredBy: who.personId },
    );
    if (isOfficeRefusal(taken)) return refusedForm(event, taken, form);
    return { done: 'type', code: taken.code, title: text('title'), lookup: taken.lookup };
  },
};
