// Residents' questions as far as the meeting's own record knows them: those a member brings to the floor, their answers, and the sum at the end.
// The questions themselves and their supports stand beside the log, for a crowd makes them. Rules [S…].
import { inSession } from './agenda.ts';
import { isPresent, mayActFor } from './attendance.ts';
import { refuse } from './refusal.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import { checkedText } from './text.ts';
import { official, spokenBy, type Said, type Words } from './words.ts';

export interface QuestionFact {
  readonly questionId: string;
  readonly text: string;
  readonly status: 'waiting' | 'shown' | 'hidden';
}

export interface QuestionsSummary {
  readonly asked: number;
  readonly shown: number;
  readonly hidden: number;
  readonly answered: number;
}

export interface BroughtQuestion {
  readonly questionId: string;
  readonly text: Words;
  readonly seatId: string;
  readonly answer: Words | null;
  readonly at: number;
}

export interface QuestionsState {
  readonly brought: readonly BroughtQuestion[];
  readonly summary: QuestionsSummary | null;
}

export type QuestionCommand =
  | { readonly type: 'bringQuestion'; readonly questionId: string; readonly seatId: string }
  | { readonly type: 'answerQuestion'; readonly questionId: string; readonly answer: string }
  | { readonly type: 'sumQuestions' };

export interface QuestionEvents {
  QuestionBrought: { readonly questionId: string; readonly text: Said; readonly seatId: string };
  QuestionAnswered: { readonly questionId: string; readonly answer: Said };
  QuestionsSummed: QuestionsSummary;
}

const draft = drafter<QuestionEvents>();

export const questionDeciders: Deciders<QuestionCommand> = {
  /** [S2] A member may bring a shown question to the floor; it then is part of the record. */
  bringQuestion(state, command, context) {
    const closed = inSession(state);
    if (closed) return closed;
    const foreign = mayActFor(state, context, command.seatId);
    if (foreign) return foreign;
    if (!isPresent(state, command.seatId)) return refuse('F1', 'seat-not-present');
    const { question } = context.facts;
    if (!question || question.status !== 'shown') return refuse('S2', 'unknown-question');
    if (state.questions.brought.some(({ questionId }) => questionId === command.questionId))
      return refuse('S2', 'already-done');
    const text = spokenBy(null, question.text);
    return [draft('QuestionBrought', { questionId: command.questionId, text, seatId: command.seatId })];
  },

  /** [S3] Every question ends with an answer; it may still be written after the meeting. */
  answerQuestion(state, command, { facts }) {
    if (['draft', 'cancelled'].includes(state.phase)) return refuse('L1', 'wrong-phase', { phase: state.phase });
    if (!facts.question) return refuse('S3', 'unknown-question');
    const answer = checkedText(command.answer, 2000);
    if (typeof answer !== 'string') return answer;
    return [draft('QuestionAnswered', { questionId: command.questionId, answer: official(answer) })];
  },

  sumQuestions(state, _command, { facts }) {
    if (state.phase !== 'adjourned') return refuse('L1', 'wrong-phase', { phase: state.phase });
    if (!facts.questionsSummary) return refuse('S3', 'unknown-question');
    return [draft('QuestionsSummed', facts.questionsSummary)];
  },
};

export const questionFolders: Folders<QuestionEvents> = {
  QuestionBrought: (state, { payload, at }) => ({
    ...state,
    questions: {
      ...state.questions,
      brought: [...state.questions.brought, { ...payload, answer: null, at }],
    },
  }),
  QuestionAnswered: (state, { payload }) => ({
    ...state,
    questions: {
      ...state.questions,
      brought: state.questions.brought.map((each) =>
        each.questionId === payload.questionId ? { ...each, answer: payload.answer } : each,
      ),
    },
  }),
  QuestionsSummed: (state, { payload }) => ({ ...state, questions: { ...state.questions, summary: payload } }),
};
