// The letter that hands a matter to the owners [M7][M8]: one the council may not decide, or one it has passed whose contract waits for them.
// For everybody, because the referral is in everybody's log; 404 for a motion that has no letter.
import { error } from '@sveltejs/kit';
import { hasOwnersLetter } from '#lib/domain/meeting/published.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId, motionId } = event.params;
  const { state, viewer } = await inPublic(event, meetingId);
  const motion = state.motions.byId[motionId];
  if (!motion || !hasOwnersLetter(motion)) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const copy = await freshCopy(meetingId);
  const referred = copy
    .eventsFor(viewer.audience, 0)
    .find((each) => each.type === 'MotionReferred' && each.payload.motionId === motionId);
  const vote = [...motion.pollIds].reverse().flatMap((pollId) => state.polls.byId[pollId] ?? [])[0];
  return {
    home: await homeOf(meetingId),
    meetingId,
    title: state.title,
    heldAt: state.openedAt ?? state.startsAt,
    basis: state.rules?.basis ?? '',
    checkedOn: state.rules?.checkedOn ?? null,
    motion,
    itemNumber: state.agenda.items.findIndex(({ itemId }) => itemId === motion.itemId) + 1,
    result: motion.contractLocked ? (vote?.result ?? null) : null,
    writtenAt: referred?.at ?? vote?.announcedAt ?? state.startsAt,
    toManagement: event.url.searchParams.get('to') === 'management',
    origin: reachableOrigin(event.url),
  };
};
