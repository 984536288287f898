// Who there is: realms, the three-level community, people, councils with sectors and seats, rule packs.
// Everything hangs from a realm, so wiping a practice realm is one cascading delete and touches nothing that is kept.
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { RulePack } from '#lib/domain/meeting/rules.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import { instant } from './columns.ts';

export type RealmKind = 'kept' | 'practice' | 'rehearsal';

export const realms = pgTable('realms', {
  id: text().primaryKey(),
  kind: text().$type<RealmKind>().notNull(),
  createdAt: instant('created_at').notNull(),
});

export const communities = pgTable(
  'communities',
  {
    id: text().primaryKey(),
    realmId: text('realm_id')
      .notNull()
      .references(() => realms.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    subdistrict: text().notNull().default(''),
    district: text().notNull().default(''),
    city: text().notNull().default(''),
    households: integer(),
    population: integer(),
    isDemo: boolean('is_demo').notNull().default(false),
  },
  (table) => [index().on(table.realmId)],
);

export const zones = pgTable(
  'zones',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull().default(0),
  },
  (table) => [unique().on(table.communityId, table.name)],
);

export const buildingGroups = pgTable(
  'building_groups',
  {
    id: text().primaryKey(),
    zoneId: text('zone_id')
      .notNull()
      .references(() => zones.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull().default(0),
  },
  (table) => [unique().on(table.zoneId, table.name)],
);

export const people = pgTable(
  'people',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    /** Null once the person has been erased. */
    name: text(),
    phone: text(),
    gender: text(),
    /** `YYYY-MM` */
    birthMonth: text('birth_month'),
    roleNote: text('role_note'),
    organisation: text(),
    zoneId: text('zone_id').references(() => zones.id, { onDelete: 'set null' }),
    buildingGroupId: text('building_group_id').references(() => buildingGroups.id, { onDelete: 'set null' }),
    largeType: boolean('large_type').notNull().default(false),
    hasSmartphone: boolean('has_smartphone').notNull().default(true),
    consentPublishName: boolean('consent_publish_name').notNull().default(false),
    note: text(),
    /** The identifier this person has in the demo dataset (`M07`), null for everybody else. */
    demoRef: text('demo_ref'),
    createdAt: instant('created_at').notNull(),
    /** The person asked to be forgotten; the secretary's office answers by erasing, or explains why it must wait. */
    erasureAskedAt: instant('erasure_asked_at'),
    erasedAt: instant('erased_at'),
  },
  (table) => [index().on(table.communityId), unique().on(table.communityId, table.demoRef)],
);

/** A person's work for the community outside any one council: the secretary's office, helpers, tellers. */
export const staffRoles = pgTable(
  'staff_roles',
  {
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.personId, table.role] })],
);

/** A council in one term: the next term is a row of its own that `follows` this one, so old meetings keep their roster. */
export const councils = pgTable(
  'councils',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    term: text().notNull().default(''),
    follows: text().references((): AnyPgColumn => councils.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index().on(table.communityId)],
);

export const sectors = pgTable(
  'sectors',
  {
    id: text().primaryKey(),
    councilId: text('council_id')
      .notNull()
      .references(() => councils.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    seats: integer().notNull(),
    position: integer().notNull().default(0),
  },
  (table) => [unique().on(table.councilId, table.name)],
);

/** A seat as held by one person. Vacant seats have no row: a sector's `seats` less those living. `endedAt` set: it counts nowhere any more. */
export const seats = pgTable(
  'seats',
  {
    id: text().primaryKey(),
    councilId: text('council_id')
      .notNull()
      .references(() => councils.id, { onDelete: 'cascade' }),
    sectorId: text('sector_id')
      .notNull()
      .references(() => sectors.id, { onDelete: 'restrict' }),
    personId: text('person_id').references(() => people.id, { onDelete: 'set null' }),
    title: text().notNull().default('委员'),
    voting: boolean().notNull().default(true),
    position: integer().notNull().default(0),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index().on(table.councilId),
    // A person holds one seat at a time; a seat that ended may be followed by another.
    uniqueIndex('seats_one_living_seat')
      .on(table.councilId, table.personId)
      .where(sql`${table.endedAt} is null`),
  ],
);

export const councilRoles = pgTable(
  'council_roles',
  {
    councilId: text('council_id')
      .notNull()
      .references(() => councils.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.councilId, table.personId, table.role] })],
);

export const rulePacks = pgTable(
  'rule_packs',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    rules: jsonb().$type<RulePack>().notNull(),
    version: integer().notNull().default(1),
    /** The version this one was edited from; that one was retired in the same transaction. */
    replaces: text()
      .unique()
      .references((): AnyPgColumn => rulePacks.id, { onDelete: 'set null' }),
    position: integer().notNull().default(0),
    retiredAt: instant('retired_at'),
  },
  (table) => [index().on(table.communityId)],
);
