// What others ask of the community: taken down, held against the lists, answered.
import { taskListings } from '#lib/domain/tasks/lists.ts';
import { taskAnswers } from '#lib/domain/tasks/tasks.ts';
import { mayRunAffairs } from '#lib/domain/policies.ts';
import { refuseOffice } from '#lib/protocol/office-refusals.ts';
import { affair, fenIn, owingIn } from '#lib/server/affairs-door.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import { ownersOf } from '#lib/server/follow-ups/owners.ts';
import { listsOf } from '#lib/server/tasks/lists.ts';
import { answerTask, holdAgainstLists, takeTask, tasksAtDesk } from '#lib/server/tasks/tasks.ts';
import { today } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayRunAffairs(who, who.communityId));
  const [tasks, lists, owners] = await Promise.all([
    tasksAtDesk(who.communityId),
    listsOf(who.communityId),
    ownersOf(who.communityId),
  ]);
  return { tasks, lists, owners, today: today() };
};

export const actions: Actions = {
  add: affair((who, _of, fields) =>
    takeTask(
      who.communityId,
      {
        sentBy: fields.text('sentBy'),
        text: fields.text('text'),
        basisClaimed: fields.text('basisClaimed'),
        moneyFen: fenIn(fields, 'moneyYuan'),
        askedDueOn: fields.textOrNull('askedDueOn'),
        receivedOn: fields.text('receivedOn'),
      },
      who.personId,
    ),
  ),
  find: affair(async (who, taskId, { text, textOrNull }) => {
    const listing = taskListings.find((each) => each === text('listing'));
    if (!listing) return refuseOffice('finding-reason-missing');
    const finding = { listing, itemId: textOrNull('itemId'), reason: text('reason') };
    return holdAgainstLists(who.communityId, taskId, finding, who.personId);
  }),
  answer: affair(async (who, taskId, fields) => {
    const answer = taskAnswers.find((each) => each === fields.text('answer'));
    if (!answer) return refuseOffice('task-answer-unfit');
    const answered = {
      answer,
      text: fields.text('text'),
      amountFen: fenIn(fields, 'amountYuan'),
      ...owingIn(fields),
    };
    return answerTask(who.communityId, taskId, answered, who.personId);
  }),
};
