// Who may do what, written a second time from the domain and not from policy.ts: every command and every deed, every role, resident and system.
import { describe, expect, it } from 'vitest';
import { LawWorld, personOf } from '#tests/support/law-world.ts';
import { commandTypes } from '#tests/support/command-types.ts';
import { actorAt, audienceOf, doersOf } from './decide.ts';
import { mayDo, policy, type Doer } from './policy.ts';
import { roles } from './roles.ts';

/** One letter a doer, in this order. */
const letters: readonly [string, Doer][] = [
  ['C', 'chair'],
  ['S', 'secretary'],
  ['M', 'moderator'],
  ['T', 'teller'],
  ['V', 'vote_monitor'],
  ['H', 'helper'],
  ['m', 'member'],
  ['n', 'non_voting'],
  ['o', 'observer'],
  ['r', 'resident'],
  ['p', 'participant'],
  ['s', 'system'],
];

/**
 * The chair and the moderator lead: what the meeting hears said in its name is theirs. The secretary keeps the record, prepares, convenes and runs
 * the clockwork. Helpers act for people at the desk and for nobody else. A member acts for the own seat; whoever attends without a vote is
 * heard and does not move, second or vote. Residents ask for a seat and ask questions. The program only notices what no person can.
 */
const expected: Readonly<Record<string, string>> = {
  draftMeeting: 'CS',
  describeMeeting: 'CS',
  conveneMeeting: 'CS',
  cancelMeeting: 'CS',
  openCheckIn: 'CSM',
  openSession: 'CM',
  callRecess: 'CM',
  resumeSession: 'CM',
  adjournMeeting: 'CM',

  requestSeat: 'r',
  admitSeat: 'CSMH',
  declineSeat: 'CSMH',
  takeSeat: 'CSMHmn',
  recordDeparture: 'CSMHmns',
  changeMode: 'CSMHmn',
  recordLeave: 'CSMmn',
  withdrawLeave: 'CSMmn',
  loseConnection: 's',
  regainConnection: 's',
  grantProxy: 'CSMm',
  withdrawProxy: 'CSMm',

  adoptAgenda: 'CM',
  proposeAgendaChange: 'CSMm',
  decideAgendaChange: 'CM',
  openItem: 'CSM',
  closeItem: 'CSM',
  pauseItem: 'CSM',
  resumeItem: 'CSM',
  extendItem: 'CSM',

  askToSpeak: 'CSMHmnp',
  raisePointOfOrder: 'CSMHmn',
  withdrawRequest: 'CSMHmnp',
  giveFloor: 'CM',
  callPresenter: 'CM',
  pauseSpeech: 'CSM',
  resumeSpeech: 'CSM',
  extendSpeech: 'CM',
  endSpeech: 'CSMHmnp',
  lineUpRepresentatives: 'CSM',

  moveMotion: 'CSMHm',
  putItemMotion: 'CSM',
  secondMotion: 'CSMHm',
  stateMotion: 'CM',
  openDebate: 'CSM',
  moveAmendment: 'CSMHm',
  secondAmendment: 'CSMHm',
  withdrawAmendment: 'CSMHm',
  reduceAmount: 'CSM',
  withdrawMotion: 'CSMm',
  referMotion: 'CSM',
  declareRecusal: 'CSMm',
  liftRecusal: 'CSM',

  openPoll: 'CSM',
  closePoll: 'CSM',
  announceResult: 'CM',
  voidPoll: 'CM',
  supersedeResult: 'STVs',
  putCall: 'CSM',
  withdrawCall: 'CSM',
  declareTie: 'CSMm',
  recordCount: 's',

  bringQuestion: 'CSMm',
  answerQuestion: 'CSM',
  sumQuestions: 'CSMs',

  enterStage: 'CSM',
  extendStage: 'CSM',
  enterParticipant: 'r',
  leaveParticipant: 'CSMHp',
  setFollowUp: 'CSM',
  settleFollowUp: 'CSM',

  statePosition: 'CSMHm',
  concludeItem: 'CSM',
  withdrawConclusion: 'CSM',
  putMinutes: 'CSM',
  takeMinutesBack: 'CSM',
  countersign: 'CSMm',
  recordUnsigned: 'CM',

  setUpSpace: 'CSM',
  proposeTopic: 'CSMHp',
  withdrawTopic: 'CSMHp',
  showInterest: 'CSMHp',
  proposeMerge: 'CSMHp',
  answerMerge: 'CSMHp',
  shortlistTopics: 'CSM',
  placeTopic: 'CSMH',
  takeDownTopic: 'CSMH',
  arrangeWall: 'CSMH',
  chooseTable: 'CSMHp',
  startRound: 'CSM',
  endRound: 'CSM',
  takeRecord: 'CSMHp',
  callReport: 'CSM',
  openDots: 'CSM',
  placeDots: 'CSMHp',
  enterPaperDots: 'STH',
  settlePaperDots: 'CSMTVH',
  closeDots: 'CSM',
  reopenDots: 'CM',
  commitTo: 'CSMHp',
  dropCommitment: 'CSMHp',
  followUpCommitment: 'CSM',
  sayWord: 'CSMHp',
  announceHearing: 'CS',
  sealEnrolment: 'CSs',
  drawRepresentatives: 'CS',
  addCaption: 'CSMH',
  withdrawCaption: 'CSMH',
  publishReport: 'CS',

  castBallot: 'Hm',
  castAsResident: 'r',
  enterTallySheet: 'ST',
  settleTallySheet: 'STV',
  askQuestion: 'CSMHmnor',
  askFor: 'CSMH',
  supportQuestion: 'CSMHmnor',
  moderateQuestion: 'CSM',
  editAgendaDraft: 'CSMm',
  editMinutes: 'CSMm',
  readMinutesDraft: 'CSMTVHmn',
  attachPaper: 'CSM',
  printSlips: 'CS',
  printBallotSlips: 'CS',
  startPractice: 'CSM',
  startRehearsal: 'CS',
  freezeMinutes: 'CS',
  enterPaperSignature: 'CSMH',
  watchAsHost: 'CSMTVH',
  readPrivateReasons: 'CSM',
};

