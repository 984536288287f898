// What a decision needs to know that is not in the meeting's own log: read by the office under the right locks before deciding.
// A command declares its facts in `factsNeeded`; the office reads no others.
import type { AgendaItemSaid } from './agenda.ts';
import type { FundsFact } from './awards.ts';
import type { MatterFact } from './consensus.ts';
import type { FollowUpFact } from './follow-ups.ts';
import type { EnrolmentFact, ReportFact } from './hearing.ts';
import type { RosterFact } from './lifecycle.ts';
import type { PollFact, SheetFact } from './poll-state.ts';
import type { QuestionFact, QuestionsSummary } from './questions.ts';
import type { RulePack } from './rules.ts';

export interface Facts {
  /** People, sectors and seats as they stand in the council now. */
  readonly roster?: RosterFact;
  readonly rulePack?: RulePack | null;
  /** The drafted agenda as it stands in its shared document. */
  readonly agenda?: readonly AgendaItemSaid[];
  /** How many changes that document had taken by then. */
  readonly agendaSeq?: number;
  /** The counted ballots of the poll the command names, read under its exclusive lock. */
  readonly poll?: PollFact | null;
  readonly sheet?: SheetFact | null;
  readonly question?: QuestionFact | null;
  readonly questionsSummary?: QuestionsSummary;
  /** What the meeting's council has open. */
  readonly followUps?: readonly FollowUpFact[];
  /** What the item to be opened was made of; null for one that was only written. */
  readonly matter?: MatterFact | null;
  /** Who enrolled to represent, under the meeting's lock; null where no hearing was announced. */
  readonly enrolment?: EnrolmentFact | null;
  /** What the report of a hearing says. */
  readonly report?: ReportFact | null;
  /** The books of the funds the agenda draws on; under their lock where the command may book. */
  readonly funds?: FundsFact;
  /** [B12] What the project of the motion holds already, wherever it is; 0 for none, and for a motion about no project. Under its lock where the command may book. */
  readonly projectHoldsFen?: number;
  /** Seats with an interest in the project the motion is about, with the reason on file. */
  readonly tied?: readonly { readonly seatId: string; readonly reason: string }[];
}

export type FactName = keyof Facts;
