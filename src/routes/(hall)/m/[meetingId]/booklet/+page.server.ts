// The whole record of an open space to read, for everybody; it grows until the meeting is closed.
import { error } from '@sveltejs/kit';
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { bookletOf } from '#lib/server/open-space/booklet.ts';
import { openSpaceMessagesFor } from '#lib/server/open-space/messages.ts';
import { newsWall } from '#lib/server/open-space/notes.ts';
import { photosGivenOut } from '#lib/server/open-space/photos.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { lang } = event.locals;
  const { state } = await inPublic(event, meetingId);
  const w = messagesFor(lang);
  const say = openSpaceMessagesFor(lang);
  const paper = bookletOf(w, say, lang, state, await newsWall(meetingId));
  if (!paper) error(404, w.pages.notFoundText);
  const photos = (await photosGivenOut(meetingId)).map(({ id, topicId }) => ({ photoId: id, topicId }));
  return {
    photos,
    home: await homeOf(meetingId),
    meetingId,
    paper,
    heading: say.booklet,
    onward: say.onwardTitle,
    photosTitle: say.photosTitle,
    photoAlt: photos.map(({ topicId }, index) =>
      say.photoOf({ title: state.openSpace?.topics[topicId]?.title.text ?? '', n: index + 1 }),
    ),
  };
};
