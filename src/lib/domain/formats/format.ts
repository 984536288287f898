// What a meeting format is: one object in one file. Adding one: write the file, add one line to `formats` in index.ts.
import type { CommandType } from '#lib/domain/meeting/commands.ts';
import type { FloorCriterion, MajorityRule, QuorumRule } from '#lib/domain/meeting/rules.ts';

export interface MeetingFormat {
  readonly id: string;
  /** Commands this format knows at all; any other is refused. */
  readonly commands: readonly CommandType[];
  /** Strongest criterion first; what a new rule pack for this format starts from. */
  readonly floorOrder: readonly FloorCriterion[];
  readonly quorum: QuorumRule | null;
  readonly majority: MajorityRule | null;
  readonly binding: boolean;
}

export const gatheringCommands = [
  'draftMeeting',
  'describeMeeting',
  'conveneMeeting',
  'cancelMeeting',
  'openCheckIn',
  'openSession',
  'callRecess',
  'resumeSession',
  'adjournMeeting',
  'requestSeat',
  'admitSeat',
  'declineSeat',
  'takeSeat',
  'recordDeparture',
  'changeMode',
  'recordLeave',
  'withdrawLeave',
  'loseConnection',
  'regainConnection',
  'bringQuestion',
  'answerQuestion',
  'sumQuestions',
] as const satisfies readonly CommandType[];

export const agendaCommands = [
  'adoptAgenda',
  'proposeAgendaChange',
  'decideAgendaChange',
  'openItem',
  'closeItem',
  'pauseItem',
  'resumeItem',
  'extendItem',
] as const satisfies readonly CommandType[];

export const floorCommands = [
  'askToSpeak',
  'raisePointOfOrder',
  'withdrawRequest',
  'giveFloor',
  'callPresenter',
  'pauseSpeech',
  'resumeSpeech',
  'extendSpeech',
  'endSpeech',
] as const satisfies readonly CommandType[];

export const votingCommands = [
  'grantProxy',
  'withdrawProxy',
  'moveMotion',
  'putItemMotion',
  'secondMotion',
  'stateMotion',
  'openDebate',
  'moveAmendment',
  'secondAmendment',
  'withdrawAmendment',
  'reduceAmount',
  'withdrawMotion',
  'referMotion',
  'declareRecusal',
  'liftRecusal',
  'openPoll',
  'closePoll',
  'announceResult',
  'voidPoll',
  'supersedeResult',
  'putCall',
  'withdrawCall',
  'declareTie',
  'recordCount',
] as const satisfies readonly CommandType[];
