// English words for ../zh-CN/review.ts.
import type { ReviewMessages } from '#lib/messages/zh-CN/review.ts';

export const review: ReviewMessages = {
  title: 'Democratic appraisal',
  stage: (p) => `Now: ${p.stage}`,
  next: (p) => `Go on to: ${p.stage}`,
  of: 'Whom and what it appraises',
  ofHint: 'For example: the committee in its year of work',
  indicators: (p) => `Beside the whole: ${p.names}`,
  giveOut: 'Give out the forms',
  givenOut:
    'Everybody with a seat fills in one on the own phone, through a helper, or on paper. Nobody sees who said what.',
};
