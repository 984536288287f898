// Random hands doing random things at a meeting: every command type with a valid shape, ids taken from the meeting as it stands or made up.
// Called by fuzz tests of the law and of its words; the same seed gives the same meeting. It must never look at what the law would answer.
import type { Command, CommandType } from '#lib/domain/meeting/commands.ts';
import { itemKinds, listings, ownersMatters } from '#lib/domain/meeting/agenda.ts';
import { outcomes, positions } from '#lib/domain/meeting/consensus.ts';
import { followUpsIn } from '#lib/domain/meeting/follow-ups.ts';
import { stances } from '#lib/domain/meeting/floor.ts';
import { commandTypes } from './command-types.ts';
import { members, others, personOf, seatOf, sessionAt, type LawWorld, type Who } from './law-world.ts';
import type { Random } from './random.ts';

type Makers = {
  readonly [Type in CommandType]: (random: Random, world: LawWorld) => Omit<Extract<Command, { type: Type }>, 'type'>;
};

const some = (random: Random, ids: readonly string[]): string =>
  ids.length === 0 || random.below(15) === 0 ? 'nothing-of-that-name' : random.pick(ids);
const orNull = <T>(random: Random, value: T): T | null => (random.below(2) === 0 ? value : null);
const text = (random: Random): string =>
  random.below(3) > 0 ? '请尽快办理' : random.pick(['', ' ', '长'.repeat(300), '\u0000换行\n第二行']);
const mode = (random: Random) => random.pick(['hall', 'remote'] as const);
const ms = (random: Random): number => random.pick([0, 1_000, 30_000, 600_000, 90_000_000, 1.5]);
const fen = (random: Random): number | null =>
  random.below(3) > 0 ? random.pick([null, 1, 100, 5_000_000]) : random.pick([0, -5, 1.5, 2 ** 60]);
const seat = (random: Random) => some(random, [...members.map(({ id }) => seatOf(id)), seatOf(others.attendee)]);
const item = (random: Random, { state }: LawWorld) =>
  some(
    random,
    state.agenda.items.map(({ itemId }) => itemId),
  );
const motion = (random: Random, { state }: LawWorld) => some(random, state.motions.order);
const poll = (random: Random, { state }: LawWorld) => some(random, state.polls.order);
const call = (random: Random, { state }: LawWorld) => some(random, state.allocations.order);
const amendment = (random: Random, { state }: LawWorld) =>
  some(
    random,
    Object.values(state.motions.byId).flatMap(({ amendments }) => amendments.map(({ amendmentId }) => amendmentId)),
  );

const day = (random: Random): string => random.pick(['2026-05-20', '2026-06-30', '2026-02-30', '']);
const owing = (random: Random) => ({
  ownerPersonId: orNull(
    random,
    some(
      random,
      members.map(({ id }) => personOf(id)),
    ),
  ),
  ownerName: text(random),
  dueOn: day(random),
});

const participant = (random: Random, { state }: LawWorld) => some(random, state.participants.order);
const topic = (random: Random, { state }: LawWorld) => some(random, state.openSpace?.topicOrder ?? []);
const cell = (random: Random, { state }: LawWorld) => ({
  tableId: some(
    random,
    (state.openSpace?.space.tables ?? []).map(({ tableId }) => tableId),
  ),
  round: random.pick([1, 1, 2, 2, 9]),
});

const describing = (random: Random) => ({
  title: text(random),
  place: text(random),
  startsAt: sessionAt,
  plannedMinutes: random.pick([0, 1, 120, 1441]),
  callLink: random.pick([null, 'https://meeting.example.org/1', 'javascript:alert(1)']),
});

