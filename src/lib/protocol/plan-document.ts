// The shape of a project plan while it is written together, for the page that edits it and the office that submits from it. Exactly four
// parts: one shared text, and three lists of rows in maps by id with a position, so that two people adding a row at once keep both.
import * as Y from 'yjs';
import type { BudgetLine, Plan, SchedulePhase } from '#lib/domain/projects/plan.ts';
import { positionBetween } from './agenda-document.ts';
import { newId } from './ids.ts';

export type RowList = 'goals' | 'schedule' | 'budget';
export type RowText = 'goal' | 'phase' | 'deliverable' | 'item' | 'basis';
export type RowValue = 'fromDay' | 'toDay' | 'amountFen';

const textsOf: { readonly [List in RowList]: readonly RowText[] } = {
  goals: ['goal'],
  schedule: ['phase', 'deliverable'],
  budget: ['item', 'basis'],
};

export const needText = (doc: Y.Doc): Y.Text => doc.getText('need');

const rowsOf = (doc: Y.Doc, list: RowList): Y.Map<Y.Map<unknown>> => doc.getMap<Y.Map<unknown>>(list);

const positionOf = (row: Y.Map<unknown>): string => {
  const position = row.get('position');
  return typeof position === 'string' && /^[0-9A-Za-z]{0,1000}[1-9A-Za-z]$/.test(position) ? position : '';
};

function sorted(doc: Y.Doc, list: RowList): [string, Y.Map<unknown>][] {
  return [...rowsOf(doc, list).entries()]
    .filter((entry): entry is [string, Y.Map<unknown>] => entry[1] instanceof Y.Map)
    .sort(([leftId, left], [rightId, right]) => {
      const [a, b] = [`${positionOf(left)} ${leftId}`, `${positionOf(right)} ${rightId}`];
      return a < b ? -1 : a > b ? 1 : 0;
    });
}

const said = (row: Y.Map<unknown>, field: RowText): string => {
  const text = row.get(field);
  return text instanceof Y.Text ? text.toString() : '';
};

const dayOf = (row: Y.Map<unknown>, field: RowValue): string => {
  const day = row.get(field);
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : '';
};

const fenOf = (row: Y.Map<unknown>): number => {
  const fen = row.get('amountFen');
  return typeof fen === 'number' && Number.isSafeInteger(fen) && fen > 0 ? fen : 0;
};

export interface DraftedPlan {
  readonly need: string;
  readonly goals: readonly { readonly rowId: string; readonly goal: string }[];
  readonly schedule: readonly (SchedulePhase & { readonly rowId: string })[];
  readonly budget: readonly (BudgetLine & { readonly rowId: string })[];
}

/** The draft in order, every field made sane whatever a client has written. An amount not filled in is 0. */
export const readPlan = (doc: Y.Doc): DraftedPlan => ({
  need: needText(doc).toString(),
  goals: sorted(doc, 'goals').map(([rowId, row]) => ({ rowId, goal: said(row, 'goal') })),
  schedule: sorted(doc, 'schedule').map(([rowId, row]) => ({
    rowId,
    phase: said(row, 'phase'),
    fromDay: dayOf(row, 'fromDay'),
    toDay: dayOf(row, 'toDay'),
    deliverable: said(row, 'deliverable'),
  })),
  budget: sorted(doc, 'budget').map(([rowId, row]) => ({
    rowId,
    item: said(row, 'item'),
    amountFen: fenOf(row),
    basis: said(row, 'basis'),
  })),
});

/** The draft as a plan: the law says whether it can be submitted. */
export const planOf = ({ need, goals, schedule, budget }: DraftedPlan): Plan => ({
  need,
  goals: goals.map(({ goal }) => goal),
  schedule: schedule.map(({ phase, fromDay, toDay, deliverable }) => ({ phase, fromDay, toDay, deliverable })),
  budget: budget.map(({ item, amountFen, basis }) => ({ item, amountFen, basis })),
});

/** Adds an empty row at the end of a list; returns its id, for the focus. */
export function addRow(
  doc: Y.Doc,
  list: RowList,
  values: Partial<Record<RowText, string> & Record<'fromDay' | 'toDay', string> & { amountFen: number }> = {},
): string {
  const rowId = newId();
  doc.transact(() => {
    const rows = sorted(doc, list);
    const last = rows[rows.length - 1]?.[1];
    const row = new Y.Map<unknown>();
    row.set('position', positionBetween(last ? positionOf(last) : '', null));
    for (const field of textsOf[list]) row.set(field, new Y.Text(values[field] ?? ''));
    if (list === 'schedule') {
      row.set('fromDay', values.fromDay ?? '');
      row.set('toDay', values.toDay ?? '');
    }
    if (list === 'budget') row.set('amountFen', values.amountFen ?? 0);
    rowsOf(doc, list).set(rowId, row);
  });
  return rowId;
}

export const removeRow = (doc: Y.Doc, list: RowList, rowId: string): void => rowsOf(doc, list).delete(rowId);

/** Writes one value of a row; nothing when it is gone. */
export function setRowValue(doc: Y.Doc, list: RowList, rowId: string, field: RowValue, value: string | number): void {
  const row = rowsOf(doc, list).get(rowId);
  if (row && row.get(field) !== value) row.set(field, value);
}

/** The shared text of a field, to bind an input to; null when the row is gone. */
export function rowText(doc: Y.Doc, list: RowList, rowId: string, field: RowText): Y.Text | null {
  const text = rowsOf(doc, list).get(rowId)?.get(field);
  return text instanceof Y.Text ? text : null;
}

/** Fills an empty draft with a plan: what the applicant already has, or the version to go on from. */
export function writePlan(doc: Y.Doc, plan: Plan): void {
  doc.transact(() => {
    needText(doc).insert(0, plan.need);
    for (const goal of plan.goals) addRow(doc, 'goals', { goal });
    for (const row of plan.schedule) addRow(doc, 'schedule', row);
    for (const row of plan.budget) addRow(doc, 'budget', row);
  });
}
