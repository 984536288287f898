// 开放空间议事会: whoever comes brings the topics, talks at tables, and takes on what is to be done. No seats, no motions, nothing binding.
import { usualSigning } from '#lib/domain/meeting/rules.ts';
import type { CommandType } from '#lib/domain/meeting/commands.ts';
import { gatheringWithoutSeats, participantCommands, stageCommands, type MeetingFormat } from './format.ts';

export const openSpaceStages = [
  /** Theme, principles and law, read aloud. */
  'opening',
  'topics',
  /** Merging, the wall, signing up. */
  'market',
  'rounds',
  'reports',
  'dots',
  'commitments',
  'closing',
] as const;
export type OpenSpaceStage = (typeof openSpaceStages)[number];

const openSpaceCommands = [
  'setUpSpace',
  'proposeTopic',
  'withdrawTopic',
  'showInterest',
  'proposeMerge',
  'answerMerge',
  'shortlistTopics',
  'placeTopic',
  'takeDownTopic',
  'arrangeWall',
  'chooseTable',
  'startRound',
  'endRound',
  'takeRecord',
  'callReport',
  'openDots',
  'placeDots',
  'enterPaperDots',
  'settlePaperDots',
  'closeDots',
  'reopenDots',
  'commitTo',
  'dropCommitment',
  'followUpCommitment',
  'sayWord',
] as const satisfies readonly CommandType[];

const gathering: readonly OpenSpaceStage[] = ['topics', 'market'];
const beforeReports: readonly OpenSpaceStage[] = ['topics', 'market', 'rounds'];
const ending: readonly OpenSpaceStage[] = ['commitments', 'closing'];

export const openSpace: MeetingFormat = {
  id: 'open_space',
  commands: [...gatheringWithoutSeats, ...stageCommands, ...participantCommands, ...openSpaceCommands],
  stages: openSpaceStages,
  onlyIn: {
    proposeTopic: gathering,
    withdrawTopic: gathering,
    showInterest: gathering,
    proposeMerge: gathering,
    answerMerge: gathering,
    shortlistTopics: gathering,
    placeTopic: beforeReports,
    takeDownTopic: beforeReports,
    arrangeWall: beforeReports,
    chooseTable: ['market', 'rounds'],
    startRound: ['rounds'],
    endRound: ['rounds'],
    takeRecord: ['market', 'rounds', 'reports'],
    callReport: ['reports'],
    openDots: ['dots'],
    placeDots: ['dots'],
    enterPaperDots: ['dots'],
    settlePaperDots: ['dots'],
    closeDots: ['dots'],
    reopenDots: ['dots'],
    commitTo: ending,
    dropCommitment: ending,
    sayWord: ['closing'],
  },
  seatless: true,
  agendaless: true,
  participants: { joining: 'everybody', names: 'everyone' },
  floorOrder: ['arrival'],
  quorum: null,
  majority: null,
  binding: false,
  signing: usualSigning,
};
