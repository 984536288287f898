// Who is here, who asked to be let in, who is away, and the quorum that follows.
import { describe, expect, it } from 'vitest';
import { fundingRules, LawWorld, members, present, seatOf } from '#tests/support/law-world.ts';
import {
  hasNotLeft,
  headCount,
  holderOf,
  isHere,
  isPresent,
  presenceOf,
  quorumOf,
  seatsOfSector,
  type AttendanceCommand,
} from './attendance.ts';

const take = (id: string, change: object = {}): AttendanceCommand => ({
  type: 'takeSeat',
  seatId: seatOf(id),
  mode: 'hall',
  way: 'slip',
  ...change,
});
const depart = (id: string): AttendanceCommand => ({ type: 'recordDeparture', seatId: seatOf(id) });
const lose = (id: string): AttendanceCommand => ({ type: 'loseConnection', seatId: seatOf(id) });
const regain = (id: string): AttendanceCommand => ({ type: 'regainConnection', seatId: seatOf(id) });
const grant = (id: string, holder: string): AttendanceCommand => ({
  type: 'grantProxy',
  seatId: seatOf(id),
  holderSeatId: seatOf(holder),
});

describe('quorum', () => {
  it('[Q1] opens a session with 17 of 25 and not with 16, saying how many are missing', () => {
    const world = new LawWorld().checkIn(present.slice(0, 16));
    expect(world.refusal('M01', { type: 'openSession' })).toMatchObject({
      rule: 'Q1',
      reason: 'no-quorum',
      params: { present: 16, needed: 17, missing: 1 },
    });
    world.arrive(present[16] ?? '');
    expect(world.do('M01', { type: 'openSession' })[0]?.payload).toEqual({ present: 17, needed: 17, expected: 25 });
  });

  it('[Q1] counts voting seats only: somebody attending without a vote helps nobody', () => {
    const world = new LawWorld().checkIn([...present.slice(0, 16), 'N1']);
    expect(isPresent(world.state, seatOf('N1'))).toBe(true);
    expect(quorumOf(world.state)).toMatchObject({ expected: 25, present: 16, margin: -1, met: false });
  });

  it('[Q3] a recused seat stays in the quorum', () => {
    const world = new LawWorld().open(present.slice(0, 17)).debate();
    world.recuse('M01', 'M02', 'M03');
    expect(quorumOf(world.state)).toMatchObject({ present: 17, met: true });
    world.openVote();
    expect(world.state.polls.byId[world.lastPollId()]?.frame).toMatchObject({
      present: 17,
      base: 14,
      quorumNeeded: 17,
    });
  });

  it('[Q4] asks for sectors where the pack does', () => {
    const world = new LawWorld({ rules: { quorum: { ...fundingRules.quorum!, sectorsPresent: 7 } } }).checkIn();
    expect(world.refusal('M01', { type: 'openSession' })).toMatchObject({
      rule: 'Q1',
      params: { missing: 0, sectorsMissing: 1 },
    });
    world.arrive('M25');
    expect(quorumOf(world.state)).toMatchObject({ sectorsMissing: 0, met: true });
    world.do('M01', { type: 'openSession' });
  });

  it('is known by sector', () => {
    const { state } = new LawWorld().checkIn();
    const bySector = state.sectors.map((sector) => {
      const { present: here, expected } = headCount(state, seatsOfSector(state, sector));
      return [sector.sectorId, here, expected];
    });
    expect(bySector).toEqual([
      ['staff', 4, 4],
      ['resident_rep', 8, 9],
      ['org_rep', 4, 4],
      ['owners_committee_rep', 2, 3],
      ['property_rep', 2, 2],
      ['npc_deputy', 1, 2],
      ['cppcc_member', 0, 1],
    ]);
  });

  it('remembers since when it is lost, until it is back', () => {
    const world = new LawWorld().open(present.slice(0, 17));
    expect(quorumOf(world.state).margin).toBe(0);
    world.leave('M04');
    const lostAt = world.now;
    expect(world.state.attendance.quorumLostAt).toBe(lostAt);
    world.leave('M05');
    expect(world.state.attendance.quorumLostAt).toBe(lostAt);
    world.arrive('M04').arrive('M05');
    expect(world.state.attendance.quorumLostAt).toBeNull();
  });

  it('a pack without a quorum always has it', () => {
    const world = new LawWorld({ rules: { quorum: null } }).checkIn(['M01']);
    expect(quorumOf(world.state)).toMatchObject({ needed: 0, met: true });
    expect(world.do('M01', { type: 'openSession' })[0]?.payload).toMatchObject({ needed: null, present: 1 });
  });
});

