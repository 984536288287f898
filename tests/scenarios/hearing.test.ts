// Script 6.3: a public hearing with three hundred residents enrolled, over real sockets against a real PostgreSQL, every figure as in the dataset; and the server
// killed in the middle. The pages of a few of them are opened in tests/e2e/hearing.spec.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { eq, sql } from 'drizzle-orm';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { drawFault } from '#lib/domain/hearings/draw.ts';
import { quorumOf } from '#lib/domain/meeting/attendance.ts';
import { speakingQueue } from '#lib/domain/meeting/floor-order.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { maskName } from '#lib/domain/meeting/words.ts';
import { newId } from '#lib/protocol/ids.ts';
import { guestCookieName } from '#lib/server/auth/guests.ts';
import { db } from '#lib/server/db/client.ts';
import { people, rulePacks } from '#lib/server/db/schema/index.ts';
import { additions, dataset } from '#lib/server/demo/dataset.ts';
import { hearingOfDataset, seedDemoHearing } from '#lib/server/demo/hearing.ts';
import { attendHearing, enrolmentsOf } from '#lib/server/hearings/enrol.ts';
import { answerGroup, groupOfOpinion, moveOpinions, openGroup, opinionsOf } from '#lib/server/hearings/opinions.ts';
import { reportFile } from '#lib/server/hearings/report.ts';
import { drawFileOf } from '#lib/server/hearings/published.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { ensureMinutes, minutesBlocks } from '#lib/server/minutes/document.ts';
import { publishedBundle } from '#lib/server/minutes/complete.ts';
import { verifyFile } from '#lib/protocol/verify-file.ts';
import { meetingArchive } from '#lib/server/publications/archive.ts';
import { reopenReport } from '#lib/server/hearings/freeze-report.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { enterSheet, settleSheet } from '#lib/server/polls/sheets.ts';
import {
  askQuestion,
  moderateQuestion,
  questionByLookup,
  questionsFor,
  takeDownFor,
} from '#lib/server/questions/questions.ts';
import { until } from '#tests/support/documents.ts';
import { freezeAndSign } from '#tests/support/sign-minutes.ts';
import { asPerson, must } from '#tests/support/session.ts';
import { enteredBySlip, theDemo } from '#tests/support/world.ts';

interface HallProcess {
  readonly url: string;
  /** As a power cut does it: nothing is said, nothing is flushed. */
  kill(): Promise<void>;
}

/** The program's live door in a process of its own; on `port` again after it was killed. */
async function hallAt(port: number): Promise<HallProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'tests/support/other-hall.ts'], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  afterAll(kill);
  if (child.stdout)
    for await (const line of createInterface({ input: child.stdout }))
      if (line.startsWith('http://')) return { url: line.trim(), kill };
  throw new Error('the hall did not open');
}

const expected = hearingOfDataset;
const optionTitles = expected?.options?.map(({ title }) => title) ?? [];
const votes = Object.fromEntries((expected?.options ?? []).map(({ id, votes: count }) => [id, count]));

const topics = [
  '充电棚离窗户太近，担心着火',
  '东门外太远，老人走不动',
  '楼道里的旧家具请清走',
  '夜里充电要有人看管',
  '收费要写清楚',
  '雨天推车路滑，要铺防滑',
];

