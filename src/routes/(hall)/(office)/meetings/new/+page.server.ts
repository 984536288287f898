// Making a meeting: a plain form, one call into the office, then its draft.
import { fail, redirect } from '@sveltejs/kit';
import { formats } from '#lib/domain/formats/index.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { permitted, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { describedIn, refusedDescription } from '#lib/server/meetings/description-form.ts';
import { councilsToConvene } from '#lib/server/meetings/own-list.ts';
import { formatLocalInput } from '#lib/messages/format.ts';
import type { Actions, PageServerLoad } from './$types';

const weekMs = 7 * 86_400_000;
const hourMs = 3_600_000;

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (standing) => standing !== null);
  // A week from now on the full hour: a start to change, with any usual notice kept.
  const suggested = formatLocalInput(Math.ceil((Date.now() + weekMs) / hourMs) * hourMs);
  return { councils: await councilsToConvene(who), suggested, formats: formats.map(({ id }) => id) };
};

export const actions: Actions = {
  default: async (event) => {
    const { refused } = await permitted(event, (standing) => standing !== null);
    if (refused) return refused;
    const form = await event.request.formData();
    const { lang, actor } = event.locals;
    const read = describedIn(form, lang);
    if (!('described' in read)) return fail(400, read);
    const { text } = fieldsOf(form);
    const councilId = text('councilId');
    const format = text('format') || 'council';
    const made = await createMeeting({ ...read.described, councilId, format }, actor);
    if (isRefusal(made)) return fail(400, refusedDescription(made, read.described, form, lang));
    redirect(303, `/meetings/${made.meetingId}`);
  },
};
