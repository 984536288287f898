// The sign-in sheet of a convened meeting, for its desk: whole names, in the order of the roster.
import { error } from '@sveltejs/kit';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { state } = await atDesk(event, event.params.meetingId, 'watchAsHost');
  // Before the notice nobody is called yet.
  if (state.convenedAt === null) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return {
    home: await homeOf(event.params.meetingId),
    meetingId: state.meetingId,
    title: state.title,
    place: state.place,
    startsAt: state.startsAt,
    seats: state.seatOrder.flatMap((seatId) => {
      const seat = state.seats[seatId];
      const sector = state.sectors.find(({ sectorId }) => sectorId === seat?.sectorId)?.name ?? '';
      return seat ? [{ seatId, name: seat.name.text, sector, title: seat.title, voting: seat.voting }] : [];
    }),
  };
};
