// The form to bring a need, for anybody; for a helper it takes the need down for somebody else and says so in the record.
import { error, redirect } from '@sveltejs/kit';
import { mayTypeNeeds } from '#lib/domain/policies.ts';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { communityAt, handAt } from '#lib/server/community-door.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { currentNotice } from '#lib/server/needs/notices.ts';
import { largestPhoto } from '#lib/server/needs/bare-photo.ts';
import { takeNeedDown } from '#lib/server/needs/submit.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId }, locals }) => {
  const [notice, community, who] = await Promise.all([
    currentNotice(communityId),
    readCommunity(communityId),
    standingOf(locals.actor),
  ]);
  if (!notice || !community) error(404, messagesFor(locals.lang).pages.notFoundText);
  return {
    sentId: newId(),
    noticeId: notice.id,
    categories: notice.categories,
    zones: community.zones.map(({ zoneId, name }) => ({ zoneId, name })),
    assisting: mayTypeNeeds(who, communityId),
  };
};

export const actions: Actions = {
  send: async (event) => {
    const { communityId } = await communityAt(event, event.params.communityId);
    const form = await event.request.formData();
    const { text, textOrNull, lines, file } = fieldsOf(form);
    const who = await standingOf(event.locals.actor);
    const assisting = who !== null && mayTypeNeeds(who, communityId);
    const picture = file('photo');
    if (picture && picture.size > largestPhoto)
      return refusedForm(event, refuseOffice('photo-too-large', { megabytes: largestPhoto / 1024 / 1024 }), form);
    const taken = await takeNeedDown(
      communityId,
      {
        noticeId: text('noticeId'),
        sentId: text('sentId'),
        title: text('title'),
        detail: lines('detail'),
        category: text('category'),
        zoneId: textOrNull('zoneId'),
        name: text('name'),
        contact: text('contact'),
        channel: assisting ? 'assisted' : 'phone',
        paperSupports: 0,
        photo: picture ? new Uint8Array(await picture.arrayBuffer()) : null,
      },
      assisting
        ? { author: null, enteredBy: who.personId }
        : { author: await handAt(event, communityId), enteredBy: null },
    );
    if (isOfficeRefusal(taken)) return refusedForm(event, taken, form);
    redirect(303, `/c/${communityId}/need/${taken.lookup}?new`);
  },
};
