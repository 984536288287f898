// One's own data as a file.
import { ownAccount } from '#lib/server/doorkeeper.ts';
import { readOwnFacts } from '#lib/server/people/own-facts.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { personId } = ownAccount(event);
  const facts = await readOwnFacts(personId);
  return new Response(JSON.stringify(facts, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="own-facts.json"',
      'cache-control': 'no-store',
    },
  });
};
