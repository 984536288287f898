// What a vote is: the frame that must not change while people vote, what its count gives, what the office knows of its ballots. Rules [V…].
// poll-opening.ts opens one, casting.ts says who may cast, poll-count.ts counts, poll.ts closes, announces and corrects.
import type { CallVoters } from './allocation.ts';
import type { MajorityRule } from './rules.ts';
import type { Said, Sealed, Words } from './words.ts';

export const ballotChannels = ['phone', 'assisted', 'paper', 'hand_count'] as const;
export type BallotChannel = (typeof ballotChannels)[number];

export type PollSubject =
  | { readonly kind: 'motion'; readonly motionId: string }
  | { readonly kind: 'amendment'; readonly motionId: string; readonly amendmentId: string }
  | { readonly kind: 'question' }
  | { readonly kind: 'allocation'; readonly callId: string };

/** Everything that must not change while people vote. */
export interface PollFrameSaid {
  readonly pollId: string;
  /** `straw` (意向摸底) is never a decision. */
  readonly kind: 'formal' | 'straw';
  readonly subject: PollSubject;
  readonly question: Said;
  readonly method: string;
  readonly config: unknown;
  readonly secrecy: 'named' | 'hidden';
  /** Voting seats present and not recused when the vote opened. */
  readonly electorate: readonly string[];
  readonly majority: MajorityRule | null;
  /** Base and threshold at opening; a recusal or an unvoted departure lowers the base at close. */
  readonly base: number;
  readonly threshold: number | null;
  readonly present: number;
  readonly quorumNeeded: number;
  readonly recusedSeatIds: readonly string[];
  /** What the clock on the screens counts to; the vote is closed by a person, not by the clock. */
  readonly plannedMs: number | null;
  readonly amountFen: number | null;
  /** Only for an allocation: how its ballots are counted, and who casts them. The call itself is the method's config. */
  readonly allocation?: { readonly ruleId: string; readonly voters: CallVoters };
  /** [H11] Only for a straw poll of residents: no seat votes, one choice a device or enrolment. Areas with fewer answers are not shown by themselves. */
  readonly residents?: { readonly leastInArea: number };
}
export type PollFrame = Sealed<PollFrameSaid>;

export interface PollResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly base: number;
  readonly threshold: number | null;
  readonly present: number;
  readonly quorumNeeded: number;
  readonly electorate: number;
  readonly voted: number;
  /** Returned but not valid: counted in the turnout and in the base, for no option. */
  readonly spoiled: number;
  readonly notVoted: number;
  readonly recusedSeatIds: readonly string[];
  /** Turnout by channel, never choices by channel. */
  readonly channels: Readonly<Record<BallotChannel, number>>;
  readonly outcome: 'passed' | 'failed' | 'void_no_quorum' | 'not_binding';
  /** [H12] Only for a straw poll of residents: by area, `null` for paper, unknown and small areas together. */
  readonly areas?: readonly AreaCounts[];
  /** seat → choice where names are shown and the choice is one seat's own; null where names are hidden. */
  readonly choices: Readonly<Record<string, unknown>> | null;
}

export interface AreaCounts {
  readonly area: string | null;
  readonly answered: number;
  readonly counts: Readonly<Record<string, number>>;
}

export interface Poll {
  readonly frame: PollFrame;
  readonly stage: 'open' | 'closed' | 'announced' | 'voided';
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly announcedAt: number | null;
  readonly result: PollResult | null;
  /** Earlier versions of the result, oldest first; kept for ever. */
  readonly superseded: readonly { readonly result: PollResult; readonly reason: Words; readonly at: number }[];
  readonly voidReason: Words | null;
}

export interface PollsState {
  readonly byId: Readonly<Record<string, Poll>>;
  readonly order: readonly string[];
  readonly openId: string | null;
}

/** The counted ballots of a poll, none of a seat recused since it opened, read under its exclusive lock. The same shape before and after names are unlinked. */
export interface PollFact {
  readonly turnout: readonly { readonly seatId: string; readonly channel: BallotChannel }[];
  readonly choices: readonly unknown[];
  readonly choicesBySeat: Readonly<Record<string, unknown>> | null;
  /** What residents chose on their devices; empty but in a poll of residents. */
  readonly answers?: readonly { readonly choice: string; readonly area: string | null }[];
  /** Confirmed unlinked counts: hidden paper and raised hands. */
  readonly bundles: readonly {
    readonly channel: 'paper' | 'hand_count';
    readonly counts: Readonly<Record<string, number>>;
  }[];
  /** Confirmed papers that are not valid. */
  readonly spoiled: number;
  /** Sheets entered but not yet confirmed by a second person. */
  readonly unsettledSheets: number;
}

export interface SheetFact {
  readonly sheetId: string;
  readonly pollId: string;
  readonly confirmed: boolean;
  readonly reason: string;
}

/** [V6] Fewer cannot hide among each other. */
export const fewestToHide = 5;
