// The results of a meeting as one reads them: members as they may read the meeting, everybody else with nobody named who did not agree. Called by
// the results page. Rule [PB4].
import type { Actor } from '#lib/domain/actor.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Viewer } from '#lib/protocol/meeting.ts';
import { homeOf, type MeetingHome } from '#lib/server/meetings/meeting-door.ts';
import { questionsFor } from '#lib/server/questions/questions.ts';
import { inPublicWords, publicNames } from './public-names.ts';

export interface ResultsView {
  readonly home: MeetingHome;
  readonly state: MeetingState;
  /** Residents' questions that were shown. */
  readonly questions: readonly {
    readonly questionId: string;
    readonly text: string;
    readonly shownName: string;
    readonly answer: string | null;
  }[];
}

export async function resultsView(state: MeetingState, { audience }: Viewer, actor: Actor): Promise<ResultsView> {
  const home = await homeOf(state.meetingId);
  const [names, asked] = await Promise.all([
    publicNames(home.communityId),
    questionsFor(state.meetingId, actor, false),
  ]);
  const text = audience === 'everyone' ? names.text : (words: string) => words;
  const questions = asked.flatMap(({ status, questionId, text: words, shownName, answer }) =>
    status === 'shown' ? [{ questionId, text: words, shownName, answer }] : [],
  );
  return {
    home,
    state: inPublicWords(state, text),
    questions: questions.map((each) => ({
      ...each,
      text: text(each.text),
      answer: each.answer === null ? null : text(each.answer),
    })),
  };
}
