// Fetches the room of the meeting's format with its words; the council's room is part of the page.
import { screensOf } from '#lib/components/formats/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { lang } = (await parent()).preferences;
  return { ...data, room: (await screensOf(data.view.state.format)?.room(lang)) ?? null };
};
