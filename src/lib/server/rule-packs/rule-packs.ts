// A community's rule packs. Editing makes a new version and retires the one before; what a meeting froze is never touched.
// Called by the rule pack pages, by convening (which copies the rules) and by the demo.
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { faultOfRulePack, type RulePack } from '#lib/domain/meeting/rules.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { rulePacks } from '#lib/server/db/schema/index.ts';

export type RulesWithoutId = Omit<RulePack, 'packId'>;

export interface KeptRulePack {
  readonly packId: string;
  readonly version: number;
  readonly retiredAt: number | null;
  readonly rules: RulePack;
}

type Row = typeof rulePacks.$inferSelect;

const kept = (row: Row): KeptRulePack => ({
  packId: row.id,
  version: row.version,
  retiredAt: row.retiredAt,
  rules: row.rules,
});

/** In their order; without the retired ones unless asked for. */
export async function listRulePacks(communityId: string, { retiredToo = false } = {}): Promise<KeptRulePack[]> {
  const rows = await db
    .select()
    .from(rulePacks)
    .where(and(eq(rulePacks.communityId, communityId), retiredToo ? undefined : isNull(rulePacks.retiredAt)))
    .orderBy(asc(rulePacks.position), asc(rulePacks.version));
  return rows.map(kept);
}

export async function readRulePack(communityId: string, packId: string): Promise<KeptRulePack | null> {
  const [row] = await db
    .select()
    .from(rulePacks)
    .where(and(eq(rulePacks.id, packId), eq(rulePacks.communityId, communityId)));
  return row ? kept(row) : null;
}

export async function addRulePack(
  communityId: string,
  rules: RulesWithoutId,
  store: Queryable = db,
): Promise<{ packId: string } | OfficeRefusal> {
  const packId = newId();
  const whole = { ...rules, packId };
  const field = faultOfRulePack(whole);
  if (field) return refuseOffice('rules-unfit', { field });
  const [last] = await store
    .select({ position: sql<number>`coalesce(max(${rulePacks.position}), 0)::int` })
    .from(rulePacks)
    .where(eq(rulePacks.communityId, communityId));
  await store.insert(rulePacks).values({ id: packId, communityId, rules: whole, position: (last?.position ?? 0) + 1 });
  return { packId };
}

/** A new version in the place of `packId`, which is retired. Refused when somebody else has already replaced or retired it. */
export async function reviseRulePack(
  communityId: string,
  packId: string,
  rules: RulesWithoutId,
): Promise<{ packId: string } | OfficeRefusal> {
  const nextId = newId();
  const whole = { ...rules, packId: nextId };
  const field = faultOfRulePack(whole);
  if (field) return refuseOffice('rules-unfit', { field });
  return db.transaction(async (tx) => {
    const [old] = await tx
      .update(rulePacks)
      .set({ retiredAt: Date.now() })
      .where(and(eq(rulePacks.id, packId), eq(rulePacks.communityId, communityId), isNull(rulePacks.retiredAt)))
      .returning();
    if (!old) return refuseOffice('rules-retired');
    const { position, version } = old;
    await tx
      .insert(rulePacks)
      .values({ id: nextId, communityId, rules: whole, position, version: version + 1, replaces: packId });
    return { packId: nextId };
  });
}

/** It is no longer offered; meetings that chose it keep it. */
export async function retireRulePack(communityId: string, packId: string): Promise<OfficeRefusal | null> {
  const retired = await db
    .update(rulePacks)
    .set({ retiredAt: Date.now() })
    .where(and(eq(rulePacks.id, packId), eq(rulePacks.communityId, communityId), isNull(rulePacks.retiredAt)))
    .returning({ id: rulePacks.id });
  return retired.length === 1 ? null : refuseOffice('rules-retired');
}
