// Private look-up codes: an author's own link to what became of a question, a need, an objection. Only a digest is stored.
// A code is derived from its sending and a secret of this installation, so that a resent sending gets the very same code, and nobody
// can compute one from what a copy of the database shows.
import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { installation } from '#lib/server/db/schema/index.ts';

/** @param sending the author and the client-made id of the sending */
export async function lookupCode(sending: string): Promise<string> {
  return createHash('sha256')
    .update(sending)
    .update(await lookupSecret())
    .digest('base64url')
    .slice(0, 20);
}

export const lookupDigest = (lookup: string): string => createHash('sha256').update(lookup).digest('hex');

async function lookupSecret(): Promise<string> {
  const value = randomBytes(32).toString('hex');
  await db.insert(installation).values({ key: 'lookup-secret', value }).onConflictDoNothing();
  const [row] = await db.select().from(installation).where(eq(installation.key, 'lookup-secret'));
  return row?.value ?? value;
}
