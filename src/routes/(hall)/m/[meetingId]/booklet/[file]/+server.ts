// The booklet as a PDF or a Word file, for everybody, made when it is asked for: a few seconds after the close it is complete.
import { error } from '@sveltejs/kit';
import { formatIsoDate } from '#lib/messages/format.ts';
import { withoutPictures } from '#lib/server/files/printed.ts';
import { typeset } from '#lib/server/files/typeset.ts';
import { wordFile } from '#lib/server/files/word-file.ts';
import { inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { bookletOf } from '#lib/server/open-space/booklet.ts';
import { openSpaceMessagesFor } from '#lib/server/open-space/messages.ts';
import { newsWall } from '#lib/server/open-space/notes.ts';
import { photosGivenOut } from '#lib/server/open-space/photos.ts';
import type { RequestHandler } from './$types';

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const GET: RequestHandler = async (event) => {
  const { meetingId, file } = event.params;
  const { lang } = event.locals;
  const { state } = await inPublic(event, meetingId);
  const w = messagesFor(lang);
  const paper = bookletOf(
    w,
    openSpaceMessagesFor(lang),
    lang,
    state,
    await newsWall(meetingId),
    await photosGivenOut(meetingId),
  );
  if (!paper || (file !== 'booklet.pdf' && file !== 'booklet.docx')) error(404, w.pages.notFoundText);
  const isPdf = file === 'booklet.pdf';
  const at = state.adjournedAt ?? state.startsAt;
  // A picture whose head is sound and whose body is not must not cost the whole record.
  const asPdf = () => typeset(paper, at).catch(() => typeset(withoutPictures(paper), at));
  const content = isPdf ? (await asPdf()).pdf : await wordFile(paper);
  return new Response(content as BodyInit, {
    headers: {
      'content-type': isPdf ? 'application/pdf' : wordType,
      'content-disposition': `attachment; filename="yishi-${formatIsoDate(state.startsAt)}-${file}"`,
      'cache-control': 'private, no-cache',
    },
  });
};
