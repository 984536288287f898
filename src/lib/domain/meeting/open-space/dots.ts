// Dots: n a person, at most m on one topic, from phones, through helpers and on paper, in one count that reconciles with people × dots.
// In the log, under the meeting's own lock, so that hand-ins and the close cannot race; what somebody chose is for the hosts who count,
// everybody else learns who has handed in, and the sums at the close. Rules [OS9], [OS10].
import { isAssisted, mayTakePartAs, participantsHere } from '#lib/domain/meeting/participants.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { drafter, type Deciders, type Folders } from '#lib/domain/meeting/slice.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { official, type Said } from '#lib/domain/meeting/words.ts';
import { openSpaceOf, runningTopics, type DotsResult, type DotsState, type OpenSpaceState } from './space.ts';

type Counts = Readonly<Record<string, number>>;

export type DotCommand =
  | { readonly type: 'openDots' }
  | { readonly type: 'placeDots'; readonly participantId: string; readonly dots: Counts }
  | {
      readonly type: 'enterPaperDots';
      readonly people: number;
      readonly counts: Counts;
      readonly unused: number;
    }
  | { readonly type: 'settlePaperDots'; readonly sheetId: string; readonly confirm: boolean }
  | { readonly type: 'closeDots' }
  | { readonly type: 'reopenDots'; readonly reason: string };

export interface DotEvents {
  DotsOpened: { readonly topicIds: readonly string[] };
  /** For the hosts: what was chosen. */
  DotsPlaced: { readonly participantId: string; readonly dots: Counts };
  /** For everyone: that somebody has handed in. */
  DotsHandedIn: { readonly participantId: string; readonly assisted: boolean };
  PaperDotsEntered: {
    readonly sheetId: string;
    readonly people: number;
    readonly counts: Counts;
    readonly unused: number;
    readonly enteredBy: string;
  };
  PaperDotsSettled: { readonly sheetId: string; readonly confirmed: boolean; readonly by: string };
  DotsCounted: DotsResult;
  DotsReopened: { readonly reason: Said };
}

const draft = drafter<DotEvents>();
const sum = (counts: Counts): number => Object.values(counts).reduce((all, each) => all + each, 0);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= 100_000;

const openDotsOf = (state: MeetingState): { open: OpenSpaceState; dots: DotsState } | Refusal => {
  const open = openSpaceOf(state);
  if (isRefusal(open)) return open;
  return open.dots?.status === 'open' ? { open, dots: open.dots } : refuse('OS9', 'dots-not-open');
};

/** [OS9] Whole dots, on topics that have them, not more than there are, nor more on one than allowed. */
function dotsFault(dots: DotsState, counts: Counts, most: number, mostEach: number): Refusal | null {
  for (const [topicId, count] of Object.entries(counts)) {
    if (!dots.topicIds.includes(topicId)) return refuse('OS9', 'unknown-topic');
    if (!isCount(count)) return refuse('C1', 'command-malformed', { field: 'dots' });
    if (count > mostEach) return refuse('OS9', 'too-many-dots', { most, mostEach });
  }
  return sum(counts) > most ? refuse('OS9', 'too-many-dots', { most, mostEach }) : null;
}

/** People whose dots are in, by any way: phones, helpers and confirmed paper. */
export const peopleCounted = (dots: DotsState): number =>
  Object.keys(dots.handedIn).length +
  dots.sheets.filter(({ confirmedBy }) => confirmedBy !== null).reduce((all, { people }) => all + people, 0);

/** [OS10] cast + unused = people × dots, whatever way they came in. */
export function countDots({ space }: OpenSpaceState, dots: DotsState): DotsResult {
  const counts: Record<string, number> = Object.fromEntries(dots.topicIds.map((id) => [id, 0]));
  const paper = dots.sheets.filter(({ confirmedBy }) => confirmedBy !== null);
  for (const each of [...Object.values(dots.choices), ...paper.map((sheet) => sheet.counts)])
    for (const [topicId, count] of Object.entries(each)) counts[topicId] = (counts[topicId] ?? 0) + count;
  const handed = Object.values(dots.handedIn);
  const people = peopleCounted(dots);
  const cast = sum(counts);
  const byHelper = handed.filter(({ assisted }) => assisted).length;
  return {
    counts,
    people,
    byPhone: handed.length - byHelper,
    byHelper,
    onPaper: people - handed.length,
    dots: cast,
    unused: people * space.dotsPerPerson - cast,
  };
}

