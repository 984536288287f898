// From a resident's need to a closed service project: collection notices, needs, micro-wishes, projects, their plans, checks, scores,
// objections and history. Money itself is the ledger's; here stand only what was asked and what was approved.
// What could name a resident (need_authors, contacts of objectors and claimers) stands in tables of its own that no public page reads.
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Listing, OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import type { Destination, NeedChannel, NeedState, WishState } from '#lib/domain/needs/states.ts';
import type { ProjectState } from '#lib/domain/projects/states.ts';
import { communities, people, seats, zones } from './community.ts';
import { bytes, instant } from './columns.ts';
import { publications } from './publications.ts';

const fen = (name: string) => bigint(name, { mode: 'number' });

/** 征集公告. Days are `YYYY-MM-DD`, both included. */
export const collectionNotices = pgTable(
  'collection_notices',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    categories: jsonb().$type<readonly string[]>().notNull(),
    /** Whom to ask and where paper forms are handed in. */
    contact: text().notNull().default(''),
    /** Paper forms handed out; those that came back are counted from the needs. */
    formsIssued: integer('forms_issued').notNull().default(0),
    /** Forms that came back but were typed in elsewhere, or brought nothing: blank ones. */
    formsBlank: integer('forms_blank').notNull().default(0),
    /** The most a micro-wish collected under it may cost its giver. */
    wishCapFen: fen('wish_cap_fen').notNull().default(30_000),
    createdBy: text('created_by').references(() => people.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    publishedAt: instant('published_at'),
  },
  (table) => [index().on(table.communityId), check('collection_notices_days', sql`${table.fromDay} <= ${table.toDay}`)],
);

/** Where the notice hangs: ticked off when it was put up and when it was taken down. */
export const postingPoints = pgTable(
  'posting_points',
  {
    id: text().primaryKey(),
    noticeId: text('notice_id')
      .notNull()
      .references(() => collectionNotices.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull().default(0),
    postedAt: instant('posted_at'),
    postedBy: text('posted_by').references(() => people.id, { onDelete: 'set null' }),
    takenDownAt: instant('taken_down_at'),
  },
  (table) => [unique().on(table.noticeId, table.name)],
);

export const needs = pgTable(
  'needs',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    noticeId: text('notice_id').references(() => collectionNotices.id, { onDelete: 'set null' }),
    /** `N01`: what people call it; unique in the community. */
    code: text().notNull(),
    title: text().notNull(),
    detail: text().notNull().default(''),
    category: text().notNull(),
    zoneId: text('zone_id').references(() => zones.id, { onDelete: 'set null' }),
    channel: text().$type<NeedChannel>().notNull(),
    status: text().$type<NeedState>().notNull(),
    destination: text().$type<Destination>(),
    mergedIntoId: text('merged_into_id').references((): AnyPgColumn => needs.id),
    /** What its author and everybody who may read it is told. */
    reply: text(),
    /** Supporters counted on paper or at a wall, beside those who tapped on a device of their own. */
    paperSupports: integer('paper_supports').notNull().default(0),
    submittedAt: instant('submitted_at').notNull(),
  },
  (table) => [
    unique().on(table.communityId, table.code),
    index().on(table.mergedIntoId),
    check('needs_merged', sql`(${table.status} = 'merged') = (${table.mergedIntoId} is not null)`),
    check('needs_supports', sql`${table.paperSupports} >= 0`),
  ],
);

/** Who brought a need. Private: the office alone reads name and contact; the author comes back by the link. */
export const needAuthors = pgTable(
  'need_authors',
  {
    needId: text('need_id')
      .primaryKey()
      .references(() => needs.id, { onDelete: 'cascade' }),
    name: text(),
    contact: text(),
    personId: text('person_id').references(() => people.id, { onDelete: 'set null' }),
    guestId: text('guest_id'),
    /** The helper or the staff member who typed it for them. */
    enteredBy: text('entered_by').references(() => people.id, { onDelete: 'set null' }),
    /** Client-made id of the sending, so that a resent need stays one need. */
    sentId: text('sent_id').notNull().unique(),
    /** SHA-256 of the private look-up code, hex. */
    lookupHash: text('lookup_hash').notNull().unique(),
    erasedAt: instant('erased_at'),
  },
  (table) => [index().on(table.personId)],
);

