// The feedback desk: what is late first; handing on and answering.
import { mayRunAffairs } from '#lib/domain/policies.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { daysToAnswer } from '#lib/domain/feedback/feedback.ts';
import { affair } from '#lib/server/affairs-door.ts';
import { standingThat } from '#lib/server/doorkeeper.ts';
import { feedbackAtDesk, seeToFeedback } from '#lib/server/feedback/feedback.ts';
import { today } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && mayRunAffairs(who, who.communityId));
  return {
    communityId: who.communityId,
    feedback: await feedbackAtDesk(who.communityId),
    answerBy: dayAfter(today(), daysToAnswer),
  };
};

export const actions: Actions = {
  hand: affair((who, feedbackId, { text }) =>
    seeToFeedback(who.communityId, feedbackId, { deed: 'hand', to: text('to'), dueOn: text('dueOn') }, who.personId),
  ),
  answer: affair((who, feedbackId, { text }) =>
    seeToFeedback(who.communityId, feedbackId, { deed: 'answer', answer: text('answer') }, who.personId),
  ),
};
