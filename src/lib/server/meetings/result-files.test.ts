// The desk's files, opened as a spreadsheet program opens them: the numbers are numbers, the texts texts, and they are the meeting's.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { newId } from '#lib/protocol/ids.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { asPerson, aSession, must } from '#tests/support/session.ts';
import { freshCopy } from './copies.ts';
import { attendanceFile, votesFile } from './result-files.ts';

type Sheet = Awaited<ReturnType<typeof readSheets>>[number];

/** The rows below the headings, by heading. */
const recordsOf = ({ data: [heads = [], ...rows] }: Sheet): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(heads.map((head, at) => [String(head), row[at]])));

/** Nine members: one has left, one is recused, four for, two against, one abstains. */
async function aDecision() {
  const session = await aSession();
  const { meetingId, chair, secretary, motionId } = session;
  const { members } = session.council;
  const [leaver, recused] = [members[8], members[7]];
  await must(meetingId, { type: 'recordDeparture', seatId: leaver?.seatId }, secretary);
  await must(
    meetingId,
    { type: 'declareRecusal', motionId, seatId: recused?.seatId, reason: '亲属承接' },
    asPerson(recused?.personId ?? ''),
  );
  const poll = { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'named', plannedMs: null };
  await must(meetingId, poll, chair);
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  for (const [at, choice] of ['for', 'for', 'for', 'for', 'against', 'against', 'abstain'].entries()) {
    const { seatId = '', personId = '' } = members[at] ?? {};
    expect(await castBallot({ meetingId, pollId, seatId, castId: newId(), choice }, asPerson(personId))).toMatchObject({
      ok: true,
    });
  }
  await must(meetingId, { type: 'closePoll', pollId }, chair);
  await must(meetingId, { type: 'announceResult', pollId }, chair);
  return { state: (await freshCopy(meetingId)).stateFor('hosts'), members };
}

test('who came, who left, and every vote with its numbers can be read out of the files', async () => {
  const { state, members } = await aDecision();

  const [attendance, ...others] = await readSheets(await attendanceFile(state, 'zh-CN'));
  expect([attendance?.sheet, others]).toEqual(['到会情况', []]);
  const people = recordsOf(attendance as Sheet);
  expect(people).toHaveLength(9);
  expect(people.filter((row) => row['到会'] === '到会')).toHaveLength(8);
  const gone = people.find((row) => row['姓名'] === members[8]?.name);
  expect(gone).toMatchObject({ 到会: '已离场', 有表决权: '是', 界别: '界别3', 签到办法: '入场条' });
  expect(String(gone?.['全部出入'])).toMatch(/^\d\d:\d\d:\d\d 到会、\d\d:\d\d:\d\d 离场$/);

  // Printed, its ten columns stand on one page.
  const sheet = strFromU8(
    unzipSync(await attendanceFile(state, 'zh-CN'))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
  );
  expect(sheet).toMatch(
    /<sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>.*<pageSetup fitToWidth="1" fitToHeight="0"/s,
  );

  const [votes, named] = await readSheets(await votesFile(state, 'zh-CN'));
  expect([votes?.sheet, named?.sheet]).toEqual(['表决情况', '记名选择']);
  expect(recordsOf(votes as Sheet)).toEqual([
    expect.objectContaining({
      表决事项: '同意第一项',
      结果: '通过',
      版本: '现行',
      票数: '赞成 4 票、反对 2 票、弃权 1 票',
      表决基数: 7,
      须赞成: 4,
      到会: 8,
      法定: 6,
      投票: 7,
      未投: 0,
      废票: 0,
      回避: members[7]?.name,
    }),
  ]);
  const choices = recordsOf(named as Sheet).map((row) => [row['姓名'], row['选择']]);
  expect(choices).toHaveLength(7);
  expect(choices).toContainEqual([members[4]?.name, '反对']);
  expect(choices.map(([name]) => name)).not.toContain(members[7]?.name);
});

test('in English too, and a name that looks like a formula stays a name', async () => {
  const { state, members } = await aDecision();
  const seatId = members[0]?.seatId ?? '';
  const seat = state.seats[seatId];
  if (!seat) throw new Error('no seat');
  const sly = { ...state, seats: { ...state.seats, [seatId]: { ...seat, name: { ...seat.name, text: '=1+1' } } } };
  const [attendance] = await readSheets(await attendanceFile(sly, 'en'));
  const first = recordsOf(attendance as Sheet).find((row) => row['Name'] === '=1+1');
  expect(first).toBeDefined();
  const [votes] = await readSheets(await votesFile(sly, 'en'));
  expect(recordsOf(votes as Sheet)[0]).toMatchObject({ Base: 7, Result: expect.stringMatching(/passed/i) as string });
});

const hasOffice = spawnSync('soffice', ['--version']).error === undefined;
const said = hasOffice ? '' : ' (not run: LibreOffice is not here)';

test.skipIf(!hasOffice)(`another office program opens both files and reads the same cells${said}`, async () => {
  const { state, members } = await aDecision();
  const folder = mkdtempSync(path.join(tmpdir(), 'yishi-xlsx-'));
  writeFileSync(path.join(folder, 'votes.xlsx'), await votesFile(state, 'zh-CN'));
  writeFileSync(path.join(folder, 'attendance.xlsx'), await attendanceFile(state, 'zh-CN'));
  // -1: every sheet to a file of its own; 76 is UTF-8.
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
  const own = `-env:UserInstallation=file://${folder}/profile`;
  const files = ['votes.xlsx', 'attendance.xlsx'].map((name) => path.join(folder, name));
  execFileSync('soffice', [own, '--headless', '--convert-to', filter, '--outdir', folder, ...files], { stdio: 'pipe' });
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  expect(read('votes-表决情况.csv')).toContain('同意第一项');
  expect(read('votes-表决情况.csv')).toContain('赞成 4 票、反对 2 票、弃权 1 票');
  expect(read('votes-记名选择.csv')).toContain(`同意第一项,${members[4]?.name},`);
  expect(read('votes-资金分配.csv')).toContain('入选');
  expect(read('attendance-到会情况.csv')).toContain(members[8]?.name);
});
