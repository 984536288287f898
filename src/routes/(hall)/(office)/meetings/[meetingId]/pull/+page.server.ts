// What is waiting for a meeting of parties: tasks nobody has answered, referred needs, open follow-ups. Ticked, they go on the drafted agenda.
import { error, redirect } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { candidatesFor, pullIntoAgenda } from '#lib/server/joint/agenda-sources.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'conveneMeeting');
  return {
    meetingId,
    title: state.title?.text ?? '',
    draft: state.phase === 'draft',
    waiting: await candidatesFor(meetingId),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { meetingId } = event.params;
    const { viewer } = await atDesk(event, meetingId, 'conveneMeeting');
    const messages = messagesFor(event.locals.lang);
    const picked = fieldsOf(await event.request.formData()).all('picked');
    const pulled = await pullIntoAgenda(meetingId, picked, viewer.personId ?? '', messages.meeting.pulled);
    if (isRefusal(pulled)) error(409, refusalSentence(messages, pulled));
    redirect(303, `/meetings/${meetingId}`);
  },
};
