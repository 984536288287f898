// The poster of a convened meeting: the way in, large enough for a door. Its address must be one that phones can open.
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

const ownNames = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

export const load: PageServerLoad = async (event) => {
  const { state } = await inPublic(event, event.params.meetingId);
  const origin = reachableOrigin(event.url);
  return {
    meetingId: event.params.meetingId,
    home: await homeOf(event.params.meetingId),
    title: state.title,
    place: state.place,
    startsAt: state.startsAt,
    joinCode: state.joinCode,
    origin,
    onlyHere: ownNames.test(origin),
  };
};
