// The poster of the collection that is open: one A4 with a QR code that phones can open.
import { error } from '@sveltejs/kit';
import { currentNotice } from '#lib/server/needs/notices.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

const ownNames = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

export const load: PageServerLoad = async ({ params: { communityId }, url, locals }) => {
  const notice = await currentNotice(communityId);
  if (!notice) error(404, messagesFor(locals.lang).pages.notFoundText);
  const origin = reachableOrigin(url);
  const { title, fromDay, toDay, categories, contact } = notice;
  return {
    notice: { title, fromDay, toDay, categories, contact },
    address: `${origin}/c/${communityId}/needs/new`,
    onlyHere: ownNames.test(origin),
  };
};
