// 会议纪要: the meeting in brief, for everybody.
import { error } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { readPublication } from '#lib/server/publications/publications.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId, publicationId }, locals }) => {
  const row = await readPublication(communityId, publicationId);
  if (!row || row.withdrawnAt !== null) error(404, messagesFor(locals.lang).pages.notFoundText);
  return { view: await decisionView(row) };
};
