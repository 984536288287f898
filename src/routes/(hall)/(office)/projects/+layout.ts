// Fetches the words of the desk's pages about projects; the plan's save line speaks those of the drafted agenda.
import { loadMeetingsMessages } from '#lib/messages/meetings-words.ts';
import { loadProjectsMessages } from '#lib/messages/projects-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => {
  const { lang } = (await parent()).preferences;
  const [projectsMessages, meetingsMessages] = await Promise.all([
    loadProjectsMessages(lang),
    loadMeetingsMessages(lang),
  ]);
  return { projectsMessages, meetingsMessages };
};
