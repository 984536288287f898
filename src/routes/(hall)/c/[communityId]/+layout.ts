// Fetches the words of a community's public pages, which no other page needs.
import { loadNeedsMessages } from '#lib/messages/needs-words.ts';
import { loadProjectsMessages } from '#lib/messages/projects-words.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent, data }) => {
  const { lang } = (await parent()).preferences;
  const [needsMessages, projectsMessages] = await Promise.all([loadNeedsMessages(lang), loadProjectsMessages(lang)]);
  return { ...data, needsMessages, projectsMessages };
};
