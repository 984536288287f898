// Passkeys: WebAuthn ceremonies around one-time challenges. Called by the account and sign-in rooms with the page's own origin; a browser
// offers them in a secure context only, so everybody keeps another way in. A challenge is consumed by being answered, right or wrong.
import { and, eq, lt, sql } from 'drizzle-orm';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { accounts, passkeyChallenges, passkeys, people } from '#lib/server/db/schema/index.ts';
import { openSession } from './sessions.ts';

/** Where the page asking stands: `https://yishi.example` and its host name. */
export interface Site {
  readonly origin: string;
  readonly hostname: string;
}

const siteName = 'Yishi';
const challengeLifetimeMs = 5 * 60 * 1000;

async function remember(challenge: string, accountId: string | null): Promise<void> {
  const now = Date.now();
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
  await db.insert(passkeyChallenges).values({ challenge, accountId, expiresAt: now + challengeLifetimeMs });
}

/** True once, for the account the challenge was made for. */
const consumed = (accountId: string | null) => async (challenge: string) => {
  const [met] = await db.delete(passkeyChallenges).where(eq(passkeyChallenges.challenge, challenge)).returning();
  return met !== undefined && met.accountId === accountId && met.expiresAt > Date.now();
};

export async function offerPasskey(accountId: string, site: Site) {
  const [account] = await db
    .select({ loginName: accounts.loginName, name: people.name })
    .from(accounts)
    .innerJoin(people, eq(people.id, accounts.personId))
    .where(eq(accounts.id, accountId));
  if (!account) return refuseOffice('no-account');
  const known = await db.select().from(passkeys).where(eq(passkeys.accountId, accountId));
  const options = await generateRegistrationOptions({
    rpName: siteName,
    rpID: site.hostname,
    userID: new TextEncoder().encode(accountId),
    userName: account.loginName,
    userDisplayName: account.name ?? account.loginName,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({
      id,
      transports: transports as AuthenticatorTransport[],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await remember(options.challenge, accountId);
  return options;
}

/** Keeps the passkey a device has just made. `label` is what the person calls it. */
export async function addPasskey(
  accountId: string,
  response: RegistrationResponseJSON,
  label: string,
  site: Site,
): Promise<OfficeRefusal | null> {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: consumed(accountId),
    expectedOrigin: site.origin,
    expectedRPID: site.hostname,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return refuseOffice('passkey-not-recognised');
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  const [added] = await db
    .insert(passkeys)
    .values({
      id,
      accountId,
      publicKey,
      counter,
      transports: transports ?? [],
      label: label.slice(0, 60),
      createdAt: Date.now(),
    })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  return added ? null : refuseOffice('passkey-known-already');
}

/** Removes a passkey of this account, unless nothing else would be left to sign in with. */
export async function removePasskey(accountId: string, passkeyId: string): Promise<OfficeRefusal | null> {
  return db.transaction(async (tx) => {
    const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('update');
    const keys = await tx.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.accountId, accountId));
    if (!account || !keys.some(({ id }) => id === passkeyId)) return refuseOffice('not-there');
    if (account.passwordHash === null && keys.length === 1) return refuseOffice('last-way-in');
    await tx.delete(passkeys).where(and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, accountId)));
    return null;
  });
}

/** Options for signing in with whatever passkey the device has for this site; nobody is named. */
export async function askForPasskey(site: Site) {
  const options = await generateAuthenticationOptions({ rpID: site.hostname, userVerification: 'required' });
  await remember(options.challenge, null);
  return options;
}

export async function signInWithPasskey(
  response: AuthenticationResponseJSON,
  site: Site,
  device: string,
): Promise<{ sessionId: string; personId: string } | OfficeRefusal> {
  const [known] = await db
    .select({ passkey: passkeys, personId: accounts.personId })
    .from(passkeys)
    .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
    .where(eq(passkeys.id, typeof response?.id === 'string' ? response.id : ''));
  if (!known) return refuseOffice('passkey-not-recognised');
  const { passkey, personId } = known;
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: consumed(null),
    expectedOrigin: site.origin,
    expectedRPID: site.hostname,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
      transports: passkey.transports as AuthenticatorTransport[],
    },
  }).catch(() => null);
  if (!verified?.verified) return refuseOffice('passkey-not-recognised');
  await db
    .update(passkeys)
    .set({
      counter: sql`greatest(${passkeys.counter}, ${verified.authenticationInfo.newCounter})`,
      lastUsedAt: Date.now(),
    })
    .where(eq(passkeys.id, passkey.id));
  const { accountId } = passkey;
  const sessionId = await openSession(personId, { accountId, meetingId: null, slipId: null, device });
  return { sessionId, personId };
}
