// Which of the office's pages this reader may open, for the menu. Each page asks for itself again.
import { maySeePeople, mayTriageNeeds, type Standing } from '#lib/domain/policies.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import type { LayoutServerLoad } from './$types';

const pagesFor = (who: Standing) => ({
  needs: mayTriageNeeds(who, who.communityId),
  funds: true,
  community: true,
  people: maySeePeople(who, who.communityId),
  councils: true,
  rules: true,
});

export const load: LayoutServerLoad = async ({ locals }) => {
  const who = await standingOf(locals.actor);
  return { menu: who === null ? null : pagesFor(who) };
};
