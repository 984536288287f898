// English words for ../zh-CN/questions.ts.
import { formatNumber } from '#lib/messages/format.ts';
import type { questions as zhCN } from '#lib/messages/zh-CN/questions.ts';

export const questions: typeof zhCN = {
  title: "Residents' questions",
  ask: 'Ask a question',
  yourQuestion: 'Your question',
  hint: 'It is shown after a host has looked at it. Please leave out names, telephone numbers and addresses of others.',
  shownName: 'What to call you',
  shownNameHint: 'Shown with the question, for instance “resident of zone 3”. It need not be your name.',
  writeOpinion: 'Write an opinion',
  yourOpinion: 'Your opinion',
  noOpinions: 'No opinions have been shown yet.',
  sendOpinion: 'Send the opinion',
  send: 'Send the question',
  sent: 'Your question is sent and waits to be shown.',
  keepCode: 'Please open and keep your own page: the answer will be there, and only you have its address.',
  toMine: 'Open my page',
  none: 'No questions are shown yet.',
  waiting: 'Waiting to be shown',
  hidden: 'Not shown',
  hiddenWhy: (p) => `Not shown because: ${p.reason}`,
  answered: 'Answered',
  brought: 'Brought to the floor',
  answer: 'Answer:',
  support: (p) => `Support ${formatNumber(p.count)}`,
  bring: 'Bring to the floor',

  lookupTitle: 'My question',
  lookupKeep: 'Please bookmark this page. The answer appears here, also after the meeting.',
  lookupUnknown: 'This question was not found',
  lookupUnknownMeans: 'The address may be miscopied. Please open it again from the page where you asked.',
  stillOpen: 'Not answered yet. Every question is answered; please come back later.',
  answeredAt: (p) => `Answered: ${p.time}`,
  backToMeeting: 'Back to the meeting',
};