describe('[P1] who may do what', () => {
  it('knows every role', () =>
    expect(letters.map(([, doer]) => doer).sort()).toEqual([...roles, 'resident', 'participant', 'system'].sort()));

  it('has a line for every command and every deed, and no other', () =>
    expect(Object.keys(policy).sort()).toEqual(Object.keys(expected).sort()));

  it('has a line for every command there is', () =>
    expect(commandTypes.filter((type) => !(type in expected))).toEqual([]));

  for (const [deed, allowed] of Object.entries(expected))
    it(`[P1] ${deed}: ${allowed}`, () => {
      const found = letters.filter(([, doer]) => mayDo([doer], deed as keyof typeof policy)).map(([letter]) => letter);
      expect(found.join('')).toBe(
        letters
          .map(([letter]) => letter)
          .filter((letter) => allowed.includes(letter))
          .join(''),
      );
    });

  it('several roles allow what any of them allows; none allows nothing', () => {
    expect(mayDo(['member', 'vote_monitor'], 'settleTallySheet')).toBe(true);
    expect(Object.keys(policy).filter((deed) => mayDo([], deed as keyof typeof policy))).toEqual([]);
  });

  it('what is not in the table is refused', () =>
    expect(mayDo(['chair', 'system'], 'toString' as 'openPoll')).toBe(false));
});

describe('who somebody is at a meeting', () => {
  const world = new LawWorld().checkIn([]);
  const at = (who: { personId?: string; guestId?: string; kind?: 'system' }) =>
    actorAt(world.state, {
      kind: who.kind ?? (who.guestId === undefined ? 'person' : 'guest'),
      personId: who.personId ?? null,
      guestId: who.guestId ?? null,
    });
  const doers = (who: Parameters<typeof at>[0]) => [...doersOf(world.state, at(who))].sort();
  const reads = (who: Parameters<typeof at>[0]) => audienceOf(world.state, at(who));

  it('is read from the meeting’s own roster', () => {
    expect(doers({ personId: personOf('M01') })).toEqual(['chair', 'member', 'resident']);
    expect(doers({ personId: personOf('M13') })).toEqual(['member', 'resident', 'vote_monitor']);
    expect(doers({ personId: personOf('N1') })).toEqual(['non_voting', 'resident']);
    expect(doers({ personId: personOf('A1') })).toEqual(['helper', 'resident']);
    expect(doers({ personId: 'a stranger' })).toEqual(['observer', 'resident']);
    expect(doers({ guestId: 'g1' })).toEqual(['resident']);
    expect(doers({ kind: 'system' })).toEqual(['system']);
  });

  it('a guest let into a seat acts as its member', () =>
    expect(
      doersOf(world.state, actorAt(world.state, { kind: 'guest', guestId: 'g1', personId: personOf('M11') })),
    ).toEqual(new Set(['resident', 'member'])));

  it('[E4] [A6] reads what is meant for it: private reasons are for hosts, not for the desk', () => {
    expect(['M01', 'M02', 'M03'].map((id) => reads({ personId: personOf(id) }))).toEqual(['hosts', 'hosts', 'hosts']);
    expect(['A1', 'T1', 'M13'].map((id) => reads({ personId: personOf(id) }))).toEqual(['desk', 'desk', 'desk']);
    expect(['M05', 'N1'].map((id) => reads({ personId: personOf(id) }))).toEqual(['members', 'members']);
    expect([reads({ personId: personOf('O1') }), reads({ personId: 'a stranger' }), reads({ guestId: 'g1' })]).toEqual([
      'everyone',
      'everyone',
      'everyone',
    ]);
    expect(reads({ kind: 'system' })).toBe('hosts');
  });

  it('[P1] the law itself asks the table before anything else', () => {
    const session = new LawWorld().open().debate();
    expect(session.why('M05', { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: null })).toBe(
      'P1 not-entitled',
    );
    expect(session.why('M03', { type: 'adjournMeeting', leaveUnfinished: false })).toBe('P1 not-entitled');
    expect(session.why('guest:g1', { type: 'askToSpeak', seatId: 'seat-M24', stance: 'for' })).toBe('P1 not-entitled');
    expect(
      session.why('O1', { type: 'declareRecusal', motionId: session.motionId(), seatId: 'seat-M14', reason: '亲属' }),
    ).toBe('P1 not-entitled');
    expect(session.why('M01', { type: 'loseConnection', seatId: 'seat-M08' })).toBe('P1 not-entitled');
  });
});
