// The slices of an open space as one, for the registries of commands, events, deciders and folders.
import { commitmentDeciders, commitmentFolders, type CommitmentCommand, type CommitmentEvents } from './commitments.ts';
import { dotDeciders, dotFolders, type DotCommand, type DotEvents } from './dots.ts';
import { roundDeciders, roundFolders, type RoundCommand, type RoundEvents } from './rounds.ts';
import { setUpDeciders, setUpFolders, type SetUpCommand, type SetUpEvents } from './set-up.ts';
import { topicDeciders, topicFolders, type TopicCommand, type TopicEvents } from './topics.ts';
import { wallDeciders, wallFolders, type WallCommand, type WallEvents } from './wall.ts';

export type OpenSpaceCommand =
  SetUpCommand | TopicCommand | WallCommand | RoundCommand | DotCommand | CommitmentCommand;

export type OpenSpaceEvents = SetUpEvents & TopicEvents & WallEvents & RoundEvents & DotEvents & CommitmentEvents;

export const openSpaceDeciders = {
  ...setUpDeciders,
  ...topicDeciders,
  ...wallDeciders,
  ...roundDeciders,
  ...dotDeciders,
  ...commitmentDeciders,
};

export const openSpaceFolders = {
  ...setUpFolders,
  ...topicFolders,
  ...wallFolders,
  ...roundFolders,
  ...dotFolders,
  ...commitmentFolders,
};
