// Paper ballots of a convened meeting, for its desk: one question, as many numbered sheets as asked for. A plain GET form chooses.
import { error } from '@sveltejs/kit';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { appraisalTerms } from '#lib/domain/meeting/poll-opening.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { PageServerLoad } from './$types';

const mostSheets = 500;

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'watchAsHost');
  if (state.convenedAt === null) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const voters = state.seatOrder.filter((seatId) => state.seats[seatId]?.voting).length;
  const asked = Number(event.url.searchParams.get('count') ?? '');
  const count = Number.isSafeInteger(asked) && asked >= 1 && asked <= mostSheets ? asked : voters;
  const itemId = event.url.searchParams.get('item');
  const questions = state.agenda.items.flatMap((item) =>
    item.decides
      ? [{ itemId: item.itemId, text: item.decides.title.text ?? '', amountFen: item.decides.amountFen }]
      : [],
  );
  return {
    home: await homeOf(meetingId),
    meetingId,
    title: state.title,
    startsAt: state.startsAt,
    named: state.rules?.secrecy === 'named',
    questions,
    /** What a form of a 民主评议会 asks beside the whole; null where motions are voted on. */
    indicators: state.format === appraisalMeeting.id ? appraisalTerms(state).indicators : null,
    count,
    mostSheets,
    /** Undefined until the form was sent; null for a blank question. */
    chosen: itemId === null ? undefined : (questions.find((question) => question.itemId === itemId) ?? null),
  };
};
