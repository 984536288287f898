// What meetings forget when a person is erased: every word by or about them, in every log, on every screen. The chains stay whole. [E3]
import { eq } from 'drizzle-orm';
import { bus } from '#lib/server/bus.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { questions } from '#lib/server/db/schema/index.ts';
import { dropCopy } from './copies.ts';
import { eraseWords } from './log.ts';

/** The bus kind for "drop what you folded of this meeting". */
export const erasedNotice = 'erased';

/** Call inside the erasing transaction, and `afterErasing` with what it returned once that has committed. */
export async function eraseFromMeetings(tx: Queryable, personId: string): Promise<string[]> {
  const asked = await tx
    .update(questions)
    .set({ shownName: '', text: '' })
    .where(eq(questions.personId, personId))
    .returning({ meetingId: questions.meetingId });
  const erased = await eraseWords(tx, personId, Date.now());
  return [...new Set([...erased, ...asked.map(({ meetingId }) => meetingId)])];
}

export function afterErasing(meetingIds: readonly string[]): void {
  for (const meetingId of meetingIds) {
    dropCopy(meetingId);
    bus().publish(erasedNotice, meetingId, Date.now());
  }
}