describe('taking a seat', () => {
  it('[A1] takes one’s own seat at once, from check-in on', () => {
    const world = new LawWorld().convene();
    expect(world.why('M05', take('M05'))).toBe('A1 wrong-phase');
    world.checkIn([]);
    world.do('M05', take('M05', { way: 'passkey' }));
    expect(world.state.attendance.bySeat[seatOf('M05')]).toEqual({
      presence: { status: 'present', mode: 'hall', since: world.now },
      movements: [{ what: 'arrived', at: world.now }],
      way: 'passkey',
    });
    expect(world.why('M05', take('M05'))).toBe('A1 seat-already-present');
    expect(world.why('M01', take('M99'))).toBe('A1 unknown-seat');
  });

  it('[A2] for another only at the desk, and then it is recorded as assisted', () => {
    const world = new LawWorld().checkIn([]);
    expect(world.why('M05', take('M10'))).toBe('A2 not-your-seat');
    expect(world.why('T1', take('M10'))).toBe('P1 not-entitled');
    const [event] = world.do('A1', take('M10'));
    expect(event?.payload).toMatchObject({ seatId: seatOf('M10'), way: 'helper', assisted: true });
    expect(world.do('M05', take('M05'))[0]?.payload).toMatchObject({ way: 'slip', assisted: false });
  });

  it('[A3] picking a name only requests the seat; the desk admits or declines', () => {
    const world = new LawWorld().checkIn([]);
    const request = (guest: string, id: string) =>
      world.do(`guest:${guest}`, { type: 'requestSeat', seatId: seatOf(id), mode: 'hall' });
    request('g1', 'M11');
    expect(presenceOf(world.state, seatOf('M11'))).toBeNull();
    expect(world.why('guest:g1', { type: 'requestSeat', seatId: seatOf('M05'), mode: 'hall' })).toBe(
      'A3 seat-requested-already',
    );
    expect(world.why('M05', { type: 'requestSeat', seatId: seatOf('M05'), mode: 'hall' })).toBe('A3 not-entitled');
    const [first] = Object.keys(world.state.attendance.requests);
    expect(world.why('M05', { type: 'admitSeat', requestId: first ?? '' })).toBe('P1 not-entitled');
    expect(world.do('A1', { type: 'admitSeat', requestId: first ?? '' }).map(({ type }) => type)).toEqual([
      'SeatAdmitted',
      'SeatTaken',
    ]);
    expect(presenceOf(world.state, seatOf('M11'))).toMatchObject({ status: 'present' });
    expect(world.why('A1', { type: 'admitSeat', requestId: first ?? '' })).toBe('A3 unknown-request');
    expect(world.why('guest:g2', { type: 'requestSeat', seatId: seatOf('M11'), mode: 'hall' })).toBe(
      'A3 seat-taken-by-another',
    );
    request('g2', 'M06');
    const [second] = Object.keys(world.state.attendance.requests);
    expect(world.why('A1', { type: 'declineSeat', requestId: second ?? '', reason: '长'.repeat(201) })).toBe(
      'C2 text-too-long',
    );
    world.do('A1', { type: 'declineSeat', requestId: second ?? '', reason: '' });
    expect(world.state.attendance.requests).toEqual({});
    expect(world.why('A1', { type: 'declineSeat', requestId: second ?? '', reason: '' })).toBe('A3 unknown-request');
  });

  it('[A3] of two who asked for one seat only one gets it', () => {
    const world = new LawWorld().checkIn([]);
    for (const guest of ['g1', 'g2'])
      world.do(`guest:${guest}`, { type: 'requestSeat', seatId: seatOf('M11'), mode: 'hall' });
    const [first, second] = Object.keys(world.state.attendance.requests);
    world.do('M03', { type: 'admitSeat', requestId: first ?? '' });
    expect(world.why('M03', { type: 'admitSeat', requestId: second ?? '' })).toBe('A3 seat-already-present');
  });

  it('[A4] a departure is recorded once, for oneself or at the desk, and one may come back', () => {
    const world = new LawWorld().open();
    expect(world.why('M05', depart('M06'))).toBe('A2 not-your-seat');
    expect(world.why('M24', depart('M24'))).toBe('A4 seat-not-present');
    world.do('A1', depart('M06'));
    expect(world.why('M06', depart('M06'))).toBe('A4 seat-not-present');
    expect(headCount(world.state)).toMatchObject({ present: 20, left: 1, absent: 4 });
    world.arrive('M06');
    expect(world.state.attendance.bySeat[seatOf('M06')]?.movements.map(({ what }) => what)).toEqual([
      'arrived',
      'left',
      'arrived',
    ]);
  });

  it('[A4] moves between hall and afar without arriving twice', () => {
    const world = new LawWorld().open();
    const change = { type: 'changeMode', seatId: seatOf('M05'), mode: 'remote' } as const;
    world.do('M05', change);
    expect(headCount(world.state)).toMatchObject({ present: 21, remote: 4 });
    expect(world.why('M05', change)).toBe('A4 already-done');
    expect(world.why('M06', change)).toBe('A2 not-your-seat');
    expect(world.why('M24', { ...change, seatId: seatOf('M24') })).toBe('A4 seat-not-present');
  });

  it('[A5] a remote seat is away when the program says so, is not counted, and comes back with its history', () => {
    const world = new LawWorld().open(present.slice(0, 17));
    const remote =
      present.slice(0, 17).find((id) => members.find((each) => each.id === id)?.present === 'remote') ?? '';
    expect(world.why('system', lose('M05'))).toBe('A5 already-done');
    world.do('system', lose(remote));
    expect(world.why('system', lose(remote))).toBe('A5 already-done');
    expect(headCount(world.state)).toMatchObject({ present: 16, away: 1 });
    expect(hasNotLeft(world.state, seatOf(remote))).toBe(true);
    expect(quorumOf(world.state).met).toBe(false);
    world.do('system', regain(remote));
    expect(world.why('system', regain(remote))).toBe('A5 already-done');
    expect(quorumOf(world.state).met).toBe(true);
    expect(world.state.attendance.bySeat[seatOf(remote)]?.movements.map(({ what }) => what)).toEqual([
      'arrived',
      'went_away',
      'came_back',
    ]);
    expect(world.state.attendance.bySeat[seatOf(remote)]?.way).toBe('slip');
  });

  it('[A6] leave is for who has not come; arriving ends it', () => {
    const world = new LawWorld().convene();
    const leave = (id: string, reason = '') => ({ type: 'recordLeave', seatId: seatOf(id), reason }) as const;
    world.do('M12', leave('M12', '因病'));
    expect(world.why('M05', leave('M19'))).toBe('A2 not-your-seat');
    expect(world.why('M19', leave('M19', '长'.repeat(201)))).toBe('C2 text-too-long');
    world.do('M03', leave('M19'));
    world.do('M19', { type: 'withdrawLeave', seatId: seatOf('M19') });
    expect(world.why('M19', { type: 'withdrawLeave', seatId: seatOf('M19') })).toBe('A6 already-done');
    world.checkIn(['M05']);
    expect(world.why('M05', leave('M05'))).toBe('A6 seat-already-present');
    expect(headCount(world.state)).toMatchObject({ onLeave: 1, absent: 23 });
    world.do('A1', take('M12'));
    expect(headCount(world.state)).toMatchObject({ onLeave: 0, present: 2 });
  });

  it('[A6] [E4] the reason of a leave is read by hosts and nobody else', () => {
    const world = new LawWorld().convene();
    world.do('M12', { type: 'recordLeave', seatId: seatOf('M12'), reason: '因病住院' });
    const seen = (['everyone', 'members', 'desk', 'hosts'] as const).map((audience) => {
      const presence = presenceOf(world.fold(world.readAs(audience)), seatOf('M12'));
      return presence?.status === 'on_leave' ? (presence.reason?.text ?? null) : 'not on leave';
    });
    expect(seen).toEqual([null, null, null, '因病住院']);
    expect(JSON.stringify(world.readAs('desk'))).not.toContain('住院');
  });
});

