// English words for ../zh-CN/vote.ts.
import { formatNumber, plural } from '#lib/messages/format.ts';
import type { vote as zhCN } from '#lib/messages/zh-CN/vote.ts';

export const vote: typeof zhCN = {
  open: 'Vote open',
  waitingForResult: 'Vote closed',
  waitingMeans: 'The result appears here when the chair announces it.',
  closedTitle: 'The vote has closed. Waiting for the result',
  stages: { open: 'Vote open', closed: 'Waiting for the result', announced: 'Result announced', voided: 'Void' },
  timeUp: 'Time is up; you can vote until it is closed',
  left: 'Left',
  turnoutLabel: 'Turnout',
  turnout: (p) => `${p.cast} of ${p.of} have voted`,
  noTallies: 'No count of any option is shown before the close.',

  yourChoice: 'Your choice',
  choiceOf: (p) => `Choice of ${p.name}`,
  nothingChosen: 'Nothing chosen yet',
  chosen: (p) => `Chosen: ${p.option}`,
  changeable: 'can be changed until the close',
  chooseFirst: 'Please choose one first.',
  goOn: 'Next: check',
  aloud: (p) => `The question: ${p.question}. You can choose: ${p.options}.`,
  scriptFor: (p) => `${p.name}, I am writing down your vote. `,
  readBack: (p) => `You choose: ${p.option}`,
  readBackFor: (p) => `${p.name} chooses: ${p.option}`,
  confirm: 'Confirm my vote',
  confirmAssisted: 'Confirm the assisted vote',
  chooseAgain: 'Choose again',
  sending: 'Sending…',
  recorded: (p) => `You voted: ${p.option}`,
  recordedFor: (p) => `Recorded for ${p.name}: ${p.option}`,
  recordedShort: (p) => `recorded: ${p.option}`,
  waiting: (p) => `Kept on this device, not sent yet: ${p.option}`,
  waitingShort: 'kept on this device, not sent yet',
  waitingOffline: 'It is sent when the connection is back, and counted once. Please do not close the page.',
  changeUntil: 'You can change it until the vote closes; the last one counts.',
  change: 'Change my choice',
  refused: 'Not recorded',
  offlineHint: 'You can still vote: your choice is kept on this device and sent when the connection is back.',
  lateTitle: 'Your choice may not have been counted',
  lateWaiting: 'When the vote closed, your choice had not been sent yet. Please tell the chair or the secretary.',
  lookAtRoom: 'Look at the room first',
  backToRoom: 'Back to the room',

  recusedTitle: 'You are recused here',
  recusedMeans: (p) =>
    `You take no part in this vote and are not in its base, but still count as present. Reason: ${p.reason}`,
  cannotTitle: 'You are not among the voters of this vote',
  voidedTitle: 'This vote is void',

  assisted: 'Assisted',
  whoseBallot: 'Whose vote do you write down?',
  ballotOf: (p) => `Ballot of ${p.name}`,
  assistMeans:
    'Read the question and the options out to them and record what they say. It is recorded that you wrote it down.',
  nobodyToAssist: 'Nobody needs assistance now',
  onlyWithoutPhone: 'Only members without a phone',
  everybody: 'Show all members',
  anotherPerson: 'Somebody else',
  nextPerson: 'Next person',
  assistOthers: 'Assist somebody else',
  backToOwn: 'Back to my own ballot',

  sheetKinds: {
    paper: 'Please check a paper ballot',
    paper_bundle: 'Please check a bundle of paper ballots',
    hand_count: 'Please check the raised hands',
  },
  enteredBy: (p) => `Entered by ${p.name}`,
  spoiled: 'Spoiled',
  optionCount: (p) => `${p.option}: ${plural(p.count, 'vote')}`,
  correctionReason: (p) => `This corrects an earlier entry because: ${p.reason}`,
  checkAgainstPaper: 'Compare with the paper or with the hands in the room; confirm only if it is the same.',
  sheetMatches: 'It matches: confirm',
  sheetDiffers: 'It differs: send back',

  outcomes: { passed: 'Passed', failed: 'Not passed', void_no_quorum: 'Void: no quorum', not_binding: 'Straw poll' },
  result: (p) =>
    `${p.counts}. Present ${p.present}${p.quorum > 0 ? `, quorum ${p.quorum}` : ''}; base ${p.base}${
      p.recused > 0 ? ` (${p.recused} recused and not counted)` : ''
    }, ${plural(p.threshold, 'vote')} for needed. ${p.outcome}.`,
  resultVoid: (p) =>
    `When the vote closed ${p.present} were present, fewer than the quorum of ${p.quorum}: the vote is void and must be taken again.`,
  resultStraw: (p) => `${p.counts}, of ${p.base} who could take part. This is a straw poll, not a decision.`,
  notVotedCount: (p) => `not voted: ${formatNumber(p.count)}`,
  spoiledCount: (p) => `spoiled: ${formatNumber(p.count)}`,
  channelCount: (p) => `${p.channel} ${formatNumber(p.count)}`,
  corrected: (p) => `Corrected at ${p.time} because: ${p.reason}. Before: `,
};
