// The results of a meeting, for everybody: the state this reader may read, and beside it the residents' questions that were shown.
import { homeOf, inPublic } from '#lib/server/meetings/meeting-door.ts';
import { questionsFor } from '#lib/server/questions/questions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, may } = await inPublic(event, meetingId);
  const [home, questions] = await Promise.all([homeOf(meetingId), questionsFor(meetingId, event.locals.actor, false)]);
  return {
    home,
    state,
    mayDownload: may('watchAsHost'),
    questions: questions
      .filter(({ status }) => status === 'shown')
      .map(({ questionId, text, shownName, answer }) => ({ questionId, text, shownName, answer })),
  };
};
