// The wall of tables and rounds: placing, moving, exchanging and taking down cards, by any of several hosts at once. Rules [OS5], [OS6].
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { drafter, type Deciders, type Folders } from '#lib/domain/meeting/slice.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { arrange, type Arrangement } from './arrange.ts';
import {
  openSpaceOf,
  roundBegun,
  runs,
  tableOf,
  topicAt,
  type Cell,
  type OpenSpaceState,
  type Placed,
  type Topic,
} from './space.ts';

export type WallCommand =
  | {
      readonly type: 'placeTopic';
      readonly topicId: string;
      readonly tableId: string;
      readonly round: number;
      /** Where the mover saw the card when it was taken up; null from the tray. Elsewhere by now: somebody else moved it. */
      readonly from: Cell | null;
      /** Exchanges it with the card that is there. */
      readonly swap: boolean;
    }
  | { readonly type: 'takeDownTopic'; readonly topicId: string; readonly from: Cell }
  | { readonly type: 'arrangeWall' };

export interface WallEvents {
  TopicPlaced: { readonly topicId: string; readonly tableId: string; readonly round: number };
  TopicTakenDown: { readonly topicId: string };
  WallArranged: Arrangement;
}

const draft = drafter<WallEvents>();
const same = (left: Cell | null | undefined, right: Cell | null | undefined): boolean =>
  left?.tableId === right?.tableId && left?.round === right?.round;

/** [OS5] Why `topic` cannot stand in `cell`, leaving `apart` out of account. */
function placeFault(open: OpenSpaceState, topic: Topic, cell: Cell, apart: readonly string[]): Refusal | null {
  if (roundBegun(open, cell.round)) return refuse('OS5', 'round-over');
  const twice = Object.entries(open.wall).some(
    ([id, placed]) =>
      placed.round === cell.round &&
      id !== topic.topicId &&
      !apart.includes(id) &&
      open.topics[id]?.convener === topic.convener,
  );
  return twice ? refuse('OS5', 'convener-twice', { round: cell.round }) : null;
}

/** What `placeTopic` would answer, for a wall that says so before the card is let go. */
export function placingFault(
  open: OpenSpaceState,
  { topicId, tableId, round, from, swap }: Omit<Extract<WallCommand, { type: 'placeTopic' }>, 'type'>,
): Refusal | null {
  const topic = open.topics[topicId];
  if (!topic) return refuse('OS5', 'unknown-topic');
  if (!runs(open, topic)) return refuse('OS4', 'topic-does-not-run');
  const table = tableOf(open, tableId);
  if (!table || !Number.isSafeInteger(round) || round < 1 || round > open.space.rounds)
    return refuse('OS5', 'unknown-table');
  const at = open.wall[topicId] ?? null;
  if (!same(at, from)) return refuse('OS5', 'card-moved');
  const cell = { tableId, round };
  if (same(at, cell)) return refuse('OS5', 'already-done');
  if (at && roundBegun(open, at.round)) return refuse('OS5', 'round-over');
  const there = topicAt(open, cell);
  if (there && !swap) return refuse('OS5', 'cell-taken', { table: table.name, round });
  const fault = placeFault(open, topic, cell, there ? [there.topicId] : []);
  if (fault || !there || !at) return fault;
  return placeFault(open, there, at, [topicId]);
}

export const wallDeciders: Deciders<WallCommand> = {
  /** [OS5] One topic a cell, a convener once a round; the card must still be where its mover saw it. */
  placeTopic(state, command) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const fault = placingFault(open, command);
    if (fault) return fault;
    const { topicId, tableId, round } = command;
    const there = topicAt(open, { tableId, round });
    const at = open.wall[topicId];
    const placed = draft('TopicPlaced', { topicId, tableId, round });
    if (!there) return [placed];
    return [
      draft('TopicTakenDown', { topicId: there.topicId }),
      placed,
      ...(at ? [draft('TopicPlaced', { topicId: there.topicId, tableId: at.tableId, round: at.round })] : []),
    ];
  },

  takeDownTopic(state, { topicId, from }) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const at = open.wall[topicId];
    if (!open.topics[topicId]) return refuse('OS5', 'unknown-topic');
    if (!at || !same(at, from)) return refuse('OS5', 'card-moved');
    if (roundBegun(open, at.round)) return refuse('OS5', 'round-over');
    return [draft('TopicTakenDown', { topicId })];
  },

  /** [OS6] Places what is not on the wall and moves nothing that is. */
  arrangeWall(state) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    const arrangement = arrange(open);
    if (arrangement.placements.length === 0) return refuse('OS6', 'nothing-to-arrange');
    return [draft('WallArranged', arrangement)];
  },
};

const withWall = (state: MeetingState, wall: Readonly<Record<string, Placed>>): MeetingState =>
  state.openSpace ? { ...state, openSpace: { ...state.openSpace, wall } } : state;

export const wallFolders: Folders<WallEvents> = {
  TopicPlaced: (state, { payload: { topicId, tableId, round } }) =>
    withWall(state, { ...state.openSpace?.wall, [topicId]: { tableId, round, why: null } }),
  TopicTakenDown: (state, { payload: { topicId } }) => {
    const { [topicId]: _down, ...wall } = state.openSpace?.wall ?? {};
    return withWall(state, wall);
  },
  WallArranged: (state, { payload: { placements } }) =>
    withWall(state, {
      ...state.openSpace?.wall,
      ...Object.fromEntries(placements.map(({ topicId, tableId, round, why }) => [topicId, { tableId, round, why }])),
    }),
};
