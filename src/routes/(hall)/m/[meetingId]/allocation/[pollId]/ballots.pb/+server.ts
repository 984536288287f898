// The recount file of one chamber: every counted ballot, the rule and the seed. Only once the result is announced.
import { error } from '@sveltejs/kit';
import { chamberAsked, publishedAllocation } from '#lib/server/allocations/published.ts';
import { recountFile } from '#lib/server/allocations/recount-file.ts';
import { db } from '#lib/server/db/client.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { state, counts } = await publishedAllocation(event, event.params);
  const chamber = chamberAsked(event.url, counts);
  const file =
    chamber === null || counts.length === 0 ? null : await recountFile(db, state, event.params.pollId, chamber);
  if (file === null) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return new Response(file, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="ballots-${chamber}.pb"`,
      'cache-control': 'no-store',
    },
  });
};
