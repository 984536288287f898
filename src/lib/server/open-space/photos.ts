// Photographs of what a table wrote on paper, beside its notes: taken by whoever takes part, seen at once by who is at the meeting, by everybody
// and in the booklet once a host has looked at them and gives them out. Where and with what they were taken is left out, as with a need's. [OS16]
import { and, asc, count, eq, sql } from 'drizzle-orm';
import { actorAt } from '#lib/domain/meeting/decide.ts';
import { mayHelp } from '#lib/domain/meeting/participants.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { mayRead } from '#lib/domain/meeting/words.ts';
import { isServiceRefusal, refuseService } from '#lib/domain/service-refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { Viewer } from '#lib/protocol/meeting.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { notePhotos } from '#lib/server/db/schema/index.ts';
import { barePhoto, photoSize } from '#lib/server/needs/bare-photo.ts';

/** The page makes them smaller before they travel; the booklet carries all of them. */
export const largestFlipChart = 2 * 1024 * 1024;
export const mostPhotosPerTable = 3;

export interface PhotoLine {
  readonly photoId: string;
  readonly topicId: string;
  readonly shown: boolean;
  readonly participantId: string | null;
}

/** Who is at the meeting, and so sees what is not given out yet. */
export const isAtMeeting = (viewer: Viewer): boolean =>
  viewer.participantId !== null || mayRead(viewer.audience, 'desk') || viewer.roles.length > 0;

const helps = (state: MeetingState, { personId, guestId }: Viewer): boolean =>
  mayHelp(actorAt(state, { kind: personId === null && guestId !== null ? 'guest' : 'person', personId, guestId }));

/** Whether this viewer may add one at a table just now: whoever may write its notes. */
export const mayPhotograph = (state: MeetingState, viewer: Viewer): boolean =>
  (state.phase === 'in_session' || state.phase === 'recess') && (viewer.participantId !== null || helps(state, viewer));

export async function addPhoto(
  state: MeetingState,
  viewer: Viewer,
  topicId: string,
  content: Uint8Array,
): Promise<{ photoId: string } | OfficeRefusal> {
  const { meetingId, openSpace: open } = state;
  if (!mayPhotograph(state, viewer)) return refuseOffice('not-allowed');
  if (!open?.topics[topicId]?.notesId) return refuseOffice('not-there');
  if (content.byteLength > largestFlipChart)
    return refuseService('N9', 'photo-too-large', { megabytes: largestFlipChart / 1024 / 1024 });
  const bare = barePhoto(content);
  if (isServiceRefusal(bare)) return bare;
  const size = photoSize(bare);
  if (!size) return refuseService('N9', 'photo-unfit');
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`yishi.photos ${topicId}`}))`);
    const [kept] = await tx
      .select({ many: count() })
      .from(notePhotos)
      .where(and(eq(notePhotos.meetingId, meetingId), eq(notePhotos.topicId, topicId)));
    if ((kept?.many ?? 0) >= mostPhotosPerTable)
      return refuseService('OS16', 'photos-enough', { most: mostPhotosPerTable });
    const photoId = newId();
    const { participantId } = viewer;
    await tx
      .insert(notePhotos)
      .values({ id: photoId, meetingId, topicId, ...bare, ...size, participantId, at: Date.now() });
    return { photoId };
  });
}

/** Those this viewer may see, in the order they were taken. */
export async function photosFor(meetingId: string, viewer: Viewer): Promise<PhotoLine[]> {
  const rows = await db
    .select({
      photoId: notePhotos.id,
      topicId: notePhotos.topicId,
      shown: notePhotos.shown,
      participantId: notePhotos.participantId,
    })
    .from(notePhotos)
    .where(eq(notePhotos.meetingId, meetingId))
    .orderBy(asc(notePhotos.at), asc(notePhotos.id));
  return isAtMeeting(viewer) ? rows : rows.filter(({ shown }) => shown);
}

/** The picture, or null where there is none for this viewer. */
export async function photoFor(meetingId: string, photoId: string, viewer: Viewer) {
  const [row] = await db
    .select()
    .from(notePhotos)
    .where(and(eq(notePhotos.id, photoId), eq(notePhotos.meetingId, meetingId)));
  return row && (row.shown || isAtMeeting(viewer)) ? row : null;
}

/** For the booklet: those given out. */
export const photosGivenOut = (meetingId: string) =>
  db
    .select()
    .from(notePhotos)
    .where(and(eq(notePhotos.meetingId, meetingId), eq(notePhotos.shown, true)))
    .orderBy(asc(notePhotos.at), asc(notePhotos.id));

export type GivenOutPhoto = Awaited<ReturnType<typeof photosGivenOut>>[number];

/** By a host, who has looked at it. Twice changes nothing. */
export async function givePhotoOut(meetingId: string, photoId: string, shown: boolean): Promise<void> {
  await db
    .update(notePhotos)
    .set({ shown })
    .where(and(eq(notePhotos.id, photoId), eq(notePhotos.meetingId, meetingId)));
}

/** By a host, or by whoever took it while it is not given out. Twice changes nothing. */
export async function removePhoto(
  meetingId: string,
  photoId: string,
  by: { readonly host: boolean; readonly participantId: string | null },
): Promise<OfficeRefusal | null> {
  const [row] = await db
    .select({ participantId: notePhotos.participantId, shown: notePhotos.shown })
    .from(notePhotos)
    .where(and(eq(notePhotos.id, photoId), eq(notePhotos.meetingId, meetingId)));
  if (!row) return null;
  const own = by.participantId !== null && row.participantId === by.participantId && !row.shown;
  if (!by.host && !own) return refuseOffice('not-allowed');
  await db.delete(notePhotos).where(and(eq(notePhotos.id, photoId), eq(notePhotos.meetingId, meetingId)));
  return null;
}
