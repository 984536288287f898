// Earlier versions of the minutes: who changed them when, one of them beside the text as it is now, whose words are whose, and bringing one back.
import { error, fail, redirect } from '@sveltejs/kit';
import { compareTexts } from '#lib/protocol/minutes-history.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { ensureMinutes, factsInWords, filledIn, isFrozen, namesAt } from '#lib/server/minutes/desk.ts';
import { handsAt, restoreVersion, sittingsOf, textAt, versionsOf } from '#lib/server/minutes/versions.ts';
import type { Actions, PageServerLoad } from './$types';

/** A list longer than anybody reads is cut; older versions have their address all the same. */
const mostListed = 200;

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, viewer, may } = await atDesk(event, meetingId, 'editMinutes', 'readMinutesDraft');
  const documentId = await ensureMinutes(meetingId);
  if (documentId === null) redirect(303, `/meetings/${meetingId}/minutes`);
  const [versions, facts, frozen] = await Promise.all([
    versionsOf(documentId),
    factsInWords(meetingId, viewer.audience, event.locals.lang),
    isFrozen(documentId),
  ]);
  const newest = versions[0];
  const asked = event.url.searchParams.get('version');
  const seq = asked === null ? null : Number(asked);
  const text = seq === null ? null : await textAt(documentId, seq);
  if (seq !== null && text === null) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const now = newest ? ((await textAt(documentId, newest.seq)) ?? []) : [];
  return {
    meeting: { meetingId, title: state.title?.text ?? '' },
    mayWrite: may('editMinutes') && viewer.personId !== null && !frozen,
    names: namesAt(state),
    newest: newest?.seq ?? 0,
    sittings: seq === null ? sittingsOf(versions).slice(0, mostListed) : [],
    hands: newest && seq === null ? await handsAt(documentId, newest.seq) : [],
    shown:
      seq === null || text === null
        ? null
        : {
            seq,
            at: versions.filter((version) => version.seq >= seq).pop()?.at ?? null,
            blocks: filledIn(text, facts),
            differences: compareTexts(text, now)
              .filter(({ what, block }) => what !== 'same' && block.kind !== 'fact')
              .map(({ what, block }) => ({ what, blocks: [block] })),
          },
  };
};

export const actions: Actions = {
  restore: async (event) => {
    const { meetingId } = event.params;
    const { viewer } = await atDesk(event, meetingId, 'editMinutes');
    const documentId = await ensureMinutes(meetingId);
    const seq = Number(fieldsOf(await event.request.formData()).text('version'));
    if (documentId === null || viewer.personId === null) return fail(409, { refused: 'unknown' as const });
    const done = await restoreVersion(documentId, seq, viewer.personId);
    return done === 'restored' ? { restored: true } : fail(409, { refused: done });
  },
};