/** One photograph of a need, encoded anew so that no place or camera is in it. */
export const needPhotos = pgTable('need_photos', {
  needId: text('need_id')
    .primaryKey()
    .references(() => needs.id, { onDelete: 'cascade' }),
  mediaType: text('media_type').notNull(),
  content: bytes().notNull(),
  /** The office looked at it and shows it to everybody. */
  shown: boolean().notNull().default(false),
});

export const needSupports = pgTable(
  'need_supports',
  {
    needId: text('need_id')
      .notNull()
      .references(() => needs.id, { onDelete: 'cascade' }),
    /** `guest:…` or `person:…` */
    supporter: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.needId, table.supporter] })],
);

/** Every step of a need, with what it was before, so that the last one can be undone by another. Never edited. */
export const needHistory = pgTable(
  'need_history',
  {
    needId: text('need_id')
      .notNull()
      .references(() => needs.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    at: instant('at').notNull(),
    /** Null for its author and for the program. */
    byPersonId: text('by_person_id').references(() => people.id, { onDelete: 'set null' }),
    deed: text().notNull(),
    /** What it says to everybody who may read the need. */
    why: text().notNull().default(''),
    before: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    after: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.needId, table.seq] })],
);

/** 微心愿: a need small enough for one giver. */
export const microWishes = pgTable(
  'micro_wishes',
  {
    needId: text('need_id')
      .primaryKey()
      .references(() => needs.id, { onDelete: 'cascade' }),
    /** The most a giver may spend; 0 for a wish that needs time and no money. */
    capFen: fen('cap_fen').notNull(),
    status: text().$type<WishState>().notNull(),
    /** An organisation's name, or a neighbour's shown name. */
    claimedBy: text('claimed_by'),
    /** How the office reaches the giver. Private. */
    claimContact: text('claim_contact'),
    claimedAt: instant('claimed_at'),
    fulfilledAt: instant('fulfilled_at'),
    spentFen: fen('spent_fen'),
    /** 1…5, by whom the wish was. */
    rating: integer(),
  },
  (table) => [
    check('micro_wishes_cap', sql`${table.capFen} >= 0`),
    check('micro_wishes_spent', sql`${table.spentFen} is null or ${table.spentFen} between 0 and ${table.capFen}`),
    check('micro_wishes_rating', sql`${table.rating} is null or ${table.rating} between 1 and 5`),
  ],
);

export const projects = pgTable(
  'projects',
  {
    id: text().primaryKey(),
    communityId: text('community_id')
      .notNull()
      .references(() => communities.id, { onDelete: 'cascade' }),
    /** `P1`: what people call it; unique in the community. */
    code: text().notNull(),
    name: text().notNull(),
    organisationName: text('organisation_name').notNull().default(''),
    /** The applicant's person to talk to. Private: office and the plan's writers. */
    applicantContact: text('applicant_contact'),
    /** The envelope it would be paid from: the ledger's id. */
    envelopeId: text('envelope_id'),
    /** The sum of the newest submitted plan's budget. */
    askedFen: fen('asked_fen').notNull().default(0),
    /** Null until the council has decided. */
    approvedFen: fen('approved_fen'),
    status: text().$type<ProjectState>().notNull(),
    /** Where a project that must be put right came from, and goes back to. */
    rectifyingFrom: text('rectifying_from').$type<ProjectState>(),
    /** `YYYY-MM-DD`, the last day to put it right. */
    rectifyBy: text('rectify_by'),
    ownersMatter: text('owners_matter').$type<OwnersMatter>().notNull().default('none'),
    /** When the owners' own decision was put on file, and what it is. [M7]: without it no contract of a project touching common parts. */
    ownersDecisionAt: instant('owners_decision_at'),
    ownersDecision: text('owners_decision'),
    listing: text().$type<Listing>(),
    beneficiaries: integer(),
    /** First and last day of 公示, `YYYY-MM-DD`, both included. */
    publicFrom: text('public_from'),
    publicUntil: text('public_until'),
    createdBy: text('created_by').references(() => people.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique().on(table.communityId, table.code),
    check('projects_asked', sql`${table.askedFen} >= 0`),
    check('projects_approved', sql`${table.approvedFen} is null or ${table.approvedFen} >= 0`),
  ],
);

/** Seats that are tied to a project: recused as soon as its motion is before a meeting, with this reason. */
export const projectSeatsTied = pgTable(
  'project_seats_tied',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    seatId: text('seat_id')
      .notNull()
      .references(() => seats.id, { onDelete: 'cascade' }),
    reason: text().notNull(),
    addedBy: text('added_by').references(() => people.id, { onDelete: 'set null' }),
    addedAt: instant('added_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.seatId] }), index().on(table.seatId)],
);

export const projectNeeds = pgTable(
  'project_needs',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    needId: text('need_id')
      .notNull()
      .references(() => needs.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.needId] }), index().on(table.needId)],
);

