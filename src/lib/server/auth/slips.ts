// Entry slips: for one person at one meeting, good for one device. Issued and revoked by the hosts' pages, opened at /s/<code>. What is not printed
// at once can only be issued anew; revoking one ends the session it opened.
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { personAt, type Actor } from '#lib/domain/actor.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { meetings, people, sessions, slips } from '#lib/server/db/schema/index.ts';
import { newSlip, slipTyped } from '#lib/server/slips/slip.ts';
import { openSession } from './sessions.ts';

export interface IssuedSlip {
  readonly slipId: string;
  readonly personId: string;
  /** Eight signs; print it now, it cannot be read back. */
  readonly code: string;
}

/**
 * Issues slips for people who have none, or whose slip nobody has used yet: that one is revoked. A used slip is only replaced with
 * `replaceUsed` (a lost phone), which ends the session it opened; printing the whole roster again must throw nobody out.
 */
export async function issueSlips(
  meetingId: string,
  personIds: readonly string[],
  { replaceUsed = false }: { replaceUsed?: boolean } = {},
): Promise<IssuedSlip[]> {
  if (personIds.length === 0) return [];
  return db.transaction(async (tx) => {
    const good = await tx
      .select()
      .from(slips)
      .where(and(eq(slips.meetingId, meetingId), isNull(slips.revokedAt), inArray(slips.personId, [...personIds])))
      .for('update');
    const replaced = good.filter((slip) => replaceUsed || slip.usedAt === null);
    const kept = new Set(good.filter((slip) => !replaced.includes(slip)).map((slip) => slip.personId));
    const now = Date.now();
    if (replaced.length > 0) {
      const ids = replaced.map((slip) => slip.id);
      await tx.update(slips).set({ revokedAt: now }).where(inArray(slips.id, ids));
      await tx.delete(sessions).where(inArray(sessions.slipId, ids));
    }
    const issued = [...new Set(personIds)]
      .filter((personId) => !kept.has(personId))
      .map((personId) => ({ slipId: newId(), personId, ...newSlip() }));
    if (issued.length > 0) {
      await tx.insert(slips).values(
        issued.map(({ slipId, personId, codeHash }) => ({
          id: slipId,
          codeHash,
          meetingId,
          personId,
          createdAt: now,
        })),
      );
    }
    return issued.map(({ slipId, personId, code }) => ({ slipId, personId, code }));
  });
}

/** Revokes a slip of this meeting and ends the session it opened. Doing it twice changes nothing. */
export async function revokeSlip(meetingId: string, slipId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(slips)
      .set({ revokedAt: Date.now() })
      .where(and(eq(slips.id, slipId), eq(slips.meetingId, meetingId), isNull(slips.revokedAt)));
    await tx.delete(sessions).where(
      inArray(
        sessions.slipId,
        tx
          .select({ id: slips.id })
          .from(slips)
          .where(and(eq(slips.id, slipId), eq(slips.meetingId, meetingId))),
      ),
    );
  });
}

/** Every slip of a meeting that is not revoked, for the hosts' list. */
export async function slipsOf(meetingId: string) {
  return db
    .select({ slipId: slips.id, personId: slips.personId, createdAt: slips.createdAt, usedAt: slips.usedAt })
    .from(slips)
    .where(and(eq(slips.meetingId, meetingId), isNull(slips.revokedAt)));
}

export interface ReadSlip {
  readonly slipId: string;
  readonly personId: string;
  readonly personName: string;
  readonly meetingId: string;
  readonly meetingTitle: string;
  readonly place: string;
  readonly startsAt: number;
  /** The meeting's own six digits: where one goes on after entering. */
  readonly joinCode: string;
  readonly used: boolean;
}

/** Whom and which meeting a code is for. Changes nothing. */
export async function readSlip(typedCode: string): Promise<ReadSlip | OfficeRefusal> {
  const slip = await slipTyped(typedCode, {
    find: (codeHash) =>
      db
        .select({
          slipId: slips.id,
          personId: slips.personId,
          personName: people.name,
          meetingId: slips.meetingId,
          meetingTitle: meetings.title,
          place: meetings.place,
          startsAt: meetings.startsAt,
          joinCode: meetings.joinCode,
          usedAt: slips.usedAt,
          revokedAt: slips.revokedAt,
        })
        .from(slips)
        .innerJoin(people, eq(people.id, slips.personId))
        .innerJoin(meetings, eq(meetings.id, slips.meetingId))
        .where(eq(slips.codeHash, codeHash)),
    isVoid: ({ revokedAt }) => revokedAt !== null,
    refuse: (why) => refuseOffice(why === 'void' ? 'slip-revoked' : 'slip-unknown'),
  });
  if ('refused' in slip) return slip;
  const { usedAt, revokedAt: _good, personName, ...rest } = slip;
  return { ...rest, personName: personName ?? '', used: usedAt !== null };
}

/**
 * Enters by a slip. `sessionId` is null where this device already is that person at that meeting (the slip opened again, or signed in
 * otherwise): keep its cookie. Of two devices at the same moment one enters, the other reads `slip-used`.
 */
export async function enterBySlip(
  typedCode: string,
  actor: Actor,
  device: string,
): Promise<{ sessionId: string | null; meetingId: string; joinCode: string } | OfficeRefusal> {
  const slip = await readSlip(typedCode);
  if ('refused' in slip) return slip;
  const { slipId, meetingId, personId, joinCode } = slip;
  const isHere = actor.kind === 'person' && personAt(actor, meetingId) === personId;
  return db.transaction(async (tx) => {
    const [taken] = await tx
      .update(slips)
      .set({ usedAt: Date.now() })
      .where(and(eq(slips.id, slipId), isNull(slips.usedAt), isNull(slips.revokedAt)))
      .returning({ id: slips.id });
    if (isHere) return { sessionId: null, meetingId, joinCode };
    if (!taken) return refuseOffice('slip-used');
    const sessionId = await openSession(personId, { accountId: null, meetingId, slipId, device }, tx);
    return { sessionId, meetingId, joinCode };
  });
}
