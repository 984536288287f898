// What is published of a hearing before it: the draw with everything needed to draw again. For the public page and its file.
import type { DrawFile } from '#lib/domain/hearings/draw.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { db } from '#lib/server/db/client.ts';
import { entriesOf } from './enrol.ts';

/** Null before the draw: until then the secret is one. */
export async function drawFileOf(state: MeetingState): Promise<DrawFile | null> {
  const { hearing, meetingId } = state;
  if (!hearing?.draw || !hearing.sealed) return null;
  const { secret, publicValue, drawn } = hearing.draw;
  return {
    kind: 'yishi.draw.v1',
    title: state.title?.text ?? '',
    places: hearing.places,
    commitment: hearing.commitment,
    publicSource: hearing.publicSource.text ?? '',
    sealed: hearing.sealed.digest,
    secret,
    publicValue,
    entries: await entriesOf(db, meetingId, hearing.enrolBy),
    drawn,
  };
}
