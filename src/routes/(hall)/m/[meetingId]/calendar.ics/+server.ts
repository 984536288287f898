// The calendar file of a convened meeting, for everybody.
import { formatIsoDate } from '#lib/messages/format.ts';
import { calendarOf } from '#lib/server/meetings/calendar.ts';
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId } = event.params;
  const { state } = await inPublic(event, meetingId);
  const { council } = await homeOf(meetingId);
  const text = calendarOf(state, {
    description: [council, state.joinCode, state.callLink ?? ''].filter((line) => line !== '').join('\n'),
    url: `${reachableOrigin(event.url)}/m/${meetingId}/notice`,
  });
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="yishi-${formatIsoDate(state.startsAt)}.ics"`,
      'cache-control': 'private, no-cache',
    },
  });
};
