// The .pb file format (pabulib.org/format): real elections in, ours out. Reading refuses with the line and the reason; it never guesses. What the format
// has no place for (envelopes, variants, the tie rule) travels in fields of our own that begin with `yishi_`; other programs ignore them.
import { parseDecimal, wholeAt, yuanText, type Decimal } from './decimal.ts';
import type { Election, FundingBallot, FundingEnvelope, FundingProject, TieRule } from './election.ts';
import { pbField, pbRows, type PbRow } from './pb-rows.ts';
import { unitsPerYuan } from './election.ts';

export type PbSection = 'META' | 'PROJECTS' | 'VOTES';

/** Why a file cannot be counted. `line` counts from 1; what is missing altogether is reported at the last line. */
export type PbRefusal = { readonly line: number } & (
  | { readonly kind: 'unclosed-quote' }
  | { readonly kind: 'outside-sections' }
  | { readonly kind: 'section-twice' | 'section-missing' | 'header-missing'; readonly section: PbSection }
  | { readonly kind: 'column-missing' | 'column-twice'; readonly section: PbSection; readonly column: string }
  | { readonly kind: 'wrong-field-count'; readonly found: number; readonly expected: number }
  | { readonly kind: 'key-missing' | 'key-twice'; readonly key: string }
  | {
      readonly kind: 'bad-amount' | 'negative-amount' | 'amount-too-large';
      readonly field: string;
      readonly value: string;
    }
  | {
      readonly kind: 'unknown-vote-type' | 'unknown-tie-rule' | 'bad-points' | 'not-one-choice';
      readonly value: string;
    }
  | { readonly kind: 'count-differs'; readonly key: string; readonly stated: string; readonly found: number }
  | { readonly kind: 'empty-id'; readonly column: string }
  | {
      readonly kind: 'project-twice' | 'voter-twice' | 'unknown-project' | 'unknown-envelope' | 'variants-apart';
      readonly id: string;
    }
  | { readonly kind: 'points-differ'; readonly projects: number; readonly points: number }
);

export type PbReading =
  | { readonly ok: true; readonly election: Election; readonly meta: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly refusal: PbRefusal };

interface Section {
  readonly line: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly width: number;
  readonly rows: PbRow[];
}

const sectionNames: readonly PbSection[] = ['META', 'PROJECTS', 'VOTES'];
const ballotKinds: Readonly<Record<string, Election['ballotKind']>> = {
  approval: 'approval',
  'choose-1': 'approval',
  ordinal: 'ranking',
  cumulative: 'points',
  scoring: 'points',
};
const envelopeKey = 'yishi_envelope_';

/** Thrown and caught in this file only. */
class Refused extends Error {
  constructor(readonly refusal: PbRefusal) {
    super(refusal.kind);
  }
}
const refuse = (refusal: PbRefusal): never => {
  throw new Refused(refusal);
};

export function parsePb(text: string): PbReading {
  try {
    return read(text);
  } catch (thrown) {
    if (thrown instanceof Refused) return { ok: false, refusal: thrown.refusal };
    throw thrown;
  }
}