describe('a public hearing, live from end to end', () => {
  test('script 6.3: 14 of 15 present, 287 of 300 joined, 42 ask and 16 speak, 141/96/48 by phone and paper, 57 opinions all answered, report signed and published', async () => {
    const ids = await theDemo({ realm: 'practice' });
    const as = (ref: string) => asPerson(ids.people[ref] ?? '');
    // A minute's grace is five seconds here, for nobody to wait.
    await db.update(rulePacks).set({ rules: sql`jsonb_set(${rulePacks.rules}, '{awayGraceSeconds}', '5')` });
    const { meetingId, lookups } = await seedDemoHearing(ids, { startsAt: Date.now() + 60_000 });
    const current = async () => (await freshCopy(meetingId)).state;
    const before = await current();

    // 1–2. Announced eleven days before, where ten are asked; 300 residents enrolled, fifteen drawn by quota; anybody draws again.
    expect(before.startsAt - (before.hearing?.announcedAt ?? 0)).toBe(11 * 86_400_000);
    expect(before.shortNotice).toBeNull();
    expect(lookups).toHaveLength(expected?.remote_registered ?? 0);
    const file = await drawFileOf((await freshCopy(meetingId)).stateFor('everyone'));
    expect(file && drawFault(file)).toBeNull();
    expect(file?.drawn.map(({ seated }) => seated.length)).toEqual(Object.values(expected?.composition ?? {}));
    const enrolled = await enrolmentsOf(meetingId);
    const published = JSON.stringify([file, (await freshCopy(meetingId)).stateFor('everyone')]);
    expect(enrolled.filter(({ contact }) => contact !== null && published.includes(contact))).toEqual([]);
    expect(lookups.filter((lookup) => published.includes(lookup))).toEqual([]);

    // 3. 287 of the 300 join by their own link, each over a socket of their own.
    const hall = await hallAt(0);
    const { url } = hall;
    const port = Number(new URL(url).port);
    await must(meetingId, { type: 'openCheckIn' }, as('M03'));
    const joined = expected?.remote_joined ?? 0;
    const doorsOpen = Date.now();
    const residents: { phone: Participant; cookie: string; guestId: string; zone: string | null }[] = [];
    for (let from = 0; from < joined; from += 40)
      residents.push(
        ...(await Promise.all(
          lookups.slice(from, Math.min(from + 40, joined)).map(async (lookup) => {
            const here = await attendHearing(meetingId, { shownName: '', zone: null, lookup }, { kind: 'nobody' });
            if (isRefusal(here)) throw new Error(here.reason);
            const cookie = `${guestCookieName}=${here.token ?? ''}`;
            const phone = await new Participant({ url, meetingId, cookie }).enter();
            return { phone, cookie, guestId: here.guestId, zone: here.zone };
          }),
        )),
      );
    afterAll(() => residents.forEach(({ phone }) => phone.leave()));
    expect(residents.filter(({ phone }) => phone.connected)).toHaveLength(287);
    expect(Date.now() - doorsOpen).toBeLessThan(5 * 60_000);

    // 4. Fourteen of fifteen representatives and three officers; ten are needed.
    const representatives = before.seatOrder.filter((seatId) => before.seats[seatId]?.voting);
    expect(representatives).toHaveLength(expected?.representatives_total ?? 0);
    const bench = before.seatOrder.filter((seatId) => !before.seats[seatId]?.voting);
    const coming = [...bench, ...representatives.slice(0, expected?.representatives_present ?? 0)];
    await Promise.all(
      coming.map((seatId) =>
        must(
          meetingId,
          { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' },
          asPerson(before.seats[seatId]?.personId ?? ''),
        ),
      ),
    );
    await must(meetingId, { type: 'openSession' }, as('M01'));
    expect(quorumOf(await current())).toMatchObject({
      expected: 15,
      present: 14,
      needed: expected?.quorum_required ?? 0,
      met: true,
    });
    await must(meetingId, { type: 'adoptAgenda' }, as('M01'));
    await must(meetingId, { type: 'openItem', itemId: before.agenda.items[0]?.itemId }, as('M03'));

    // 5–6. The presenter; captions that everybody reads; representatives in turn.
    await must(meetingId, { type: 'enterStage', stage: 'presentation', allowedMs: 600_000, reason: null }, as('M03'));
    await must(
      meetingId,
      { type: 'callPresenter', seatId: bench.find((id) => before.seats[id]?.sectorId === 'presenter') },
      as('M01'),
    );
    await must(meetingId, { type: 'addCaption', text: '东门外集中棚可以停一百二十辆。', speakerId: null }, as('S01'));
    await must(meetingId, { type: 'endSpeech' }, as('M01'));
    await must(meetingId, { type: 'enterStage', stage: 'representatives', allowedMs: null, reason: null }, as('M03'));
    await must(meetingId, { type: 'lineUpRepresentatives' }, as('M03'));
    for (const seatId of representatives.slice(0, 14)) {
      const [next] = speakingQueue(await current());
      expect(next?.request.seatId).toBe(seatId);
      await must(meetingId, { type: 'giveFloor', requestId: next?.request.requestId, overrideReason: null }, as('M01'));
      await must(meetingId, { type: 'endSpeech' }, as('M01'));
    }

    // 7. Forty-two ask to speak. While they wait, the server dies; nobody loses the place.
    await must(meetingId, { type: 'enterStage', stage: 'residents', allowedMs: null, reason: null }, as('M03'));
    const stances = ['for', 'against', 'add', 'question'] as const;
    const asking = residents.slice(0, expected?.speech_requests ?? 0);
    for (const [at, { phone, zone }] of asking.entries()) {
      const enter = {
        type: 'enterParticipant',
        name: `居民${at + 1}`,
        zone,
        channel: 'remote',
        assisted: false,
      } as const;
      expect(await phone.act(enter)).toBeNull();
      const seatId = (await current()).participants.idOf[`guest:${asking[at]?.guestId ?? ''}`] ?? '';
      expect(await phone.act({ type: 'askToSpeak', seatId, stance: stances[at % 4] ?? 'add' })).toBeNull();
    }
    const queueBefore = speakingQueue(await current()).map(({ request, reason }) => [request.requestId, reason]);
    expect(queueBefore).toHaveLength(42);
    // By then some have written and an earlier straw poll is open.
    const early = { kind: 'guest', guestId: residents[100]?.guestId ?? '', shownName: '居民' } as const;
    const sent = { meetingId, sentId: newId(), text: `${topics[0] ?? ''}（1）` };
    const beforeKill = await askQuestion(sent, early);
    await must(
      meetingId,
      {
        type: 'openPoll',
        subject: { kind: 'question', question: '先试一次', options: ['好', '不好'], voters: 'residents' },
        secrecy: null,
        plannedMs: null,
      },
      as('M03'),
    );
    const firstPoll = (await current()).polls.openId ?? '';
    const chose = await Promise.all(residents.slice(0, 100).map(({ phone }) => phone.cast(firstPoll, 'resident', 'A')));
    expect(chose.filter((refusal) => refusal !== null)).toEqual([]);
    await hall.kill();
    await hallAt(port);
    await Promise.all(residents.map(({ phone }) => phone.until(() => phone.connected)));
    // Nobody lost an opinion or a choice: sent again it is the same one of the fifty-seven, and the count holds them all.
    expect(await askQuestion(sent, early)).toEqual(beforeKill);
    await must(meetingId, { type: 'closePoll', pollId: firstPoll }, as('M03'));
    expect((await current()).polls.byId[firstPoll]?.result?.counts).toEqual({ A: 100, B: 0 });
    await must(meetingId, { type: 'announceResult', pollId: firstPoll }, as('M01'));
    expect(speakingQueue(await current()).map(({ request, reason }) => [request.requestId, reason])).toEqual(
      queueBefore,
    );
    const heard: string[] = [];
    for (let turn = 0; turn < (expected?.remote_speakers ?? 0); turn += 1) {
      const [next] = speakingQueue(await current());
      heard.push(next?.request.seatId ?? '');
      await must(meetingId, { type: 'giveFloor', requestId: next?.request.requestId, overrideReason: null }, as('M01'));
      expect((await current()).floor.speech?.timer.allowedMs).toBe((expected?.speech_seconds ?? 0) * 1000);
      await must(meetingId, { type: 'endSpeech' }, as('M01'));
    }
    expect(new Set(heard).size).toBe(16);
    expect((await current()).floor.requests).toHaveLength(42 - 16);
    // Whoever is listening has folded the same queue, from where they were.
    const last = residents[286]?.phone;
    const seq = (await current()).seq;
    await last?.until(() => last.state.seq >= seq);
    expect(last && speakingQueue(last.state).map(({ request }) => request.requestId)).toEqual(
      speakingQueue(await current()).map(({ request }) => request.requestId),
    );
    // Names: a resident reads other residents masked.
    const speaker = last?.state.participants.byId[heard[0] ?? ''];
    expect(speaker?.name.text).toBe(maskName('居民'));

    // 8–9. Written opinions: fifty-seven, and one that is hidden with a reason its author reads and nobody keeps.
    const written: { lookup: string; questionId: string }[] = [];
    for (let at = 0; at < (expected?.written_comments ?? 0); at += 1) {
      const { guestId } = residents[at + 100] ?? { guestId: '' };
      const actor = { kind: 'guest', guestId, shownName: '居民' } as const;
      const text = `${topics[at % topics.length] ?? ''}（${at + 1}）`;
      const answer =
        at < 51
          ? await askQuestion({ meetingId, sentId: at === 0 ? sent.sentId : newId(), text }, actor)
          : await takeDownFor(meetingId, { sentId: newId(), shownName: '居民', text }, as('M03'));
      if (!answer.ok) throw new Error(answer.refusal.reason);
      written.push(answer);
    }
    const rude = await askQuestion(
      { meetingId, sentId: newId(), text: '某某人就是骗子' },
      { kind: 'guest', guestId: residents[200]?.guestId ?? '', shownName: '居民' },
    );
    if (!rude.ok) throw new Error(rude.refusal.reason);
    const hide = { meetingId, questionId: rude.questionId, show: false, reason: '人身攻击' };
    expect(await moderateQuestion(hide, as('M03'))).toEqual({ ok: true });
    expect(await questionByLookup(meetingId, rude.lookup)).toMatchObject({
      status: 'hidden',
      hiddenReason: '人身攻击',
    });
    for (const { questionId } of written)
      await moderateQuestion({ meetingId, questionId, show: true, reason: null }, as('M03'));
    const others = await questionsFor(
      meetingId,
      { kind: 'guest', guestId: residents[3]?.guestId ?? '', shownName: '' },
      false,
    );
    expect(others).toHaveLength(57);
    expect(JSON.stringify(others)).not.toContain('骗子');

    // 10. The straw poll: 262 by phone, 23 on paper, entered by one and confirmed by another.
    const open = {
      type: 'openPoll',
      subject: { kind: 'question', question: additions.hearing.question, options: optionTitles, voters: 'residents' },
      secrecy: null,
      plannedMs: null,
    };
    await must(meetingId, open, as('M03'));
    const pollId = (await current()).polls.openId ?? '';
    const paper = { A: 10, B: 9, C: 4 };
    const phones = Object.entries(votes).flatMap(([option, count]) =>
      Array.from({ length: count - (paper[option as 'A'] ?? 0) }, () => option),
    );
    expect(phones).toHaveLength(expected?.poll_phone ?? 0);
    const cast = await Promise.all(
      phones.map((option, at) => residents[at]?.phone.cast(pollId, 'resident', at === 0 ? 'C' : option)),
    );
    expect(cast.filter((refusal) => refusal !== null)).toEqual([]);
    // Changed until it closes; the same device has one.
    expect(await residents[0]?.phone.cast(pollId, 'resident', phones[0])).toBeNull();
    const sheetId = newId();
    const sheet = {
      meetingId,
      pollId,
      sheetId,
      kind: 'paper_bundle',
      seatIds: [],
      content: { counts: paper, spoiled: 0 },
      replaces: null,
      reason: null,
    };
    expect(await enterSheet(sheet, as('M03'))).toEqual({ ok: true });
    expect(
      await act(meetingId, { commandId: newId(), command: { type: 'closePoll', pollId } }, as('M03')),
    ).toMatchObject({
      refusal: { rule: 'V9', reason: 'second-person-needed' },
    });
    expect(await settleSheet({ meetingId, sheetId, confirm: true }, as('M13'))).toEqual({ ok: true });
    await must(meetingId, { type: 'closePoll', pollId }, as('M03'));
    await must(meetingId, { type: 'announceResult', pollId }, as('M01'));
    const result = (await current()).polls.byId[pollId]?.result;
    expect(result).toMatchObject({
      counts: votes,
      voted: 285,
      channels: { phone: 262, paper: expected?.poll_paper ?? 0 },
      outcome: 'not_binding',
      choices: null,
    });
    expect(result?.areas?.filter(({ area }) => area !== null).every(({ answered }) => answered >= 10)).toBe(true);
    expect(result?.areas?.filter(({ area }) => area !== null)).toHaveLength(3);
    expect(result?.areas?.reduce((sum, { answered }) => sum + answered, 0)).toBe(285);

    // 11. Who drops off is shown as away after the pack's grace, and comes back to where they were: with the place in the queue, the choice
    // recorded, the own opinion in sight.
    const dropped = asking[41];
    const placeOf = async (): Promise<string | undefined> =>
      speakingQueue(await current()).find(({ request }) => request.seatId === dropped?.phone.viewer.participantId)
        ?.reason;
    dropped?.phone.drop();
    await until(async () => (await placeOf()) === 'away');
    await dropped?.phone.enter();
    await until(async () => (await placeOf()) !== 'away');
    expect(
      dropped &&
        speakingQueue(dropped.phone.state).some(({ request }) => request.seatId === dropped.phone.viewer.participantId),
    ).toBe(true);

    // 12–13. The hearing ends; every opinion is grouped, authors kept, and answered; the report is signed on paper and published.
    await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: false }, as('M01'));
    // [K2] The minutes are there at once: who was drawn, who spoke, the straw poll by area, and what was written down as it was said.
    await ensureMinutes(meetingId);
    const minutes = JSON.stringify(await minutesBlocks(db, meetingId, 'zh-CN'));
    for (const part of ['公开抽签产生', '东门外集中棚可以停一百二十辆。', '"意向摸底结果：', '141 票', '其他与纸质'])
      expect(minutes).toContain(part);
    const due = expected?.response_deadline ?? '';
    for (const [at, topic] of topics.entries()) {
      const made = await openGroup(meetingId, { title: topic, dueOn: due });
      if (isRefusal(made)) throw new Error(made.reason);
      const { loose } = await opinionsOf(meetingId);
      // Suggested, never decided: the first suggestion of each of these is its group.
      const alike = loose.filter(({ like }) => like[0] === made.groupId).map(({ opinionId }) => opinionId);
      expect(alike.length).toBeGreaterThan(8);
      expect(await moveOpinions(meetingId, made.groupId, alike)).toBeNull();
      expect(await act(meetingId, { commandId: newId(), command: { type: 'publishReport' } }, as('M01'))).toMatchObject(
        { ok: false },
      );
      const verdict = (['adopted', 'partly', 'declined'] as const)[at % 3];
      expect(
        await answerGroup(
          meetingId,
          made.groupId,
          { verdict: verdict ?? 'adopted', reason: `${topic}：已研究。` },
          as('M03'),
        ),
      ).toBeNull();
    }
    const report = await opinionsOf(meetingId);
    expect(report.loose).toEqual([]);
    expect(report.groups.reduce((sum, { opinions }) => sum + opinions.length, 0)).toBe(57);
    for (const { lookup, questionId } of written) {
      expect((await questionByLookup(meetingId, lookup))?.answer).toContain('已研究');
      expect(await groupOfOpinion(questionId)).toMatchObject({
        dueOn: due,
        reason: expect.stringContaining('已研究') as string,
      });
    }
    // The host, the secretary and the fourteen sign the minutes, then the report: frozen, nothing of it changes; unsigned, it is not published.
    const signers = [as('M01'), as('M03')].concat(
      representatives.slice(0, 14).map((seatId) => asPerson(before.seats[seatId]?.personId ?? '')),
    );
    await freezeAndSign(meetingId, as('M03'), signers);
    await freezeAndSign(meetingId, as('M03'), signers, 'report');
    const [first] = report.groups;
    const rewrite = { verdict: 'declined', reason: '改了' };
    expect(await answerGroup(meetingId, first?.groupId ?? '', rewrite, as('M03'))).toMatchObject({
      rule: 'O4',
      reason: 'report-frozen',
    });
    await must(meetingId, { type: 'publishReport' }, as('M01'));
    const bundle = await publishedBundle(meetingId, db, 'report');
    expect((await current()).hearing?.report.published).toMatchObject({
      opinions: 57,
      hidden: 1,
      unanswered: 0,
      digest: bundle?.docHash,
    });
    expect(bundle?.bundle.bundle.signatures).toHaveLength(16);
    expect(await answerGroup(meetingId, first?.groupId ?? '', rewrite, as('M03'))).toMatchObject({ rule: 'O4' });
    expect(await reopenReport(meetingId, '改一条')).toMatchObject({ reason: 'report-published' });
    // Everybody takes it home: every opinion and every figure, no name in full, one seal over the PDF.
    const copy = await freshCopy(meetingId);
    const word = await reportFile('zh-CN', copy.stateFor('everyone'), 'report.docx');
    const text = strFromU8(unzipSync(word?.content ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array());
    for (const said of [
      '141',
      '96',
      '48',
      '应到 15 人，实到 14 人，法定 10 人',
      '书面意见 57 条',
      '请到 16 人',
      '（57）',
    ])
      expect(text).toContain(said);
    const named = Object.values((await current()).people).flatMap(({ name }) => name.text ?? []);
    const consenting = await db.select({ name: people.name }).from(people).where(eq(people.consentPublishName, true));
    const shown = named.filter((name) => text.includes(name));
    expect(named.length).toBeGreaterThan(20);
    expect(shown.filter((name) => !consenting.some((each) => each.name === name))).toEqual([]);
    const pdf = await reportFile('zh-CN', copy.stateFor('everyone'), 'report.pdf');
    expect(Buffer.from(pdf?.content ?? []).includes('ETSI.CAdES.detached')).toBe(true);
    // It lies in the meeting's archive too, which verifies whole; so does the report taken out of it, and a byte changed in it is found.
    const stream = await meetingArchive(meetingId, null, 'archive', 'zh-CN');
    const zip = unzipSync(new Uint8Array(await new Response(stream).arrayBuffer()));
    const faults = (file: Uint8Array) => verifyFile(file).checks.filter(({ fault }) => fault !== null);
    const sealedReport = zip['documents/report.pdf'] ?? new Uint8Array();
    expect(faults(sealedReport)).toEqual([]);
    expect(verifyFile(sealedReport).docHash).toBe(bundle?.docHash);
    expect(faults(zipSync(zip))).toEqual([]);
    const bent = sealedReport.with(2_000, (sealedReport[2_000] ?? 0) ^ 1);
    expect(faults(bent)).not.toEqual([]);
    expect(faults(zipSync({ ...zip, 'documents/report.pdf': bent }))).toMatchObject([
      { what: 'files', fault: 'file-changed' },
    ]);
    expect(await checkChain(meetingId)).toMatchObject({ whole: true });
    expect(dataset.residents_hearing).toHaveLength(300);
  }, 240_000);

  test('500 residents who come in at the same moment from one address are all let in within ten seconds, each once', async () => {
    const ids = await theDemo({ realm: 'practice' });
    const { meetingId } = await seedDemoHearing(ids, { startsAt: Date.now() + 60_000, residents: 40 });
    await must(meetingId, { type: 'openCheckIn' }, asPerson(ids.people.M03 ?? ''));
    const { url } = await hallAt(0);
    const zones = dataset.community.zones.map(({ name }) => name);
    const before = process.cpuUsage();
    const phones = await Promise.all(
      Array.from({ length: 500 }, async (_, at) => {
        const zone = zones[at % zones.length] ?? null;
        const here = await attendHearing(meetingId, { shownName: `居民${at}`, zone, lookup: null }, { kind: 'nobody' });
        if (isRefusal(here)) throw new Error(here.reason);
        return new Participant({ url, meetingId, cookie: `${guestCookieName}=${here.token ?? ''}` }).enter();
      }),
    );
    // The office's work and the phones' together, in processor time: a machine that others use too makes nobody late here.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(10_000);
    expect(phones.every(({ connected }) => connected)).toBe(true);
    expect(new Set(phones.map(({ viewer }) => viewer.guestId)).size).toBe(500);
    phones.forEach((phone) => phone.leave());
  }, 120_000);
});

test('a slip takes a drawn representative to the seat of the draw', async () => {
  const ids = await theDemo({ realm: 'practice' });
  const { meetingId } = await seedDemoHearing(ids, { startsAt: Date.now() + 60_000, residents: 40 });
  await must(meetingId, { type: 'openCheckIn' }, asPerson(ids.people.M03 ?? ''));
  const { state } = await freshCopy(meetingId);
  const seatId = state.seatOrder.find((id) => state.seats[id]?.sectorId === 'p1') ?? '';
  const { url } = await hallAt(0);
  const cookie = await enteredBySlip(state.seats[seatId]?.personId ?? '', meetingId);
  const phone = await new Participant({ url, meetingId, cookie }).enter();
  expect(phone.viewer.seatId).toBe(seatId);
  expect(await phone.act({ type: 'takeSeat', seatId, mode: 'remote', way: 'slip' })).toBeNull();
  phone.leave();
}, 60_000);
