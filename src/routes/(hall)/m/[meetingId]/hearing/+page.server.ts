// A hearing as everybody may read it before it: notice, enrolment, draw. Names masked, no contact, no private link.
import { error } from '@sveltejs/kit';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { viewerAt } from '#lib/server/meetings/views.ts';
import { homeOf } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { sealIsDue } from '#lib/server/hearings/announce.ts';
import { drawFileOf } from '#lib/server/hearings/published.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { meetingId }, locals }) => {
  await sealIsDue(meetingId);
  const copy = await freshCopy(meetingId);
  const state = copy.stateFor(viewerAt(copy.state, locals.actor).audience);
  const { hearing } = state;
  if (!hearing) error(404, messagesFor(locals.lang).pages.notFoundText);
  return {
    home: await homeOf(meetingId),
    meeting: {
      meetingId,
      title: state.title?.text ?? '',
      place: state.place?.text ?? '',
      startsAt: state.startsAt,
      convened: state.convenedAt !== null,
      cancelled: state.phase === 'cancelled',
      reported: hearing.report.published !== null,
    },
    hearing: {
      matter: hearing.matter.text ?? '',
      how: hearing.how.text ?? '',
      places: hearing.places,
      enrolBy: hearing.enrolBy,
      open: Date.now() < hearing.enrolBy && state.phase === 'draft',
      announcedAt: hearing.announcedAt,
      publicSource: hearing.publicSource.text ?? '',
      commitment: hearing.commitment,
      sealed: hearing.sealed,
    },
    draw: await drawFileOf(state),
  };
};