function read(text: string): PbReading {
  const { rows, lines, unclosedAt } = pbRows(text);
  if (unclosedAt !== null) refuse({ kind: 'unclosed-quote', line: unclosedAt });
  const sections = sectionsOf(rows, lines);
  const { meta, lineOf } = metaOf(sections.META);
  const metaLine = (key: string): number => lineOf.get(key) ?? sections.META.line;

  const needed = (key: string): string =>
    meta.get(key) ?? refuse({ kind: 'key-missing', key, line: sections.META.line });
  const voteType = needed('vote_type').toLowerCase();
  const ballotKind =
    ballotKinds[voteType] ?? refuse({ kind: 'unknown-vote-type', value: voteType, line: metaLine('vote_type') });

  // Amounts are read first, so that the finest of them decides the unit.
  const amounts: {
    readonly decimal: Decimal;
    readonly field: string;
    readonly value: string;
    readonly line: number;
  }[] = [];
  const amount = (value: string, field: string, line: number): number => {
    const decimal = parseDecimal(value) ?? refuse({ kind: 'bad-amount', field, value, line });
    if (decimal.digits < 0n) refuse({ kind: 'negative-amount', field, value, line });
    return amounts.push({ decimal, field, value, line }) - 1;
  };
  const budget = amount(needed('budget'), 'budget', metaLine('budget'));
  const envelopes = [...meta]
    .filter(([key]) => key.startsWith(envelopeKey))
    .map(([key, value]) => ({ id: key.slice(envelopeKey.length), cap: amount(value, key, metaLine(key)) }));
  const projects = sections.PROJECTS.rows.map((row) => {
    const field = fieldsOf(row, sections.PROJECTS, ['project_id', 'cost']);
    return { line: row.line, field, cost: amount(field('cost'), 'cost', row.line) };
  });
  const places = amounts.reduce((most, { decimal }) => Math.max(most, decimal.places), 2);
  const units = (index: number): number => {
    const { decimal, field, value, line } = amounts[index]!;
    return wholeAt(decimal, places) ?? refuse({ kind: 'amount-too-large', field, value, line });
  };

  const known = new Map<string, FundingProject>();
  const envelopeOfGroup = new Map<string, string | undefined>();
  for (const { line, field, cost } of projects) {
    const id = field('project_id');
    if (id === '') refuse({ kind: 'empty-id', column: 'project_id', line });
    if (known.has(id)) refuse({ kind: 'project-twice', id, line });
    const envelopeId = field('yishi_envelope') || undefined;
    if (envelopeId !== undefined && !envelopes.some((envelope) => envelope.id === envelopeId))
      refuse({ kind: 'unknown-envelope', id: envelopeId, line });
    const variantGroup = field('yishi_variant_group') || undefined;
    if (variantGroup !== undefined) {
      if (envelopeOfGroup.has(variantGroup) && envelopeOfGroup.get(variantGroup) !== envelopeId)
        refuse({ kind: 'variants-apart', id: variantGroup, line });
      envelopeOfGroup.set(variantGroup, envelopeId);
    }
    const name = field('name') || undefined;
    known.set(id, { id, costFen: units(cost), name, envelopeId, variantGroup });
  }

  const ballots = ballotsOf(sections.VOTES, ballotKind, voteType, known);
  const agree = (key: string, found: number): void => {
    const stated = meta.get(key);
    if (stated !== undefined && Number(stated) !== found)
      refuse({ kind: 'count-differs', key, stated, found, line: metaLine(key) });
  };
  agree('num_projects', known.size);
  agree('num_votes', ballots.length);

  const election: Election = {
    budgetFen: units(budget),
    unitsPerYuan: 10 ** places,
    projects: [...known.values()],
    envelopes: envelopes.map(({ id, cap }): FundingEnvelope => ({ id, capFen: units(cap) })),
    ballotKind,
    ballots,
    ties: tiesOf(meta, metaLine('yishi_ties')),
  };
  return { ok: true, election, meta };
}

function sectionsOf(rows: readonly PbRow[], lines: number): Record<PbSection, Section> {
  const found: Partial<Record<PbSection, Section>> = {};
  let current: Section | null = null;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const title = sectionNames.find(
      (name) => name === row.fields[0]?.toUpperCase() && row.fields.slice(1).every((field) => field === ''),
    );
    if (!title) {
      if (!current) refuse({ kind: 'outside-sections', line: row.line });
      else current.rows.push(row);
      continue;
    }
    if (found[title]) refuse({ kind: 'section-twice', section: title, line: row.line });
    const header = rows[++at] ?? refuse({ kind: 'header-missing', section: title, line: row.line });
    const columns = new Map<string, number>();
    header.fields.forEach((column, index) => {
      const name = column.toLowerCase();
      if (name === '') return;
      if (columns.has(name)) refuse({ kind: 'column-twice', section: title, column: name, line: header.line });
      columns.set(name, index);
    });
    const needed =
      title === 'META' ? ['key', 'value'] : title === 'PROJECTS' ? ['project_id', 'cost'] : ['voter_id', 'vote'];
    for (const column of needed)
      if (!columns.has(column)) refuse({ kind: 'column-missing', section: title, column, line: header.line });
    current = found[title] = { line: header.line, columns, width: header.fields.length, rows: [] };
  }
  const section = (name: PbSection): Section =>
    found[name] ?? refuse({ kind: 'section-missing', section: name, line: Math.max(1, lines) });
  return { META: section('META'), PROJECTS: section('PROJECTS'), VOTES: section('VOTES') };
}

/** What a column holds in this row; '' for a column or a trailing field that is not there, unless it is needed. */
function fieldsOf(row: PbRow, section: Section, needed: readonly string[]): (column: string) => string {
  const least = Math.max(...needed.map((column) => (section.columns.get(column) ?? 0) + 1));
  const found = row.fields.length;
  if (found < least || row.fields.slice(section.width).some((field) => field !== ''))
    refuse({ kind: 'wrong-field-count', found, expected: section.width, line: row.line });
  return (column) => row.fields[section.columns.get(column) ?? -1] ?? '';
}

function metaOf(section: Section): { meta: Map<string, string>; lineOf: Map<string, number> } {
  const meta = new Map<string, string>();
  const lineOf = new Map<string, number>();
  for (const { line, fields } of section.rows) {
    // A stray semicolon in a description does no harm here: only keys whose values are single words are counted by.
    const key = fields[section.columns.get('key')!] ?? '';
    if (key === '') refuse({ kind: 'empty-id', column: 'key', line });
    if (meta.has(key)) refuse({ kind: 'key-twice', key, line });
    meta.set(key, fields[section.columns.get('value')!] ?? '');
    lineOf.set(key, line);
  }
  return { meta, lineOf };
}

