// Money in session: how the funds of the agenda stand, whether what is before the meeting still fits its envelope and the pool, and what an
// announced result books. The books themselves are the ledger's; the office reads them as a fact, under the fund's lock where it books.
// Rules [B10] to [B12].
import { awardFit, type AwardFit } from '#lib/domain/ledger/bookings.ts';
import type { Facts } from './facts.ts';
import { pendingAmendment, withMotion, type Motion } from './motion-state.ts';
import { drafter, type Draft, type Folders } from './slice.ts';
import type { MeetingState } from './state.ts';
import { official, type Said, type Sealed } from './words.ts';

export interface EnvelopeFact {
  readonly envelopeId: string;
  readonly name: string;
  readonly capFen: number;
  readonly roomFen: number;
}

export interface FundFact {
  readonly fundId: string;
  readonly name: string;
  readonly totalFen: number;
  readonly poolFen: number;
  readonly envelopes: readonly EnvelopeFact[];
}

/** The funds the agenda's items draw on, as the books have them now, and what this meeting's awards still hold uncontracted. */
export interface FundsFact {
  readonly funds: readonly FundFact[];
  readonly reservedFen: Readonly<Record<string, number>>;
}

export interface EnvelopeSaid extends Omit<EnvelopeFact, 'name'> {
  readonly name: Said;
}
export interface FundSaid extends Omit<FundFact, 'name' | 'envelopes'> {
  readonly name: Said;
  readonly envelopes: readonly EnvelopeSaid[];
}

export type FundOfMeeting = Sealed<FundSaid>;
export type EnvelopeOfMeeting = Sealed<EnvelopeSaid>;

export interface MoneyState {
  readonly funds: readonly FundOfMeeting[];
}

/** Why nothing was booked: the envelope's room, the pool, or [B12] the project got its money elsewhere while the vote was open. */
export type Shortfall = 'envelope' | 'pool' | 'awarded';

/** What became of a passed motion's money: booked, short of room or pool, or released when its result was corrected. */
export type AwardOfMotion =
  | { readonly status: 'booked'; readonly awardId: string; readonly amountFen: number }
  | {
      readonly status: 'not_booked';
      readonly amountFen: number;
      readonly short: Shortfall;
      readonly roomFen: number;
      readonly poolFen: number;
    }
  | {
      readonly status: 'released';
      readonly awardId: string;
      readonly releasedFen: number;
      /** Under contract already: the books do not take it back by themselves. */
      readonly keptFen: number;
    };

interface Left {
  readonly fundId: string;
  readonly envelopeId: string;
  /** What the envelope and the pool hold after this. */
  readonly roomFen: number;
  readonly poolFen: number;
}

export interface AwardEvents {
  /** The books as the meeting sees them from here on; only when they are not what it saw before. */
  FundsRead: { readonly funds: readonly FundSaid[] };
  AwardBooked: Left & {
    readonly motionId: string;
    readonly pollId: string;
    readonly awardId: string;
    readonly projectId: string | null;
    readonly amountFen: number;
  };
  AwardNotBooked: Left & {
    readonly motionId: string;
    readonly pollId: string;
    readonly amountFen: number;
    readonly short: Shortfall;
  };
  AwardReleased: Left & {
    readonly motionId: string;
    readonly pollId: string;
    readonly awardId: string;
    readonly releasedFen: number;
    readonly keptFen: number;
  };
}

const draft = drafter<AwardEvents>();

// ── reading ─────────────────────────────────────────────────────────────────────────────────────

/** The envelopes the agenda's items name, each once. */
export const envelopesOfAgenda = (state: MeetingState): string[] => [
  ...new Set(state.agenda.items.flatMap(({ decides }) => decides?.envelopeId ?? [])),
];

/** Awards this meeting has booked and not released. */
export const awardsOfMeeting = (state: MeetingState): string[] =>
  state.motions.order.flatMap((motionId) => {
    const award = state.motions.byId[motionId]?.award;
    return award?.status === 'booked' ? [award.awardId] : [];
  });

export function envelopeAt(
  state: MeetingState,
  envelopeId: string | undefined,
): { fund: FundOfMeeting; envelope: EnvelopeOfMeeting } | null {
  for (const fund of state.money.funds) {
    const envelope = fund.envelopes.find((each) => each.envelopeId === envelopeId);
    if (envelope) return { fund, envelope };
  }
  return null;
}

export interface AwardOutlook extends AwardFit {
  readonly envelope: EnvelopeOfMeeting;
  readonly fund: FundOfMeeting;
  readonly amountFen: number;
}

/**
 * [B10] What an undecided motion would meet in the books, by the amount that would be voted on now: a pending amendment's where it names one.
 * Null for a motion that awards nothing, and once it is decided.
 */
