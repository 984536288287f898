// The first day of an empty installation: its community and its first secretary, who can then do everything else. Called by /setup only.
import { sql } from 'drizzle-orm';
import { maySetUp } from '#lib/domain/policies.ts';
import { OfficeRefused, orThrow, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { createAccount } from '#lib/server/auth/accounts.ts';
import { openSession } from '#lib/server/auth/sessions.ts';
import { db } from '#lib/server/db/client.ts';
import { countKeptCommunities, createCommunity, type CommunityFacts } from './communities.ts';
import { addPerson, setStaffRoles } from './register.ts';

export async function setUpInstallation(
  community: CommunityFacts,
  secretary: { readonly name: string; readonly loginName: string; readonly password: string },
  device: string,
): Promise<{ sessionId: string } | OfficeRefusal> {
  try {
    return await db.transaction(async (tx) => {
      // Two first secretaries at the same moment: one waits here and is then refused.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('yishi.set-up'))`);
      if (!maySetUp(await countKeptCommunities(tx))) return refuseOffice('already-set-up');
      const { communityId } = orThrow(await createCommunity(community, {}, tx));
      const { personId } = orThrow(await addPerson(communityId, { name: secretary.name }, tx));
      const { loginName, password } = secretary;
      const { accountId } = orThrow(await createAccount({ personId, loginName, password }, tx));
      orThrow(await setStaffRoles(communityId, personId, ['secretary'], tx));
      const sessionId = await openSession(personId, { accountId, meetingId: null, slipId: null, device }, tx);
      return { sessionId };
    });
  } catch (error) {
    if (error instanceof OfficeRefused) return error.refusal;
    throw error;
  }
}
