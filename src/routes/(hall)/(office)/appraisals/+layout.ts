// Fetches the words of the appraisal's desk.
import { loadAppraisalMessages } from '#lib/messages/appraisal-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => ({
  appraisal: await loadAppraisalMessages((await parent()).preferences.lang),
});
