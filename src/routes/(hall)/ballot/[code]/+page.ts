// Fetches the words around a funding ballot, which few pages need.
import { loadAllocationDesk } from '#lib/messages/allocation-desk-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, data }) => {
  const { preferences } = await parent();
  return { ...data, desk: await loadAllocationDesk(preferences.lang) };
};
