// The hearing report: what was heard, how residents chose, every opinion with its answer. Everybody reads it once it is published; the desk reads the draft.
import { error } from '@sveltejs/kit';
import { quorumOf } from '#lib/domain/meeting/attendance.ts';
import { opinionsOf } from '#lib/server/hearings/opinions.ts';
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, may } = await inPublic(event, meetingId);
  const { hearing } = state;
  if (!hearing) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const published = hearing.report.published;
  const mayRead = published !== null || may('recordReportSigned');
  const opinions = mayRead ? await opinionsOf(meetingId) : null;
  const { turns } = state.floor;
  const quorum = quorumOf(state);
  return {
    home: await homeOf(meetingId),
    state,
    published,
    present: { present: quorum.present, expected: quorum.expected, needed: quorum.needed },
    spoken: {
      representatives: new Set(turns.flatMap(({ seatId }) => (state.seats[seatId]?.voting ? [seatId] : []))).size,
      residents: turns.filter(({ seatId }) => state.participants.byId[seatId] !== undefined).length,
      asked: state.participants.order.length,
    },
    opinions: opinions && {
      groups: opinions.groups.map(({ groupId, title, verdict, reason, dueOn, opinions: own }) => ({
        groupId,
        title,
        verdict,
        reason,
        dueOn,
        opinions: own.map(({ opinionId, text, shownName }) => ({ opinionId, text, shownName })),
      })),
      hidden: opinions.hidden,
      loose: opinions.loose.length + opinions.waiting,
    },
  };
};
