// Micro-wishes for everybody, and claiming one. Who wished is told by zone, who gives by the name they choose; contacts by nobody.
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { countAttempt } from '#lib/server/auth/attempts.ts';
import { communityAt, handAt } from '#lib/server/community-door.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { publicWishes } from '#lib/server/needs/public.ts';
import { handOf } from '#lib/server/residents-hand.ts';
import { stepWish } from '#lib/server/needs/wishes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({ wishes: await publicWishes(params.communityId) });

/** One device claims this many in a day: claiming all of them would keep others from giving. */
const dailyClaims = { kind: 'wish', most: 3, windowMs: 24 * 3600 * 1000 };

export const actions: Actions = {
  claim: async (event) => {
    const { communityId } = await communityAt(event, event.params.communityId);
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const hand = handOf(await handAt(event, communityId)) ?? '';
    if ((await countAttempt(dailyClaims, hand)) !== null)
      return refusedForm(event, refuseOffice('too-many-needs', { most: dailyClaims.most }), form);
    const asked = { deed: 'claim', by: text('by'), contact: text('contact') } as const;
    const refused = await stepWish(communityId, text('for'), asked, null);
    return isOfficeRefusal(refused) ? refusedForm(event, refused, form) : { done: 'claim', of: text('for') };
  },
};
