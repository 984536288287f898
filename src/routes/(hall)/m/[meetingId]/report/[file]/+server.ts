// The hearing report as a PDF or a Word file: for everybody once it is published, before that for the desk.
import { error } from '@sveltejs/kit';
import { formatIsoDate } from '#lib/messages/format.ts';
import { reportFile, reportInPublic } from '#lib/server/hearings/report.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meetingId, file } = event.params;
  const { lang } = event.locals;
  const { state, mayRead } = await reportInPublic(event, meetingId);
  const found = mayRead ? await reportFile(lang, state, file) : null;
  if (!found) error(404, messagesFor(lang).pages.notFoundText);
  return new Response(found.content as BodyInit, {
    headers: {
      'content-type': found.type,
      'content-disposition': `attachment; filename="yishi-${formatIsoDate(state.startsAt)}-${file}"`,
      'cache-control': 'private, no-cache',
    },
  });
};
