// From a draft to an adjourned meeting: drafted → convened → check-in → in session ⇄ recess → adjourned, or cancelled on the way. Rules [L…].
import { formatOf } from '#lib/domain/formats/index.ts';
import { checkedItems, type AgendaEvents, type AgendaItemSaid } from './agenda.ts';
import { quorumOf } from './attendance.ts';
import { broughtFollowUps } from './follow-ups.ts';
import type { MotionStage } from './motion-state.ts';
import { stageHeldBy } from './open-space/space.ts';
import { participantsHere } from './participants.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Role } from './roles.ts';
import type { RulePack } from './rules.ts';
import { faultOfRulePack } from './rules.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import { endingSpeeches } from './speech.ts';
import { draftOfStage } from './stages.ts';
import type { MeetingState, Phase, SectorOfMeeting } from './state.ts';
import { pauseTimer, resumeTimer } from './timer.ts';
import { named, official, type Said } from './words.ts';
import { checkedText } from './text.ts';

export interface RosterFact {
  readonly sectors: readonly SectorOfMeeting[];
  readonly seats: readonly {
    readonly seatId: string;
    readonly personId: string;
    readonly sectorId: string;
    readonly title: string;
    readonly voting: boolean;
    readonly hasSmartphone: boolean;
  }[];
  readonly people: readonly {
    readonly personId: string;
    readonly name: string;
    /** How others than members read the name: whole with consent, masked without. */
    readonly publicName: string;
    readonly roles: readonly Role[];
  }[];
}

export type LifecycleCommand =
  | {
      readonly type: 'draftMeeting';
      readonly format: string;
      readonly title: string;
      readonly place: string;
      readonly startsAt: number;
      readonly plannedMinutes: number;
      readonly callLink: string | null;
      readonly joinCode: string;
      readonly practice: boolean;
    }
  | {
      readonly type: 'describeMeeting';
      readonly title: string;
      readonly place: string;
      readonly startsAt: number;
      readonly plannedMinutes: number;
      readonly callLink: string | null;
    }
  | {
      readonly type: 'conveneMeeting';
      readonly rulePackId: string;
      readonly shortNoticeReason: string | null;
      /** Which state of the drafted agenda was read back; absent where nobody read it back. */
      readonly agendaSeq?: number | null | undefined;
    }
  | { readonly type: 'openCheckIn' }
  | { readonly type: 'openSession' }
  | { readonly type: 'callRecess' }
  | { readonly type: 'resumeSession' }
  | { readonly type: 'adjournMeeting'; readonly leaveUnfinished: boolean }
  | { readonly type: 'cancelMeeting'; readonly reason: string };

interface PersonSaid {
  readonly personId: string;
  readonly name: Said;
  readonly roles: readonly Role[];
}

export interface LifecycleEvents {
  MeetingDrafted: {
    readonly format: string;
    readonly title: Said;
    readonly place: Said;
    readonly startsAt: number;
    readonly plannedMinutes: number;
    readonly callLink: string | null;
    readonly joinCode: string;
    readonly practice: boolean;
    /** The council's officers, so that the draft already knows its hosts. */
    readonly people: readonly PersonSaid[];
  };
  MeetingDescribed: {
    readonly title: Said;
    readonly place: Said;
    readonly startsAt: number;
    readonly plannedMinutes: number;
    readonly callLink: string | null;
  };
  MeetingConvened: {
    readonly rules: RulePack;
    readonly sectors: readonly SectorOfMeeting[];
    readonly seats: RosterFact['seats'];
    readonly people: readonly PersonSaid[];
    readonly items: readonly AgendaItemSaid[];
    /** Why the notice period was not kept, null where it was. */
    readonly shortNotice: Said | null;
  };
  CheckInOpened: Record<never, never>;
  SessionOpened: { readonly present: number; readonly needed: number | null; readonly expected: number };
  RecessCalled: Record<never, never>;
  SessionResumed: { readonly present: number };
  MeetingAdjourned: { readonly present: number; readonly unfinished: readonly string[] };
  MeetingCancelled: { readonly reason: Said };
}

