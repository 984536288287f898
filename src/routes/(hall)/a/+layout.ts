// A form and its words: no script at all, so that any phone can fill it in.
import { loadAppraisalMessages } from '#lib/messages/appraisal-words.ts';
import type { LayoutLoad } from './$types';

export const csr = false;

export const load: LayoutLoad = async ({ parent }) => ({
  appraisal: await loadAppraisalMessages((await parent()).preferences.lang),
});
