// Accounts with passwords: opening one, signing in, changing the password. Called by the sign-in, account and people pages and by the
// demo. Wrong attempts are limited per login name, whether it exists or not; the answer never tells which part was wrong.
import { and, eq, ne } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { accounts, passkeys, people, sessions } from '#lib/server/db/schema/index.ts';
import { countAttempt, forgetAttempts, type AttemptLimit } from './attempts.ts';
import { faultOfPassword, hashPassword, verifyPassword } from './passwords.ts';
import { digestOf } from './secrets.ts';
import { openSession } from './sessions.ts';

const signInLimit: AttemptLimit = { kind: 'sign-in', most: 8, windowMs: 10 * 60 * 1000 };

/** One account has one spelling: letters without case, full width as half. */
export const plainLoginName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

const fitsLoginName = (name: string): boolean => /^[\p{Script=Han}a-z0-9][\p{Script=Han}a-z0-9._-]{1,31}$/u.test(name);

/** Opens an account for a person who has none. `password` null: passkeys only, or a password later. */
export async function createAccount(
  person: { readonly personId: string; readonly loginName: string; readonly password: string | null },
  store: Queryable = db,
): Promise<{ accountId: string } | OfficeRefusal> {
  const loginName = plainLoginName(person.loginName);
  if (!fitsLoginName(loginName)) return refuseOffice('login-name-unfit');
  const fault = person.password === null ? null : faultOfPassword(person.password, loginName);
  if (fault) return fault;
  const passwordHash = person.password === null ? null : await hashPassword(person.password);
  const accountId = newId();
  const [opened] = await store
    .insert(accounts)
    .values({ id: accountId, personId: person.personId, loginName, passwordHash, createdAt: Date.now() })
    .onConflictDoNothing()
    .returning({ id: accounts.id });
  if (opened) return { accountId };
  const [own] = await store.select().from(accounts).where(eq(accounts.personId, person.personId));
  return own ? refuseOffice('already-has-account') : refuseOffice('login-name-taken', { loginName });
}

/** Opens a session, or says that name or password is wrong, or how many minutes to wait. */
export async function signInWithPassword(
  typedName: string,
  password: string,
  device: string,
): Promise<{ sessionId: string; personId: string } | OfficeRefusal> {
  const loginName = plainLoginName(typedName).slice(0, 100);
  const waitMs = await countAttempt(signInLimit, loginName);
  if (waitMs !== null) return refuseOffice('too-many-wrong-passwords', { minutes: Math.ceil(waitMs / 60_000) });
  const [account] = await db.select().from(accounts).where(eq(accounts.loginName, loginName));
  if (!(await verifyPassword(account?.passwordHash ?? null, password.slice(0, 1000))) || !account) {
    return refuseOffice('wrong-name-or-password');
  }
  await forgetAttempts(signInLimit, loginName);
  const { personId, id: accountId } = account;
  const sessionId = await openSession(personId, { accountId, meetingId: null, slipId: null, device });
  return { sessionId, personId };
}

/** Changes one's own password; every other session of the person ends, the one with `keptSessionId` stays. */
export async function changePassword(
  accountId: string,
  oldPassword: string,
  newPassword: string,
  keptSessionId: string,
): Promise<OfficeRefusal | null> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) return refuseOffice('no-account');
  if (account.passwordHash !== null) {
    const waitMs = await countAttempt(signInLimit, account.loginName);
    if (waitMs !== null) return refuseOffice('too-many-wrong-passwords', { minutes: Math.ceil(waitMs / 60_000) });
    if (!(await verifyPassword(account.passwordHash, oldPassword.slice(0, 1000)))) {
      return refuseOffice('old-password-wrong');
    }
    await forgetAttempts(signInLimit, account.loginName);
  }
  const fault = faultOfPassword(newPassword, account.loginName);
  if (fault) return fault;
  const passwordHash = await hashPassword(newPassword);
  await db.transaction(async (tx) => {
    await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId));
    await tx.delete(sessions).where(and(eq(sessions.accountId, accountId), ne(sessions.id, digestOf(keptSessionId))));
  });
  return null;
}

/** The office gives somebody a new password (told in person); all their sessions end. */
export async function giveNewPassword(personId: string, password: string): Promise<OfficeRefusal | null> {
  const [account] = await db.select().from(accounts).where(eq(accounts.personId, personId));
  if (!account) return refuseOffice('no-account');
  const fault = faultOfPassword(password, account.loginName);
  if (fault) return fault;
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id));
    await tx.delete(sessions).where(eq(sessions.accountId, account.id));
  });
  await forgetAttempts(signInLimit, account.loginName);
  return null;
}

/** What the account page shows of one's own account. */
export async function readAccount(accountId: string) {
  const [account] = await db
    .select({
      accountId: accounts.id,
      personId: people.id,
      loginName: accounts.loginName,
      hasPassword: accounts.passwordHash,
      name: people.name,
    })
    .from(accounts)
    .innerJoin(people, eq(people.id, accounts.personId))
    .where(eq(accounts.id, accountId));
  if (!account) return null;
  const keys = await db.select().from(passkeys).where(eq(passkeys.accountId, accountId)).orderBy(passkeys.createdAt);
  return { ...account, hasPassword: account.hasPassword !== null, passkeys: keys };
}
