// A question by its author's private code: what became of it, for ever. Whoever has the address is the author; nothing else is shown here.
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { groupOfOpinion } from '#lib/server/hearings/opinions.ts';
import { meetingView } from '#lib/server/meetings/views.ts';
import { questionByLookup } from '#lib/server/questions/questions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  // The address is a secret: it goes to nobody else.
  setHeaders({ 'referrer-policy': 'no-referrer' });
  const [question, view] = await Promise.all([
    questionByLookup(params.meetingId, params.lookup),
    meetingView(params.meetingId, locals.actor),
  ]);
  return {
    question,
    group: question && question.groupId !== null ? await groupOfOpinion(question.questionId) : null,
    meetingId: params.meetingId,
    title: isRefusal(view) ? '' : (view.state.title?.text ?? ''),
  };
};
