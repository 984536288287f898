// The signature page to be printed: who signs, and the digest of what is signed.
import { redirect } from '@sveltejs/kit';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { signingView } from '#lib/server/minutes/sign.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId, paper } = event.params;
  const { state } = await atDesk(event, meetingId, 'readMinutesDraft', 'enterPaperSignature');
  const view = await signingView(meetingId, paper);
  if (!view) redirect(303, `/meetings/${meetingId}/${paper}/sign`);
  return {
    meetingId,
    paper,
    title: state.title?.text ?? '',
    docHash: view.docHash,
    edition: view.edition,
    frozenAt: view.frozenAt,
    signers: view.conditions.flatMap(({ signers }) => signers.filter(({ statement }) => statement === null)),
  };
};
