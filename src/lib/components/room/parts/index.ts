// The council's room in parts: a phone fetches a card, a panel or the ballot when the meeting comes to it, and not before. The page asks for
// what is to be seen at once while it loads, so that the first picture is drawn on the server too; CouncilRoom asks for the rest.
// A part is a module of its own, because only then does the page that is drawn on the server bring its styles.
import { isPresent } from '#lib/domain/meeting/attendance.ts';
import { freshResult } from '#lib/domain/meeting/next-step.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { MeetingView } from '#lib/protocol/meeting.ts';

const sources = {
  agenda: () => import('./agenda.ts'),
  floor: () => import('./floor.ts'),
  funding: () => import('./funding.ts'),
  gathering: () => import('./gathering.ts'),
  panels: () => import('./panels.ts'),
  questions: () => import('./questions.ts'),
  table: () => import('./table.ts'),
  // Last: what it fetches later itself would else be taken for its own, and the styles of the others be left out of the drawn page.
  ballot: () => import('./ballot.ts'),
};

export type PartName = keyof typeof sources;
type Part<Name extends PartName> = Awaited<ReturnType<(typeof sources)[Name]>>;
/** The parts that are here. */
export type Parts = { readonly [Name in PartName]?: Part<Name> };
/** Everything the parts that are here show. */
export type Shown = Partial<
  Part<'agenda'> &
    Part<'ballot'> &
    Part<'floor'> &
    Part<'funding'> &
    Part<'gathering'> &
    Part<'panels'> &
    Part<'questions'> &
    Part<'table'>
>;

export const panels = ['agenda', 'questions', 'more', 'motions', 'papers', 'record', 'seat', 'desk'] as const;

/** What the room is to show of a meeting that stands like this. */
export interface RoomNow {
  readonly state: MeetingState;
  readonly seatId: string | null;
  readonly waitsForSeat: boolean;
  /** There are sheets this viewer is asked to check. */
  readonly mayCheck: boolean;
  /** What `?show=` names. */
  readonly shown: string | null;
}

/**
 * Whoever has a seat in a session gets the ballot before any vote opens, so that a network lost in between takes no vote away; the same goes for
 * raising one's hand.
 */
export function partsNow({ state, seatId, waitsForSeat, mayCheck, shown }: RoomNow): PartName[] {
  if (waitsForSeat) return ['gathering'];
  const { phase, floor, motions, polls } = state;
  const latest = polls.byId[polls.order[polls.order.length - 1] ?? ''];
  const pending = latest?.stage === 'open' || latest?.stage === 'closed';
  const moved = motions.order.some((id) => ['moved', 'ready'].includes(motions.byId[id]?.stage ?? ''));
  const panel = panels.find((each) => each === shown) ?? 'agenda';
  const seated = seatId !== null && phase === 'in_session';
  const wanted: Record<PartName, boolean> = {
    agenda: panel === 'agenda',
    questions: panel === 'questions',
    panels: panel !== 'agenda' && panel !== 'questions',
    ballot: pending || seated || mayCheck,
    funding: pending && latest?.frame.allocation !== undefined,
    table: pending || moved || motions.currentId !== null || freshResult(state) !== null,
    floor: seated || floor.speech !== null || floor.requests.length > 0,
    gathering:
      phase === 'convened' ||
      phase === 'check_in' ||
      phase === 'recess' ||
      (seatId !== null && !isPresent(state, seatId)),
  };
  return (Object.keys(wanted) as PartName[]).filter((name) => wanted[name]);
}

/** Rejects where one of them could not be fetched. */
export async function loadParts(names: readonly PartName[]): Promise<Parts> {
  const loaded = await Promise.all(names.map(async (name) => [name, await sources[name]()] as const));
  return Object.fromEntries(loaded);
}

/** What is to be seen of this view at once. */
export function partsAtOnce(view: MeetingView, shown: string | null): Promise<Parts> {
  const { seatId } = view.viewer;
  const waitsForSeat = seatId === null && view.requestedSeatId !== null;
  return loadParts(partsNow({ state: view.state, seatId, waitsForSeat, mayCheck: view.sheets.length > 0, shown }));
}
