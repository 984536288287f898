// The minutes of an adjourned meeting: the text as it is stored, what the log says in the words of this reader, and the shared document for those
// who may write it.
import { ensureMinutes, minutesDesk } from '#lib/server/minutes/desk.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, viewer, may } = await atDesk(event, meetingId, 'editMinutes', 'readMinutesDraft');
  event.depends('minutes:facts');
  const documentId = await ensureMinutes(meetingId);
  return {
    home: await homeOf(meetingId),
    meeting: { meetingId, title: state.title?.text ?? '', practice: state.practice },
    personId: viewer.personId,
    mayWrite: may('editMinutes'),
    mayLead: may('conveneMeeting'),
    minutes: documentId === null ? null : await minutesDesk(meetingId, documentId, viewer.audience, event.locals.lang),
  };
};