const draft = drafter<LifecycleEvents>();
const draftOfAgenda = drafter<AgendaEvents>();
const dayMs = 86_400_000;
/** The last instant a date can hold. */
const latestStart = 8.64e15;

const phaseIs = (state: MeetingState, ...phases: Phase[]) =>
  phases.includes(state.phase) ? null : refuse('L1', 'wrong-phase', { phase: state.phase });

const peopleSaid = (roster: RosterFact): PersonSaid[] =>
  roster.people.map(({ personId, name, publicName, roles }) => ({
    personId,
    name: named(personId, name, publicName),
    roles,
  }));

/** How many are here: of the seats, or, where nobody sits for anybody, of those who came in. */
const presentCount = (state: MeetingState): number =>
  formatOf(state.format)?.seatless ? participantsHere(state).length : quorumOf(state).present;

/** Days between the notice and the meeting, counted in whole calendar days of 24 h. */
export const noticeDaysLeft = (startsAt: number, now: number): number => Math.floor((startsAt - now) / dayMs);

const undecided: readonly string[] = ['moved', 'ready', 'presenting', 'debating', 'voting'] satisfies MotionStage[];

/** [L5] Results not announced and motions not decided, those still waiting for a second or for their turn included. */
export const unfinishedBusiness = (state: MeetingState): string[] => [
  ...state.polls.order.filter((id) => state.polls.byId[id]?.stage === 'closed'),
  ...state.motions.order.filter((id) => undecided.includes(state.motions.byId[id]?.stage ?? '')),
  // Dots that were never counted, a round nobody ended.
  ...(stageHeldBy(state) ? [state.stage?.stage ?? ''] : []),
];

type Description = Extract<LifecycleCommand, { type: 'describeMeeting' }>;

/** [C2] Title and place cleaned, when and how long within bounds, the call link one a browser opens as a page; or what is wrong. */
function checkedDescription(command: Omit<Description, 'type'>): { title: Said; place: Said } | Refusal {
  const title = checkedText(command.title, 200);
  const place = checkedText(command.place, 200, true);
  if (typeof title !== 'string') return title;
  if (typeof place !== 'string') return place;
  const { startsAt, plannedMinutes, callLink } = command;
  if (!Number.isSafeInteger(startsAt) || startsAt < 0 || startsAt > latestStart)
    return refuse('C1', 'command-malformed', { field: 'startsAt' });
  if (!Number.isSafeInteger(plannedMinutes) || plannedMinutes < 1 || plannedMinutes > 1440)
    return refuse('C1', 'command-malformed', { field: 'plannedMinutes' });
  if (callLink !== null && !/^https?:\/\/[^\s]{1,500}$/.test(callLink))
    return refuse('C1', 'command-malformed', { field: 'callLink' });
  return { title: official(title), place: official(place) };
}

