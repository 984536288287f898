// The meetings somebody signed in has to do with, drafts included.
import { standingThat } from '#lib/server/doorkeeper.ts';
import { owedBy } from '#lib/server/follow-ups/follow-ups.ts';
import { councilsToConvene, listOwnMeetings } from '#lib/server/meetings/own-list.ts';
import { waitingForSignature } from '#lib/server/minutes/sign.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (standing) => standing !== null);
  const [own, councils, owed, toSign] = await Promise.all([
    listOwnMeetings(who),
    councilsToConvene(who),
    owedBy(who.personId),
    waitingForSignature(who.personId),
  ]);
  return { owed, toSign, own, mayCreate: councils.length > 0 };
};
