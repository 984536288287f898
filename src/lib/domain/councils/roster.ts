// Reads a council's roster from rows of text: forgiving about headings, spaces and full width; strict about who gets a seat.
// Each row is judged on its own: good rows can be imported while broken ones say why. The office supplies what it knows
// (sectors, people, this month); nothing is looked up here and nothing is changed.

/** The twelve columns of the template, in its order. */
export const rosterColumns = [
  'order',
  'name',
  'gender',
  'birthMonth',
  'sector',
  'unit',
  'title',
  'phone',
  'voting',
  'largeType',
  'consentPublishName',
  'note',
] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** The headings of the downloadable template. */
export const rosterHeadings: Readonly<Record<RosterColumn, string>> = {
  order: '序号',
  name: '姓名',
  gender: '性别',
  birthMonth: '出生年月',
  sector: '界别',
  unit: '单位/楼组',
  title: '职务',
  phone: '手机号',
  voting: '是否有表决权',
  largeType: '是否需要大字版',
  consentPublishName: '是否同意公开姓名',
  note: '备注',
};

export const requiredColumns: readonly RosterColumn[] = ['name', 'sector', 'voting'];

/** Other headings met in offices, written as `plainHeading` leaves them. */
const synonyms: Readonly<Record<RosterColumn, readonly string[]>> = {
  order: ['编号', '序', '行号', 'no', 'no.', '#'],
  name: ['名字', '委员姓名', '成员姓名', '人员姓名', '委员', '成员', 'name'],
  gender: ['男女', 'gender', 'sex'],
  birthMonth: ['出生日期', '出生年月日', '生日', '出生', '出生时间', 'birth', 'birthmonth', 'birthday'],
  sector: ['所属界别', '代表界别', '界', '类别', '代表类别', '身份', '身份类别', 'sector'],
  unit: ['单位', '楼组', '所在单位', '工作单位', '所属单位', '单位楼组', '单位及楼组', '单位或楼组', '组织', 'unit'],
  title: ['职位', '委员会职务', '担任职务', '任职', 'title'],
  phone: ['手机', '手机号码', '电话', '电话号码', '联系电话', '联系方式', '移动电话', 'phone', 'mobile'],
  voting: ['表决权', '有无表决权', '有表决权', '是否表决', '是否有投票权', '投票权', 'voting'],
  largeType: ['大字版', '需要大字版', '大字', '是否大字版', '需大字版', 'largetype'],
  consentPublishName: ['同意公开姓名', '公开姓名', '是否公开姓名', '姓名公开', '同意公开', '是否同意公开', 'consent'],
  note: ['说明', '附注', '其他', 'note', 'notes', 'remark', 'remarks'],
};

/** How a gender is written and stored. */
export const genders = { male: '男', female: '女' } as const;
export type Gender = (typeof genders)[keyof typeof genders];

/** Who an accepted row describes. */
export interface RosterPerson {
  readonly name: string;
  readonly gender: Gender | null;
  /** `YYYY-MM` */
  readonly birthMonth: string | null;
  readonly sector: string;
  readonly unit: string;
  readonly title: string;
  readonly phone: string | null;
  readonly voting: boolean;
  readonly largeType: boolean;
  readonly consentPublishName: boolean;
  readonly hasSmartphone: boolean;
  readonly note: string;
}

export type RowRefusalReason =
  | 'missing'
  | 'unreadable'
  | 'too-long'
  | 'birth-month-unreadable'
  | 'birth-month-impossible'
  | 'duplicate-row'
  | 'already-seated'
  | 'unknown-sector'
  | 'sector-full';

export type RowWarningReason =
  'new-sector' | 'odd-phone' | 'odd-gender' | 'same-name' | 'same-name-known' | 'shared-phone' | 'sensitive-words';

