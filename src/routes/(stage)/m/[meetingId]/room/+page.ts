// Fetches the room of the meeting's format, with its words where it has screens of its own, and the council's parts that are seen at once where the
// room is built on them: a phone fetches no room it is not in.
// The parts before the formats: whatever is fetched first brings its styles with the drawn page.
import { partsAtOnce } from '#lib/components/room/parts/index.ts';
import { screensOf } from '#lib/components/formats/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent, url }) => {
  const { lang } = (await parent()).preferences;
  const screens = screensOf(data.view.state.format);
  const council = async () => ({
    view: (await import('#lib/components/room/CouncilRoom.svelte')).default,
    say: undefined,
  });
  const [{ view: Room, say }, parts] = await Promise.all([
    screens?.room(lang) ?? council(),
    screens?.roomOfItsOwn ? {} : partsAtOnce(data.view, url.searchParams.get('show')),
  ]);
  return { ...data, Room, say, parts };
};
