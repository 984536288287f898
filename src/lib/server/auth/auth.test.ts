// Ways in and what must not be one: sessions, passwords, slips, guests, on a real database.
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { nobody, personAt } from '#lib/domain/actor.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db } from '#lib/server/db/client.ts';
import { attempts, guests, meetings, sessions } from '#lib/server/db/schema/index.ts';
import { forgetEverythingDue } from '#lib/server/retention/retention.ts';
import { aCommunity, aGuest, anAccount, aPerson, enteredBySlip, signedIn } from '#tests/support/world.ts';
import { changePassword, createAccount, giveNewPassword, signInWithPassword } from './accounts.ts';
import { actorFromCookie, cookieValue, recogniseCookie } from './actor-from-cookie.ts';
import { admitGuest, withdrawAdmission } from './guests.ts';
import { digestOf } from './secrets.ts';
import { endSession, endSessionOf, sessionLifetimeMs, sessionsOf } from './sessions.ts';
import { enterBySlip, issueSlips, readSlip, revokeSlip, slipsOf } from './slips.ts';

const cookieOf = (sessionId: string) => `yishi_session=${sessionId}`;
const idIn = (cookie: string) => cookieValue(cookie, 'yishi_session') ?? '';

async function aMeeting(community: { communityId: string; realmId: string }): Promise<string> {
  const id = newId();
  await db.insert(meetings).values({
    id,
    realmId: community.realmId,
    communityId: community.communityId,
    format: 'council',
    title: '第二次会议',
    startsAt: 0,
    joinCode: id.slice(0, 6),
    headHash: new Uint8Array(32),
    createdAt: 0,
  });
  return id;
}

describe('sessions', () => {
  it('recognise a person and store only a digest of the cookie', async () => {
    const person = await aPerson();
    const cookie = await signedIn(person);
    expect(await actorFromCookie(cookie)).toMatchObject({ kind: 'person', personId: person.personId, meetingId: null });
    const [stored] = await sessionsOf(person.personId);
    expect(stored?.id).toBe(digestOf(idIn(cookie)));
    expect(JSON.stringify(stored)).not.toContain(idIn(cookie));
  });

  it.each([
    ['no header', null],
    ['another cookie', 'a=b'],
    ['an unknown id', cookieOf('nothing')],
    ['bytes that are no text', 'yishi_session=%E0%A4%A'],
    ['an empty value', 'yishi_session='],
    ['a very long value', cookieOf('x'.repeat(8000))],
  ])('are nobody for %s', async (_name, header) => {
    expect(await actorFromCookie(header)).toEqual(nobody);
  });

  it('cannot be opened with what the database holds', async () => {
    const cookie = await signedIn(await aPerson());
    expect(await actorFromCookie(cookieOf(digestOf(idIn(cookie))))).toEqual(nobody);
  });

  it('run out, and are prolonged in their second half', async () => {
    const person = await aPerson();
    const cookie = await signedIn(person);
    const id = digestOf(idIn(cookie));
    const endsAt = (expiresAt: number) => db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));

    expect((await recogniseCookie(cookie)).prolonged).toBeNull();
    await endsAt(Date.now() + sessionLifetimeMs / 3);
    expect((await recogniseCookie(cookie)).prolonged).toBe(idIn(cookie));
    expect((await sessionsOf(person.personId))[0]?.expiresAt).toBeGreaterThan(Date.now() + sessionLifetimeMs / 2);

    await endsAt(Date.now() - 1);
    expect(await actorFromCookie(cookie)).toEqual(nobody);
  });

  it('are swept when they ran out, and so are counted attempts', async () => {
    const cookie = await signedIn(await aPerson());
    await db
      .update(sessions)
      .set({ expiresAt: 1 })
      .where(eq(sessions.id, digestOf(idIn(cookie))));
    await db.insert(attempts).values({ kind: 'swept', subject: 'somebody', windowStartedAt: 1, count: 3 });
    await forgetEverythingDue();
    expect(await db.select().from(sessions).where(eq(sessions.expiresAt, 1))).toEqual([]);
    expect(await db.select().from(attempts).where(eq(attempts.kind, 'swept'))).toEqual([]);
  });

  it("end one by one, and never somebody else's", async () => {
    const [one, other] = [await aPerson(), await aPerson()];
    const cookie = await signedIn(one);
    expect(await endSessionOf(other.personId, digestOf(idIn(cookie)))).toBe(false);
    expect(await actorFromCookie(cookie)).toMatchObject({ kind: 'person' });
    expect(await endSessionOf(one.personId, digestOf(idIn(cookie)))).toBe(true);
    expect(await actorFromCookie(cookie)).toEqual(nobody);
    const another = await signedIn(one);
    await endSession(idIn(another));
    expect(await actorFromCookie(another)).toEqual(nobody);
  });
});

