// 开放空间议事会: whoever comes brings the topics, talks at tables, and takes on what is to be done. No seats, no motions, nothing binding.
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

export const openSpace: MeetingFormat = {
  id: 'open_space',
  commands: [...gatheringWithoutSeats, ...stageCommands, ...participantCommands],
  stages: openSpaceStages,
  onlyIn: {},
  seatless: true,
  agendaless: true,
  participants: { joining: 'everybody', names: 'everyone' },
  floorOrder: ['arrival'],
  quorum: null,
  majority: null,
  binding: false,
};
