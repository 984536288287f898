// The roster as offices really write it: which headings, months and answers are understood, and why a row gets no seat.
import { describe, expect, it } from 'vitest';
import { splitPasted } from './pasted-rows.ts';
import {
  plainName,
  plainPhone,
  readBirthMonth,
  readRoster,
  readYesNo,
  refusedRows,
  rosterColumns,
  rosterHeadings,
  type RosterSurroundings,
} from './roster.ts';

const nothingKnown: RosterSurroundings = { sectors: [], people: [], thisMonth: '2026-04', newSectors: 'refuse' };
const twoSectors: RosterSurroundings = {
  ...nothingKnown,
  sectors: [
    { name: '居民代表', seats: 2, taken: 0 },
    { name: '人大代表', seats: 1, taken: 0 },
  ],
};
const read = (text: string, around: RosterSurroundings = nothingKnown) => readRoster(splitPasted(text), around);
const reasons = (text: string, around?: RosterSurroundings) =>
  read(text, around).rows.map((row) => row.refusals.map(({ reason, column }) => `${column}: ${reason}`));
const warnings = (text: string, around?: RosterSurroundings) =>
  read(text, around).rows.map((row) => row.warnings.map(({ reason }) => reason));

const heads = '姓名\t界别\t是否有表决权\t手机号\t出生年月\t备注';
const sheet = (...rows: string[]) => [heads, ...rows].join('\n');

describe('headings', () => {
  it('knows the template', () => {
    const reading = readRoster(
      [rosterColumns.map((column) => rosterHeadings[column]), ['1', '张三', '男']],
      nothingKnown,
    );
    expect(reading.columns).toEqual(rosterColumns);
    expect(reading.fault).toBeNull();
  });

  it.each([
    ['blanks and full width', '姓　名\t界 别\t是否有表决权　'],
    ['hints and stars', '*姓名（必填）\t界别[见说明]\t是否有表决权*'],
    ['other words', '名字\t所属界别\t表决权'],
    ['English', 'Name\tSector\tVoting'],
    ['another order with strange columns between', '照片\t表决权\t界别\t学历\t姓名'],
  ])('%s', (_name, line) => {
    const reading = read(`${line}\n${line.includes('照片') ? 'x\t是\t居民代表\ty\t张三' : '张三\t居民代表\t是'}`);
    expect(reading.fault).toBeNull();
    expect(reading.rows.map((row) => row.person?.name)).toEqual(['张三']);
  });

  it('finds the headings below a title and counts rows as the spreadsheet does', () => {
    const reading = read(`云锦里社区委员名册\n\n${heads}\n张三\t居民代表\t是`);
    expect(reading.headingRow).toBe(3);
    expect(reading.rows.map((row) => row.rowNumber)).toEqual([4]);
  });

  it('names the columns it will not import and takes the first of two equal ones', () => {
    const reading = read('姓名\t界别\t是否有表决权\t学历\t姓名\n张三\t居民代表\t是\t本科\t李四');
    expect(reading.unknownHeadings).toEqual(['学历', '姓名']);
    expect(reading.rows[0]?.person?.name).toBe('张三');
  });

  it('assumes the template where twelve columns come without headings', () => {
    const reading = read('1\t张三\t男\t1958-03\t居民代表\t东里3幢\t委员\t13800000001\t是\t否\t否\t');
    expect(reading.headingRow).toBeNull();
    expect(reading.rows[0]?.person).toMatchObject({ name: '张三', unit: '东里3幢', voting: true });
  });

  it.each([
    ['nothing at all', '', 'empty', undefined],
    ['headings only', heads, 'empty', undefined],
    ['no headings and no template', '张三\t居民代表', 'column-missing', 'name'],
    ['no sector', '姓名\t手机号\t表决权\n张三\t1\t是', 'column-missing', 'sector'],
    ['no voting right', '姓名\t界别\n张三\t居民代表', 'column-missing', 'voting'],
    [
      'too many rows',
      sheet(...Array.from({ length: 2001 }, (_, at) => `人${at}\t居民代表\t是`)),
      'too-many-rows',
      undefined,
    ],
  ])('refuses the sheet: %s', (_name, text, reason, column) => {
    const { fault, rows } = read(text);
    expect(fault?.reason).toBe(reason);
    expect(fault?.params['column']).toBe(column);
    expect(rows).toEqual([]);
  });
});

