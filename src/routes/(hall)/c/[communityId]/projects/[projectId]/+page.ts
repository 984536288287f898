// Fetches the words of what residents said of the project.
import { loadAppraisalMessages } from '#lib/messages/appraisal-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  appraisal: data.appraisals.length === 0 ? null : await loadAppraisalMessages((await parent()).preferences.lang),
});
