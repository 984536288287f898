// The landing page's query: what is on, what is coming, what has been decided. An empty installation is set up first.
import { redirect } from '@sveltejs/kit';
import { personSignedIn } from '#lib/domain/actor.ts';
import { maySetUp } from '#lib/domain/policies.ts';
import { owedBy } from '#lib/server/follow-ups/follow-ups.ts';
import { listPublicFunds } from '#lib/server/ledger/statement.ts';
import { listPublicMeetings } from '#lib/server/meetings/list.ts';
import { waitingForSignature } from '#lib/server/minutes/sign.ts';
import { countKeptCommunities, listKeptCommunities } from '#lib/server/people/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (maySetUp(await countKeptCommunities())) redirect(303, '/setup');
  const personId = personSignedIn(locals.actor);
  const [meetings, communities, funds, owed, toSign] = await Promise.all([
    listPublicMeetings(),
    listKeptCommunities(),
    listPublicFunds(),
    personId === null ? [] : owedBy(personId),
    personId === null ? [] : waitingForSignature(personId),
  ]);
  return { meetings, communities, funds, owed, toSign };
};
