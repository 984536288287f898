// Forgetting in time: once a day and community, in small steps, by whichever process comes first. What was forgotten is written down as numbers;
// the page of the office reads them here. Started and stopped by server/attach.ts. Rules [RT1], [RT2].
import { and, desc, eq, sql } from 'drizzle-orm';
import { matters, periodOf, type MatterId } from '#lib/domain/retention/matters.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { removeOldAttempts } from '#lib/server/auth/attempts.ts';
import { removeExpiredSessions } from '#lib/server/auth/sessions.ts';
import { communities, retentionPeriods, retentionRuns } from '#lib/server/db/schema/index.ts';
import { afterErasing } from '#lib/server/meetings/erase.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { forgetters } from './forgetters.ts';

const dayMs = 86_400_000;
const endOfTime = 8.64e15;
const stepOf = 500;
/** A day forgets at most this many steps of a matter; the rest waits for tomorrow. */
const mostSteps = 40;

async function ownPeriods(store: Queryable, communityId: string): Promise<Readonly<Partial<Record<MatterId, number>>>> {
  const [row] = await store.select().from(retentionPeriods).where(eq(retentionPeriods.communityId, communityId));
  return row?.days ?? {};
}

const ofRun = (communityId: string, day: string, matter: MatterId) =>
  and(eq(retentionRuns.communityId, communityId), eq(retentionRuns.day, day), eq(retentionRuns.matter, matter));

/** The first step of a day claims it: another process that comes later finds the row and goes on. */
async function forgetStep(
  communityId: string,
  matter: MatterId,
  { before, day, first, now }: { before: number; day: string; first: boolean; now: number },
): Promise<{ claimed: boolean; forgotten: number }> {
  const meetingIds: string[] = [];
  const done = await db.transaction(async (tx) => {
    if (first) {
      const claimed = await tx
        .insert(retentionRuns)
        .values({ communityId, day, matter, forgotten: 0, at: now })
        .onConflictDoNothing()
        .returning();
      if (claimed.length === 0) return { claimed: false, forgotten: 0 };
    }
    const { due, forget } = forgetters[matter];
    const rows = await tx.execute<{ id: string }>(
      sql`select due.id from (${due(communityId, before, now)}) as due limit ${stepOf}`,
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      if (matter === 'leave_reasons') {
        const of = await tx.execute<{ meeting_id: string }>(
          sql`select distinct meeting_id from meeting_words where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`,
        );
        meetingIds.push(...of.map(({ meeting_id }) => meeting_id));
      }
      await forget(tx, ids, now);
      await tx
        .update(retentionRuns)
        .set({ forgotten: sql`${retentionRuns.forgotten} + ${ids.length}`, at: now })
        .where(ofRun(communityId, day, matter));
    }
    return { claimed: true, forgotten: ids.length };
  });
  // Folded copies still hold the words.
  afterErasing(meetingIds);
  return done;
}

/** Everything of one community that is past its day. The number of things forgotten now. */
export async function forgetDue(communityId: string, now = Date.now()): Promise<number> {
  const own = await ownPeriods(db, communityId);
  const day = new Date(now).toISOString().slice(0, 10);
  let sum = 0;
  for (const { id } of matters) {
    const before = now - periodOf(id, own) * dayMs;
    for (let step = 0; step < mostSteps; step += 1) {
      const { claimed, forgotten } = await forgetStep(communityId, id, { before, day, first: step === 0, now });
      sum += forgotten;
      if (!claimed || forgotten < stepOf) break;
    }
  }
  return sum;
}

const firstMs = 60_000;
const everyMs = 3_600_000;

/** Everything that is due in every community, and the sessions and counted attempts that have run out. Twice changes nothing. */
export async function forgetEverythingDue(mayGoOn: () => boolean = () => true): Promise<void> {
  await removeExpiredSessions();
  await removeOldAttempts();
  for (const { id } of await db.select({ id: communities.id }).from(communities)) {
    if (!mayGoOn()) return;
    await forgetDue(id);
  }
}

/** Looks once an hour whether a new day has something to forget. */
export function startForgetting(): { close(): Promise<void> } {
  let going: Promise<void> = Promise.resolve();
  let stopped = false;
  const begin = (): void => {
    going = going
      .then(() => forgetEverythingDue(() => !stopped))
      .catch((error: unknown) => reportFailure('forgetting', error));
  };
  const first = setTimeout(begin, firstMs).unref();
  const timer = setInterval(begin, everyMs).unref();
  return {
    async close() {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
      await going;
    },
  };
}

export interface RetentionLine {
  readonly matter: MatterId;
  readonly days: number;
  readonly least: number;
  readonly most: number;
  /** Held in all; past their day, to go with the next run; to go within thirty days. */
  readonly held: number;
  readonly due: number;
  readonly soon: number;
  /** The last run that forgot something. */
  readonly last: { readonly day: string; readonly forgotten: number } | null;
}

/** What must be forgotten by when, for the office. Numbers only. */
export async function retentionOf(communityId: string, now = Date.now()): Promise<RetentionLine[]> {
  const own = await ownPeriods(db, communityId);
  const count = async (matter: MatterId, before: number, at: number): Promise<number> => {
    const [row] = await db.execute<{ many: number }>(
      sql`select count(*)::int as many from (${forgetters[matter].due(communityId, before, at)}) as due`,
    );
    return row?.many ?? 0;
  };
  const runs = await db
    .select()
    .from(retentionRuns)
    .where(and(eq(retentionRuns.communityId, communityId), sql`${retentionRuns.forgotten} > 0`))
    .orderBy(desc(retentionRuns.day));
  return Promise.all(
    matters.map(async ({ id, least, most }) => {
      const days = periodOf(id, own);
      const last = runs.find(({ matter }) => matter === id);
      const [held, due, byThen] = await Promise.all([
        count(id, endOfTime, endOfTime),
        count(id, now - days * dayMs, now),
        count(id, now - (days - 30) * dayMs, now + 30 * dayMs),
      ]);
      return {
        matter: id,
        days,
        least,
        most,
        held,
        due,
        soon: byThen - due,
        last: last ? { day: last.day, forgotten: last.forgotten } : null,
      };
    }),
  );
}

/** [RT1] The community's own periods; a number out of bounds is refused, never bent. */
export async function setPeriods(
  communityId: string,
  days: Readonly<Partial<Record<MatterId, number | null>>>,
): Promise<OfficeRefusal | null> {
  const own: Partial<Record<MatterId, number>> = {};
  for (const { id, least, most } of matters) {
    const wanted = days[id];
    if (wanted === null || wanted === undefined) continue;
    if (!Number.isSafeInteger(wanted) || wanted < least || wanted > most)
      return refuseOffice('number-unfit', { least, most });
    own[id] = wanted;
  }
  await db
    .insert(retentionPeriods)
    .values({ communityId, days: own })
    .onConflictDoUpdate({ target: retentionPeriods.communityId, set: { days: own } });
  return null;
}
