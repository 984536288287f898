// The whole way of one decided matter, for everybody.
import { error } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { readPublication } from '#lib/server/publications/publications.ts';
import { trailOf } from '#lib/server/publications/trail.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, publicationId, motionId }, locals }) => {
  const row = await readPublication(communityId, publicationId);
  const view = row && row.withdrawnAt === null ? await decisionView(row) : null;
  const trail = view ? await trailOf(view, motionId) : null;
  if (!view || !trail) error(404, messagesFor(locals.lang).pages.notFoundText);
  const { title, year, number } = view;
  return { trail, publicationId, notice: { title, year, number } };
};