function ballotsOf(
  section: Section,
  ballotKind: Election['ballotKind'],
  voteType: string,
  projects: ReadonlyMap<string, unknown>,
): FundingBallot[] {
  const scored = ballotKind === 'points';
  if (scored && !section.columns.has('points'))
    refuse({ kind: 'column-missing', section: 'VOTES', column: 'points', line: section.line });
  const split = (list: string): string[] => (list === '' ? [] : list.split(',').map((each) => each.trim()));
  const seats = new Set<string>();
  const points: { readonly line: number; readonly value: string; readonly decimal: Decimal }[][] = [];
  const ballots = section.rows.map((row) => {
    const { line } = row;
    const field = fieldsOf(row, section, scored ? ['voter_id', 'vote', 'points'] : ['voter_id', 'vote']);
    const seat = field('voter_id');
    if (seat === '') refuse({ kind: 'empty-id', column: 'voter_id', line });
    if (seats.has(seat)) refuse({ kind: 'voter-twice', id: seat, line });
    seats.add(seat);
    const listed = split(field('vote'));
    for (const id of listed) if (!projects.has(id)) refuse({ kind: 'unknown-project', id, line });
    if (voteType === 'choose-1' && new Set(listed).size > 1)
      refuse({ kind: 'not-one-choice', value: field('vote'), line });
    const given = scored ? split(field('points')) : [];
    if (scored && given.length !== listed.length)
      refuse({ kind: 'points-differ', projects: listed.length, points: given.length, line });
    points.push(
      given.map((value) => ({
        line,
        value,
        decimal: parseDecimal(value) ?? refuse({ kind: 'bad-points', value, line }),
      })),
    );
    return { seat, listed };
  });
  if (!scored) return ballots;
  // Points need no unit: no rule changes its outcome when all points are multiplied alike.
  const places = points.flat().reduce((most, { decimal }) => Math.max(most, decimal.places), 0);
  return ballots.map((ballot, index) => ({
    ...ballot,
    points: points[index]!.map(
      ({ decimal, value, line }) => wholeAt(decimal, places) ?? refuse({ kind: 'bad-points', value, line }),
    ),
  }));
}

function tiesOf(meta: ReadonlyMap<string, string>, line: number): TieRule {
  const kind = meta.get('yishi_ties') ?? 'id';
  switch (kind) {
    case 'id':
    case 'lower-cost':
    case 'more-votes':
      return { kind };
    case 'draw':
      return { kind, seed: meta.get('yishi_seed') ?? refuse({ kind: 'key-missing', key: 'yishi_seed', line }) };
    default:
      return refuse({ kind: 'unknown-tie-rule', value: kind, line });
  }
}

const voteTypes: Readonly<Record<Election['ballotKind'], string>> = {
  approval: 'approval',
  points: 'cumulative',
  ranking: 'ordinal',
};

/**
 * A file whose count equals the election's under every rule. `about` is written first, as META rows (description, unit, rule …); seats are
 * written as they are if `named`, else as 1, 2, 3 … in the order of the ballots, which the caller has shuffled. Recused choices are left out, as they
 * count for nothing. Ids must have passed `checkElection`.
 */
export function writePb(
  election: Election,
  about: readonly (readonly [key: string, value: string])[],
  named: boolean,
): string {
  const money = (fen: number): string => yuanText(fen, unitsPerYuan(election));
  const envelopes = election.envelopes.length > 0;
  const variants = election.projects.some(({ variantGroup }) => variantGroup !== undefined);
  const scored = election.ballotKind === 'points';
  const rows: (readonly string[])[] = [
    ['META'],
    ['key', 'value'],
    ...about,
    ['num_projects', String(election.projects.length)],
    ['num_votes', String(election.ballots.length)],
    ['budget', money(election.budgetFen)],
    ['vote_type', voteTypes[election.ballotKind]],
    ['yishi_ties', election.ties.kind],
    ...(election.ties.kind === 'draw' ? [['yishi_seed', election.ties.seed]] : []),
    ...election.envelopes.map(({ id, capFen }) => [`${envelopeKey}${id}`, money(capFen)]),
    ['PROJECTS'],
    [
      'project_id',
      'cost',
      'name',
      ...(envelopes ? ['yishi_envelope'] : []),
      ...(variants ? ['yishi_variant_group'] : []),
    ],
    ...election.projects.map(({ id, costFen, name, envelopeId, variantGroup }) => [
      id,
      money(costFen),
      name ?? '',
      ...(envelopes ? [envelopeId ?? ''] : []),
      ...(variants ? [variantGroup ?? ''] : []),
    ]),
    ['VOTES'],
    ['voter_id', 'vote', ...(scored ? ['points'] : [])],
    ...election.ballots.map(({ seat, listed, points, recused }, index) => {
      const places = listed.map((_, place) => place).filter((place) => !recused?.includes(listed[place]!));
      return [
        named ? seat : String(index + 1),
        places.map((place) => listed[place]!).join(','),
        ...(scored ? [places.map((place) => String(points?.[place] ?? 0)).join(',')] : []),
      ];
    }),
  ];
  return rows.map((row) => `${row.map(pbField).join(';')}\n`).join('');
}
