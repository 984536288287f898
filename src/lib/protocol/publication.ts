// What everybody may read of a published decision, once for both ends: pages, papers, feeds and open data are all made of it. It holds names only as
// they may be shown, and no id of a person.
import type { PollResult, PollFrame } from '#lib/domain/meeting/poll-state.ts';
import type { MotionStage } from '#lib/domain/meeting/motion-state.ts';
import type { Returns } from '#lib/domain/appraisal/returns.ts';
import type { PublishedAttendance } from '#lib/domain/meeting/published.ts';
import type { ProjectState } from '#lib/domain/projects/states.ts';
import type { PublicationKind } from '#lib/domain/publication/publication.ts';

export interface Figures {
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  readonly base: number;
  readonly threshold: number | null;
  readonly present: number;
  readonly quorumNeeded: number;
  readonly voted: number;
  readonly recused: number;
  readonly outcome: PollResult['outcome'];
  readonly secrecy: PollFrame['secrecy'];
  readonly announcedAt: number | null;
  /** How often its count was corrected before this one. */
  readonly corrected: number;
}

export interface DecisionLine {
  readonly motionId: string;
  readonly title: string;
  readonly text: string;
  readonly projectId: string | null;
  readonly projectCode: string | null;
  readonly organisation: string;
  readonly stage: MotionStage;
  readonly amountFen: number | null;
  readonly contractLocked: boolean;
  readonly closingReason: string;
  readonly figures: Figures | null;
}

export interface FundedLine {
  readonly pollId: string;
  readonly question: string;
  readonly winners: readonly { readonly name: string; readonly costFen: number }[];
  readonly costFen: number;
  readonly remainderFen: number;
  readonly ballots: number;
}

export interface SignerLine {
  readonly name: string;
  /** As whom: chair or secretary, else for which sector. */
  readonly office: 'chair' | 'secretary' | null;
  readonly sector: string;
  readonly statement: 'agree' | 'reserve' | 'refuse';
  /** `key`: with a passkey or a device's key. */
  readonly way: 'key' | 'paper' | 'session';
}

export interface DecisionView {
  readonly publicationId: string;
  readonly communityId: string;
  readonly community: string;
  readonly council: string;
  readonly kind: PublicationKind;
  readonly year: number;
  readonly number: number;
  readonly title: string;
  readonly publishedAt: number;
  /** Its own page, as phones reached it when it was published. */
  readonly address: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly days: number;
  readonly open: boolean;
  readonly daysLeft: number;
  readonly withdrawn: { readonly at: number; readonly reason: string } | null;
  readonly meeting: {
    readonly meetingId: string;
    readonly title: string;
    readonly place: string;
    readonly openedAt: number;
    readonly adjournedAt: number | null;
  };
  readonly attendance: PublishedAttendance & { readonly needed: number };
  readonly lines: readonly DecisionLine[];
  readonly funded: readonly FundedLine[];
  readonly asked: readonly {
    readonly question: string;
    readonly outcome: PollResult['outcome'];
    /** Of a 民主评议会: what came back. */
    readonly returns: Returns | null;
  }[];
  readonly conclusions: readonly string[];
  /** What somebody owes by a day, as the meeting set it. */
  readonly owed: readonly { readonly text: string; readonly owner: string; readonly dueOn: string }[];
  readonly contact: string;
  readonly signing: {
    readonly docHash: string;
    readonly fingerprint: string;
    readonly edition: number;
    /** The minutes were signed anew after this was published: it rests on an earlier text. */
    readonly superseded: boolean;
    readonly signers: readonly SignerLine[];
  } | null;
  readonly money: {
    readonly sources: readonly { readonly name: string; readonly givenFen: number }[];
    readonly totalFen: number;
    readonly poolFen: number;
  } | null;
  readonly objections: readonly {
    readonly raisedAt: number;
    readonly text: string | null;
    readonly answer: 'adopted' | 'partly_adopted' | 'not_adopted' | null;
    readonly answerReason: string | null;
    readonly answeredAt: number | null;
  }[];
}

export interface TrailOfDecision {
  readonly line: DecisionLine;
  readonly needs: readonly { readonly code: string; readonly title: string }[];
  readonly project: {
    readonly projectId: string;
    readonly code: string;
    readonly name: string;
    readonly status: ProjectState;
    readonly approvedFen: number | null;
  } | null;
  readonly plan: { readonly version: number; readonly submittedAt: number; readonly askedFen: number } | null;
  readonly contract: { readonly at: number; readonly number: string } | null;
  readonly midterm: { readonly at: number; readonly passed: boolean } | null;
  readonly appraisal: {
    readonly round: number;
    readonly announcedAt: number | null;
    readonly valid: number;
    /** Null where so few had an opinion that they could be told apart. */
    readonly satisfied: number | null;
    readonly opinions: number | null;
  } | null;
  readonly closedAt: number | null;
}

/** What the passed lines and the funded ones come to. */
export const totalsOf = (view: Pick<DecisionView, 'lines' | 'funded'>) => {
  const passed = view.lines.filter(({ figures }) => figures?.outcome === 'passed');
  return {
    voted: view.lines.filter(({ figures }) => figures !== null).length,
    passed: passed.length,
    failed: view.lines.filter(({ figures }) => figures?.outcome === 'failed').length,
    grantedFen:
      passed.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0) +
      view.funded.reduce((sum, { costFen }) => sum + costFen, 0),
  };
};