describe('passwords', () => {
  it('let in whoever knows them, however the name is written', async () => {
    const { personId } = await aPerson();
    const { loginName, password } = await anAccount(personId);
    expect(await signInWithPassword(` ${loginName.toUpperCase()} `, `${password} `, '')).toMatchObject({ personId });
  });

  it('give the same answer for a wrong password and an unknown name', async () => {
    const { loginName } = await anAccount((await aPerson()).personId);
    const answers = [
      await signInWithPassword(loginName, 'wrong', ''),
      await signInWithPassword('nobody-here', 'wrong', ''),
    ];
    expect(answers[0]).toEqual({ refused: true, reason: 'wrong-name-or-password', params: {} });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('are limited per name: the ninth wrong attempt waits, the right password too, other names do not', async () => {
    const one = await anAccount((await aPerson()).personId);
    const other = await anAccount((await aPerson()).personId);
    // All at once: attempts made at the same moment are counted too.
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => signInWithPassword(one.loginName, 'wrong password', '')),
    );
    const reasons = answers.map((answer) => ('refused' in answer ? answer.reason : 'in'));
    expect(reasons.filter((reason) => reason === 'wrong-name-or-password')).toHaveLength(8);
    expect(reasons.filter((reason) => reason === 'too-many-wrong-passwords')).toHaveLength(4);
    expect(await signInWithPassword(one.loginName, one.password, '')).toMatchObject({
      reason: 'too-many-wrong-passwords',
      params: { minutes: 10 },
    });
    expect(await signInWithPassword(other.loginName, other.password, '')).toHaveProperty('sessionId');
    await db.update(attempts).set({ windowStartedAt: sql`${attempts.windowStartedAt} - 600001` });
    expect(await signInWithPassword(one.loginName, one.password, '')).toHaveProperty('sessionId');
  });

  it('forget wrong attempts after a right one', async () => {
    const { loginName, password } = await anAccount((await aPerson()).personId);
    for (let round = 0; round < 2; round += 1) {
      for (let at = 0; at < 7; at += 1) await signInWithPassword(loginName, 'wrong password', '');
      expect(await signInWithPassword(loginName, password, '')).toHaveProperty('sessionId');
    }
  });

  it.each([
    ['password-too-short', '1234567'],
    ['password-too-long', 'x'.repeat(201)],
    ['password-same-as-name', 'login-samesame'],
  ])('are refused: %s', async (reason, password) => {
    const { personId } = await aPerson();
    expect(await createAccount({ personId, loginName: 'login-samesame', password })).toMatchObject({ reason });
  });

  it.each(['', 'a', 'two words', 'name@mail', '-dash', 'x'.repeat(33)])('name %s is unfit', async (loginName) => {
    const { personId } = await aPerson();
    expect(await createAccount({ personId, loginName, password: null })).toMatchObject({ reason: 'login-name-unfit' });
  });

  it('name one account each, Chinese names too', async () => {
    const [one, other] = [await aPerson(), await aPerson()];
    const loginName = '王大爷';
    expect(await createAccount({ personId: one.personId, loginName, password: null })).toHaveProperty('accountId');
    expect(await createAccount({ personId: one.personId, loginName: 'another', password: null })).toMatchObject({
      reason: 'already-has-account',
    });
    expect(await createAccount({ personId: other.personId, loginName, password: null })).toMatchObject({
      reason: 'login-name-taken',
    });
  });

  it('change with the old one only; every other session ends', async () => {
    const { personId } = await aPerson();
    const { accountId, loginName, password } = await anAccount(personId);
    const [here, elsewhere] = await Promise.all([
      signInWithPassword(loginName, password, ''),
      signInWithPassword(loginName, password, ''),
    ]);
    if ('refused' in here || 'refused' in elsewhere) throw new Error('both sign in');
    expect(await changePassword(accountId, 'not the old', 'a new password', here.sessionId)).toMatchObject({
      reason: 'old-password-wrong',
    });
    expect(await changePassword(accountId, password, 'short', here.sessionId)).toMatchObject({
      reason: 'password-too-short',
    });
    expect(await changePassword(accountId, password, 'a new password', here.sessionId)).toBeNull();
    expect(await actorFromCookie(cookieOf(here.sessionId))).toMatchObject({ kind: 'person' });
    expect(await actorFromCookie(cookieOf(elsewhere.sessionId))).toEqual(nobody);
    expect(await signInWithPassword(loginName, password, '')).toMatchObject({ reason: 'wrong-name-or-password' });
    expect(await signInWithPassword(loginName, 'a new password', '')).toHaveProperty('sessionId');
  });

  it('given anew by the office end every session and every wait', async () => {
    const person = await aPerson();
    const cookie = await signedIn(person);
    expect(await giveNewPassword(person.personId, 'given at the desk')).toBeNull();
    expect(await actorFromCookie(cookie)).toEqual(nobody);
    expect(await giveNewPassword((await aPerson()).personId, 'given at the desk')).toMatchObject({
      reason: 'no-account',
    });
  });
});

