// Forgetting a person in needs: the name and contact they left go, and they are no longer their author; the need and its link stay, so that
// nobody's support or merging is lost. Called by the erasure of a person, inside its transaction.
import { eq } from 'drizzle-orm';
import type { Queryable } from '#lib/server/db/client.ts';
import { needAuthors } from '#lib/server/db/schema/index.ts';

export async function eraseFromNeeds(personId: string, store: Queryable): Promise<void> {
  await store
    .update(needAuthors)
    .set({ name: null, contact: null, personId: null, erasedAt: Date.now() })
    .where(eq(needAuthors.personId, personId));
}
