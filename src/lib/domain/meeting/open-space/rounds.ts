// Rounds and tables: who sits where and wanders when, who writes the record, and the reports afterwards. Both run on the clock of the stage,
// so that a recess stops them and a host extends them like any other. Rules [OS7], [OS8].
import { isAssisted, mayTakePartAs } from '#lib/domain/meeting/participants.ts';
import { isRefusal, refuse } from '#lib/domain/meeting/refusal.ts';
import { drafter, type Deciders, type Folders } from '#lib/domain/meeting/slice.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { startTimer } from '#lib/domain/meeting/timer.ts';
import { headsOfRound, openSpaceOf, runs, tableOf, topicsOfRound } from './space.ts';

export type RoundCommand =
  | {
      readonly type: 'chooseTable';
      readonly participantId: string;
      readonly round: number;
      /** Null leaves the table to wander. */
      readonly topicId: string | null;
    }
  | { readonly type: 'startRound'; readonly round: number; readonly allowedMs: number }
  | { readonly type: 'endRound' }
  | { readonly type: 'takeRecord'; readonly participantId: string; readonly topicId: string }
  | { readonly type: 'callReport'; readonly topicId: string | null };

export interface RoundEvents {
  TableChosen: {
    readonly participantId: string;
    readonly round: number;
    readonly topicId: string | null;
    readonly assisted: boolean;
  };
  RoundStarted: {
    readonly round: number;
    readonly allowedMs: number;
    /** The shared notes of each table, founded with it. */
    readonly notes: readonly { readonly topicId: string; readonly documentId: string }[];
  };
  RoundEnded: { readonly round: number };
  RecordTaken: { readonly topicId: string; readonly participantId: string; readonly assisted: boolean };
  ReportCalled: { readonly topicId: string | null; readonly allowedMs: number };
}

const draft = drafter<RoundEvents>();
export const reportMs = 3 * 60_000;

export const roundDeciders: Deciders<RoundCommand> = {
  /** [OS7] 双脚法则: a table is chosen and left at any time until its round is over. */
  chooseTable(state, { participantId, round, topicId }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    if (!Number.isSafeInteger(round) || round < 1 || round > open.space.rounds) return refuse('OS7', 'unknown-table');
    if (round <= open.roundsDone) return refuse('OS7', 'round-over');
    const at = open.tables[round]?.[participantId];
    if (at === topicId) return refuse('OS7', 'already-done');
    const assisted = isAssisted(context.actor, participantId);
    if (topicId === null) return [draft('TableChosen', { participantId, round, topicId, assisted })];
    const placed = open.wall[topicId];
    if (placed?.round !== round) return refuse('OS7', 'unknown-topic');
    const capacity = tableOf(open, placed.tableId)?.capacity ?? null;
    if (capacity !== null && (headsOfRound(open, round)[topicId] ?? 0) >= capacity)
      return refuse('OS7', 'table-full', { capacity });
    return [draft('TableChosen', { participantId, round, topicId, assisted })];
  },

  /** [OS8] One round at a time, in order; with it each table gets its notes. */
  startRound(state, { round, allowedMs }, { newId }) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (open.runningRound !== null) return refuse('OS8', 'round-running');
    if (round !== open.roundsDone + 1 || round > open.space.rounds) return refuse('OS8', 'round-out-of-order');
    if (!Number.isSafeInteger(allowedMs) || allowedMs < 1_000 || allowedMs > 14_400_000)
      return refuse('C1', 'command-malformed', { field: 'allowedMs' });
    const topics = topicsOfRound(open, round);
    if (topics.length === 0) return refuse('OS8', 'round-empty');
    const notes = topics.map(({ topicId, notesId }) => ({ topicId, documentId: notesId ?? newId() }));
    return [draft('RoundStarted', { round, allowedMs, notes })];
  },

  endRound(state) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (open.runningRound === null) return refuse('OS8', 'round-not-running');
    return [draft('RoundEnded', { round: open.runningRound })];
  },

  takeRecord(state, { participantId, topicId }, context) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    const topic = open.topics[topicId];
    if (!topic || !runs(open, topic)) return refuse('OS7', 'unknown-topic');
    if (topic.recorder === participantId) return refuse('OS7', 'already-done');
    return [draft('RecordTaken', { topicId, participantId, assisted: isAssisted(context.actor, participantId) })];
  },

  /** [OS8] Three minutes each; null ends the report that is running. */
  callReport(state, { topicId }) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (topicId === open.reporting) return refuse('OS8', 'already-done');
    if (topicId !== null && !open.topics[topicId]?.notesId) return refuse('OS8', 'unknown-topic');
    return [draft('ReportCalled', { topicId, allowedMs: reportMs })];
  },
};

const clockFor = (state: MeetingState, allowedMs: number | null, at: number): MeetingState['stage'] =>
  state.stage && { ...state.stage, timer: allowedMs === null ? null : startTimer(allowedMs, at) };

export const roundFolders: Folders<RoundEvents> = {
  TableChosen: (state, { payload: { participantId, round, topicId } }) => {
    const open = state.openSpace;
    if (!open) return state;
    const seats = { ...open.tables[round], [participantId]: topicId };
    return { ...state, openSpace: { ...open, tables: { ...open.tables, [round]: seats } } };
  },
  RoundStarted: (state, { payload: { round, allowedMs, notes }, at }) => {
    const open = state.openSpace;
    if (!open) return state;
    const topics = { ...open.topics };
    for (const { topicId, documentId } of notes) {
      const topic = topics[topicId];
      if (topic) topics[topicId] = { ...topic, notesId: documentId };
    }
    return {
      ...state,
      stage: clockFor(state, allowedMs, at),
      openSpace: { ...open, topics, runningRound: round },
    };
  },
  RoundEnded: (state, { payload: { round }, at }) => {
    const open = state.openSpace;
    if (!open) return state;
    return {
      ...state,
      stage: clockFor(state, null, at),
      openSpace: { ...open, runningRound: null, roundsDone: round },
    };
  },
  RecordTaken: (state, { payload: { topicId, participantId } }) => {
    const open = state.openSpace;
    const topic = open?.topics[topicId];
    if (!open || !topic) return state;
    const topics = { ...open.topics, [topicId]: { ...topic, recorder: participantId } };
    return { ...state, openSpace: { ...open, topics } };
  },
  ReportCalled: (state, { payload: { topicId, allowedMs }, at }) => {
    const open = state.openSpace;
    if (!open) return state;
    const { reporting, reported } = open;
    return {
      ...state,
      stage: clockFor(state, topicId === null ? null : allowedMs, at),
      openSpace: {
        ...open,
        reporting: topicId,
        reported: reporting === null || reported.includes(reporting) ? reported : [...reported, reporting],
      },
    };
  },
};
