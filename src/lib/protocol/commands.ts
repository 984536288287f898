// Commands parsed from unknown JSON, one schema per type; the compiler checks that each yields exactly the law's own type. Server side only.
import * as v from 'valibot';
import { callVoters, type CountOutcome } from '#lib/domain/meeting/allocation.ts';
import { itemKinds, listings, ownersMatters } from '#lib/domain/meeting/agenda.ts';
import type { Command, CommandType } from '#lib/domain/meeting/commands.ts';
import { outcomes, positions } from '#lib/domain/meeting/consensus.ts';
import { stances } from '#lib/domain/meeting/floor.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** Bounded here against abuse; the law bounds each text to its own length. */
const text = v.pipe(v.string(), v.maxLength(8000));
const mode = v.picklist(['hall', 'remote']);
const instantMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const spanMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(86_400_000));
const fen = v.nullable(v.pipe(v.number(), v.safeInteger()));
const minutes = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1440));
const callLink = v.nullable(v.pipe(v.string(), v.maxLength(500), v.url(), v.regex(/^https?:\/\//)));
/** Whether it is a day of the calendar the law says. */
const day = v.pipe(v.string(), v.maxLength(10));
const owing = { ownerPersonId: v.nullable(id), ownerName: text, dueOn: day };
const describing = { title: text, place: text, startsAt: instantMs, plannedMinutes: minutes, callLink };

const wallCell = { tableId: id, round: v.number() };
const dotCounts = v.pipe(v.record(id, v.number()), v.maxEntries(200));

/** Bounded here against abuse; whether it is sound the law says, with a sentence. */
const money = v.number();
const limit = v.nullable(v.number());
const call = v.strictObject({
  itemId: v.nullable(id),
  title: text,
  budgetFen: money,
  projects: v.pipe(
    v.array(
      v.strictObject({
        id: v.pipe(v.string(), v.maxLength(64)),
        name: text,
        costFen: money,
        envelopeId: v.optional(v.pipe(v.string(), v.maxLength(64))),
        variantGroup: v.optional(v.pipe(v.string(), v.maxLength(64))),
        projectId: v.optional(id),
        tiedSeatIds: v.pipe(v.array(id), v.maxLength(1000)),
      }),
    ),
    v.maxLength(500),
  ),
  envelopes: v.pipe(
    v.array(
      v.strictObject({
        id: v.pipe(v.string(), v.maxLength(64)),
        name: text,
        capFen: money,
        envelopeId: v.optional(id),
      }),
    ),
    v.maxLength(50),
  ),
  terms: v.variant('kind', [
    v.strictObject({ kind: v.literal('approve'), atMost: limit, withinBudget: v.boolean() }),
    v.strictObject({ kind: v.literal('points'), total: v.number(), atMostEach: limit }),
    v.strictObject({ kind: v.literal('rank'), atMost: limit }),
  ]),
  ties: v.variant('kind', [
    v.strictObject({ kind: v.picklist(['id', 'lower-cost', 'more-votes']) }),
    v.strictObject({ kind: v.literal('draw'), seed: v.pipe(v.string(), v.maxLength(200)) }),
  ]),
  ruleId: id,
  voters: v.picklist(callVoters),
});

const schemas: { [Type in CommandType]: v.GenericSchema<unknown, Extract<Command, { type: Type }>> } = {
  draftMeeting: v.strictObject({
    type: v.literal('draftMeeting'),
    format: id,
    joinCode: v.pipe(v.string(), v.regex(/^\d{6}$/)),
    practice: v.boolean(),
    ...describing,
  }),
  describeMeeting: v.strictObject({ type: v.literal('describeMeeting'), ...describing }),
  conveneMeeting: v.strictObject({
    type: v.literal('conveneMeeting'),
    rulePackId: id,
    shortNoticeReason: v.nullable(text),
    agendaSeq: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0)))),
  }),
  openCheckIn: v.strictObject({ type: v.literal('openCheckIn') }),
  openSession: v.strictObject({ type: v.literal('openSession') }),
  callRecess: v.strictObject({ type: v.literal('callRecess') }),
  resumeSession: v.strictObject({ type: v.literal('resumeSession') }),
  adjournMeeting: v.strictObject({ type: v.literal('adjournMeeting'), leaveUnfinished: v.boolean() }),
  cancelMeeting: v.strictObject({ type: v.literal('cancelMeeting'), reason: text }),

  adoptAgenda: v.strictObject({ type: v.literal('adoptAgenda') }),
  proposeAgendaChange: v.strictObject({
    type: v.literal('proposeAgendaChange'),
    change: v.variant('kind', [
      v.strictObject({
        kind: v.literal('add'),
        title: text,
        itemKind: v.picklist(itemKinds),
        minutes,
        afterItemId: v.nullable(id),
      }),
      v.strictObject({ kind: v.literal('remove'), itemId: id }),
      v.strictObject({ kind: v.literal('move'), itemId: id, afterItemId: v.nullable(id) }),
    ]),
  }),
  decideAgendaChange: v.strictObject({
    type: v.literal('decideAgendaChange'),
    proposalId: id,
    adopt: v.boolean(),
  }),
  openItem: v.strictObject({ type: v.literal('openItem'), itemId: id }),
  closeItem: v.strictObject({ type: v.literal('closeItem') }),
  pauseItem: v.strictObject({ type: v.literal('pauseItem') }),
  resumeItem: v.strictObject({ type: v.literal('resumeItem') }),
  extendItem: v.strictObject({ type: v.literal('extendItem'), byMs: spanMs }),

  requestSeat: v.strictObject({ type: v.literal('requestSeat'), seatId: id, mode }),
  admitSeat: v.strictObject({ type: v.literal('admitSeat'), requestId: id }),
  declineSeat: v.strictObject({ type: v.literal('declineSeat'), requestId: id, reason: text }),
  takeSeat: v.strictObject({
    type: v.literal('takeSeat'),
    seatId: id,
    mode,
    way: v.picklist(['password', 'passkey', 'slip', 'admitted', 'helper']),
  }),
  recordDeparture: v.strictObject({ type: v.literal('recordDeparture'), seatId: id }),
  changeMode: v.strictObject({ type: v.literal('changeMode'), seatId: id, mode }),
  recordLeave: v.strictObject({ type: v.literal('recordLeave'), seatId: id, reason: text }),
  withdrawLeave: v.strictObject({ type: v.literal('withdrawLeave'), seatId: id }),
  loseConnection: v.strictObject({ type: v.literal('loseConnection'), seatId: id }),
  regainConnection: v.strictObject({ type: v.literal('regainConnection'), seatId: id }),
  grantProxy: v.strictObject({ type: v.literal('grantProxy'), seatId: id, holderSeatId: id }),
  withdrawProxy: v.strictObject({ type: v.literal('withdrawProxy'), seatId: id }),

  askToSpeak: v.strictObject({ type: v.literal('askToSpeak'), seatId: id, stance: v.picklist(stances) }),
  raisePointOfOrder: v.strictObject({ type: v.literal('raisePointOfOrder'), seatId: id }),
  withdrawRequest: v.strictObject({ type: v.literal('withdrawRequest'), requestId: id }),
  giveFloor: v.strictObject({ type: v.literal('giveFloor'), requestId: id, overrideReason: v.nullable(text) }),
  callPresenter: v.strictObject({ type: v.literal('callPresenter'), seatId: id }),
  pauseSpeech: v.strictObject({ type: v.literal('pauseSpeech') }),
  resumeSpeech: v.strictObject({ type: v.literal('resumeSpeech') }),
  extendSpeech: v.strictObject({ type: v.literal('extendSpeech'), byMs: spanMs }),
  endSpeech: v.strictObject({ type: v.literal('endSpeech') }),

  moveMotion: v.strictObject({
    type: v.literal('moveMotion'),
    seatId: id,
    title: text,
    text,
    amountFen: fen,
    ownersMatter: v.picklist(ownersMatters),
    listing: v.nullable(v.picklist(listings)),
    renewsMotionId: v.nullable(id),
  }),
  putItemMotion: v.strictObject({ type: v.literal('putItemMotion') }),
  secondMotion: v.strictObject({ type: v.literal('secondMotion'), motionId: id, seatId: id }),
  stateMotion: v.strictObject({ type: v.literal('stateMotion'), motionId: id }),
  openDebate: v.strictObject({ type: v.literal('openDebate') }),
  moveAmendment: v.strictObject({ type: v.literal('moveAmendment'), seatId: id, text, amountFen: fen }),
  secondAmendment: v.strictObject({ type: v.literal('secondAmendment'), amendmentId: id, seatId: id }),
  withdrawAmendment: v.strictObject({ type: v.literal('withdrawAmendment'), amendmentId: id }),
  reduceAmount: v.strictObject({
    type: v.literal('reduceAmount'),
    amountFen: v.pipe(v.number(), v.safeInteger()),
    reason: text,
  }),
  withdrawMotion: v.strictObject({ type: v.literal('withdrawMotion'), motionId: id, reason: text }),
  referMotion: v.strictObject({ type: v.literal('referMotion'), motionId: id, reason: text }),
  declareRecusal: v.strictObject({ type: v.literal('declareRecusal'), motionId: id, seatId: id, reason: text }),
  liftRecusal: v.strictObject({ type: v.literal('liftRecusal'), motionId: id, seatId: id }),

  openPoll: v.strictObject({
    type: v.literal('openPoll'),
    subject: v.variant('kind', [
      v.strictObject({ kind: v.literal('motion') }),
      v.strictObject({ kind: v.literal('amendment') }),
      v.strictObject({
        kind: v.literal('question'),
        question: text,
        options: v.pipe(v.array(text), v.minLength(2), v.maxLength(12)),
        voters: v.optional(v.literal('residents')),
        form: v.optional(v.literal('appraisal')),
      }),
      v.strictObject({ kind: v.literal('allocation'), callId: id }),
    ]),
    secrecy: v.nullable(v.picklist(['named', 'hidden'])),
    plannedMs: v.nullable(spanMs),
  }),
  closePoll: v.strictObject({ type: v.literal('closePoll'), pollId: id }),
  announceResult: v.strictObject({ type: v.literal('announceResult'), pollId: id }),
  voidPoll: v.strictObject({ type: v.literal('voidPoll'), pollId: id, reason: text }),
  supersedeResult: v.strictObject({ type: v.literal('supersedeResult'), pollId: id, sheetId: id }),

  putCall: v.strictObject({ type: v.literal('putCall'), callId: v.nullable(id), call }),
  withdrawCall: v.strictObject({ type: v.literal('withdrawCall'), callId: id }),
  declareTie: v.strictObject({
    type: v.literal('declareTie'),
    callId: id,
    projectId: id,
    seatId: id,
    reason: text,
  }),
  /** Only the program itself may say it: what is in it is its own. */
  recordCount: v.strictObject({
    type: v.literal('recordCount'),
    pollId: id,
    outcome: v.custom<CountOutcome>((value) => typeof value === 'object' && value !== null && 'kind' in value),
  }),

  bringQuestion: v.strictObject({ type: v.literal('bringQuestion'), questionId: id, seatId: id }),
  answerQuestion: v.strictObject({ type: v.literal('answerQuestion'), questionId: id, answer: text }),
  sumQuestions: v.strictObject({ type: v.literal('sumQuestions') }),

  enterStage: v.strictObject({
    type: v.literal('enterStage'),
    stage: id,
    allowedMs: v.nullable(spanMs),
    reason: v.nullable(text),
  }),
  extendStage: v.strictObject({ type: v.literal('extendStage'), byMs: spanMs }),
  enterParticipant: v.strictObject({
    type: v.literal('enterParticipant'),
    name: text,
    zone: v.nullable(text),
    channel: mode,
    assisted: v.boolean(),
  }),
  leaveParticipant: v.strictObject({ type: v.literal('leaveParticipant'), participantId: id }),
  statePosition: v.strictObject({
    type: v.literal('statePosition'),
    seatId: id,
    position: v.picklist(positions),
    text,
  }),
  concludeItem: v.strictObject({
    type: v.literal('concludeItem'),
    outcome: v.picklist(outcomes),
    text,
    amountFen: fen,
    ...owing,
  }),
  withdrawConclusion: v.strictObject({ type: v.literal('withdrawConclusion'), itemId: id, reason: text }),
  putMinutes: v.strictObject({ type: v.literal('putMinutes') }),
  takeMinutesBack: v.strictObject({ type: v.literal('takeMinutesBack'), reason: text }),
  countersign: v.strictObject({
    type: v.literal('countersign'),
    seatId: id,
    digest: id,
    statement: v.picklist(['agreed', 'reserved']),
    text,
    way: v.picklist(['phone', 'paper']),
  }),
  recordUnsigned: v.strictObject({ type: v.literal('recordUnsigned'), partyId: id, reason: text }),

  setFollowUp: v.strictObject({ type: v.literal('setFollowUp'), itemId: v.nullable(id), text, ...owing }),
  settleFollowUp: v.strictObject({
    type: v.literal('settleFollowUp'),
    followUpId: id,
    outcome: v.picklist(['done', 'extended']),
    dueOn: v.nullable(day),
    note: text,
  }),

  setUpSpace: v.strictObject({
    type: v.literal('setUpSpace'),
    theme: text,
    principles: v.pipe(v.array(text), v.maxLength(20)),
    law: text,
    tables: v.pipe(
      v.array(
        v.strictObject({
          tableId: v.nullable(id),
          name: text,
          place: text,
          capacity: v.nullable(v.number()),
          link: v.nullable(text),
        }),
      ),
      v.maxLength(50),
    ),
    rounds: v.number(),
    roundMinutes: v.number(),
    way: v.picklist(['all', 'shortlist']),
    dotsPerPerson: v.number(),
    dotsPerTopic: v.number(),
  }),
  proposeTopic: v.strictObject({ type: v.literal('proposeTopic'), participantId: id, title: text }),
  withdrawTopic: v.strictObject({ type: v.literal('withdrawTopic'), topicId: id }),
  showInterest: v.strictObject({
    type: v.literal('showInterest'),
    participantId: id,
    topicId: id,
    interested: v.boolean(),
  }),
  proposeMerge: v.strictObject({ type: v.literal('proposeMerge'), topicId: id, intoTopicId: id }),
  answerMerge: v.strictObject({
    type: v.literal('answerMerge'),
    mergeId: id,
    participantId: id,
    consent: v.boolean(),
  }),
  shortlistTopics: v.strictObject({
    type: v.literal('shortlistTopics'),
    topicIds: v.pipe(v.array(id), v.maxLength(200)),
  }),
  placeTopic: v.strictObject({
    type: v.literal('placeTopic'),
    topicId: id,
    ...wallCell,
    from: v.nullable(v.strictObject(wallCell)),
    swap: v.boolean(),
  }),
  takeDownTopic: v.strictObject({ type: v.literal('takeDownTopic'), topicId: id, from: v.strictObject(wallCell) }),
  arrangeWall: v.strictObject({ type: v.literal('arrangeWall') }),
  chooseTable: v.strictObject({
    type: v.literal('chooseTable'),
    participantId: id,
    round: v.number(),
    topicId: v.nullable(id),
  }),
  startRound: v.strictObject({ type: v.literal('startRound'), round: v.number(), allowedMs: spanMs }),
  endRound: v.strictObject({ type: v.literal('endRound') }),
  takeRecord: v.strictObject({ type: v.literal('takeRecord'), participantId: id, topicId: id }),
  callReport: v.strictObject({ type: v.literal('callReport'), topicId: v.nullable(id) }),
  openDots: v.strictObject({ type: v.literal('openDots') }),
  placeDots: v.strictObject({ type: v.literal('placeDots'), participantId: id, dots: dotCounts }),
  enterPaperDots: v.strictObject({
    type: v.literal('enterPaperDots'),
    people: v.number(),
    counts: dotCounts,
    unused: v.number(),
  }),
  settlePaperDots: v.strictObject({ type: v.literal('settlePaperDots'), sheetId: id, confirm: v.boolean() }),
  closeDots: v.strictObject({ type: v.literal('closeDots') }),
  reopenDots: v.strictObject({ type: v.literal('reopenDots'), reason: text }),
  commitTo: v.strictObject({
    type: v.literal('commitTo'),
    participantId: id,
    topicId: id,
    owner: text,
    action: text,
    dueDay: v.pipe(v.string(), v.maxLength(20)),
  }),
  dropCommitment: v.strictObject({ type: v.literal('dropCommitment'), commitmentId: id }),
  followUpCommitment: v.strictObject({
    type: v.literal('followUpCommitment'),
    commitmentId: id,
    done: v.boolean(),
    note: text,
  }),
  sayWord: v.strictObject({ type: v.literal('sayWord'), participantId: id, word: text }),
  lineUpRepresentatives: v.strictObject({ type: v.literal('lineUpRepresentatives') }),
  announceHearing: v.strictObject({
    type: v.literal('announceHearing'),
    matter: text,
    how: text,
    places: v.pipe(v.array(v.strictObject({ key: id, name: text, seats: v.number() })), v.maxLength(100)),
    enrolBy: instantMs,
    publicSource: text,
    publicKnownAt: instantMs,
    commitment: v.pipe(v.string(), v.maxLength(64)),
  }),
  sealEnrolment: v.strictObject({ type: v.literal('sealEnrolment') }),
  drawRepresentatives: v.strictObject({ type: v.literal('drawRepresentatives'), publicValue: text }),
  addCaption: v.strictObject({ type: v.literal('addCaption'), text, speakerId: v.nullable(id) }),
  withdrawCaption: v.strictObject({ type: v.literal('withdrawCaption'), captionId: id }),
  publishReport: v.strictObject({ type: v.literal('publishReport') }),
};