/** Who may write the plan while it is a draft, beside the office. */
export const planWriters = pgTable(
  'plan_writers',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    addedAt: instant('added_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.personId] }), index().on(table.personId)],
);

/** A plan as it was submitted. Never edited: the next submission is the next version. */
export const planVersions = pgTable(
  'plan_versions',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    plan: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    askedFen: fen('asked_fen').notNull(),
    note: text().notNull().default(''),
    submittedBy: text('submitted_by').references(() => people.id, { onDelete: 'set null' }),
    submittedAt: instant('submitted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version] })],
);

/** The pre-check of a submitted version: one row a question, the answer with its reason. */
export const planChecks = pgTable(
  'plan_checks',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    question: text().notNull(),
    passed: boolean().notNull(),
    reason: text().notNull().default(''),
    /** Null where the program can see the answer itself. */
    byPersonId: text('by_person_id').references(() => people.id, { onDelete: 'set null' }),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version, table.question] })],
);

/** One reviewer's marks for a submitted version. Names of reviewers are the office's alone. */
export const reviewScores = pgTable(
  'review_scores',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    side: text().$type<'expert' | 'resident'>().notNull(),
    reviewer: text().notNull(),
    /** Whole marks out of 100. */
    score: integer().notNull(),
    comment: text().notNull().default(''),
    enteredBy: text('entered_by').references(() => people.id, { onDelete: 'set null' }),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.version, table.side, table.reviewer] }),
    check('review_scores_range', sql`${table.score} between 0 and 100`),
  ],
);

/** Every transition: who, when, why, and what the table of transitions asks to record. Never edited. */
export const projectHistory = pgTable(
  'project_history',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    at: instant('at').notNull(),
    byPersonId: text('by_person_id').references(() => people.id, { onDelete: 'set null' }),
    deed: text().notNull(),
    fromStatus: text('from_status').$type<ProjectState>(),
    toStatus: text('to_status').$type<ProjectState>().notNull(),
    why: text().notNull().default(''),
    recorded: jsonb().$type<Readonly<Record<string, string | number>>>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.seq] })],
);

/** 异议 during 公示. Name and contact are for the answer only and never shown. */
export const objections = pgTable(
  'objections',
  {
    id: text().primaryKey(),
    /** What is objected to: a project or what was published of a meeting. */
    projectId: text('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    publicationId: text('publication_id').references(() => publications.id, { onDelete: 'cascade' }),
    sentId: text('sent_id').notNull().unique(),
    name: text(),
    contact: text(),
    guestId: text('guest_id'),
    text: text().notNull(),
    lookupHash: text('lookup_hash').notNull().unique(),
    raisedAt: instant('raised_at').notNull(),
    answer: text().$type<'adopted' | 'partly_adopted' | 'not_adopted'>(),
    answerReason: text('answer_reason'),
    answeredBy: text('answered_by').references(() => people.id, { onDelete: 'set null' }),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    index().on(table.projectId),
    index().on(table.publicationId),
    check('objections_to_one', sql`num_nonnulls(${table.projectId}, ${table.publicationId}) = 1`),
  ],
);
