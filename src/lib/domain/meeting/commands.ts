// Every command of a meeting, one union per slice, and which facts the office must read before each is decided.
import type { AgendaCommand } from './agenda.ts';
import type { AllocationCommand } from './allocation.ts';
import type { AmendmentCommand } from './amendment.ts';
import type { AttendanceCommand } from './attendance.ts';
import type { ConsensusCommand } from './consensus.ts';
import type { FactName } from './facts.ts';
import type { FloorCommand } from './floor.ts';
import type { FollowUpCommand } from './follow-ups.ts';
import type { HearingCommand } from './hearing.ts';
import type { LifecycleCommand } from './lifecycle.ts';
import type { MotionCommand } from './motion.ts';
import type { OpenSpaceCommand } from './open-space/index.ts';
import type { ParticipantCommand } from './participants.ts';
import type { PollCommand } from './poll.ts';
import type { QuestionCommand } from './questions.ts';
import type { RecusalCommand } from './recusal.ts';
import type { StageCommand } from './stages.ts';

export type Command =
  | LifecycleCommand
  | AgendaCommand
  | AttendanceCommand
  | FloorCommand
  | MotionCommand
  | AmendmentCommand
  | RecusalCommand
  | PollCommand
  | AllocationCommand
  | QuestionCommand
  | StageCommand
  | ParticipantCommand
  | FollowUpCommand
  | ConsensusCommand
  | OpenSpaceCommand
  | HearingCommand;

export type CommandType = Command['type'];

export const factsNeeded: Partial<Record<CommandType, readonly FactName[]>> = {
  draftMeeting: ['roster'],
  conveneMeeting: ['roster', 'rulePack', 'agendaSeq', 'agenda', 'funds'],
  openSession: ['followUps'],
  openItem: ['matter'],
  statePosition: ['matter'],
  concludeItem: ['matter'],
  adoptAgenda: ['funds'],
  putItemMotion: ['funds', 'tied', 'projectHoldsFen'],
  moveMotion: ['tied'],
  stateMotion: ['funds', 'tied'],
  openDebate: ['tied'],
  openPoll: ['funds', 'tied', 'projectHoldsFen'],
  closePoll: ['poll'],
  announceResult: ['funds', 'projectHoldsFen'],
  supersedeResult: ['poll', 'sheet', 'funds', 'projectHoldsFen'],
  bringQuestion: ['question'],
  answerQuestion: ['question'],
  sumQuestions: ['questionsSummary'],
  sealEnrolment: ['enrolment'],
  drawRepresentatives: ['enrolment'],
  publishReport: ['report'],
};

/** Commands that may book: the office locks the meeting's funds, after the meeting and the poll, and then the motion's project. */
export const booksAwards: readonly CommandType[] = ['announceResult', 'supersedeResult'];

/** Commands that touch an open poll's electorate: the office takes that poll's exclusive lock after the meeting's. */
export const touchesOpenPoll: readonly CommandType[] = ['recordDeparture', 'declareRecusal', 'voidPoll'];