/** [C1] The command, or a refusal naming the field that is wrong. */
export function parseCommand(value: unknown): Command | Refusal {
  const type = (value as { type?: unknown } | null)?.type;
  const schema =
    typeof type === 'string' && Object.prototype.hasOwnProperty.call(schemas, type)
      ? schemas[type as CommandType]
      : null;
  if (!schema) return refuse('C1', 'command-malformed', { field: 'type' });
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  return refuse('C1', 'command-malformed', { field: v.getDotPath(parsed.issues[0]) ?? '' });
}

const ask = {
  join: v.strictObject({
    version: v.number(),
    meetingId: id,
    since: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    screen: v.optional(v.boolean(), false),
  }),
  act: v.strictObject({ meetingId: id, commandId: id, command: v.unknown() }),
  cast: v.strictObject({ meetingId: id, pollId: id, seatId: id, castId: id, choice: v.unknown() }),
  sheet: v.strictObject({
    meetingId: id,
    pollId: id,
    sheetId: id,
    kind: v.picklist(['paper', 'paper_bundle', 'hand_count']),
    seatIds: v.pipe(v.array(id), v.maxLength(1000)),
    content: v.union([
      v.strictObject({ choice: v.unknown() }),
      v.strictObject({ spoiled: v.literal(true) }),
      v.strictObject({
        choices: v.pipe(v.array(v.unknown()), v.maxLength(1000)),
        spoiled: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000)),
      }),
      v.strictObject({
        counts: v.record(id, v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000))),
        spoiled: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000)),
      }),
    ]),
    replaces: v.nullable(id),
    reason: v.nullable(text),
  }),
  settle: v.strictObject({ meetingId: id, sheetId: id, confirm: v.boolean() }),
  question: v.strictObject({ meetingId: id, sentId: id, text }),
  support: v.strictObject({ meetingId: id, questionId: id, support: v.boolean() }),
  moderate: v.strictObject({ meetingId: id, questionId: id, show: v.boolean(), reason: v.nullable(text) }),
  slipCast: v.strictObject({ pollId: id, castId: id, choice: v.unknown() }),
  leave: v.strictObject({ meetingId: id }),
  lift: v.strictObject({ meetingId: id, topicId: v.nullable(id) }),
} as const;

export type AskName = keyof typeof ask;
export type Asked<Name extends AskName> = v.InferOutput<(typeof ask)[Name]>;

/** [C1] A socket message or form as typed, or a refusal. */
export function parseAsk<Name extends AskName>(name: Name, value: unknown): Asked<Name> | Refusal {
  const parsed = v.safeParse(ask[name], value);
  if (parsed.success) return parsed.output as Asked<Name>;
  return refuse('C1', 'command-malformed', { field: v.getDotPath(parsed.issues[0]) ?? '' });
}
