// A call as the secretary's form carries it, turned into the command's own shape. Rows are `p.<n>.<field>` and `e.<n>.<field>`; one without a name is no
// row. It checks nothing but the shape: the law refuses what is unsound, with a sentence.
import { fenOfYuan } from './form-command.ts';

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};
/** -1, which the law refuses, where it is not a sum. */
const fen = (form: FormData, name: string): number => fenOfYuan(text(form, name)) ?? 0;
const whole = (form: FormData, name: string): number | null =>
  text(form, name) === '' ? null : Number(text(form, name));

function rowsOf(form: FormData, prefix: string): string[] {
  const rows = new Set<string>();
  form.forEach((_value, name) => {
    const [kind, row] = name.split('.');
    if (kind === prefix && row !== undefined) rows.add(`${prefix}.${row}`);
  });
  return [...rows].filter((row) => text(form, `${row}.name`) !== '');
}

function termsOf(form: FormData): unknown {
  const atMost = whole(form, 'atMost');
  switch (text(form, 'method')) {
    case 'approve_up_to':
      return { kind: 'approve', atMost: atMost ?? 0, withinBudget: false };
    case 'approve_within_budget':
      return { kind: 'approve', atMost: null, withinBudget: true };
    case 'distribute_points':
      return { kind: 'points', total: whole(form, 'total') ?? 0, atMostEach: whole(form, 'atMostEach') };
    case 'rank_projects':
      return { kind: 'rank', atMost };
    default:
      return { kind: 'approve', atMost: null, withinBudget: false };
  }
}

export function callOfForm(form: FormData): unknown {
  const ties = text(form, 'ties');
  return {
    itemId: text(form, 'itemId') || null,
    title: text(form, 'title'),
    budgetFen: fen(form, 'budget'),
    projects: rowsOf(form, 'p').map((row) => ({
      id: text(form, `${row}.id`),
      name: text(form, `${row}.name`),
      costFen: fen(form, `${row}.cost`),
      ...(text(form, `${row}.envelope`) && { envelopeId: text(form, `${row}.envelope`) }),
      ...(text(form, `${row}.variant`) && { variantGroup: text(form, `${row}.variant`) }),
      ...(text(form, `${row}.project`) && { projectId: text(form, `${row}.project`) }),
      tiedSeatIds: form.getAll(`${row}.tied`).filter((seat): seat is string => typeof seat === 'string'),
    })),
    envelopes: rowsOf(form, 'e').map((row) => ({
      id: text(form, `${row}.id`),
      name: text(form, `${row}.name`),
      capFen: fen(form, `${row}.cap`),
      ...(text(form, `${row}.envelope`) && { envelopeId: text(form, `${row}.envelope`) }),
    })),
    terms: termsOf(form),
    ties: ties === 'draw' ? { kind: 'draw', seed: text(form, 'seed') } : { kind: ties || 'id' },
    ruleId: text(form, 'ruleId'),
    voters: text(form, 'voters') || 'seats',
  };
}
