// Councils, seats and roster import on a real database, with people pressing at the same moment.
import { describe, expect, it } from 'vitest';
import writeSheet from 'write-excel-file/node';
import { rosterColumns, rosterHeadings } from '#lib/domain/councils/roster.ts';
import { joinRows } from '#lib/domain/councils/pasted-rows.ts';
import { demoRosterSheet } from '#lib/server/demo/roster.ts';
import { officeMessagesFor } from '#lib/server/office-messages-for.ts';
import { erasePerson } from '#lib/server/people/erasure.ts';
import { listPeople } from '#lib/server/people/register.ts';
import { aCommunity, aCouncil, aPerson } from '#tests/support/world.ts';
import {
  addSector,
  copyRoster,
  endSeat,
  foundCouncil,
  giveCouncilRole,
  listCouncils,
  readCouncil,
  removeSector,
  seatPerson,
  takeCouncilRole,
  updateSeat,
  updateSector,
} from './councils.ts';
import { cellText, rosterTemplate, rowsOfFile } from './roster-file.ts';
import { importRoster, previewRoster } from './roster-import.ts';

async function anEmptyCouncil() {
  const { communityId } = await aCommunity();
  const founded = await foundCouncil(communityId, { name: '议事会', term: '2026' });
  if ('refused' in founded) throw new Error('founded');
  return { communityId, councilId: founded.councilId };
}

const heldNames = async (councilId: string) =>
  (await readCouncil(councilId))?.sectors.map(({ name, held }) => [name, held.map((seat) => seat.name)]);

describe('seats', () => {
  it('are given until the sector is full, whoever presses at the same moment', async () => {
    const { communityId, councilId } = await anEmptyCouncil();
    const sector = await addSector(councilId, '居民代表', 3);
    if ('refused' in sector) throw new Error('added');
    const people = await Promise.all(Array.from({ length: 12 }, () => aPerson({ communityId })));
    const answers = await Promise.all(
      people.map(({ personId }) =>
        seatPerson(councilId, { sectorId: sector.sectorId, personId, title: '委员', voting: true }),
      ),
    );
    expect(answers.filter((answer) => 'seatId' in answer)).toHaveLength(3);
    expect(answers.filter((answer) => 'refused' in answer && answer.reason === 'no-vacant-seat')).toHaveLength(9);
  });

  it('are one to a person; an ended one may be followed by another', async () => {
    const council = await aCouncil({ members: 3, sectors: 1 });
    const { councilId } = council;
    const member = council.members[0];
    if (!member) throw new Error('a member');
    await updateSector(councilId, member.sectorId, '界别1', 5);
    const again = { sectorId: member.sectorId, personId: member.personId, title: '委员', voting: true };
    expect(await seatPerson(councilId, again)).toMatchObject({ reason: 'person-has-seat' });
    expect(await endSeat(councilId, member.seatId)).toBeNull();
    expect(await endSeat(councilId, member.seatId)).toMatchObject({ reason: 'seat-ended' });
    expect(await updateSeat(councilId, member.seatId, '主任', true)).toMatchObject({ reason: 'seat-ended' });
    expect(await seatPerson(councilId, again)).toHaveProperty('seatId');
    expect((await readCouncil(councilId))?.ended).toHaveLength(1);
  });

  it('are not for the erased, nor for people or sectors of elsewhere', async () => {
    const council = await aCouncil({ members: 1, sectors: 1 });
    const other = await aCouncil({ members: 1, sectors: 1 });
    const { councilId, communityId } = council;
    const sectorId = council.sectorIds[0] ?? '';
    await updateSector(councilId, sectorId, '界别1', 5);
    const erased = await aPerson({ communityId });
    await erasePerson(communityId, erased.personId);
    const stranger = await aPerson();
    const here = await aPerson({ communityId });
    const attempts = [
      { sectorId, personId: erased.personId },
      { sectorId, personId: stranger.personId },
      { sectorId: other.sectorIds[0] ?? '', personId: here.personId },
    ];
    for (const attempt of attempts) {
      expect(await seatPerson(councilId, { ...attempt, title: '委员', voting: true })).toMatchObject({
        reason: 'not-there',
      });
    }
  });
});

describe('sectors', () => {
  it('keep room for who sits in them, and go only when nobody ever did', async () => {
    const council = await aCouncil({ members: 3, sectors: 1 });
    const { councilId } = council;
    const sectorId = council.sectorIds[0] ?? '';
    expect(await updateSector(councilId, sectorId, '居民', 2)).toMatchObject({
      reason: 'fewer-seats-than-held',
      params: { held: 3 },
    });
    expect(await updateSector(councilId, sectorId, '居民', 0)).toMatchObject({ reason: 'number-unfit' });
    for (const { seatId } of council.members) await endSeat(councilId, seatId);
    expect(await removeSector(councilId, sectorId)).toMatchObject({ reason: 'still-has-seats' });
    const fresh = await addSector(councilId, '新的', 1);
    if ('refused' in fresh) throw new Error('added');
    expect(await addSector(councilId, '新的', 1)).toMatchObject({ reason: 'name-taken' });
    expect(await updateSector(councilId, sectorId, '新的', 3)).toMatchObject({ reason: 'name-taken' });
    expect(await removeSector(councilId, fresh.sectorId)).toBeNull();
  });
});

