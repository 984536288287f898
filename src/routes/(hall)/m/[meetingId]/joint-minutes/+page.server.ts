// The one-page minutes of a meeting of parties, and what is sent up with them: as they stand now, for everybody who may look at the meeting.
import { error } from '@sveltejs/kit';
import { consensusIn } from '#lib/domain/meeting/consensus.ts';
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, viewer } = await inPublic(event, meetingId);
  if (state.consensus === undefined) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const { community } = await homeOf(meetingId);
  return { state, viewer, community, put: consensusIn(state).minutes !== null };
};
