// The meetings somebody signed in has to do with, drafts included.
import { standingThat } from '#lib/server/doorkeeper.ts';
import { councilsToConvene, listOwnMeetings } from '#lib/server/meetings/own-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (standing) => standing !== null);
  const [own, councils] = await Promise.all([listOwnMeetings(who), councilsToConvene(who)]);
  return { own, mayCreate: councils.length > 0 };
};
