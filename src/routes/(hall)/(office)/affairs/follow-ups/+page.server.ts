// Everything somebody owes by a day, from whichever meeting or desk.
import { mayRunAffairs } from '#lib/domain/policies.ts';
import { affair, owingIn } from '#lib/server/affairs-door.ts';
import { db } from '#lib/server/db/client.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import { followUpsAtDesk, openFollowUp, stepFollowUp } from '#lib/server/follow-ups/follow-ups.ts';
import { ownersOf } from '#lib/server/follow-ups/owners.ts';
import { councilsToConvene } from '#lib/server/meetings/own-list.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayRunAffairs(who, who.communityId));
  const [followUps, owners, councils] = await Promise.all([
    followUpsAtDesk(who.communityId),
    ownersOf(who.communityId),
    councilsToConvene(who),
  ]);
  return { followUps, owners, councils };
};

const step = (deed: 'done' | 'reopened' | 'dropped') =>
  affair((who, followUpId, { text }) =>
    db.transaction((tx) =>
      stepFollowUp(
        tx,
        who.communityId,
        followUpId,
        { deed, note: text('note') },
        { at: Date.now(), byPersonId: who.personId },
      ),
    ),
  );

export const actions: Actions = {
  add: affair(async (who, _of, fields) => {
    const councils = await councilsToConvene(who);
    const councilId = councils.find((each) => each.councilId === fields.text('councilId'))?.councilId ?? null;
    const asked = { communityId: who.communityId, councilId, text: fields.text('text'), ...owingIn(fields) };
    return db.transaction((tx) => openFollowUp(tx, asked, { at: Date.now(), byPersonId: who.personId }));
  }),
  done: step('done'),
  reopen: step('reopened'),
  drop: step('dropped'),
  extend: affair((who, followUpId, { text }) =>
    db.transaction((tx) =>
      stepFollowUp(
        tx,
        who.communityId,
        followUpId,
        { deed: 'extended', dueOn: text('dueOn'), note: text('note') },
        { at: Date.now(), byPersonId: who.personId },
      ),
    ),
  ),
};
