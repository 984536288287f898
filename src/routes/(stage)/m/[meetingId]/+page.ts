// Fetches what the meeting's format shows to everybody, where it has screens of its own.
import { screensOf } from '#lib/components/formats/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { lang } = (await parent()).preferences;
  return { ...data, watch: (await screensOf(data.view.state.format)?.watch(lang)) ?? null };
};
