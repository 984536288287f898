// Who may do what at a meeting: ONE table, denying by default. Tested for every deed and every role.
// It answers "may this role ever do this"; whether it is possible now, and for which seat, the slices say.
import type { CommandType } from './commands.ts';
import type { Role } from './roles.ts';

/** What is done at a meeting without being a command of its log. */
export type Deed =
  | 'castBallot'
  /** In a straw poll of residents. */
  | 'castAsResident'
  | 'enterTallySheet'
  | 'settleTallySheet'
  | 'askQuestion'
  /** What somebody else wrote on paper or said. */
  | 'askFor'
  | 'supportQuestion'
  | 'moderateQuestion'
  | 'editAgendaDraft'
  | 'editMinutes'
  | 'readMinutesDraft'
  | 'attachPaper'
  | 'printSlips'
  | 'printBallotSlips'
  | 'startPractice'
  | 'startRehearsal'
  | 'freezeMinutes'
  | 'enterPaperSignature'
  | 'watchAsHost'
  | 'readPrivateReasons';

/** `resident` is anybody without an account, `participant` who has come in without a seat; `system` is the program itself. */
export type Doer = Role | 'resident' | 'participant' | 'system';

const hosts = ['chair', 'secretary', 'moderator'] as const;
const leads = ['chair', 'moderator'] as const;
const desk = ['chair', 'secretary', 'moderator', 'helper'] as const;
const seated = ['member', 'non_voting', ...desk] as const;
/** For oneself, or at the desk for somebody without a phone. */
const takingPart = ['participant', ...desk] as const;
const voters = ['member', ...desk] as const;

export const policy: Readonly<Record<CommandType | Deed, readonly Doer[]>> = {
  draftMeeting: ['chair', 'secretary'],
  describeMeeting: ['chair', 'secretary'],
  conveneMeeting: ['chair', 'secretary'],
  cancelMeeting: ['chair', 'secretary'],
  openCheckIn: hosts,
  openSession: leads,
  callRecess: leads,
  resumeSession: leads,
  adjournMeeting: leads,

  adoptAgenda: leads,
  proposeAgendaChange: ['member', ...hosts],
  decideAgendaChange: leads,
  openItem: hosts,
  closeItem: hosts,
  pauseItem: hosts,
  resumeItem: hosts,
  extendItem: hosts,

  requestSeat: ['resident'],
  admitSeat: desk,
  declineSeat: desk,
  takeSeat: seated,
  recordDeparture: [...seated, 'system'],
  changeMode: seated,
  recordLeave: ['member', 'non_voting', ...hosts],
  withdrawLeave: ['member', 'non_voting', ...hosts],
  loseConnection: ['system'],
  regainConnection: ['system'],
  grantProxy: ['member', ...hosts],
  withdrawProxy: ['member', ...hosts],

  askToSpeak: [...seated, 'participant'],
  raisePointOfOrder: seated,
  withdrawRequest: [...seated, 'participant'],
  giveFloor: leads,
  callPresenter: leads,
  pauseSpeech: hosts,
  resumeSpeech: hosts,
  extendSpeech: leads,
  endSpeech: [...seated, 'participant'],
  lineUpRepresentatives: hosts,

  moveMotion: voters,
  putItemMotion: hosts,
  secondMotion: voters,
  stateMotion: leads,
  openDebate: hosts,
  moveAmendment: voters,
  secondAmendment: voters,
  withdrawAmendment: voters,
  reduceAmount: hosts,
  withdrawMotion: ['member', ...hosts],
  referMotion: hosts,
  declareRecusal: ['member', ...hosts],
  liftRecusal: hosts,

  openPoll: hosts,
  closePoll: hosts,
  announceResult: leads,
  voidPoll: leads,
  putCall: hosts,
  withdrawCall: hosts,
  declareTie: ['member', ...hosts],
  recordCount: ['system'],
  supersedeResult: ['secretary', 'vote_monitor', 'teller', 'system'],

  bringQuestion: ['member', ...hosts],
  answerQuestion: hosts,
  sumQuestions: [...hosts, 'system'],

  enterStage: hosts,
  extendStage: hosts,
  enterParticipant: ['resident'],
  leaveParticipant: ['participant', ...desk],
  setFollowUp: hosts,
  settleFollowUp: hosts,

  statePosition: voters,
  concludeItem: hosts,
  withdrawConclusion: hosts,
  putMinutes: hosts,
  takeMinutesBack: hosts,
  countersign: ['member', ...hosts],
  recordUnsigned: leads,
  announceHearing: ['chair', 'secretary'],
  sealEnrolment: ['chair', 'secretary', 'system'],
  drawRepresentatives: ['chair', 'secretary'],
  addCaption: desk,
  withdrawCaption: desk,
  publishReport: ['chair', 'secretary'],

  setUpSpace: hosts,
  proposeTopic: takingPart,
  withdrawTopic: takingPart,
  showInterest: takingPart,
  proposeMerge: takingPart,
  answerMerge: takingPart,
  shortlistTopics: hosts,
  placeTopic: desk,
  takeDownTopic: desk,
  arrangeWall: desk,
  chooseTable: takingPart,
  startRound: hosts,
  endRound: hosts,
  takeRecord: takingPart,
  callReport: hosts,
  openDots: hosts,
  placeDots: takingPart,
  enterPaperDots: ['secretary', 'teller', 'helper'],
  settlePaperDots: [...desk, 'teller', 'vote_monitor'],
  closeDots: hosts,
  reopenDots: leads,
  commitTo: takingPart,
  dropCommitment: takingPart,
  followUpCommitment: hosts,
  sayWord: takingPart,

  castBallot: ['member', 'helper'],
  castAsResident: ['resident'],
  enterTallySheet: ['secretary', 'teller'],
  settleTallySheet: ['vote_monitor', 'teller', 'secretary'],
  askQuestion: ['resident', 'observer', 'member', 'non_voting', ...desk],
  askFor: desk,
  supportQuestion: ['resident', 'observer', 'member', 'non_voting', ...desk],
  moderateQuestion: hosts,
  editAgendaDraft: ['chair', 'secretary', 'moderator', 'member'],
  /** The drafted minutes, from the adjournment until they are frozen. */
  editMinutes: ['member', ...hosts],
  readMinutesDraft: [...seated, 'teller', 'vote_monitor'],
  attachPaper: hosts,
  printSlips: ['chair', 'secretary'],
  printBallotSlips: ['chair', 'secretary'],
  startPractice: ['chair', 'secretary', 'moderator'],
  startRehearsal: ['chair', 'secretary'],
  freezeMinutes: ['chair', 'secretary'],
  enterPaperSignature: desk,
  /** The console and the helpers' desk. */
  watchAsHost: [...desk, 'teller', 'vote_monitor'],
  readPrivateReasons: hosts,
};

export const mayDo = (doers: Iterable<Doer>, deed: CommandType | Deed): boolean => {
  const entitled: readonly Doer[] = Object.prototype.hasOwnProperty.call(policy, deed) ? policy[deed] : [];
  for (const doer of doers) if (entitled.includes(doer)) return true;
  return false;
};
