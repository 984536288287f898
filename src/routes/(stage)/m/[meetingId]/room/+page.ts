// Fetches the room of the meeting's format, with its words where it has screens of its own, and the parts of it that are seen at once.
// The parts before the formats: whatever is fetched first brings its styles with the drawn page.
import { partsAtOnce } from '#lib/components/room/parts/index.ts';
import { screensOf } from '#lib/components/formats/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent, url }) => {
  const { lang } = (await parent()).preferences;
  const [room, { default: CouncilRoom }, parts] = await Promise.all([
    screensOf(data.view.state.format)?.room(lang) ?? null,
    import('#lib/components/room/CouncilRoom.svelte'),
    partsAtOnce(data.view, url.searchParams.get('show')),
  ]);
  return { ...data, Room: room?.view ?? CouncilRoom, say: room?.say, parts };
};