export const lifecycleDeciders: Deciders<LifecycleCommand> = {
  draftMeeting(state, command, { facts }) {
    if (state.seq > 0) return refuse('L1', 'already-done');
    if (!formatOf(command.format)) return refuse('L4', 'not-in-format', { deed: command.type });
    if (!/^\d{6}$/.test(command.joinCode)) return refuse('C1', 'command-malformed', { field: 'joinCode' });
    const described = checkedDescription(command);
    if ('refused' in described) return described;
    if (!facts.roster) return refuse('L2', 'no-roster');
    const { type: _type, ...rest } = command;
    return [
      draft('MeetingDrafted', {
        ...rest,
        ...described,
        people: peopleSaid(facts.roster),
      }),
    ];
  },

  describeMeeting(state, command) {
    const wrong = phaseIs(state, 'draft');
    if (wrong) return wrong;
    const described = checkedDescription(command);
    if ('refused' in described) return described;
    const { type: _type, ...rest } = command;
    return [draft('MeetingDescribed', { ...rest, ...described })];
  },

  /** [L2] Freezes rules, roster and agenda; [L3] a notice shorter than the pack asks needs a reason that is shown to everybody. */
  conveneMeeting(state, command, { facts, now }) {
    const wrong = phaseIs(state, 'draft');
    if (wrong) return wrong;
    const { roster, rulePack, agenda } = facts;
    if (!rulePack) return refuse('L2', 'no-rules');
    const fault = rulePack.format === state.format ? faultOfRulePack(rulePack) : 'format';
    if (fault) return refuse('L2', 'no-rules', { field: fault });
    const { seatless = false, agendaless = false } = formatOf(state.format) ?? {};
    if (!roster || (!seatless && !roster.seats.some((seat) => seat.voting))) return refuse('L2', 'no-roster');
    if (!agenda || (!agendaless && agenda.length === 0)) return refuse('L2', 'no-agenda');
    if (typeof command.agendaSeq === 'number' && command.agendaSeq !== facts.agendaSeq)
      return refuse('L2', 'agenda-changed');
    const items = agendaless && agenda.length === 0 ? [] : checkedItems(agenda);
    if ('refused' in items) return items;
    // [H1] A hearing was announced before its representatives were drawn: its notice counts from then.
    const days = noticeDaysLeft(state.startsAt, state.hearing?.announcedAt ?? now);
    const reason = checkedText(command.shortNoticeReason ?? '', 500, true);
    if (typeof reason !== 'string') return reason;
    if (!state.practice && days < rulePack.noticeDays && reason === '')
      return refuse('L3', 'short-notice', { days: Math.max(0, days), needed: rulePack.noticeDays });
    return [
      draft('MeetingConvened', {
        rules: rulePack,
        sectors: seatless ? [] : roster.sectors,
        seats: seatless ? [] : roster.seats,
        people: peopleSaid(roster),
        items,
        shortNotice: days < rulePack.noticeDays && reason !== '' ? official(reason) : null,
      }),
    ];
  },

  openCheckIn(state) {
    return phaseIs(state, 'convened') ?? [draft('CheckInOpened', {})];
  },

  /** [Q1] A session opens with a quorum or not at all. */
  openSession(state, _command, { facts }) {
    const wrong = phaseIs(state, 'check_in');
    if (wrong) return wrong;
    const quorum = quorumOf(state);
    if (!quorum.met)
      return refuse('Q1', 'no-quorum', {
        present: quorum.present,
        needed: quorum.needed,
        missing: Math.max(0, quorum.needed - quorum.present),
        sectorsMissing: quorum.sectorsMissing,
      });
    const format = formatOf(state.format);
    const [first] = format?.stages ?? [];
    const present = presentCount(state);
    const expected = format?.seatless ? present : quorum.expected;
    return [
      draft('SessionOpened', { present, needed: quorum.needed || null, expected }),
      ...(first === undefined ? [] : [draftOfStage('StageEntered', { stage: first, allowedMs: null, reason: null })]),
      ...broughtFollowUps(facts.followUps),
    ];
  },

  callRecess(state) {
    const wrong = phaseIs(state, 'in_session');
    if (wrong) return wrong;
    if (state.polls.openId) return refuse('V1', 'poll-already-open');
    return [draft('RecessCalled', {})];
  },

  resumeSession(state) {
    return phaseIs(state, 'recess') ?? [draft('SessionResumed', { present: presentCount(state) })];
  },

  /** [L5] Adjourning leaves nothing silently open: an open vote must be closed and announced, an open motion decided or knowingly left. */
  adjournMeeting(state, command, { now }) {
    const wrong = phaseIs(state, 'in_session', 'recess');
    if (wrong) return wrong;
    if (state.polls.openId) return refuse('L5', 'poll-already-open');
    const unfinished = unfinishedBusiness(state);
    if (unfinished.length > 0 && !command.leaveUnfinished)
      return refuse('L5', 'unanswered-business', { count: unfinished.length });
    const { currentItemId } = state.agenda;
    return [
      ...endingSpeeches(state, now, () => true),
      ...(currentItemId !== null && state.motions.currentId === null
        ? [draftOfAgenda('ItemClosed', { itemId: currentItemId })]
        : []),
      draft('MeetingAdjourned', { present: presentCount(state), unfinished }),
    ];
  },

  cancelMeeting(state, command) {
    const wrong = phaseIs(state, 'draft', 'convened', 'check_in');
    if (wrong) return wrong;
    const reason = checkedText(command.reason, 500);
    if (typeof reason !== 'string') return reason;
    return [draft('MeetingCancelled', { reason: official(reason) })];
  },
};

