// The results of a meeting, for everybody.
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { resultsView } from '#lib/server/publications/results.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { state, viewer, may } = await inPublic(event, event.params.meetingId);
  return { ...(await resultsView(state, viewer, event.locals.actor)), mayDownload: may('watchAsHost') };
};
