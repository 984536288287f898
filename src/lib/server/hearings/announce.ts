// Announcing a hearing, sealing its enrolment when the time has come, and drawing its representatives. Each is a command of the meeting; what is
// here keeps the secret behind the commitment and asks when something is due. Rules [H1], [H3]–[H5].
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { commitmentOf, type HearingPlace } from '#lib/domain/hearings/draw.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db } from '#lib/server/db/client.ts';
import { hearings } from '#lib/server/db/schema/index.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { reportFailure } from '#lib/server/report-failure.ts';

export interface Announcement {
  readonly matter: string;
  readonly how: string;
  readonly places: readonly HearingPlace[];
  readonly enrolBy: number;
  readonly publicSource: string;
  readonly publicKnownAt: number;
  readonly contactDays: number;
}

const mostContactDays = 365;

/** [H1] Makes the secret, keeps it here and says only its commitment. Announcing again is refused and keeps the first secret. */
export async function announceHearing(
  meetingId: string,
  { contactDays, ...said }: Announcement,
  actor: Actor,
  at?: number,
): Promise<Refusal | null> {
  if (!Number.isSafeInteger(contactDays) || contactDays < 1 || contactDays > mostContactDays)
    return refuse('H2', 'hearing-unfit', { field: 'contactDays' });
  const { state } = await freshCopy(meetingId);
  if (state.seq === 0) return refuse('L1', 'unknown-meeting');
  if (state.hearing) return refuse('H1', 'already-done');
  const secret = randomBytes(32).toString('hex');
  const [kept] = await db
    .insert(hearings)
    .values({ meetingId, secret, contactDays })
    // Two people announcing at the same moment: one secret, and the law lets one of them through.
    .onConflictDoUpdate({ target: hearings.meetingId, set: { contactDays } })
    .returning();
  const command = { type: 'announceHearing', ...said, commitment: commitmentOf(kept?.secret ?? secret) };
  const answer = await act(meetingId, { commandId: newId(), command, ...(at !== undefined && { at }) }, actor);
  if (answer.ok) return null;
  if (!(await freshCopy(meetingId)).state.hearing) await db.delete(hearings).where(eq(hearings.meetingId, meetingId));
  return answer.refusal;
}

/** [H4] Seals the entries once enrolment has closed, whoever looks first. Asking again changes nothing. */
export async function sealIsDue(meetingId: string, at = Date.now()): Promise<void> {
  const { hearing } = (await freshCopy(meetingId)).state;
  if (!hearing || hearing.sealed || at < hearing.enrolBy) return;
  const ask = { commandId: `seal-${meetingId}`, command: { type: 'sealEnrolment' }, at };
  try {
    const answer = await act(meetingId, ask, { kind: 'system' });
    if (!answer.ok && answer.refusal.reason !== 'already-done')
      reportFailure('Enrolment could not be sealed', new Error(answer.refusal.reason));
  } catch (error) {
    reportFailure('Enrolment could not be sealed', error);
  }
}

export async function drawPublicly(
  meetingId: string,
  publicValue: string,
  actor: Actor,
  at = Date.now(),
): Promise<Refusal | null> {
  await sealIsDue(meetingId, at);
  const answer = await act(
    meetingId,
    { commandId: newId(), command: { type: 'drawRepresentatives', publicValue }, at },
    actor,
  );
  return answer.ok ? null : answer.refusal;
}