export const dotDeciders: Deciders<DotCommand> = {
  /** On the topics that were talked about; where none was, on all that run. */
  openDots(state) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (open.dots) return refuse('OS9', 'dots-open');
    const running = runningTopics(open);
    const talked = running.filter(({ notesId }) => notesId !== null);
    const topicIds = (talked.length > 0 ? talked : running).map(({ topicId }) => topicId);
    return topicIds.length === 0 ? refuse('OS9', 'unknown-topic') : [draft('DotsOpened', { topicIds })];
  },

  /** [OS9] Handing in again replaces what was handed in, until the close. */
  placeDots(state, { participantId, dots: counts }, context) {
    const here = openDotsOf(state);
    if (isRefusal(here)) return here;
    const foreign = mayTakePartAs(state, context, participantId);
    if (foreign) return foreign;
    const { dotsPerPerson, dotsPerTopic } = here.open.space;
    const fault = dotsFault(here.dots, counts, dotsPerPerson, dotsPerTopic);
    if (fault) return fault;
    // [OS10] Somebody whose paper is in the count has no second ballot.
    if (here.dots.handedIn[participantId] === undefined && allCounted(state, here.dots))
      return refuse('OS10', 'dots-do-not-reconcile');
    const assisted = isAssisted(context.actor, participantId);
    const chosen = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    return [
      draft('DotsPlaced', { participantId, dots: chosen }, 'hosts'),
      draft('DotsHandedIn', { participantId, assisted }),
    ];
  },

  /** [OS10] Counted by one, confirmed by another, and adding up before anybody is asked to confirm. */
  enterPaperDots(state, { people, counts, unused }, { actor, newId }) {
    const here = openDotsOf(state);
    if (isRefusal(here)) return here;
    const { dotsPerPerson, dotsPerTopic } = here.open.space;
    if (!isCount(people) || people === 0 || !isCount(unused))
      return refuse('C1', 'command-malformed', { field: 'people' });
    const fault = dotsFault(here.dots, counts, people * dotsPerPerson, people * dotsPerTopic);
    if (fault) return fault;
    if (sum(counts) + unused !== people * dotsPerPerson)
      return refuse('OS10', 'paper-dots-do-not-add-up', {
        counted: sum(counts) + unused,
        expected: people * dotsPerPerson,
      });
    const waiting = here.dots.sheets.reduce((all, each) => all + (each.confirmedBy === null ? each.people : 0), 0);
    if (peopleCounted(here.dots) + waiting + people > participantsHere(state).length)
      return refuse('OS10', 'dots-do-not-reconcile');
    const enteredBy = actor.personId ?? '';
    return [draft('PaperDotsEntered', { sheetId: newId(), people, counts, unused, enteredBy }, 'desk')];
  },

  settlePaperDots(state, { sheetId, confirm }, { actor }) {
    const here = openDotsOf(state);
    if (isRefusal(here)) return here;
    const sheet = here.dots.sheets.find((each) => each.sheetId === sheetId);
    if (!sheet) return refuse('OS10', 'unknown-sheet');
    if (sheet.confirmedBy !== null && confirm) return refuse('OS10', 'sheet-already-settled');
    if (confirm && sheet.enteredBy === actor.personId) return refuse('OS10', 'second-person-needed', { count: 1 });
    if (confirm && peopleCounted(here.dots) + sheet.people > participantsHere(state).length)
      return refuse('OS10', 'dots-do-not-reconcile');
    return [draft('PaperDotsSettled', { sheetId, confirmed: confirm, by: actor.personId ?? '' }, 'desk')];
  },

  /** [OS10] Nothing half-entered survives the close. */
  closeDots(state) {
    const here = openDotsOf(state);
    if (isRefusal(here)) return here;
    const waiting = here.dots.sheets.filter(({ confirmedBy }) => confirmedBy === null).length;
    if (waiting > 0) return refuse('OS10', 'second-person-needed', { count: waiting });
    return [draft('DotsCounted', countDots(here.open, here.dots))];
  },

  reopenDots(state, { reason }) {
    const open = openSpaceOf(state);
    if (isRefusal(open)) return open;
    if (open.dots?.status !== 'closed') return refuse('OS9', 'dots-not-open');
    const why = checkedText(reason, 200);
    return typeof why === 'string' ? [draft('DotsReopened', { reason: official(why) })] : why;
  },
};

const allCounted = (state: MeetingState, dots: DotsState): boolean =>
  peopleCounted(dots) >= participantsHere(state).length;

const withDots = (state: MeetingState, change: (dots: DotsState) => DotsState): MeetingState =>
  state.openSpace?.dots ? { ...state, openSpace: { ...state.openSpace, dots: change(state.openSpace.dots) } } : state;

export const dotFolders: Folders<DotEvents> = {
  DotsOpened: (state, { payload: { topicIds } }) =>
    state.openSpace
      ? {
          ...state,
          openSpace: {
            ...state.openSpace,
            dots: { status: 'open', topicIds, handedIn: {}, choices: {}, sheets: [], result: null },
          },
        }
      : state,
  DotsPlaced: (state, { payload: { participantId, dots: chosen } }) =>
    withDots(state, (dots) => ({ ...dots, choices: { ...dots.choices, [participantId]: chosen } })),
  DotsHandedIn: (state, { payload: { participantId, assisted } }) =>
    withDots(state, (dots) => ({ ...dots, handedIn: { ...dots.handedIn, [participantId]: { assisted } } })),
  PaperDotsEntered: (state, { payload }) =>
    withDots(state, (dots) => ({ ...dots, sheets: [...dots.sheets, { ...payload, confirmedBy: null }] })),
  PaperDotsSettled: (state, { payload: { sheetId, confirmed, by } }) =>
    withDots(state, (dots) => ({
      ...dots,
      sheets: dots.sheets.flatMap((sheet) =>
        sheet.sheetId !== sheetId ? [sheet] : confirmed ? [{ ...sheet, confirmedBy: by }] : [],
      ),
    })),
  DotsCounted: (state, { payload: result }) => withDots(state, (dots) => ({ ...dots, status: 'closed', result })),
  DotsReopened: (state) => withDots(state, (dots) => ({ ...dots, status: 'open', result: null })),
};
