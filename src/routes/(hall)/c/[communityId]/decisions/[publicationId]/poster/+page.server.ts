// The poster of a publication: its code leads everybody to the whole text, the objections and the proof.
import { error } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { readPublication } from '#lib/server/publications/publications.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

const ownNames = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

export const load: PageServerLoad = async ({ params: { communityId, publicationId }, locals, url }) => {
  const row = await readPublication(communityId, publicationId);
  if (!row || row.withdrawnAt !== null) error(404, messagesFor(locals.lang).pages.notFoundText);
  const origin = reachableOrigin(url);
  return {
    view: await decisionView(row),
    address: `${origin}/c/${communityId}/decisions/${publicationId}`,
    onlyHere: ownNames.test(origin),
  };
};
