// Fills an empty installation with the demo, once. Called by the doors when the program starts, unless it was started empty.
// Several processes may call it at the same moment; an installation that already has a community of its own is left alone.
import { and, eq, sql } from 'drizzle-orm';
import { verifyPassword } from '#lib/server/auth/passwords.ts';
import { db } from '#lib/server/db/client.ts';
import { accounts, communities, people, realms } from '#lib/server/db/schema/index.ts';
import { countKeptCommunities } from '#lib/server/people/communities.ts';
import { seedDemoCommunity } from './community.ts';
import { seedDemoAffairs, seedDemoFeedback, seedDemoJointMeeting } from './joint.ts';
import { seedDemoHearing } from './hearing.ts';
import { seedDemoMeeting } from './meeting.ts';
import { seedDemoOpenSpace } from './open-space.ts';
import { additions, dataset, type SignIn } from './dataset.ts';

/** Enough to look at; a start must not take longer than it has to. */
const demoEnrolments = 60;

/** Seeds if there is no community at all. Returns the demo sign-ins that still work; none without a demo community. */
export async function seedDemo(): Promise<SignIn[]> {
  const seeded = await db.transaction(async (tx) => {
    // The same lock as the first day's set-up: never both.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('yishi.set-up'))`);
    return (await countKeptCommunities(tx)) === 0 ? seedDemoCommunity(tx) : null;
  });
  if (seeded) {
    await seedDemoMeeting(seeded);
    await seedDemoJointMeeting(seeded, await seedDemoAffairs(seeded));
    await seedDemoFeedback(seeded);
    await seedDemoOpenSpace(seeded);
    await seedDemoHearing(seeded, { residents: demoEnrolments });
  }
  return demoSignIns();
}

/** Only what would really let somebody in: a password changed since is not printed. */
async function demoSignIns(): Promise<SignIn[]> {
  const opened = await db
    .select({ ref: people.demoRef, loginName: accounts.loginName, passwordHash: accounts.passwordHash })
    .from(accounts)
    .innerJoin(people, eq(people.id, accounts.personId))
    .innerJoin(communities, eq(communities.id, people.communityId))
    .innerJoin(realms, eq(realms.id, communities.realmId))
    .where(and(eq(communities.isDemo, true), eq(realms.kind, 'kept')));
  const checked = await Promise.all(
    additions.signIns.map(async ({ ref, loginName, password }) => {
      const account = opened.find((row) => row.ref === ref && row.loginName === loginName);
      const works = account?.passwordHash ? await verifyPassword(account.passwordHash, password) : false;
      return works ? [{ who: whoIs(ref), loginName, password }] : [];
    }),
  );
  return checked.flat();
}

function whoIs(ref: string): string {
  const member = dataset.council.members.find(({ id }) => id === ref);
  if (member) return `${member.title} ${member.display_name}`;
  const staff = additions.staff.find((person) => person.ref === ref);
  return staff ? `${staff.roleNote} ${staff.name}` : ref;
}