describe('proxies', () => {
  const withProxies = () => new LawWorld({ rules: { proxies: true } });

  it('[A7] do not exist where the pack has none', () => {
    expect(new LawWorld().open().why('M24', grant('M24', 'M05'))).toBe('A7 proxies-not-in-rules');
  });

  it('[A7] count towards the quorum while the holder is here, and may restore it', () => {
    const world = withProxies().open(present.slice(0, 17));
    world.leave('M17');
    expect(world.state.attendance.quorumLostAt).not.toBeNull();
    world.do('M24', grant('M24', 'M05'));
    expect(quorumOf(world.state)).toMatchObject({ present: 17, met: true });
    expect(world.state.attendance.quorumLostAt).toBeNull();
    world.leave('M05');
    expect(quorumOf(world.state).present).toBe(15);
    expect(hasNotLeft(world.state, seatOf('M24'))).toBe(false);
  });

  it('[A7] hold between two voting seats, for somebody who is not here', () => {
    const world = withProxies().open();
    expect(world.why('M05', grant('M05', 'M06'))).toBe('A7 seat-already-present');
    expect(world.why('M24', grant('M24', 'M24'))).toBe('A7 unknown-seat');
    expect(world.why('M24', grant('M24', 'M99'))).toBe('A7 unknown-seat');
    expect(world.why('M24', grant('M24', 'N1'))).toBe('A7 seat-has-no-vote');
    expect(world.why('M05', grant('M24', 'M05'))).toBe('A2 not-your-seat');
    world.do('M03', grant('M24', 'M05'));
    world.do('M24', { type: 'withdrawProxy', seatId: seatOf('M24') });
    expect(world.why('M24', { type: 'withdrawProxy', seatId: seatOf('M24') })).toBe('A7 already-done');
  });

  it('[A7] never change while a vote is open', () => {
    const world = withProxies().open().debate();
    world.do('M24', grant('M24', 'M05'));
    world.openVote();
    expect(world.why('M25', grant('M25', 'M05'))).toBe('A7 poll-already-open');
    expect(world.why('M24', { type: 'withdrawProxy', seatId: seatOf('M24') })).toBe('A7 poll-already-open');
  });

  it('[A7] sleep while the member is here in person, who is admitted like anybody', () => {
    const world = withProxies().open();
    world.do('M24', grant('M24', 'M05'));
    expect(holderOf(world.state, seatOf('M24'))).toBe(seatOf('M05'));
    expect(isHere(world.state, seatOf('M24'))).toBe(false);
    expect(world.why('M05', { type: 'askToSpeak', seatId: seatOf('M24'), stance: 'for' })).toBe('F1 seat-not-present');
    world.do('guest:g1', { type: 'requestSeat', seatId: seatOf('M24'), mode: 'hall' });
    world.do('M03', { type: 'admitSeat', requestId: Object.keys(world.state.attendance.requests)[0] ?? '' });
    expect(holderOf(world.state, seatOf('M24'))).toBeNull();
    expect(world.why('M05', depart('M24'))).toBe('A2 not-your-seat');
    expect(quorumOf(world.state).present).toBe(22);
    world.leave('M24');
    expect(holderOf(world.state, seatOf('M24'))).toBe(seatOf('M05'));
    expect(quorumOf(world.state).present).toBe(22);
  });
});
