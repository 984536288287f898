// The shared plan: what two people do at once comes together, and whatever a client writes reads as a plan.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Plan } from '#lib/domain/projects/plan.ts';
import { addRow, needText, planOf, readPlan, removeRow, rowText, setRowValue, writePlan } from './plan-document.ts';

const plan: Plan = {
  need: '独居老人缺少探访',
  goals: ['每周上门', '日均助餐40份'],
  schedule: [{ phase: '启动', fromDay: '2026-05-06', toDay: '2026-05-31', deliverable: '建档' }],
  budget: [
    { item: '助餐', amountFen: 43_200_00, basis: '40份' },
    { item: '培训', amountFen: 14_400_00, basis: '12次' },
  ],
};

function together(): [Y.Doc, Y.Doc, () => void] {
  const [left, right] = [new Y.Doc(), new Y.Doc()];
  writePlan(left, plan);
  const meet = () => {
    Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
    Y.applyUpdate(left, Y.encodeStateAsUpdate(right));
  };
  meet();
  return [left, right, meet];
}

describe('a plan written by several people', () => {
  it('reads as it was written, in order', () => {
    const doc = new Y.Doc();
    writePlan(doc, plan);
    expect(planOf(readPlan(doc))).toEqual(plan);
  });

  it('keeps both rows when two add one at the same time, and both texts in one row', () => {
    const [left, right, meet] = together();
    addRow(left, 'budget', { item: '保险', amountFen: 1_00 });
    addRow(right, 'budget', { item: '物资', amountFen: 2_00 });
    const [line] = readPlan(left).budget;
    rowText(left, 'budget', line!.rowId, 'item')!.insert(2, '补贴');
    rowText(right, 'budget', line!.rowId, 'basis')!.insert(3, '×180天');
    meet();
    expect(readPlan(left)).toEqual(readPlan(right));
    const { budget } = readPlan(left);
    expect(budget[0]).toMatchObject({ item: '助餐补贴', basis: '40份×180天' });
    expect(
      budget
        .slice(2)
        .map(({ item }) => item)
        .sort(),
    ).toEqual(['保险', '物资']);
  });

  it('lets a row go that one removes while another writes in it', () => {
    const [left, right, meet] = together();
    const { rowId } = readPlan(left).goals[0]!;
    removeRow(left, 'goals', rowId);
    rowText(right, 'goals', rowId, 'goal')!.insert(0, '至少');
    meet();
    expect(readPlan(left).goals.map(({ goal }) => goal)).toEqual(['日均助餐40份']);
    expect(rowText(right, 'goals', rowId, 'goal')).toBeNull();
    setRowValue(right, 'goals', rowId, 'amountFen', 5);
    expect(readPlan(right)).toEqual(readPlan(left));
  });

  it.each([
    ['a negative amount', 'amountFen', -5],
    ['half a fen', 'amountFen', 0.5],
    ['no number', 'amountFen', '100'],
  ] as const)('reads %s as not filled in', (_, field, value) => {
    const doc = new Y.Doc();
    writePlan(doc, plan);
    const { rowId } = readPlan(doc).budget[0]!;
    setRowValue(doc, 'budget', rowId, field, value);
    expect(readPlan(doc).budget[0]?.amountFen).toBe(0);
  });

  it('reads a document in which anything may stand', () => {
    const doc = new Y.Doc();
    doc.getMap('budget').set('x', 'no row');
    doc.getMap('schedule').set('y', new Y.Map<unknown>([['fromDay', 7]]));
    needText(doc).insert(0, '需求');
    expect(readPlan(doc)).toEqual({
      need: '需求',
      goals: [],
      schedule: [{ rowId: 'y', phase: '', fromDay: '', toDay: '', deliverable: '' }],
      budget: [],
    });
  });
});
