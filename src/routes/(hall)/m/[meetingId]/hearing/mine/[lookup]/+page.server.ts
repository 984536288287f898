// An enrolment by its private link: whether it was drawn, and the way into the hearing. Whoever has the address is the one who enrolled.
import { redirect } from '@sveltejs/kit';
import { markOf } from '#lib/domain/hearings/draw.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { setGuestCookie } from '#lib/server/auth/recognise.ts';
import { refusedByLaw } from '#lib/server/doorkeeper.ts';
import { sealIsDue } from '#lib/server/hearings/announce.ts';
import { attendHearing, enrolmentByLookup, withdrawEnrolment } from '#lib/server/hearings/enrol.ts';
import { hearingSeatsOf } from '#lib/server/hearings/roster.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { meetingId, lookup }, url, setHeaders }) => {
  // The address is a secret: it goes to nobody else.
  setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  await sealIsDue(meetingId);
  const { state } = await freshCopy(meetingId);
  const enrolment = await enrolmentByLookup(meetingId, lookup);
  const { hearing } = state;
  const drawn = hearing?.draw?.drawn.find(({ placeKey }) => placeKey === enrolment?.placeKey);
  const seats = enrolment?.personId ? await hearingSeatsOf(meetingId) : [];
  return {
    meetingId,
    title: state.title?.text ?? '',
    convened: state.convenedAt !== null,
    address: `${reachableOrigin(url)}/m/${meetingId}/hearing/mine/${lookup}`,
    mine: enrolment && {
      number: enrolment.number,
      place: hearing?.places.find(({ key }) => key === enrolment.placeKey)?.name ?? null,
      mark: markOf(enrolment.lookupHash),
      withdrawn: enrolment.withdrawnAt !== null,
      drawn: drawn !== undefined,
      seated: seats.some(({ personId }) => personId === enrolment.personId),
      reserve: drawn ? drawn.reserves.indexOf(enrolment.number) + 1 : 0,
    },
  };
};

export const actions: Actions = {
  withdraw: async (event) => {
    const { meetingId, lookup } = event.params;
    const refusal = await withdrawEnrolment(meetingId, lookup);
    return refusal ? refusedByLaw(event, refusal) : { done: 'withdraw' };
  },

  enter: async (event) => {
    const { meetingId, lookup } = event.params;
    const here = await attendHearing(meetingId, { shownName: '', zone: null, lookup }, event.locals.actor);
    if (isRefusal(here)) return refusedByLaw(event, here);
    if (here.token !== null) setGuestCookie(event.cookies, event.url, here.token);
    redirect(303, `/m/${meetingId}`);
  },
};
