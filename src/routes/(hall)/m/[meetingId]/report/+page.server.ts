// The hearing report: what was heard, how residents chose, every opinion with its answer. Everybody reads it once it is published; the desk reads the draft.
import { error } from '@sveltejs/kit';
import { reportInPublic, reportPage } from '#lib/server/hearings/report.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { homeOf } from '#lib/server/meetings/meeting-door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { lang } = event.locals;
  const { state, isHearing, mayRead, atDesk } = await reportInPublic(event, meetingId);
  if (!isHearing) error(404, messagesFor(lang).pages.notFoundText);
  return {
    meetingId,
    home: await homeOf(meetingId),
    title: state.title,
    published: state.hearing?.report.published ?? null,
    atDesk,
    report: mayRead ? await reportPage(lang, state) : null,
  };
};
