// The public statement of a fund: anybody reads it, without an account.
import { error } from '@sveltejs/kit';
import { mayKeepBooks } from '#lib/domain/policies.ts';
import { statementOf } from '#lib/server/ledger/statement.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const [statement, who] = await Promise.all([statementOf(params.fundId), standingOf(locals.actor)]);
  if (!statement) error(404, messagesFor(locals.lang).pages.notFoundText);
  return { statement, mayKeep: mayKeepBooks(who, statement.community.communityId) };
};
