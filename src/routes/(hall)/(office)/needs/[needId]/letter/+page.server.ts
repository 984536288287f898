// The letter that refers a need to the owners' assembly: only for needs that were sent there.
import { error } from '@sveltejs/kit';
import { mayTriageNeeds } from '#lib/domain/policies.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { needAtDesk } from '#lib/server/needs/desk.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayTriageNeeds(who, who.communityId));
  const [need, community] = await Promise.all([
    needAtDesk(who.communityId, event.params.needId),
    readCommunity(who.communityId),
  ]);
  if (need?.destination !== 'owners_assembly' || !community)
    error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const { code, title, detail, reply, supports } = need;
  return { letter: { code, title, detail, reply, supports }, community: community.name, writtenAt: Date.now() };
};