/** Why a row is refused or worth a second look; `column` and `params` are for the sentence. */
export interface RowRemark<Reason extends string> {
  readonly reason: Reason;
  readonly column: RosterColumn;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface RosterRow {
  /** As the spreadsheet counts: the first row is 1. */
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** Null when refused. */
  readonly person: RosterPerson | null;
  /** The person of the community this row speaks of (same name and phone), null for somebody new. */
  readonly knownPersonId: string | null;
  readonly refusals: readonly RowRemark<RowRefusalReason>[];
  readonly warnings: readonly RowRemark<RowWarningReason>[];
}

export type RosterFault = 'empty' | 'column-missing' | 'too-many-rows';

export interface RosterReading {
  /** What makes the whole sheet unusable; then `rows` is empty. */
  readonly fault: { readonly reason: RosterFault; readonly params: Readonly<Record<string, string | number>> } | null;
  /** Null: no headings were found and the template's order was assumed. */
  readonly headingRow: number | null;
  /** What each column of the sheet is; null for a column that is not imported. */
  readonly columns: readonly (RosterColumn | null)[];
  readonly unknownHeadings: readonly string[];
  readonly rows: readonly RosterRow[];
  /** Every sector that accepted rows belong to, in the order met. */
  readonly sectors: readonly { readonly name: string; readonly rows: number; readonly isNew: boolean }[];
}

export interface RosterSurroundings {
  /** The council's sectors. With none at all, the sheet's own sectors are taken as they come. */
  readonly sectors: readonly { readonly name: string; readonly seats: number; readonly taken: number }[];
  /** Living people of the community; `seated` means holding a living seat of this very council. */
  readonly people: readonly {
    readonly personId: string;
    readonly name: string;
    readonly phone: string | null;
    readonly seated: boolean;
  }[];
  /** `YYYY-MM`: nobody is born after it. */
  readonly thisMonth: string;
  /** What to do with a sector the council does not have. */
  readonly newSectors: 'refuse' | 'create';
}

export const mostRosterRows = 2000;

const longest: Readonly<Record<RosterColumn, number>> = {
  order: 20,
  name: 40,
  gender: 10,
  birthMonth: 20,
  sector: 40,
  unit: 80,
  title: 40,
  phone: 30,
  voting: 20,
  largeType: 20,
  consentPublishName: 20,
  note: 400,
};

/** Full width to half, control characters gone, runs of white space to one blank, trimmed. */
const plain = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f\u200b\ufeff]/g, '')
    .trim();

const han = /\p{Script=Han}/u;

/** A name without the blanks people set between Chinese characters; blanks between Latin words stay. */
export const plainName = (typed: string): string =>
  plain(typed).replace(/(\S) (?=(\S))/gu, (whole, before: string, after: string) =>
    han.test(before) || han.test(after) ? before : whole,
  );

/** A heading without blanks, hints in brackets, asterisks and punctuation: `姓 名（必填）*` → `姓名`. */
const plainHeading = (typed: string): string =>
  plain(typed)
    .toLowerCase()
    .replace(/[([【〔][^)\]】〕]*[)\]】〕]/gu, '')
    .replace(/[\s*＊:：、，,/／\\?？]/gu, '');

const columnOf = new Map<string, RosterColumn>(
  rosterColumns.flatMap((column) =>
    [rosterHeadings[column], ...synonyms[column]].map((heading) => [plainHeading(heading), column] as const),
  ),
);
// `no.` and `#` would be empty or shortened by the punctuation rule.
columnOf.set('#', 'order');

const yes = new Set(['是', '有', '需要', '需', '要', '同意', '对', '√', '✓', '✔', 'y', 'yes', 'true', '1', '有表决权']);
const no = new Set(
  ['否', '无', '没有', '没', '不', '不是', '不需要', '不需', '不要', '不同意', '×', '✗', '✘', 'x'].concat([
    'n',
    'no',
    'false',
    '0',
    '无表决权',
    '-',
    '—',
    '/',
  ]),
);

/** True, false, or null when it is neither. */
export function readYesNo(typed: string): boolean | null {
  const word = plain(typed).toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : null;
}

/** `YYYY-MM` out of the ways people write a month or a day; null when it cannot be told for sure. */
export function readBirthMonth(typed: string): string | null {
  const text = plain(typed).replace(/ /g, '');
  const found =
    /^(\d{4})(?:年|[-./])(\d{1,2})(?:月|(?:月|[-./])\d{1,2}日?)?(?:T.*)?$/.exec(text) ??
    /^(\d{4})(\d{2})(?:\d{2})?$/.exec(text);
  if (!found) return null;
  const month = Number(found[2]);
  return month >= 1 && month <= 12 ? `${found[1]}-${String(month).padStart(2, '0')}` : null;
}

/** Digits of a phone number without blanks, dashes and the country code. */
export const plainPhone = (typed: string): string =>
  plain(typed)
    .replace(/[\s\-—–.()]/g, '')
    .replace(/^\+?0*86(?=1\d{10}$)/, '');

const looksLikePhone = (phone: string): boolean => /^(1\d{10}|0\d{9,11}|\d{7,8})$/.test(phone);

