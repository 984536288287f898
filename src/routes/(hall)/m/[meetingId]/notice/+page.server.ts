// The notice of a convened meeting, for everybody: what the members were called to, in the words that were frozen.
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { papersOf } from '#lib/server/meetings/papers.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import { ruleSentenceFor } from '#lib/server/rule-packs/rule-sentence.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, may } = await inPublic(event, meetingId);
  const [home, papers] = await Promise.all([homeOf(meetingId), papersOf(meetingId)]);
  const votingSeats = state.seatOrder.filter((seatId) => state.seats[seatId]?.voting).length;
  return {
    home,
    papers,
    state,
    votingSeats,
    mayAttend: may('watchAsHost'),
    origin: reachableOrigin(event.url),
    ruleSentence: state.rules && ruleSentenceFor(event.locals.lang, state.rules, votingSeats),
  };
};
