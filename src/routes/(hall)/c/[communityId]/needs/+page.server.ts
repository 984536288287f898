// Needs for everybody: the notice of the day, what was brought and where it went, and a tap to say "I need this too".
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { communityAt, handAt } from '#lib/server/community-door.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { currentNotice } from '#lib/server/needs/notices.ts';
import { publicNeeds, publicWishes } from '#lib/server/needs/public.ts';
import { handOf } from '#lib/server/residents-hand.ts';
import { supportNeed } from '#lib/server/needs/supports.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId }, locals }) => {
  const [notice, needs, wishes] = await Promise.all([
    currentNotice(communityId),
    publicNeeds(communityId, handOf(locals.actor)),
    publicWishes(communityId),
  ]);
  return {
    notice: notice && {
      title: notice.title,
      fromDay: notice.fromDay,
      toDay: notice.toDay,
      open: notice.open,
      contact: notice.contact,
    },
    needs,
    wishesOpen: wishes.filter(({ status }) => status === 'open').length,
  };
};

export const actions: Actions = {
  support: async (event) => {
    const { communityId } = await communityAt(event, event.params.communityId);
    const form = await event.request.formData();
    const { text, flag } = fieldsOf(form);
    const hand = handOf(await handAt(event, communityId)) ?? '';
    const refused = await supportNeed(communityId, text('for'), hand, flag('support'));
    return isOfficeRefusal(refused) ? refusedForm(event, refused, form) : { done: 'support', of: text('for') };
  },
};