/** Health and disability are sensitive personal data: a roster is kept for years, so the secretary is asked whether they must be in it. */
const sensitive = /病|残疾|残障|癌|住院|手术|化疗|透析|怀孕|孕妇|精神障碍|抑郁|低保/u;

/** How alike two sector names are, 0…1, by shared pairs of characters; only for "did you mean". */
function likeness(one: string, other: string): number {
  const pairs = (text: string) => Array.from(text).map((sign, at, signs) => sign + (signs[at + 1] ?? ''));
  const [a, b] = [pairs(one), pairs(other)];
  const shared = a.filter((pair) => b.includes(pair)).length;
  return (2 * shared) / (a.length + b.length || 1);
}

interface Headings {
  row: number;
  columns: (RosterColumn | null)[];
  unknown: string[];
}

/** The row of headings among the first ten: the one that names most columns, at least the name and one more. */
function findHeadings(rows: readonly (readonly string[])[]): Headings | null {
  let best: Headings | null = null;
  let bestKnown = 1;
  rows.slice(0, 10).forEach((cells, row) => {
    const met = new Set<RosterColumn>();
    const unknown: string[] = [];
    const columns = cells.map((cell) => {
      const column = columnOf.get(plainHeading(cell)) ?? null;
      if (column !== null && !met.has(column)) {
        met.add(column);
        return column;
      }
      if (plain(cell) !== '') unknown.push(plain(cell));
      return null;
    });
    if (met.has('name') && met.size > bestKnown) {
      best = { row, columns, unknown };
      bestKnown = met.size;
    }
  });
  return best;
}

