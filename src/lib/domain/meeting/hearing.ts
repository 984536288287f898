// A hearing beside what every meeting has: its announcement, the sealing of enrolment, the public draw, the captions and the report. Who enrolled and what
// residents write stands beside the log; what must hold of it (digests, commitment, the order drawn) is here. Rules [H…], [O4] in hearings/RULES.md.
import {
  commitmentOf,
  drawRepresentatives,
  entriesDigest,
  seedOf,
  type DrawEntry,
  type DrawnPlace,
  type HearingPlace,
} from '#lib/domain/hearings/draw.ts';
import { checkedOpinion } from '#lib/domain/hearings/opinions.ts';
import { inSession } from './agenda.ts';
import { isHere } from './attendance.ts';
import { refuse, type Refusal } from './refusal.ts';
import { usualTerms, type HearingTerms } from './rules.ts';
import { drafter, type Deciders, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { checkedText } from './text.ts';
import { official, spokenBy, type Said, type Words } from './words.ts';

/** Sectors of a hearing's roster that sit without a vote; the places of representatives carry the keys their announcement gave them. */
export const benches = ['officer', 'supervisor', 'presenter'] as const;
export type Bench = (typeof benches)[number];

export const hearingTerms = (state: MeetingState): HearingTerms => state.rules?.hearing ?? usualTerms;

/** Read by the office under the meeting's lock: who wants to represent, and the secret behind the commitment. */
export interface EnrolmentFact {
  readonly enrolled: number;
  readonly entries: readonly DrawEntry[];
  readonly secret: string;
}

export interface ReportFact {
  /** docHash of the report as it was frozen and signed; '' while it is not signed as its rule asks. */
  readonly digest: string;
  readonly opinions: number;
  readonly hidden: number;
  readonly unanswered: number;
  readonly verdicts: Readonly<Record<'adopted' | 'partly' | 'declined', number>>;
}

export interface Caption {
  readonly captionId: string;
  readonly text: Words;
  /** The seat or participant who speaks, null for the meeting itself. */
  readonly speakerId: string | null;
  readonly at: number;
}

export interface HearingState {
  readonly matter: Words;
  readonly how: Words;
  readonly places: readonly HearingPlace[];
  readonly enrolBy: number;
  readonly publicSource: Words;
  readonly publicKnownAt: number;
  readonly commitment: string;
  readonly announcedAt: number;
  readonly sealed: {
    readonly enrolled: number;
    readonly entries: number;
    readonly digest: string;
    readonly at: number;
  } | null;
  readonly draw: {
    readonly secret: string;
    readonly publicValue: string;
    readonly drawn: readonly DrawnPlace[];
    readonly at: number;
  } | null;
  /** [H10] What was said, as written down; the newest last. */
  readonly captions: readonly Caption[];
  readonly report: { readonly published: (ReportFact & { readonly at: number }) | null };
}

/** Whose words a caption's are in the table of words, to forget them by. */
export const captionWords = (captionId: string): string => `caption:${captionId}`;

/** The newest captions only: the rest is in the log. */
export const captionsKept = 120;

export type HearingCommand =
  | {
      readonly type: 'announceHearing';
      readonly matter: string;
      readonly how: string;
      readonly places: readonly HearingPlace[];
      readonly enrolBy: number;
      readonly publicSource: string;
      readonly publicKnownAt: number;
      readonly commitment: string;
    }
  | { readonly type: 'sealEnrolment' }
  | { readonly type: 'drawRepresentatives'; readonly publicValue: string }
  | { readonly type: 'addCaption'; readonly text: string; readonly speakerId: string | null }
  | { readonly type: 'withdrawCaption'; readonly captionId: string }
  | { readonly type: 'publishReport' };

export interface HearingEvents {
  HearingAnnounced: {
    readonly matter: Said;
    readonly how: Said;
    readonly places: readonly HearingPlace[];
    readonly enrolBy: number;
    readonly publicSource: Said;
    readonly publicKnownAt: number;
    readonly commitment: string;
  };
  EnrolmentSealed: { readonly enrolled: number; readonly entries: number; readonly digest: string };
  RepresentativesDrawn: {
    readonly secret: string;
    readonly publicValue: string;
    readonly drawn: readonly DrawnPlace[];
  };
  CaptionAdded: { readonly captionId: string; readonly text: Said; readonly speakerId: string | null };
  CaptionWithdrawn: { readonly captionId: string };
  ReportPublished: ReportFact;
}

const draft = drafter<HearingEvents>();

const mostPlaces = 20;
const mostSeats = 500;

function placesFault(places: readonly HearingPlace[]): Refusal | null {
  const unfit = (field: string) => refuse('H1', 'hearing-unfit', { field });
  if (places.length === 0 || places.length > mostPlaces) return unfit('places');
  if (new Set(places.map(({ key }) => key)).size !== places.length) return unfit('places');
  for (const { key, name, seats } of places) {
    if ((benches as readonly string[]).includes(key)) return unfit('places');
    if (typeof checkedText(name, 40) !== 'string') return unfit('places');
    if (!Number.isSafeInteger(seats) || seats < 1 || seats > mostSeats) return unfit('seats');
  }
  return null;
}

/** [H7] Officers who are here; an even bench cannot speak with one voice. */
export const officersHere = (state: MeetingState): number =>
  state.seatOrder.filter((seatId) => state.seats[seatId]?.sectorId === 'officer' && isHere(state, seatId)).length;

/** [H1] Asked before the meeting is convened: only then there are representatives to call. */
export function drawFirst(state: MeetingState): Refusal | null {
  return state.hearing?.draw ? null : refuse('H1', state.hearing ? 'draw-first' : 'not-announced');
}

/** [H7] Asked before the session opens. */
export function benchFault(state: MeetingState): Refusal | null {
  const present = officersHere(state);
  const least = hearingTerms(state).leastOfficers;
  return present >= least && present % 2 === 1 ? null : refuse('H7', 'officers-missing', { present, least });
}

const dayMs = 86_400_000;

/** [O1] Until when opinions are taken; null while nobody knows when the hearing ends. */
export const opinionsUntil = (state: MeetingState): number | null =>
  state.hearing && state.adjournedAt !== null ? state.adjournedAt + hearingTerms(state).opinionDays * dayMs : null;

export function opinionsClosed(state: MeetingState, now: number): Refusal | null {
  const until = opinionsUntil(state);
  return state.hearing?.report.published || (until !== null && now > until)
    ? refuse('O1', 'opinions-closed', { days: hearingTerms(state).opinionDays })
    : null;
}

const afterwards = (state: MeetingState): Refusal | null =>
  state.phase === 'adjourned' ? null : refuse('L1', 'wrong-phase', { phase: state.phase });

export const hearingDeciders: Deciders<HearingCommand> = {
  announceHearing(state, command, { now }) {
    if (state.phase !== 'draft') return refuse('L1', 'wrong-phase', { phase: state.phase });
    if (state.hearing) return refuse('H1', 'already-done');
    const matter = checkedText(command.matter, 2000);
    const how = checkedText(command.how, 1000, true);
    const publicSource = checkedText(command.publicSource, 300);
    for (const text of [matter, how, publicSource]) if (typeof text !== 'string') return text;
    const fault = placesFault(command.places);
    if (fault) return fault;
    const { enrolBy, publicKnownAt, commitment, places } = command;
    if (!/^[0-9a-f]{64}$/.test(commitment)) return refuse('C1', 'command-malformed', { field: 'commitment' });
    if (enrolBy <= now || enrolBy >= state.startsAt) return refuse('H1', 'hearing-unfit', { field: 'enrolBy' });
    // [H3] A value that is known while people still enrol lets them, or whoever enrols for them, choose the outcome.
    if (publicKnownAt <= enrolBy || publicKnownAt >= state.startsAt)
      return refuse('H3', 'hearing-unfit', { field: 'publicKnownAt' });
    return [
      draft('HearingAnnounced', {
        matter: official(matter as string),
        how: official(how as string),
        places,
        enrolBy,
        publicSource: official(publicSource as string),
        publicKnownAt,
        commitment,
      }),
    ];
  },

  sealEnrolment(state, _command, { now, facts }) {
    const { hearing } = state;
    if (!hearing || !facts.enrolment) return refuse('H1', 'not-announced');
    if (hearing.sealed) return refuse('H4', 'already-done');
    if (now < hearing.enrolBy) return refuse('H4', 'enrolment-open');
    const { enrolled, entries } = facts.enrolment;
    return [draft('EnrolmentSealed', { enrolled, entries: entries.length, digest: entriesDigest(entries) })];
  },

  drawRepresentatives(state, command, { now, facts }) {
    const { hearing } = state;
    if (!hearing || !facts.enrolment) return refuse('H1', 'not-announced');
    if (state.phase !== 'draft') return refuse('L1', 'wrong-phase', { phase: state.phase });
    if (hearing.draw) return refuse('H5', 'already-done');
    if (!hearing.sealed) return refuse('H4', 'enrolment-open');
    if (now < hearing.publicKnownAt) return refuse('H3', 'public-value-early');
    const publicValue = checkedText(command.publicValue, 200);
    if (typeof publicValue !== 'string') return publicValue;
    const { entries, secret } = facts.enrolment;
    const sealed = hearing.sealed.digest;
    if (commitmentOf(secret) !== hearing.commitment || entriesDigest(entries) !== sealed)
      return refuse('H5', 'draw-broken');
    const drawn = drawRepresentatives(hearing.places, entries, seedOf(secret, publicValue, sealed));
    return [draft('RepresentativesDrawn', { secret, publicValue, drawn })];
  },

  addCaption(state, command, { newId }) {
    const closed = inSession(state);
    if (closed) return closed;
    if (!state.hearing) return refuse('H1', 'not-announced');
    const text = checkedOpinion(command.text, 500);
    if (typeof text !== 'string') return text;
    const { speakerId } = command;
    if (speakerId !== null && !state.seats[speakerId] && !state.participants.byId[speakerId])
      return refuse('A1', 'unknown-seat');
    const captionId = newId();
    return [draft('CaptionAdded', { captionId, text: spokenBy(captionWords(captionId), text), speakerId })];
  },

  withdrawCaption(state, { captionId }) {
    const known = state.hearing?.captions.some((caption) => caption.captionId === captionId);
    return known ? [draft('CaptionWithdrawn', { captionId })] : refuse('H10', 'already-done');
  },

  publishReport(state, _command, { facts }) {
    const early = afterwards(state);
    if (early) return early;
    const report = state.hearing?.report;
    if (!report || !facts.report) return refuse('H1', 'not-announced');
    if (report.published) return refuse('O4', 'already-done');
    if (facts.report.unanswered > 0) return refuse('O2', 'opinions-unanswered', { count: facts.report.unanswered });
    if (facts.report.digest === '') return refuse('O4', 'report-unsigned');
    return [draft('ReportPublished', facts.report)];
  },
};

const withHearing = (state: MeetingState, change: (hearing: HearingState) => Partial<HearingState>): MeetingState =>
  state.hearing ? { ...state, hearing: { ...state.hearing, ...change(state.hearing) } } : state;

export const hearingFolders: Folders<HearingEvents> = {
  HearingAnnounced: (state, { payload, at }) => ({
    ...state,
    hearing: {
      ...payload,
      announcedAt: at,
      sealed: null,
      draw: null,
      captions: [],
      report: { published: null },
    },
  }),
  EnrolmentSealed: (state, { payload, at }) => withHearing(state, () => ({ sealed: { ...payload, at } })),
  RepresentativesDrawn: (state, { payload, at }) => withHearing(state, () => ({ draw: { ...payload, at } })),
  CaptionAdded: (state, { payload, at }) =>
    withHearing(state, ({ captions }) => ({ captions: [...captions, { ...payload, at }].slice(-captionsKept) })),
  CaptionWithdrawn: (state, { payload }) =>
    withHearing(state, ({ captions }) => ({
      captions: captions.filter(({ captionId }) => captionId !== payload.captionId),
    })),
  ReportPublished: (state, { payload, at }) =>
    withHearing(state, () => ({ report: { published: { ...payload, at } } })),
};
