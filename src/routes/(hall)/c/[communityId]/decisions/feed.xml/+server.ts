// The community's decisions as an Atom feed, for everybody.
import { communityAt } from '#lib/server/community-door.ts';
import { decisionsFeed } from '#lib/server/publications/feeds.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const community = await communityAt(event, event.params.communityId);
  const feed = await decisionsFeed(community, reachableOrigin(event.url), event.locals.lang);
  return new Response(feed, {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'private, max-age=300' },
  });
};