/** Reads the whole sheet. Pure: the same rows and surroundings always give the same reading. */
export function readRoster(sheet: readonly (readonly string[])[], around: RosterSurroundings): RosterReading {
  const headings = findHeadings(sheet);
  const columns: readonly (RosterColumn | null)[] = headings?.columns ?? rosterColumns;
  const base = {
    headingRow: headings === null ? null : headings.row + 1,
    columns,
    unknownHeadings: headings?.unknown ?? [],
  };
  const faulty = (reason: RosterFault, params: Record<string, string | number> = {}): RosterReading => ({
    ...base,
    fault: { reason, params },
    rows: [],
    sectors: [],
  });

  const isEmpty = (cells: readonly string[]) => cells.every((cell) => plain(cell) === '');
  const body = sheet
    .map((cells, at) => ({ cells, rowNumber: at + 1 }))
    .slice(headings === null ? 0 : headings.row + 1)
    .filter(({ cells }) => !isEmpty(cells));
  if (body.length === 0) return faulty('empty');
  if (body.length > mostRosterRows) return faulty('too-many-rows', { rows: body.length, most: mostRosterRows });
  if (headings === null && body.every(({ cells }) => cells.length < rosterColumns.length)) {
    return faulty('column-missing', { column: 'name' });
  }
  const absent = requiredColumns.find((column) => !columns.includes(column));
  if (absent !== undefined) return faulty('column-missing', { column: absent });

  const ownSectors = new Map(around.sectors.map((sector) => [plainName(sector.name), sector]));
  const free = new Map(around.sectors.map((sector) => [sector.name, sector.seats - sector.taken]));
  const accepted: { rowNumber: number; person: RosterPerson }[] = [];

  const rows = body.map(({ cells, rowNumber }): RosterRow => {
    const refusals: RowRemark<RowRefusalReason>[] = [];
    const warnings: RowRemark<RowWarningReason>[] = [];
    const refuse = (reason: RowRefusalReason, column: RosterColumn, params: Record<string, string | number> = {}) =>
      void refusals.push({ reason, column, params });
    const warn = (reason: RowWarningReason, column: RosterColumn, params: Record<string, string | number> = {}) =>
      void warnings.push({ reason, column, params });

    const typedIn = (column: RosterColumn): string => {
      const at = columns.indexOf(column);
      return at < 0 ? '' : plain(cells[at] ?? '');
    };
    for (const column of rosterColumns) {
      if (Array.from(typedIn(column)).length > longest[column]) refuse('too-long', column, { most: longest[column] });
      else if (requiredColumns.includes(column) && typedIn(column) === '') refuse('missing', column);
    }

    const flag = (column: 'voting' | 'largeType' | 'consentPublishName'): boolean => {
      const typed = typedIn(column);
      const answer = typed === '' ? false : readYesNo(typed);
      if (answer === null) refuse('unreadable', column, { typed });
      return answer ?? false;
    };
    const voting = flag('voting');
    const largeType = flag('largeType');
    const consentPublishName = flag('consentPublishName');

    const typedMonth = typedIn('birthMonth');
    const birthMonth = typedMonth === '' ? null : readBirthMonth(typedMonth);
    if (typedMonth !== '' && birthMonth === null) refuse('birth-month-unreadable', 'birthMonth', { typed: typedMonth });
    if (birthMonth !== null && (birthMonth < '1900-01' || birthMonth > around.thisMonth)) {
      refuse('birth-month-impossible', 'birthMonth', { typed: typedMonth });
    }

    const typedGender = typedIn('gender').toLowerCase();
    const gender = /^(男|男性|m|male)$/.test(typedGender)
      ? genders.male
      : /^(女|女性|f|female)$/.test(typedGender)
        ? genders.female
        : null;
    if (typedGender !== '' && gender === null) warn('odd-gender', 'gender', { typed: typedIn('gender') });

    const phone = plainPhone(typedIn('phone')) || null;
    if (phone !== null && !looksLikePhone(phone)) warn('odd-phone', 'phone', { typed: typedIn('phone') });

    for (const column of ['unit', 'title', 'note'] as const) {
      const found = sensitive.exec(typedIn(column));
      if (found) warn('sensitive-words', column, { words: found[0] });
    }

    const name = plainName(typedIn('name'));
    const typedSector = plainName(typedIn('sector'));
    const sector = ownSectors.get(typedSector)?.name ?? typedSector;
    if (typedSector !== '' && !ownSectors.has(typedSector) && around.sectors.length > 0) {
      const nearest = around.sectors
        .map((own) => ({ name: own.name, alike: likeness(typedSector, own.name) }))
        .sort((a, b) => b.alike - a.alike)[0];
      const params = { typed: typedSector, nearest: nearest && nearest.alike >= 0.4 ? nearest.name : '' };
      if (around.newSectors === 'create') warn('new-sector', 'sector', params);
      else refuse('unknown-sector', 'sector', params);
    }

    const twin = accepted.find(({ person }) => person.name === name && person.phone !== null && person.phone === phone);
    if (twin) refuse('duplicate-row', 'name', { ofRow: twin.rowNumber });
    const known = around.people.find((person) => phone !== null && person.phone === phone && person.name === name);
    if (known?.seated) refuse('already-seated', 'name', { name });

    const left = free.get(sector);
    if (refusals.length === 0 && left !== undefined && left < 1) {
      refuse('sector-full', 'sector', { sector, seats: ownSectors.get(plainName(sector))?.seats ?? 0 });
    }
    if (refusals.length > 0) return { rowNumber, cells, person: null, knownPersonId: null, refusals, warnings };

    const namesake = accepted.find(({ person }) => person.name === name);
    if (namesake) warn('same-name', 'name', { ofRow: namesake.rowNumber });
    if (!known && around.people.some((person) => person.name === name)) warn('same-name-known', 'name', { name });
    const sharer = phone === null ? undefined : accepted.find(({ person }) => person.phone === phone);
    if (sharer) warn('shared-phone', 'phone', { ofRow: sharer.rowNumber });

    const person: RosterPerson = {
      name,
      gender,
      birthMonth,
      sector,
      unit: typedIn('unit'),
      title: typedIn('title') || '委员',
      phone,
      voting,
      largeType,
      consentPublishName,
      hasSmartphone: !/(无|没有)(智能)?手机|老年机|老人机/u.test(typedIn('note')),
      note: typedIn('note'),
    };
    accepted.push({ rowNumber, person });
    if (left !== undefined) free.set(sector, left - 1);
    return { rowNumber, cells, person, knownPersonId: known?.personId ?? null, refusals, warnings };
  });

  const sectors = new Map<string, number>();
  for (const { person } of accepted) sectors.set(person.sector, (sectors.get(person.sector) ?? 0) + 1);
  return {
    ...base,
    fault: null,
    rows,
    sectors: Array.from(sectors, ([name, count]) => ({ name, rows: count, isNew: !free.has(name) })),
  };
}

/** The rows that were refused, under their headings: what stays on the page after the good ones went in. */
export function refusedRows(sheet: readonly (readonly string[])[], reading: RosterReading): string[][] {
  const headings =
    reading.headingRow === null ? rosterColumns.map((column) => rosterHeadings[column]) : sheet[reading.headingRow - 1];
  const refused = reading.rows.filter((row) => row.person === null).map((row) => [...row.cells]);
  return refused.length === 0 ? [] : [[...(headings ?? [])], ...refused];
}