describe('cells', () => {
  it.each([
    ['1958-03', '1958-03'],
    ['1958.3', '1958-03'],
    ['1958/03/12', '1958-03'],
    ['1958年3月', '1958-03'],
    ['1958年3月12日', '1958-03'],
    ['1958 年 12 月', '1958-12'],
    ['195803', '1958-03'],
    ['19580312', '1958-03'],
    ['１９５８－０３', '1958-03'],
    ['1958-03-12T00:00:00.000Z', '1958-03'],
    ['58.3', null],
    ['1958', null],
    ['1958-13', null],
    ['195800', null],
    ['21245', null],
    ['三月', null],
  ])('month %s', (typed, month) => {
    expect(readBirthMonth(typed)).toBe(month);
  });

  it.each([
    ['是', true],
    ['√', true],
    [' YES ', true],
    ['１', true],
    ['有', true],
    ['否', false],
    ['×', false],
    ['Ｎ', false],
    ['无', false],
    ['不需要', false],
    ['也许', null],
    ['', null],
  ])('answer %s', (typed, answer) => {
    expect(readYesNo(typed)).toBe(answer);
  });

  it.each([
    ['张 三', '张三'],
    ['张　三', '张三'],
    ['欧阳 修 远', '欧阳修远'],
    ['John  Smith', 'John Smith'],
    ['\u200b张三\u0000', '张三'],
  ])('name %s', (typed, name) => {
    expect(plainName(typed)).toBe(name);
  });

  it.each([
    ['138 0000 0001', '13800000001'],
    ['138-0000-0001', '13800000001'],
    ['+86 13800000001', '13800000001'],
    ['008613800000001', '13800000001'],
    ['１３８００００\u3000０００１', '13800000001'],
    ['(0512)1234567', '05121234567'],
  ])('phone %s', (typed, phone) => {
    expect(plainPhone(typed)).toBe(phone);
  });

  it('fills what is left out with the plain case', () => {
    expect(read(sheet('张三\t居民代表\t否')).rows[0]?.person).toEqual({
      name: '张三',
      gender: null,
      birthMonth: null,
      sector: '居民代表',
      unit: '',
      title: '委员',
      phone: null,
      voting: false,
      largeType: false,
      consentPublishName: false,
      hasSmartphone: true,
      note: '',
    });
  });

  it('notes who has no smartphone', () => {
    expect(read(sheet('张三\t居民代表\t是\t\t\t无智能手机,用纸质票')).rows[0]?.person?.hasSmartphone).toBe(false);
  });
});