describe('roles', () => {
  it('are given once, to people of the community only, and taken away', async () => {
    const council = await aCouncil({ members: 2 });
    const { councilId } = council;
    const helper = await aPerson({ communityId: council.communityId });
    await giveCouncilRole(councilId, helper.personId, 'helper');
    expect(await giveCouncilRole(councilId, helper.personId, 'helper')).toBeNull();
    expect(await giveCouncilRole(councilId, (await aPerson()).personId, 'chair')).toMatchObject({
      reason: 'not-there',
    });
    expect(await giveCouncilRole(councilId, helper.personId, 'member')).toMatchObject({ reason: 'not-there' });
    const helpers = async () => (await readCouncil(councilId))?.roles.filter(({ role }) => role === 'helper').length;
    expect(await helpers()).toBe(1);
    await takeCouncilRole(councilId, helper.personId, 'helper');
    expect(await helpers()).toBe(0);
  });
});

describe('the next term', () => {
  it('takes over sectors, seats and roles, but neither ended seats nor the erased', async () => {
    const council = await aCouncil({ members: 5, sectors: 2 });
    const { communityId, councilId } = council;
    await endSeat(councilId, council.members[4]?.seatId ?? '');
    await erasePerson(communityId, council.members[3]?.personId ?? '');
    const next = await foundCouncil(communityId, { name: '议事会', term: '2028' });
    if ('refused' in next) throw new Error('founded');
    expect(await copyRoster(councilId, next.councilId)).toEqual({ seats: 3 });
    expect(await heldNames(next.councilId)).toEqual([
      ['界别1', ['委员1', '委员3']],
      ['界别2', ['委员2']],
    ]);
    expect((await readCouncil(next.councilId))?.roles.map(({ role }) => role).sort()).toEqual([
      'chair',
      'moderator',
      'secretary',
    ]);
    expect(await copyRoster(councilId, next.councilId)).toMatchObject({ reason: 'term-has-roster' });
    expect((await readCouncil(councilId))?.sectors.flatMap(({ held }) => held)).toHaveLength(3);
    expect((await listCouncils(communityId)).map(({ term, held }) => [term, held])).toEqual([
      ['2028', 3],
      ['2026', 3],
    ]);
  });

  it("is not copied from another community's council", async () => {
    const council = await aCouncil();
    const { councilId } = await anEmptyCouncil();
    expect(await copyRoster(council.councilId, councilId)).toMatchObject({ reason: 'not-there' });
  });
});

describe('importing a roster', () => {
  const sheet = joinRows(demoRosterSheet());

  it('seats the 25 of the demo roster in 7 sectors, and none of them twice', async () => {
    const { communityId, councilId } = await anEmptyCouncil();
    const preview = await previewRoster(councilId, sheet, 'refuse');
    expect(preview.rows.flatMap(({ warnings }) => warnings)).toHaveLength(2);
    const done = await importRoster(councilId, sheet, 'refuse');
    expect(done).toMatchObject({ imported: 25, remaining: '' });
    const council = await readCouncil(councilId);
    expect(council?.sectors.map(({ name, seats, held }) => [name, seats, held.length])).toEqual([
      ['社区工作人员', 4, 4],
      ['居民代表', 9, 9],
      ['社会组织代表', 4, 4],
      ['业主委员会代表', 3, 3],
      ['物业公司代表', 2, 2],
      ['人大代表', 2, 2],
      ['政协委员', 1, 1],
    ]);
    expect(council?.sectors[0]?.held[0]).toMatchObject({ name: '沈书记', title: '主任委员', consentPublishName: true });
    expect(await importRoster(councilId, sheet, 'refuse')).toMatchObject({ imported: 0 });
    expect((await listPeople(communityId, '', 1)).total).toBe(25);
  });

  it('is done once when two press at the same moment', async () => {
    const { communityId, councilId } = await anEmptyCouncil();
    const answers = await Promise.all([1, 2].map(() => importRoster(councilId, sheet, 'refuse')));
    expect(answers.map((answer) => 'imported' in answer && answer.imported).sort()).toEqual([0, 25]);
    expect((await listPeople(communityId, '', 1)).total).toBe(25);
  });

  it('takes the good rows in and gives the broken ones back as they were typed', async () => {
    const { councilId } = await anEmptyCouncil();
    const text = '姓名\t界别\t是否有表决权\n张三\t居民\t是\n李 四\t居民\t也许\n\n王五\t居民\t否';
    const done = await importRoster(councilId, text, 'refuse');
    expect(done).toMatchObject({ imported: 2, remaining: '姓名\t界别\t是否有表决权\n李 四\t居民\t也许' });
    expect(await heldNames(councilId)).toEqual([['居民', ['张三', '王五']]]);
    expect((await readCouncil(councilId))?.sectors[0]?.held.map(({ voting }) => voting)).toEqual([true, false]);
    // Corrected in the box and sent again: the sector is full now, and says so.
    const again = await importRoster(councilId, '姓名\t界别\t表决权\n李四\t居民\t是', 'refuse');
    expect(again).toMatchObject({ imported: 0 });
    expect('reading' in again && again.reading.rows[0]?.refusals[0]?.reason).toBe('sector-full');
  });

  it('links who is known by name and phone instead of making them twice', async () => {
    const { communityId, councilId } = await anEmptyCouncil();
    const known = await aPerson({ communityId, name: '张三', phone: '13800000001' });
    await importRoster(councilId, '姓名\t界别\t表决权\t手机\n张 三\t居民\t是\t138 0000 0001', 'refuse');
    expect((await readCouncil(councilId))?.sectors[0]?.held[0]?.personId).toBe(known.personId);
    expect((await listPeople(communityId, '', 1)).total).toBe(1);
  });

  it('creates new sectors beside the old ones only where asked to', async () => {
    const council = await aCouncil({ members: 1, sectors: 1 });
    const text = '姓名\t界别\t表决权\n张三\t物业\t是';
    expect(await importRoster(council.councilId, text, 'refuse')).toMatchObject({ imported: 0 });
    expect(await importRoster(council.councilId, text, 'create')).toMatchObject({ imported: 1 });
    expect(await heldNames(council.councilId)).toEqual([
      ['界别1', ['委员1']],
      ['物业', ['张三']],
    ]);
  });
});

