// English words for ../zh-CN/pages.ts.
import { plural } from '#lib/messages/format.ts';
import type { pages as zhCN } from '#lib/messages/zh-CN/pages.ts';

export const pages: typeof zhCN = {
  owed: 'What you owe',
  toSign: (p) => `Sign the minutes of “${p.title}”`,
  toSignReport: (p) => `Sign the report of “${p.title}”`,
  waitsSince: (p) => (p.days === 0 ? 'frozen today' : `waiting for ${plural(p.days, 'day')}`),
  owedBy: (p) => `by ${p.day}`,
  overdue: 'Overdue',
  feedback: 'Feedback',
  feedbackLine: 'no account needed, every one is answered',
  landingTitle: 'Talk it over, vote on the spot, let everyone check the result',
  landingLine:
    'Yishi is the meeting tool of a community’s co-governance council: people in the hall and people at home check in, speak and vote at one meeting, and results are announced at once.',
  joinTitle: 'Join a meeting',
  joinCode: 'Meeting number',
  joinHint: 'The six digits on the hall’s screen and on the notice; scanning the QR code works as well.',
  join: 'Enter the meeting',
  communityTitle: 'Close to home',
  communityNeeds: 'Needs: bring one, see what became of them',
  fundsTitle: 'Public accounts: where each yuan went',
  liveTitle: 'In session now',
  practise: 'Practise first: watch a session being played, or take a seat and try',
  upcomingTitle: 'Coming up',
  endedTitle: 'Past meetings and results',
  noLive: 'No meeting is in session right now.',
  noUpcoming: 'No new meeting is planned yet. Notices of new meetings appear here.',
  noEnded: 'Results are published here after a meeting ends.',
  place: (p) => `Place: ${p.place}`,
  watch: 'Watch',
  notice: 'See the notice',
  results: 'See the results',

  goHome: 'Go to the home page',
  tryAgain: 'Try again',
  notFoundTitle: 'This page was not found',
  notFoundText:
    'The address may have a typo, or the meeting has a new number. Check the meeting number, or start again from the home page.',
  forbiddenTitle: 'You may not see this page yet',
  forbiddenText:
    'Please sign in first, or ask the meeting’s secretary for access. Public meetings can be watched from the home page.',
  brokenTitle: 'Something went wrong just now',
  brokenText:
    'Everything you sent and saw confirmed is safe. Please try again; if it still fails, tell the meeting’s secretary.',
  unavailableTitle: 'Cannot connect right now',
  unavailableText:
    'The service is restarting or the network is down. Wait a few seconds and try again; nothing that was recorded is lost.',
  refusedTitle: 'That was not done',
  refusedText: 'What was sent was not accepted. Go back, check what you filled in and try again.',
  errorCode: (p) => `Code ${p.status}`,
};
