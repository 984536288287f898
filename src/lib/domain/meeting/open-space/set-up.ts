// Setting an open space up: theme, principles, law, tables, rounds and dots. May be done anew until what would change is in use. Rule [OS1].
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { drafter, type Deciders, type Folders } from '#lib/domain/meeting/slice.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { official, type Said } from '#lib/domain/meeting/words.ts';
import { newSpace, type Table, type WayOfWorking } from './space.ts';

export interface TableAsked {
  /** Null for a new table. */
  readonly tableId: string | null;
  readonly name: string;
  readonly place: string;
  readonly capacity: number | null;
  readonly link: string | null;
}

export interface SetUpCommand {
  readonly type: 'setUpSpace';
  readonly theme: string;
  readonly principles: readonly string[];
  readonly law: string;
  readonly tables: readonly TableAsked[];
  readonly rounds: number;
  readonly roundMinutes: number;
  readonly way: WayOfWorking;
  readonly dotsPerPerson: number;
  readonly dotsPerTopic: number;
}

export interface SetUpEvents {
  SpaceSetUp: {
    readonly theme: Said;
    readonly principles: readonly Said[];
    readonly law: Said;
    readonly tables: readonly Table[];
    readonly rounds: number;
    readonly roundMinutes: number;
    readonly way: WayOfWorking;
    readonly dotsPerPerson: number;
    readonly dotsPerTopic: number;
  };
}

const draft = drafter<SetUpEvents>();
const whole = (value: number, least: number, most: number) =>
  Number.isSafeInteger(value) && value >= least && value <= most;

export const mostTables = 20;
export const mostRounds = 6;

function checkedTable(asked: TableAsked, newId: () => string): Table | Refusal {
  const name = checkedText(asked.name, 20);
  if (typeof name !== 'string') return name;
  const place = checkedText(asked.place, 40, true);
  if (typeof place !== 'string') return place;
  if (asked.capacity !== null && !whole(asked.capacity, 1, 500))
    return refuse('OS1', 'space-unsound', { field: 'capacity' });
  if (asked.link !== null && !/^https?:\/\/[^\s]{1,500}$/.test(asked.link))
    return refuse('OS1', 'space-unsound', { field: 'link' });
  return { tableId: asked.tableId ?? newId(), name, place, capacity: asked.capacity, link: asked.link };
}

export const setUpDeciders: Deciders<SetUpCommand> = {
  /** [OS1] What is in use does not go: a table with a topic on it, a round on the wall, the dots once they are handed out. */
  setUpSpace(state, command, { newId }) {
    if (state.phase === 'adjourned' || state.phase === 'cancelled')
      return refuse('OS1', 'wrong-phase', { phase: state.phase });
    const open = state.openSpace;
    const theme = checkedText(command.theme, 60);
    if (typeof theme !== 'string') return theme;
    const law = checkedText(command.law, 120);
    if (typeof law !== 'string') return law;
    const principles: string[] = [];
    for (const each of command.principles) {
      const principle = checkedText(each, 60);
      if (typeof principle !== 'string') return principle;
      principles.push(principle);
    }
    if (principles.length > 8) return refuse('OS1', 'space-unsound', { field: 'principles' });
    const { rounds, roundMinutes, way, dotsPerPerson, dotsPerTopic } = command;
    if (!whole(rounds, 1, mostRounds)) return refuse('OS1', 'space-unsound', { field: 'rounds' });
    if (!whole(roundMinutes, 1, 240)) return refuse('OS1', 'space-unsound', { field: 'roundMinutes' });
    if (!whole(dotsPerPerson, 1, 20) || !whole(dotsPerTopic, 1, dotsPerPerson))
      return refuse('OS1', 'space-unsound', { field: 'dots' });
    if (!whole(command.tables.length, 1, mostTables)) return refuse('OS1', 'space-unsound', { field: 'tables' });
    const tables: Table[] = [];
    for (const asked of command.tables) {
      const table = checkedTable(asked, newId);
      if ('refused' in table) return table;
      if (tables.some(({ tableId, name }) => tableId === table.tableId || name === table.name))
        return refuse('OS1', 'space-unsound', { field: 'tables' });
      tables.push(table);
    }
    if (open) {
      const used = Object.values(open.wall);
      if (used.some((cell) => !tables.some(({ tableId }) => tableId === cell.tableId)))
        return refuse('OS1', 'table-in-use');
      if (used.some((cell) => cell.round > rounds) || rounds < open.roundsDone || rounds < (open.runningRound ?? 0))
        return refuse('OS1', 'table-in-use');
      const changed = dotsPerPerson !== open.space.dotsPerPerson || dotsPerTopic !== open.space.dotsPerTopic;
      if (open.dots && changed) return refuse('OS1', 'dots-open');
    }
    return [
      draft('SpaceSetUp', {
        theme: official(theme),
        principles: principles.map(official),
        law: official(law),
        tables,
        rounds,
        roundMinutes,
        way,
        dotsPerPerson,
        dotsPerTopic,
      }),
    ];
  },
};

export const setUpFolders: Folders<SetUpEvents> = {
  SpaceSetUp: (state, { payload: space }) => ({
    ...state,
    openSpace: state.openSpace ? { ...state.openSpace, space } : newSpace(space),
  }),
};
