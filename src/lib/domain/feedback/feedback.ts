// 社情民意: an opinion or suggestion anybody leaves without an account, and its way to an answer: received → handed to somebody by a day →
// answered. Pure; called by the office. Rules [FB…].
import { dayAfter, isDay } from '#lib/domain/calendar-day.ts';
import { personalDataIn } from '#lib/domain/personal-numbers.ts';
import { cleaned, lengthOf } from '#lib/domain/free-text.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

export const feedbackStates = ['received', 'handed', 'answered'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

/** What it is about; the same for every community, so that figures can be compared. */
export const feedbackKinds = ['service', 'environment', 'safety', 'democracy', 'staff', 'tool', 'other'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

export const longestFeedback = 1000;
export const longestHandler = 60;

/** Within how many days something is handed on, and answered once it was, where the desk says nothing else. */
export const daysToHand = 3;
export const daysToAnswer = 10;

/** [FB5] A name and contact are kept this long after the answer. */
export const contactKeptDays = 90;

export interface FeedbackAsked {
  readonly kind: string;
  readonly text: string;
  readonly name: string;
  readonly contact: string;
}

export function checkedFeedback(asked: FeedbackAsked): (FeedbackAsked & { kind: FeedbackKind }) | ServiceRefusal {
  const kind = feedbackKinds.find((each) => each === asked.kind);
  if (!kind) return refuseService('FB1', 'need-category-unknown');
  const [text, name, contact] = [cleaned(asked.text), cleaned(asked.name), cleaned(asked.contact)];
  if (text === '' || lengthOf(text) > longestFeedback)
    return refuseService('FB1', 'feedback-text-missing', { most: longestFeedback });
  // [FB1] Nobody's number stands in words that others will read; how to reach the author has a field of its own.
  if (personalDataIn(text) || personalDataIn(name)) return refuseService('FB1', 'feedback-personal-number');
  if (lengthOf(name) > 40) return refuseService('FB1', 'plan-too-long', { most: 40 });
  if (lengthOf(contact) > 60) return refuseService('FB1', 'plan-too-long', { most: 60 });
  return { kind, text, name, contact };
}

export interface FeedbackStanding {
  readonly status: FeedbackState;
  readonly handedTo: string;
  /** `YYYY-MM-DD`; while it is only received, the day by which it is to be handed on. */
  readonly dueOn: string;
  readonly answer: string;
}

export const receivedOn = (day: string): FeedbackStanding => ({
  status: 'received',
  handedTo: '',
  dueOn: dayAfter(day, daysToHand),
  answer: '',
});

export type FeedbackDeed =
  | { readonly deed: 'hand'; readonly to: string; readonly dueOn: string }
  | { readonly deed: 'answer'; readonly answer: string };

/** [FB3] Handed on with a name and a day, also anew; [FB4] answered in words, which may be put right by answering again. */
export function stepFeedback(
  standing: FeedbackStanding,
  asked: FeedbackDeed,
  today: string,
): FeedbackStanding | ServiceRefusal {
  if (asked.deed === 'hand') {
    if (standing.status === 'answered') return refuseService('FB3', 'feedback-answered');
    const to = cleaned(asked.to);
    if (to === '' || lengthOf(to) > longestHandler)
      return refuseService('FB3', 'feedback-handler-missing', { most: longestHandler });
    if (!isDay(asked.dueOn) || asked.dueOn < today) return refuseService('FB3', 'day-unfit');
    return { ...standing, status: 'handed', handedTo: to, dueOn: asked.dueOn };
  }
  const answer = cleaned(asked.answer);
  if (answer === '' || lengthOf(answer) > longestFeedback)
    return refuseService('FB4', 'feedback-answer-missing', { most: longestFeedback });
  return { ...standing, status: 'answered', answer };
}

export const isLate = ({ status, dueOn }: FeedbackStanding, today: string): boolean =>
  status !== 'answered' && dueOn < today;