const makers: Makers = {
  draftMeeting: (random) => ({ ...describing(random), format: 'council', joinCode: '738204', practice: false }),
  describeMeeting: describing,
  conveneMeeting: (random) => ({ rulePackId: 'R1', shortNoticeReason: orNull(random, text(random)) }),
  cancelMeeting: (random) => ({ reason: text(random) }),
  openCheckIn: () => ({}),
  openSession: () => ({}),
  callRecess: () => ({}),
  resumeSession: () => ({}),
  adjournMeeting: (random) => ({ leaveUnfinished: random.below(40) === 0 }),
  adoptAgenda: () => ({}),
  proposeAgendaChange: (random, world) => ({
    change: random.pick([
      {
        kind: 'add' as const,
        title: text(random),
        itemKind: random.pick(itemKinds),
        minutes: random.pick([0, 5, 1.5]),
        afterItemId: orNull(random, item(random, world)),
      },
      { kind: 'remove' as const, itemId: item(random, world) },
      { kind: 'move' as const, itemId: item(random, world), afterItemId: orNull(random, item(random, world)) },
    ]),
  }),
  decideAgendaChange: (random, { state }) => ({
    proposalId: some(
      random,
      state.agenda.proposals.map(({ proposalId }) => proposalId),
    ),
    adopt: random.below(3) > 0,
  }),
  openItem: (random, world) => ({ itemId: item(random, world) }),
  closeItem: () => ({}),
  pauseItem: () => ({}),
  resumeItem: () => ({}),
  extendItem: (random) => ({ byMs: ms(random) }),
  requestSeat: (random) => ({ seatId: seat(random), mode: mode(random) }),
  admitSeat: (random, { state }) => ({ requestId: some(random, Object.keys(state.attendance.requests)) }),
  declineSeat: (random, { state }) => ({
    requestId: some(random, Object.keys(state.attendance.requests)),
    reason: text(random),
  }),
  takeSeat: (random) => ({ seatId: seat(random), mode: mode(random), way: random.pick(['slip', 'password'] as const) }),
  recordDeparture: (random) => ({ seatId: seat(random) }),
  changeMode: (random) => ({ seatId: seat(random), mode: mode(random) }),
  recordLeave: (random) => ({ seatId: seat(random), reason: text(random) }),
  withdrawLeave: (random) => ({ seatId: seat(random) }),
  loseConnection: (random) => ({ seatId: seat(random) }),
  regainConnection: (random) => ({ seatId: seat(random) }),
  grantProxy: (random) => ({ seatId: seat(random), holderSeatId: seat(random) }),
  withdrawProxy: (random) => ({ seatId: seat(random) }),
  askToSpeak: (random) => ({ seatId: seat(random), stance: random.pick(stances) }),
  raisePointOfOrder: (random) => ({ seatId: seat(random) }),
  withdrawRequest: (random, { state }) => ({
    requestId: some(
      random,
      state.floor.requests.map(({ requestId }) => requestId),
    ),
  }),
  giveFloor: (random, { state }) => ({
    requestId: some(
      random,
      state.floor.requests.map(({ requestId }) => requestId),
    ),
    overrideReason: orNull(random, text(random)),
  }),
  callPresenter: (random) => ({ seatId: seat(random) }),
  pauseSpeech: () => ({}),
  resumeSpeech: () => ({}),
  extendSpeech: (random) => ({ byMs: ms(random) }),
  endSpeech: () => ({}),
  moveMotion: (random, world) => ({
    seatId: seat(random),
    title: text(random),
    text: text(random),
    amountFen: fen(random),
    ownersMatter: random.pick(ownersMatters),
    listing: orNull(random, random.pick(listings)),
    renewsMotionId: orNull(random, motion(random, world)),
  }),
  putItemMotion: () => ({}),
  secondMotion: (random, world) => ({ motionId: motion(random, world), seatId: seat(random) }),
  stateMotion: (random, world) => ({ motionId: motion(random, world) }),
  openDebate: () => ({}),
  moveAmendment: (random) => ({ seatId: seat(random), text: text(random), amountFen: fen(random) }),
  secondAmendment: (random, world) => ({ amendmentId: amendment(random, world), seatId: seat(random) }),
  withdrawAmendment: (random, world) => ({ amendmentId: amendment(random, world) }),
  reduceAmount: (random) => ({ amountFen: fen(random) ?? 1, reason: text(random) }),
  withdrawMotion: (random, world) => ({ motionId: motion(random, world), reason: text(random) }),
  referMotion: (random, world) => ({ motionId: motion(random, world), reason: text(random) }),
  declareRecusal: (random, world) => ({ motionId: motion(random, world), seatId: seat(random), reason: text(random) }),
  liftRecusal: (random, world) => ({ motionId: motion(random, world), seatId: seat(random) }),
  openPoll: (random, world) => ({
    subject: random.pick([
      { kind: 'motion' as const },
      { kind: 'motion' as const },
      { kind: 'amendment' as const },
      { kind: 'question' as const, question: text(random), options: random.pick([['甲'], ['甲', '乙'], ['甲', '']]) },
      { kind: 'allocation' as const, callId: call(random, world) },
    ]),
    secrecy: random.pick([null, 'named', 'hidden'] as const),
    plannedMs: orNull(random, ms(random)),
  }),
  closePoll: (random, world) => ({ pollId: poll(random, world) }),
  announceResult: (random, world) => ({ pollId: poll(random, world) }),
  voidPoll: (random, world) => ({ pollId: poll(random, world), reason: text(random) }),
  supersedeResult: (random, world) => ({ pollId: poll(random, world), sheetId: 'sheet' }),
  putCall: (random, world) => ({
    callId: orNull(random, call(random, world)),
    call: {
      itemId: orNull(random, item(random, world)),
      title: text(random),
      budgetFen: fen(random) ?? 1_000,
      projects: random.pick([
        [],
        [
          { id: 'P1', name: '助餐', costFen: 600, tiedSeatIds: [seat(random)] },
          { id: 'P2', name: text(random), costFen: fen(random) ?? 300, tiedSeatIds: [] },
        ],
        [
          { id: 'P1', name: '助餐', costFen: 100, tiedSeatIds: [] },
          { id: 'P2', name: '补灯', costFen: 1, tiedSeatIds: [seatOf('M01')] },
        ],
      ]),
      envelopes: [],
      terms: random.pick([
        { kind: 'approve' as const, atMost: null, withinBudget: false },
        { kind: 'approve' as const, atMost: random.below(3), withinBudget: false },
        { kind: 'points' as const, total: 10, atMostEach: null },
        { kind: 'rank' as const, atMost: null },
      ]),
      ties: random.pick([{ kind: 'id' as const }, { kind: 'draw' as const, seed: text(random) }]),
      ruleId: random.pick(['greedy_votes', 'mes_cost_add1u', 'mes_points', 'no_rule']),
      voters: random.pick(['seats', 'seats', 'residents', 'both'] as const),
    },
  }),
  withdrawCall: (random, world) => ({ callId: call(random, world) }),
  declareTie: (random, world) => ({
    callId: call(random, world),
    projectId: random.pick(['P1', 'P2', 'P9']),
    seatId: seat(random),
    reason: text(random),
  }),
  recordCount: (random, world) => ({
    pollId: poll(random, world),
    outcome: random.pick([
      { kind: 'failed' as const, why: 'too-long' as const },
      { kind: 'counted' as const, counts: [] },
    ]),
  }),
  bringQuestion: (random) => ({ questionId: random.pick(['q1', 'q2']), seatId: seat(random) }),
  answerQuestion: (random) => ({ questionId: random.pick(['q1', 'q2']), answer: text(random) }),
  sumQuestions: () => ({}),
  enterStage: (random) => ({
    stage: random.pick(['opening', 'market', 'no_stage']),
    allowedMs: random.pick([null, 60_000, -1]),
    reason: orNull(random, text(random)),
  }),
  extendStage: (random) => ({ byMs: ms(random) }),
  enterParticipant: (random) => ({
    name: text(random),
    zone: null,
    channel: random.pick(['hall', 'remote'] as const),
    assisted: random.below(2) === 0,
  }),
  leaveParticipant: (random, { state }) => ({ participantId: some(random, state.participants.order) }),
  statePosition: (random) => ({ seatId: seat(random), position: random.pick(positions), text: text(random) }),
  concludeItem: (random) => ({
    outcome: random.pick(outcomes),
    text: text(random),
    amountFen: fen(random),
    ...owing(random),
  }),
  withdrawConclusion: (random, world) => ({ itemId: item(random, world), reason: text(random) }),
  putMinutes: () => ({}),
  takeMinutesBack: (random) => ({ reason: text(random) }),
  countersign: (random, { state }) => ({
    seatId: seat(random),
    digest: state.consensus?.minutes?.digest ?? '',
    statement: random.pick(['agreed', 'reserved'] as const),
    text: text(random),
    way: random.pick(['phone', 'paper'] as const),
  }),
  recordUnsigned: (random, { state }) => ({
    partyId: some(
      random,
      state.sectors.map(({ sectorId }) => sectorId),
    ),
    reason: text(random),
  }),
  setFollowUp: (random, world) => ({
    itemId: orNull(random, item(random, world)),
    text: text(random),
    ...owing(random),
  }),
  settleFollowUp: (random, { state }) => ({
    followUpId: some(
      random,
      [...followUpsIn(state).brought, ...followUpsIn(state).set].map(({ followUpId }) => followUpId),
    ),
    outcome: random.pick(['done', 'extended'] as const),
    dueOn: orNull(random, day(random)),
    note: text(random),
  }),
  setUpSpace: (random) => ({
    theme: text(random),
    principles: [text(random)],
    law: text(random),
    tables: [{ tableId: null, name: text(random), place: '', capacity: random.pick([null, 0, 12]), link: null }],
    rounds: random.pick([0, 2]),
    roundMinutes: 35,
    way: random.pick(['all', 'shortlist'] as const),
    dotsPerPerson: 3,
    dotsPerTopic: random.pick([2, 4]),
  }),
  proposeTopic: (random, world) => ({ participantId: participant(random, world), title: text(random) }),
  withdrawTopic: (random, world) => ({ topicId: topic(random, world) }),
  showInterest: (random, world) => ({
    participantId: participant(random, world),
    topicId: topic(random, world),
    interested: random.below(3) > 0,
  }),
  proposeMerge: (random, world) => ({ topicId: topic(random, world), intoTopicId: topic(random, world) }),
  answerMerge: (random, world) => ({
    mergeId: some(random, Object.keys(world.state.openSpace?.merges ?? {})),
    participantId: participant(random, world),
    consent: random.below(2) === 0,
  }),
  shortlistTopics: (random, world) => ({ topicIds: [topic(random, world)] }),
  placeTopic: (random, world) => {
    const topicId = topic(random, world);
    return {
      topicId,
      ...cell(random, world),
      from: world.state.openSpace?.wall[topicId] ?? null,
      swap: random.below(2) === 0,
    };
  },
  takeDownTopic: (random, world) => {
    const topicId = topic(random, world);
    return { topicId, from: world.state.openSpace?.wall[topicId] ?? cell(random, world) };
  },
  arrangeWall: () => ({}),
  chooseTable: (random, world) => ({
    participantId: participant(random, world),
    round: random.pick([1, 2, 3]),
    topicId: orNull(random, topic(random, world)),
  }),
  startRound: (random) => ({ round: random.pick([1, 2, 3]), allowedMs: ms(random) }),
  endRound: () => ({}),
  takeRecord: (random, world) => ({ participantId: participant(random, world), topicId: topic(random, world) }),
  callReport: (random, world) => ({ topicId: orNull(random, topic(random, world)) }),
  openDots: () => ({}),
  placeDots: (random, world) => ({
    participantId: participant(random, world),
    dots: { [topic(random, world)]: random.pick([1, 2, 3]) },
  }),
  enterPaperDots: (random, world) => ({
    people: 1,
    counts: { [topic(random, world)]: 2 },
    unused: random.pick([0, 1]),
  }),
  settlePaperDots: (random, { state }) => ({
    sheetId: some(
      random,
      (state.openSpace?.dots?.sheets ?? []).map(({ sheetId }) => sheetId),
    ),
    confirm: random.below(3) > 0,
  }),
  closeDots: () => ({}),
  reopenDots: (random) => ({ reason: text(random) }),
  commitTo: (random, world) => ({
    participantId: participant(random, world),
    topicId: topic(random, world),
    owner: text(random),
    action: text(random),
    dueDay: random.pick(['2026-03-31', 'soon']),
  }),
  dropCommitment: (random, { state }) => ({
    commitmentId: some(
      random,
      (state.openSpace?.commitments ?? []).map(({ commitmentId }) => commitmentId),
    ),
  }),
  followUpCommitment: (random, { state }) => ({
    commitmentId: some(
      random,
      (state.openSpace?.commitments ?? []).map(({ commitmentId }) => commitmentId),
    ),
    done: random.below(2) === 0,
    note: text(random),
  }),
  sayWord: (random, world) => ({ participantId: participant(random, world), word: text(random) }),

  lineUpRepresentatives: () => ({}),
  announceHearing: (random) => ({
    matter: text(random),
    how: text(random),
    places: [{ key: 'p1', name: text(random), seats: random.pick([0, 3]) }],
    enrolBy: ms(random),
    publicSource: text(random),
    publicKnownAt: ms(random),
    commitment: random.pick(['', 'a'.repeat(64)]),
  }),
  sealEnrolment: () => ({}),
  drawRepresentatives: (random) => ({ publicValue: text(random) }),
  addCaption: (random, { state }) => ({ text: text(random), speakerId: orNull(random, some(random, state.seatOrder)) }),
  withdrawCaption: (random) => ({ captionId: random.pick(['caption-1', 'caption-2']) }),
  publishReport: () => ({}),
};