describe('rows that get no seat', () => {
  it('says everything that is wrong with a row at once', () => {
    expect(reasons(sheet('\t\t\t\t1958-20\tx'))).toEqual([
      ['name: missing', 'sector: missing', 'voting: missing', 'birthMonth: birth-month-unreadable'],
    ]);
  });

  it.each([
    ['an answer that is neither', '张三\t居民代表\t也许', 'voting: unreadable'],
    ['born after this month', '张三\t居民代表\t是\t\t2026-05', 'birthMonth: birth-month-impossible'],
    ['born before 1900', '张三\t居民代表\t是\t\t1899-12', 'birthMonth: birth-month-impossible'],
    ['a name too long', `${'张'.repeat(41)}\t居民代表\t是`, 'name: too-long'],
  ])('%s', (_name, row, reason) => {
    expect(reasons(sheet(row))).toEqual([[reason]]);
  });

  it('accepts somebody born this very month', () => {
    expect(reasons(sheet('张三\t居民代表\t是\t\t2026-04'))).toEqual([[]]);
  });

  it('refuses the second of two rows with the same name and phone, and says which row was first', () => {
    const reading = read(sheet('张三\t居民代表\t是\t138 0000 0001', '张 三\t人大代表\t是\t13800000001'));
    expect(reading.rows[0]?.person).not.toBeNull();
    expect(reading.rows[1]?.refusals).toEqual([{ reason: 'duplicate-row', column: 'name', params: { ofRow: 2 } }]);
  });

  it('lets the second of two equal rows in when the first was refused', () => {
    expect(reasons(sheet('张三\t居民代表\t?\t13800000001', '张三\t居民代表\t是\t13800000001'))).toEqual([
      ['voting: unreadable'],
      [],
    ]);
  });

  it('refuses an unknown sector and suggests the one that was meant', () => {
    expect(read(sheet('张三\t居民代表们\t是'), twoSectors).rows[0]?.refusals).toEqual([
      { reason: 'unknown-sector', column: 'sector', params: { typed: '居民代表们', nearest: '居民代表' } },
    ]);
    expect(read(sheet('张三\t物业\t是'), twoSectors).rows[0]?.refusals[0]?.params['nearest']).toBe('');
  });

  it('creates it instead where the secretary chose so, with a warning', () => {
    const reading = read(sheet('张三\t物业\t是'), { ...twoSectors, newSectors: 'create' });
    expect(reading.rows[0]?.warnings.map(({ reason }) => reason)).toEqual(['new-sector']);
    expect(reading.sectors).toEqual([{ name: '物业', rows: 1, isNew: true }]);
  });

  it('knows a sector however it is spaced, by its own spelling', () => {
    expect(read(sheet('张三\t居民 代表\t是'), twoSectors).rows[0]?.person?.sector).toBe('居民代表');
  });

  it('fills a sector only to its seats, in the order of the sheet', () => {
    const taken: RosterSurroundings = { ...twoSectors, sectors: [{ name: '居民代表', seats: 3, taken: 1 }] };
    expect(
      reasons(sheet('甲\t居民代表\t是', '乙\t居民代表\t也许', '丙\t居民代表\t是', '丁\t居民代表\t是'), taken),
    ).toEqual([[], ['voting: unreadable'], [], ['sector: sector-full']]);
  });

  it('refuses who already has a seat in this council, and recognises who is known to the community', () => {
    const around: RosterSurroundings = {
      ...nothingKnown,
      people: [
        { personId: 'p1', name: '张三', phone: '13800000001', seated: true },
        { personId: 'p2', name: '李四', phone: '13800000002', seated: false },
      ],
    };
    const reading = read(sheet('张三\t居民代表\t是\t13800000001', '李四\t居民代表\t是\t13800000002'), around);
    expect(reading.rows.map((row) => [row.refusals[0]?.reason, row.knownPersonId])).toEqual([
      ['already-seated', null],
      [undefined, 'p2'],
    ]);
  });
});

describe('rows worth a second look', () => {
  it.each([
    ['a phone of the wrong length', sheet('张三\t居民代表\t是\t1380'), [['odd-phone']]],
    ['namesakes', sheet('张三\t居民代表\t是\t13800000001', '张三\t居民代表\t是\t13800000002'), [[], ['same-name']]],
    [
      'a shared phone',
      sheet('张三\t居民代表\t是\t13800000001', '李四\t居民代表\t是\t13800000001'),
      [[], ['shared-phone']],
    ],
    ['health in the notes', sheet('张三\t居民代表\t是\t\t\t因病请假'), [['sensitive-words']]],
    ['an odd gender', '姓名\t界别\t表决权\t性别\n张三\t居民代表\t是\t先生', [['odd-gender']]],
  ])('%s', (_name, text, expected) => {
    expect(warnings(text)).toEqual(expected);
    expect(read(text).rows.every((row) => row.person !== null)).toBe(true);
  });

  it('a namesake in the community', () => {
    const people = [{ personId: 'p1', name: '张三', phone: '13800000001', seated: false }];
    expect(warnings(sheet('张三\t居民代表\t是'), { ...nothingKnown, people })).toEqual([['same-name-known']]);
  });
});

describe('the sheet as a whole', () => {
  it('gives the refused rows back under their headings, as typed', () => {
    const rows = splitPasted(sheet('张三\t居民代表\t是', '李 四\t居民代表\t也许'));
    expect(refusedRows(rows, readRoster(rows, nothingKnown))).toEqual([rows[0], rows[2]]);
  });

  it('gives nothing back when nothing was refused', () => {
    const rows = splitPasted(sheet('张三\t居民代表\t是'));
    expect(refusedRows(rows, readRoster(rows, nothingKnown))).toEqual([]);
  });

  it('never throws and accounts for every row, whatever is in it', () => {
    const odd = ['', '是', '张三', '\t', '"', '1958-03', '\u0000', '💡', 'ﬁ', '-', '居民代表'];
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 300; round += 1) {
      const body = Array.from({ length: next(6) }, () =>
        Array.from({ length: next(8) }, () => odd[next(odd.length)] ?? ''),
      );
      const reading = readRoster([heads.split('\t'), ...body], round % 2 ? nothingKnown : twoSectors);
      for (const row of reading.rows) expect(row.person === null).toBe(row.refusals.length > 0);
    }
  });
});
