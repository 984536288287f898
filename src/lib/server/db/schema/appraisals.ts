// 居民评估: appraisals of finished projects, the bearers' slips, and the forms that came back.
// A slip knows no person and a form no slip; while paper is entered twice the two stand together, and part when it is settled. Rules [AP…].
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AppraisalChannel, AppraisalResult, AppraisalRules } from '#lib/domain/appraisal/count.ts';
import type { AppraisalForm } from '#lib/domain/appraisal/form.ts';
import { people } from './community.ts';
import { instant } from './columns.ts';
import { projects } from './projects.ts';

export const appraisals = pgTable(
  'appraisals',
  {
    id: text().primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** 1 for the first, 2 for the one after what had to be put right. */
    round: integer().notNull(),
    status: text().$type<'drafted' | 'open' | 'closed' | 'announced'>().notNull(),
    rules: jsonb().$type<AppraisalRules>().notNull(),
    /** Whom slips are given to: `受益老人`, `一片区`. */
    groups: jsonb().$type<readonly string[]>().notNull(),
    /** What is marked from 1 to 5, in the order of the form. */
    items: jsonb().$type<readonly string[]>().notNull(),
    openedAt: instant('opened_at'),
    closedAt: instant('closed_at'),
    announcedAt: instant('announced_at'),
    /** As counted at the close; kept with the appraisal, so that it can be compared with a recount of the forms. */
    result: jsonb().$type<AppraisalResult>(),
    createdBy: text('created_by').references(() => people.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index().on(table.projectId),
    check('appraisals_result', sql`(${table.status} in ('closed', 'announced')) = (${table.result} is not null)`),
  ],
);

const appraisalId = () =>
  text('appraisal_id')
    .notNull()
    .references(() => appraisals.id, { onDelete: 'cascade' });

/** Only the digest of a code is stored; no number, no time, nobody's name. */
export const appraisalSlips = pgTable(
  'appraisal_slips',
  {
    codeHash: text('code_hash').primaryKey(),
    appraisalId: appraisalId(),
    group: text().notNull(),
    status: text().$type<'issued' | 'used' | 'called_back'>().notNull(),
  },
  (table) => [index().on(table.appraisalId)],
);

/** What came back. Put in a new random order under new ids when the appraisal closes. */
export const appraisalForms = pgTable(
  'appraisal_forms',
  {
    id: text().primaryKey(),
    appraisalId: appraisalId(),
    group: text().notNull(),
    channel: text().$type<AppraisalChannel>().notNull(),
    form: jsonb().$type<AppraisalForm>().notNull(),
  },
  (table) => [index().on(table.appraisalId)],
);

/** The first of two entries of a paper form, until a second person has typed the same. */
export const appraisalEntries = pgTable(
  'appraisal_entries',
  {
    appraisalId: appraisalId(),
    codeHash: text('code_hash')
      .notNull()
      .references(() => appraisalSlips.codeHash, { onDelete: 'cascade' }),
    form: jsonb().$type<AppraisalForm>().notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.codeHash] }), index().on(table.appraisalId)],
);