export function awardOutlook(state: MeetingState, motion: Motion): AwardOutlook | null {
  const found = envelopeAt(state, motion.envelopeId);
  const amountFen = pendingAmendment(motion)?.amountFen ?? motion.amountFen;
  const isOver = motion.stage === 'decided' || motion.stage === 'withdrawn' || motion.stage === 'referred';
  if (!found || amountFen === null || isOver) return null;
  const { fund, envelope } = found;
  return { ...awardFit({ roomFen: envelope.roomFen, poolFen: fund.poolFen }, amountFen), fund, envelope, amountFen };
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

const sameFund = (seen: FundOfMeeting | undefined, now: FundFact): boolean =>
  seen?.fundId === now.fundId &&
  seen.name.text === now.name &&
  seen.totalFen === now.totalFen &&
  seen.poolFen === now.poolFen &&
  seen.envelopes.length === now.envelopes.length &&
  now.envelopes.every((envelope, index) => {
    const before = seen.envelopes[index];
    return (
      before?.envelopeId === envelope.envelopeId &&
      before.name.text === envelope.name &&
      before.capFen === envelope.capFen &&
      before.roomFen === envelope.roomFen
    );
  });

/** What everybody must be told before anything is decided on the books: somebody else may have booked since. */
export function fundsNews(state: MeetingState, { funds }: FundsFact): readonly Draft[] {
  const seen = state.money.funds;
  if (seen.length === funds.length && funds.every((fund, index) => sameFund(seen[index], fund))) return [];
  const said = funds.map((fund) => ({
    ...fund,
    name: official(fund.name),
    envelopes: fund.envelopes.map((envelope) => ({ ...envelope, name: official(envelope.name) })),
  }));
  return [draft('FundsRead', { funds: said })];
}

/** [B10] What the announcement of a passed motion books, or why it books nothing. Nothing at all for a motion that awards nothing. */
export function bookingDrafts(
  motion: Motion,
  pollId: string,
  { funds: fact, projectHoldsFen = 0 }: Facts,
  newId: () => string,
): readonly Draft[] {
  const { motionId, envelopeId, amountFen } = motion;
  if (envelopeId === undefined || amountFen === null || !fact) return [];
  for (const fund of fact.funds) {
    const envelope = fund.envelopes.find((each) => each.envelopeId === envelopeId);
    if (!envelope) continue;
    const { fundId, poolFen } = fund;
    const { short, roomFen } = awardFit({ roomFen: envelope.roomFen, poolFen }, amountFen);
    const of = { motionId, pollId, fundId, envelopeId, amountFen };
    const why = projectHoldsFen > 0 ? 'awarded' : short;
    if (why !== null) return [draft('AwardNotBooked', { ...of, short: why, roomFen, poolFen })];
    const left = { roomFen: roomFen - amountFen, poolFen: poolFen - amountFen };
    return [draft('AwardBooked', { ...of, ...left, awardId: newId(), projectId: motion.projectId ?? null })];
  }
  return [];
}

/** [B11] What a corrected result changes in the books: `outcome` is the motion's new one. */
export function correctionDrafts(
  state: MeetingState,
  motion: Motion,
  pollId: string,
  outcome: 'passed' | 'failed' | null,
  facts: Facts,
  newId: () => string,
): readonly Draft[] {
  const { award, motionId, envelopeId = '' } = motion;
  if (outcome === 'passed') return award?.status === 'booked' ? [] : bookingDrafts(motion, pollId, facts, newId);
  const fact = facts.funds;
  const found = envelopeAt(state, envelopeId);
  if (award?.status !== 'booked' || !found || !fact) return [];
  const { awardId, amountFen } = award;
  const releasedFen = Math.min(amountFen, fact.reservedFen[awardId] ?? 0);
  const fund = fact.funds.find(({ fundId }) => fundId === found.fund.fundId);
  const room = fund?.envelopes.find((each) => each.envelopeId === envelopeId)?.roomFen ?? found.envelope.roomFen;
  return [
    draft('AwardReleased', {
      motionId,
      pollId,
      awardId,
      fundId: found.fund.fundId,
      envelopeId,
      releasedFen,
      keptFen: amountFen - releasedFen,
      roomFen: room + releasedFen,
      poolFen: (fund?.poolFen ?? found.fund.poolFen) + releasedFen,
    }),
  ];
}

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

const withLeft = (state: MeetingState, { fundId, envelopeId, roomFen, poolFen }: Left): MeetingState => ({
  ...state,
  money: {
    funds: state.money.funds.map((fund) =>
      fund.fundId === fundId
        ? {
            ...fund,
            poolFen,
            envelopes: fund.envelopes.map((each) => (each.envelopeId === envelopeId ? { ...each, roomFen } : each)),
          }
        : fund,
    ),
  },
});

const withAward = (state: MeetingState, motionId: string, award: AwardOfMotion): MeetingState =>
  withMotion(state, motionId, () => ({ award }));

export const awardFolders: Folders<AwardEvents> = {
  FundsRead: (state, { payload }) => ({ ...state, money: { funds: payload.funds } }),
  AwardBooked: (state, { payload }) =>
    withAward(withLeft(state, payload), payload.motionId, {
      status: 'booked',
      awardId: payload.awardId,
      amountFen: payload.amountFen,
    }),
  AwardNotBooked: (state, { payload: { motionId, amountFen, short, ...left } }) =>
    withAward(withLeft(state, left), motionId, {
      status: 'not_booked',
      amountFen,
      short,
      roomFen: left.roomFen,
      poolFen: left.poolFen,
    }),
  AwardReleased: (state, { payload: { motionId, awardId, releasedFen, keptFen, ...left } }) =>
    withAward(withLeft(state, left), motionId, { status: 'released', awardId, releasedFen, keptFen }),
};
