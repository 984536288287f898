// Fetches the words of practice, which few pages need, and what the office calls people's roles.
import { loadOfficeMessages } from '#lib/messages/load-office-messages.ts';
import { loadPracticeMessages } from '#lib/messages/practice-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { lang } = (await parent()).preferences;
  const [practice, { roles }] = await Promise.all([loadPracticeMessages(lang), loadOfficeMessages(lang)]);
  return { ...data, practice, roles };
};
