// The first line of every desk page of a project: whoever runs projects, or a writer of its plan; anybody else is led away as from all
// desk pages. A project that is not of one's community is not there.
import { error, type RequestEvent } from '@sveltejs/kit';
import { mayRunProjects, mayWritePlan, type Standing } from '#lib/domain/policies.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { writersOf } from './plans.ts';

export const runs = (who: Standing | null): boolean => who !== null && mayRunProjects(who, who.communityId);

/** For pages of who runs projects. */
export const projectRunner = (event: Pick<RequestEvent, 'locals' | 'url'>): Promise<Standing> =>
  standingThat(event, runs);

/** For the plan's page: `leads` tells whether this reader may do more than write. */
export async function planWriter(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  projectId: string,
): Promise<{ who: Standing; leads: boolean }> {
  const writers = await writersOf(projectId);
  const who = await standingThat(
    event,
    (who) => who !== null && mayWritePlan(who, { communityId: who.communityId, writers }),
  );
  return { who, leads: runs(who) };
}

export function notThere(event: Pick<RequestEvent, 'locals'>): never {
  error(404, messagesFor(event.locals.lang).pages.notFoundText);
}
