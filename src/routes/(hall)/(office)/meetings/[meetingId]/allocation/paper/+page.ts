// Fetches the words around a funding ballot and those of typing one in.
import { loadAllocationDesk } from '#lib/messages/allocation-desk-words.ts';
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, data }) => {
  const { lang } = (await parent()).preferences;
  const [desk, say] = await Promise.all([loadAllocationDesk(lang), loadConsoleMessages(lang)]);
  return { ...data, desk, say };
};