describe('printed slips', () => {
  async function aSlip() {
    const community = await aCommunity();
    const person = await aPerson({ communityId: community.communityId });
    const meetingId = await aMeeting(community);
    const [issued] = await issueSlips(meetingId, [person.personId]);
    if (!issued) throw new Error('a slip is issued');
    return { ...issued, ...person, meetingId, community };
  }

  it('say whom and which meeting they are for', async () => {
    const slip = await aSlip();
    expect(await readSlip(slip.code)).toMatchObject({ personName: slip.name, meetingTitle: '第二次会议', used: false });
  });

  it('open a session for that person at that meeting only', async () => {
    const { code, meetingId, personId } = await aSlip();
    const entered = await enterBySlip(code.toLowerCase(), nobody, 'a phone');
    if ('refused' in entered || entered.sessionId === null) throw new Error('enters');
    const actor = await actorFromCookie(cookieOf(entered.sessionId));
    expect(actor).toMatchObject({ kind: 'person', personId, accountId: null, meetingId });
    expect(personAt(actor, 'another meeting')).toBeNull();
  });

  it('open again on the same device, and on no other', async () => {
    const { code } = await aSlip();
    const entered = await enterBySlip(code, nobody, '');
    if ('refused' in entered || entered.sessionId === null) throw new Error('enters');
    const actor = await actorFromCookie(cookieOf(entered.sessionId));
    expect(await enterBySlip(code, actor, '')).toMatchObject({ sessionId: null });
    expect(await enterBySlip(code, nobody, '')).toMatchObject({ reason: 'slip-used' });
    const stranger = await actorFromCookie(await signedIn(await aPerson()));
    expect(await enterBySlip(code, stranger, '')).toMatchObject({ reason: 'slip-used' });
  });

  it('let exactly one of twenty devices in at the same moment', async () => {
    const { code } = await aSlip();
    const answers = await Promise.all(Array.from({ length: 20 }, () => enterBySlip(code, nobody, '')));
    expect(answers.filter((answer) => 'sessionId' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => 'refused' in answer && answer.reason === 'slip-used')).toHaveLength(19);
  });

  it('leave whoever is signed in as that person as they are', async () => {
    const { code, personId, communityId } = await aSlip();
    const actor = await actorFromCookie(await signedIn({ personId }));
    expect(await enterBySlip(code, actor, '')).toMatchObject({ sessionId: null });
    expect(await enterBySlip(code, nobody, '')).toMatchObject({ reason: 'slip-used' });
    expect(communityId).not.toBe('');
  });

  it('do not open for somebody who entered another meeting as the same person', async () => {
    const { code, personId, community } = await aSlip();
    const cookie = await enteredBySlip(personId, await aMeeting(community));
    const entered = await enterBySlip(code, await actorFromCookie(cookie), '');
    expect(entered).toHaveProperty('sessionId');
    expect((entered as { sessionId: string | null }).sessionId).not.toBeNull();
  });

  it('are void once revoked, and so is the session they opened', async () => {
    const { code, meetingId, slipId } = await aSlip();
    const entered = await enterBySlip(code, nobody, '');
    if ('refused' in entered || entered.sessionId === null) throw new Error('enters');
    await revokeSlip('another meeting', slipId);
    expect(await actorFromCookie(cookieOf(entered.sessionId))).toMatchObject({ kind: 'person' });
    await revokeSlip(meetingId, slipId);
    expect(await actorFromCookie(cookieOf(entered.sessionId))).toEqual(nobody);
    expect(await enterBySlip(code, nobody, '')).toMatchObject({ reason: 'slip-revoked' });
  });

  it('are replaced by a new printing, except those in use', async () => {
    const { code, meetingId, personId } = await aSlip();
    const [second] = await issueSlips(meetingId, [personId, personId]);
    expect(await enterBySlip(code, nobody, '')).toMatchObject({ reason: 'slip-revoked' });
    const entered = await enterBySlip(second?.code ?? '', nobody, '');
    if ('refused' in entered || entered.sessionId === null) throw new Error('enters');
    expect(await issueSlips(meetingId, [personId])).toEqual([]);
    expect(await actorFromCookie(cookieOf(entered.sessionId))).toMatchObject({ kind: 'person' });

    const [third] = await issueSlips(meetingId, [personId], { replaceUsed: true });
    expect(await actorFromCookie(cookieOf(entered.sessionId))).toEqual(nobody);
    expect(await enterBySlip(third?.code ?? '', nobody, '')).toHaveProperty('sessionId');
    expect((await slipsOf(meetingId)).map(({ slipId }) => slipId)).toEqual([third?.slipId]);
  });

  it.each(['', 'ABCDEFGH', "'; drop table slips; --", '\u0000'])('are unknown: %j', async (code) => {
    expect(await readSlip(code)).toMatchObject({ reason: 'slip-unknown' });
  });
});

