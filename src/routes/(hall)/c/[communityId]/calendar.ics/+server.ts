// The community's meetings as one calendar to subscribe to, for everybody.
import { communityAt } from '#lib/server/community-door.ts';
import { meetingsCalendar } from '#lib/server/publications/feeds.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const community = await communityAt(event, event.params.communityId);
  const calendar = await meetingsCalendar(community, reachableOrigin(event.url), event.locals.lang);
  return new Response(calendar, {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
};