const pauseClocks = (state: MeetingState, now: number): MeetingState => ({
  ...state,
  stage: state.stage && { ...state.stage, timer: state.stage.timer && pauseTimer(state.stage.timer, now) },
  floor: {
    ...state.floor,
    speech: state.floor.speech && { ...state.floor.speech, timer: pauseTimer(state.floor.speech.timer, now) },
  },
  agenda: {
    ...state.agenda,
    progress: Object.fromEntries(
      Object.entries(state.agenda.progress).map(([itemId, progress]) => [
        itemId,
        progress.status === 'open' ? { ...progress, timer: pauseTimer(progress.timer, now) } : progress,
      ]),
    ),
  },
});

const resumeItemClock = (state: MeetingState, now: number): MeetingState => {
  const { currentItemId, progress } = state.agenda;
  const current = currentItemId === null ? undefined : progress[currentItemId];
  if (currentItemId === null || !current || !state.agenda.clockHeldByRecess) return state;
  const resumed = { ...current, timer: resumeTimer(current.timer, now) };
  return { ...state, agenda: { ...state.agenda, progress: { ...progress, [currentItemId]: resumed } } };
};

export const lifecycleFolders: Folders<LifecycleEvents> = {
  MeetingDrafted: (state, { payload: { people, ...rest } }) => ({
    ...state,
    ...rest,
    people: Object.fromEntries(people.map((person) => [person.personId, { ...person, seatId: null }])),
  }),
  MeetingDescribed: (state, { payload }) => ({ ...state, ...payload }),
  MeetingConvened: (state, { payload, at }) => {
    const seatOf = new Map(payload.seats.map((seat) => [seat.personId, seat.seatId]));
    const people = Object.fromEntries(
      payload.people.map((person) => [person.personId, { ...person, seatId: seatOf.get(person.personId) ?? null }]),
    );
    return {
      ...state,
      phase: 'convened',
      convenedAt: at,
      rules: payload.rules as RulePack,
      shortNotice: payload.shortNotice,
      sectors: payload.sectors,
      people,
      seats: Object.fromEntries(
        payload.seats.flatMap((seat) => {
          const person = people[seat.personId];
          return person ? [[seat.seatId, { ...seat, name: person.name }]] : [];
        }),
      ),
      seatOrder: payload.seats.map((seat) => seat.seatId),
      agenda: { ...state.agenda, items: payload.items },
    };
  },
  CheckInOpened: (state) => ({ ...state, phase: 'check_in' }),
  SessionOpened: (state, { at }) => ({ ...state, phase: 'in_session', openedAt: at }),
  RecessCalled: (state, { at }) => {
    const { currentItemId, progress } = state.agenda;
    const clockHeldByRecess = currentItemId !== null && progress[currentItemId]?.timer.runningSince !== null;
    const paused = pauseClocks(state, at);
    return { ...paused, agenda: { ...paused.agenda, clockHeldByRecess }, phase: 'recess', recessSince: at };
  },
  SessionResumed: (state, { at }) => ({
    ...resumeItemClock(state, at),
    stage: state.stage && { ...state.stage, timer: state.stage.timer && resumeTimer(state.stage.timer, at) },
    phase: 'in_session',
    recessSince: null,
  }),
  MeetingAdjourned: (state, { at }) => {
    const paused = pauseClocks(state, at);
    const floor = { ...paused.floor, requests: [] };
    return { ...paused, floor, phase: 'adjourned', adjournedAt: at, recessSince: null };
  },
  MeetingCancelled: (state, { payload }) => ({ ...state, phase: 'cancelled', cancelReason: payload.reason }),
};