describe('guests', () => {
  it('are known by their token, whose digest is all that is stored', async () => {
    const { guestId, shownName, cookie } = await aGuest();
    expect(await actorFromCookie(cookie)).toEqual({ kind: 'guest', guestId, shownName });
    const [stored] = await db.select().from(guests).where(eq(guests.id, guestId));
    expect(cookie).not.toContain(stored?.tokenHash ?? '');
  });

  it('act as the person they were admitted as, at that meeting, until it is taken back', async () => {
    const community = await aCommunity();
    const { personId } = await aPerson({ communityId: community.communityId });
    const meetingId = await aMeeting(community);
    const { guestId, cookie } = await aGuest(community);
    await admitGuest(guestId, meetingId, personId);
    const actor = await actorFromCookie(cookie);
    expect(personAt(actor, meetingId)).toBe(personId);
    expect(personAt(actor, 'another')).toBeNull();
    await withdrawAdmission(guestId);
    expect(personAt(await actorFromCookie(cookie), meetingId)).toBeNull();
  });

  it('are outranked by a session on the same device', async () => {
    const { cookie } = await aGuest();
    const person = await aPerson();
    expect(await actorFromCookie(`${cookie}; ${await signedIn(person)}`)).toMatchObject({ kind: 'person' });
  });
});