describe('roster files', () => {
  it('reads what Excel makes of months, numbers and answers', async () => {
    const file = await writeSheet(
      [
        ['名册'],
        ['姓名', '界别', '是否有表决权', '手机号', '出生年月'],
        [
          '张三',
          '居民代表',
          true,
          13800000001,
          { value: new Date(Date.UTC(1958, 2, 12)), type: Date, format: 'yyyy-mm' },
        ],
      ],
      { sheet: '名册' },
    ).toBuffer();
    const rows = await rowsOfFile(file);
    expect(rows).toEqual([
      ['名册', '', '', '', ''],
      ['姓名', '界别', '是否有表决权', '手机号', '出生年月'],
      ['张三', '居民代表', 'yes', '13800000001', '1958-03-12'],
    ]);
    const { councilId } = await anEmptyCouncil();
    if ('refused' in rows) throw new Error('read');
    expect((await previewRoster(councilId, joinRows(rows), 'refuse')).rows[0]?.person).toMatchObject({
      phone: '13800000001',
      birthMonth: '1958-03',
      voting: true,
    });
  });

  it('takes the sheet that is a roster, wherever it stands', async () => {
    const heads = rosterColumns.map((column) => rosterHeadings[column]);
    const file = await writeSheet([
      { sheet: '封面', data: [['云锦里社区']] },
      { sheet: '名册', data: [heads, heads.map(() => 'x')] },
    ]).toBuffer();
    expect((await rowsOfFile(file)) as string[][]).toContainEqual(heads);
  });

  it.each(['zh-CN', 'en'] as const)('offers a template that it reads back (%s)', async (lang) => {
    const { roster } = officeMessagesFor(lang);
    const words = { ...roster.templateWords, guide: roster.guide };
    const rows = await rowsOfFile(await rosterTemplate(words, demoRosterSheet().slice(1)));
    expect(rows).toEqual(demoRosterSheet());
  });

  it.each([
    ['no file of that kind', Buffer.from('姓名,界别')],
    ['a cut one', null],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s with a sentence, and does not fall', async (_name, content) => {
    const whole = await writeSheet([['姓名']], { sheet: 'x' }).toBuffer();
    const file = content ?? whole.subarray(0, whole.length - 200);
    expect(await rowsOfFile(file)).toMatchObject({ reason: 'file-unreadable' });
  });

  it('refuses a file that unpacks to far more than a roster', async () => {
    const whole = await writeSheet([['姓名']], { sheet: 'x' }).toBuffer();
    const entry = whole.indexOf('PK\x01\x02', 0, 'latin1');
    whole.writeUInt32LE(0x7fffffff, entry + 24);
    expect(await rowsOfFile(whole)).toMatchObject({ reason: 'file-unreadable' });
    expect(await rowsOfFile(Buffer.alloc(401 * 1024))).toMatchObject({ reason: 'file-too-large' });
  });

  it.each([
    [1.5, '1.5'],
    [10000000005, '10000000005'],
    [null, ''],
    [undefined, ''],
    [false, 'no'],
    [new Date(Number.NaN), ''],
  ])('writes the cell %s as %j', (value, text) => {
    expect(cellText(value)).toBe(text);
  });
});
