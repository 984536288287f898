// The letter that says no or asks for the money: drafted, put by the desk, confirmed by the chair.
import { error } from '@sveltejs/kit';
import { mayConfirmLetters, mayRunAffairs } from '#lib/domain/policies.ts';
import { affair } from '#lib/server/affairs-door.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import { keepLetter, taskWithLetter } from '#lib/server/tasks/tasks.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayRunAffairs(who, who.communityId));
  const community = await readCommunity(who.communityId);
  const task = await taskWithLetter(who.communityId, event.params.taskId, community?.name ?? '');
  if (!task || !community) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return {
    task,
    community: community.name,
    writtenAt: task.letterConfirmedAt ?? Date.now(),
    mayConfirm: mayConfirmLetters(who, who.communityId),
  };
};

export const actions: Actions = {
  keep: affair((who, taskId, { lines }) => keepLetter(who.communityId, taskId, lines('letter'), null)),
  confirm: affair(
    (who, taskId, { lines }) => keepLetter(who.communityId, taskId, lines('letter'), who.personId),
    mayConfirmLetters,
  ),
};
