// The photographs of the tables' flip charts: taken here or in the room, given out by a host, taken back by whoever took them. Works without scripts.
// Rule [OS16].
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { livingTopics } from '#lib/domain/meeting/open-space/space.ts';
import { isOfficeRefusal, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { atDesk, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { addPhoto, givePhotoOut, mayPhotograph, photosFor, removePhoto } from '#lib/server/open-space/photos.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, viewer, may } = await inPublic(event, meetingId);
  const { openSpace: open } = state;
  if (!open) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const photos = await photosFor(meetingId, viewer);
  return {
    meetingId,
    title: state.title?.text ?? '',
    host: may('followUpCommitment'),
    mayAdd: mayPhotograph(state, viewer),
    topics: livingTopics(open)
      .filter(({ notesId }) => notesId !== null)
      .map(({ topicId, title }) => ({
        topicId,
        title: title.text ?? '',
        photos: photos
          .filter((photo) => photo.topicId === topicId)
          .map(({ photoId, shown, participantId }) => ({
            photoId,
            shown,
            mine: participantId !== null && participantId === viewer.participantId,
          })),
      })),
  };
};

function answered(event: RequestEvent, topicId: string, refused: OfficeRefusal | null) {
  if (refused) return fail(400, { topicId, sentence: sentenceOf(event.locals.lang, refused) });
  redirect(303, event.url.pathname);
}

export const actions: Actions = {
  add: async (event) => {
    const { state, viewer } = await inPublic(event, event.params.meetingId);
    const { text, file } = fieldsOf(await event.request.formData());
    const picture = file('photo');
    const content = picture ? new Uint8Array(await picture.arrayBuffer()) : new Uint8Array();
    const added = await addPhoto(state, viewer, text('topicId'), content);
    return answered(event, text('topicId'), isOfficeRefusal(added) ? added : null);
  },

  show: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'followUpCommitment');
    const { text, flag } = fieldsOf(await event.request.formData());
    await givePhotoOut(meetingId, text('photoId'), flag('shown'));
    return answered(event, text('topicId'), null);
  },

  remove: async (event) => {
    const { meetingId } = event.params;
    const { viewer, may } = await inPublic(event, meetingId);
    const { text } = fieldsOf(await event.request.formData());
    const by = { host: may('followUpCommitment'), participantId: viewer.participantId };
    return answered(event, text('topicId'), await removePhoto(meetingId, text('photoId'), by));
  },
};
