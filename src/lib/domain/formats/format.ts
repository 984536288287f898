// What a meeting format is: one object in one file. Adding one: write the file, add one line to `formats` in index.ts.
import type { CommandType } from '#lib/domain/meeting/commands.ts';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type {
  AppraisalTerms,
  FloorCriterion,
  HearingTerms,
  MajorityRule,
  QuorumRule,
  SigningTerms,
} from '#lib/domain/meeting/rules.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';

export interface MeetingFormat {
  readonly id: string;
  /** Commands this format knows at all; any other is refused. */
  readonly commands: readonly CommandType[];
  /** Ids of the stages a session goes through, in order; the first is entered when it opens. None where an agenda leads it. */
  readonly stages: readonly string[];
  /** [L8] Commands that are possible in these stages only. What is not named here the slices themselves judge. */
  readonly onlyIn: Partial<Record<CommandType, readonly string[]>>;
  /** True where nobody sits for anybody: convened without a voting seat, and its roster has none. */
  readonly seatless: boolean;
  /** True where stages lead and no agenda is adopted: convened without an item. */
  readonly agendaless: boolean;
  /** Who is listed beside the seats: nobody, everybody who joins, or only who asks to be heard. */
  readonly participants: {
    readonly joining: 'everybody' | 'on_request';
    /** Who reads their names whole; others read them masked. */
    readonly names: 'everyone' | 'members';
  } | null;
  /** Strongest criterion first; what a new rule pack for this format starts from. */
  readonly floorOrder: readonly FloorCriterion[];
  readonly quorum: QuorumRule | null;
  readonly majority: MajorityRule | null;
  readonly binding: boolean;
  /** [T4] Who signs the minutes. Where parties countersign, no pack says otherwise; elsewhere a new pack starts from it. */
  readonly signing: SigningTerms;
  /** What must be so in this format before a command is even looked at; the slices ask everything else. */
  readonly guards?: Readonly<Partial<Record<CommandType, (state: MeetingState) => Refusal | null>>>;
  /** Where residents write opinions that are answered: what a new pack starts from. */
  readonly hearing?: HearingTerms;
  /** Where forms by a scale are given out: what a new pack starts from. */
  readonly appraisal?: AppraisalTerms;
}

export const gatheringWithoutSeats = [
  'draftMeeting',
  'describeMeeting',
  'conveneMeeting',
  'cancelMeeting',
  'openCheckIn',
  'openSession',
  'callRecess',
  'resumeSession',
  'adjournMeeting',
  'setFollowUp',
  'settleFollowUp',
] as const satisfies readonly CommandType[];

export const stageCommands = ['enterStage', 'extendStage'] as const satisfies readonly CommandType[];

export const participantCommands = ['enterParticipant', 'leaveParticipant'] as const satisfies readonly CommandType[];

export const gatheringCommands = [
  ...gatheringWithoutSeats,
  'requestSeat',
  'admitSeat',
  'declineSeat',
  'takeSeat',
  'recordDeparture',
  'changeMode',
  'recordLeave',
  'withdrawLeave',
  'loseConnection',
  'regainConnection',
  'bringQuestion',
  'answerQuestion',
  'sumQuestions',
] as const satisfies readonly CommandType[];

export const agendaCommands = [
  'adoptAgenda',
  'proposeAgendaChange',
  'decideAgendaChange',
  'openItem',
  'closeItem',
  'pauseItem',
  'resumeItem',
  'extendItem',
] as const satisfies readonly CommandType[];

export const floorCommands = [
  'askToSpeak',
  'raisePointOfOrder',
  'withdrawRequest',
  'giveFloor',
  'callPresenter',
  'pauseSpeech',
  'resumeSpeech',
  'extendSpeech',
  'endSpeech',
] as const satisfies readonly CommandType[];

export const hearingCommands = [
  'announceHearing',
  'sealEnrolment',
  'drawRepresentatives',
  'lineUpRepresentatives',
  'addCaption',
  'withdrawCaption',
  'publishReport',
] as const satisfies readonly CommandType[];

/** Asking without deciding: a format that knows no motions still may. */
export const strawPollCommands = [
  'openPoll',
  'closePoll',
  'announceResult',
  'voidPoll',
  'supersedeResult',
] as const satisfies readonly CommandType[];

export const votingCommands = [
  'grantProxy',
  'withdrawProxy',
  'moveMotion',
  'putItemMotion',
  'secondMotion',
  'stateMotion',
  'openDebate',
  'moveAmendment',
  'secondAmendment',
  'withdrawAmendment',
  'reduceAmount',
  'withdrawMotion',
  'referMotion',
  'declareRecusal',
  'liftRecusal',
  'openPoll',
  'closePoll',
  'announceResult',
  'voidPoll',
  'supersedeResult',
  'putCall',
  'withdrawCall',
  'declareTie',
  'recordCount',
] as const satisfies readonly CommandType[];

/** Parties that agree instead of voting, and sign what they agreed. */
export const consensusCommands = [
  'statePosition',
  'concludeItem',
  'withdrawConclusion',
  'putMinutes',
  'takeMinutesBack',
  'countersign',
  'recordUnsigned',
] as const satisfies readonly CommandType[];