/** Commands that move a meeting on come more often, so that a random one gets anywhere. */
const moving: readonly CommandType[] = [
  'takeSeat',
  'regainConnection',
  'openItem',
  'moveMotion',
  'secondMotion',
  'stateMotion',
  'moveAmendment',
  'secondAmendment',
  'declareRecusal',
  'putItemMotion',
  'openDebate',
  'openPoll',
  'closePoll',
  'announceResult',
  'giveFloor',
  'endSpeech',
  'askToSpeak',
  'resumeSession',
];

const people: readonly Who[] = [...members.map(({ id }) => id), ...Object.values(others)];

/** What a chair would do next to get the business done, so that random hands meet votes, results and corrections too. */
function nextStep(random: Random, world: LawWorld): Command {
  const { phase, polls, motions, agenda, floor } = world.state;
  const current = motions.byId[motions.currentId ?? ''];
  const pending = current?.amendments.find(({ outcome }) => outcome === null);
  const closed = polls.order.find((id) => polls.byId[id]?.stage === 'closed');
  if (phase === 'recess') return { type: 'resumeSession' };
  if (polls.openId !== null) return { type: 'closePoll', pollId: polls.openId };
  if (closed !== undefined) return { type: 'announceResult', pollId: closed };
  if (floor.speech) return { type: 'endSpeech' };
  if (pending && pending.seconderSeatId === null)
    return { type: 'secondAmendment', amendmentId: pending.amendmentId, seatId: seat(random) };
  if (current?.stage === 'presenting') return { type: 'openDebate' };
  if (current) {
    const subject = { kind: pending ? ('amendment' as const) : ('motion' as const) };
    return { type: 'openPoll', subject, secrecy: random.pick([null, 'hidden'] as const), plannedMs: null };
  }
  const seconded = motions.order.find((id) => motions.byId[id]?.stage === 'ready');
  if (seconded !== undefined && random.below(2) === 0) return { type: 'stateMotion', motionId: seconded };
  if (agenda.currentItemId !== null && random.below(2) === 0) return { type: 'putItemMotion' };
  const later = agenda.items.find(({ itemId }) => !agenda.progress[itemId]);
  return { type: 'openItem', itemId: later?.itemId ?? item(random, world) };
}

export function randomCommand(random: Random, world: LawWorld): { who: Who; command: Command } {
  if (random.below(8) === 0) return { who: 'M01', command: nextStep(random, world) };
  const type = random.below(2) === 0 ? random.pick(moving) : random.pick(commandTypes);
  const command = { type, ...makers[type](random, world) } as Command;
  const named = 'seatId' in command && random.below(2) === 0 ? command.seatId.replace('seat-', '') : null;
  const who = random.pick([
    'M01',
    'M01',
    'M03',
    named ?? 'M02',
    random.pick(people),
    'system',
    `guest:g${random.below(3)}`,
  ]);
  return { who, command };
}

/** One of `types` by whoever would do it: the participant it is for, or a host. */
export function randomAmong(
  types: readonly CommandType[],
  random: Random,
  world: LawWorld,
): { who: Who; command: Command } {
  const type = random.pick(types);
  const command = { type, ...makers[type](random, world) } as Command;
  const guestId =
    'participantId' in command ? (world.state.participants.byId[command.participantId]?.guestId ?? null) : null;
  return { who: guestId === null ? random.pick(['M01', 'M03', 'A1']) : `guest:${guestId}`, command };
}

/** Somebody of the electorate, or nobody of it, casts something. */
export function randomCast(random: Random, world: LawWorld): void {
  const { openId, byId } = world.state.polls;
  if (openId && byId[openId]?.frame.subject.kind === 'allocation') {
    world.cast(random.pick(members).id, { listed: random.pick([['P1'], ['P2', 'P1'], ['P9'], []]) });
    return;
  }
  const options =
    openId && byId[openId]?.frame.method === 'single_choice' ? ['A', 'B'] : ['for', 'for', 'against', 'abstain'];
  if (openId) world.cast(random.pick(members).id, random.pick(options));
}
