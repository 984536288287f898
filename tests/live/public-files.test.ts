// Every file of a meeting that leaves for everybody, opened to the last byte: nobody is named in it who did not agree, and no telephone number of the
// roster or of an objector stands in it. PDF streams are inflated and, where poppler is, the text is read as a reader reads it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { people } from '#lib/server/db/schema/index.ts';
import { verifyFile } from '#lib/protocol/verify-file.ts';
import { gathered } from '#lib/server/files/zip-stream.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { viewerAt } from '#lib/server/meetings/views.ts';
import { answerObjection, objectionsTo, raiseObjection } from '#lib/server/objections.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { meetingArchive } from '#lib/server/publications/archive.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { decisionsFeed, meetingsCalendar } from '#lib/server/publications/feeds.ts';
import { publicationFile } from '#lib/server/publications/files.ts';
import { publish, readPublication } from '#lib/server/publications/publications.ts';
import { resultsView } from '#lib/server/publications/results.ts';
import { trailOf } from '#lib/server/publications/trail.ts';
import { today } from '#lib/server/today.ts';
import { asPerson, aSession, must } from '#tests/support/session.ts';
import { freezeAndSign } from '#tests/support/sign-minutes.ts';
import { aGuest } from '#tests/support/world.ts';

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

/** Everything readable in a file, however it is packed. */
function opened(name: string, bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (/\.(zip|docx|xlsx)$/.test(name))
    return Object.entries(unzipSync(bytes))
      .map(([inner, content]) => `${inner}\n${opened(inner, content)}`)
      .join('\n');
  if (!name.endsWith('.pdf')) return buffer.toString('utf8');
  const parts = [buffer.toString('latin1'), buffer.toString('utf8')];
  for (let at = buffer.indexOf('stream'); at !== -1; at = buffer.indexOf('stream', at + 6)) {
    const start = at + (buffer[at + 6] === 0x0d ? 8 : 7);
    try {
      const inflated = inflateSync(buffer.subarray(start));
      parts.push(inflated.toString('utf8'), inflated.toString('latin1'));
    } catch {
      // Not every stream is deflated.
    }
  }
  if (hasPoppler) {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'yishi-public-')), 'a.pdf');
    writeFileSync(file, bytes);
    parts.push(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s/g, ''));
  }
  return parts.join('\n');
}

/** Text as it may stand in a PDF: as UTF-16 in hex and in bytes. */
const formsOf = (words: string): string[] => {
  const utf16 = Buffer.from(words, 'utf16le').swap16();
  return [words, utf16.toString('hex'), utf16.toString('hex').toUpperCase(), utf16.toString('latin1')];
};

async function aPublishedMeeting(kind: 'results' | 'decision') {
  // Names as no template has them.
  const names = [
    '欧阳慕云',
    '慕容知秋',
    '司徒若水',
    '端木清和',
    '上官云起',
    '令狐望舒',
    '诸葛听雨',
    '皇甫明澈',
    '尉迟归雁',
  ];
  const session = await aSession({
    members: 9,
    names,
    rules: { publicity: { days: 5, dayType: 'calendar', beforeSigning: true } },
  });
  const { meetingId, chair, council, motionId } = session;
  const { communityId, members } = council;
  for (const [at, { personId }] of members.entries())
    await db
      .update(people)
      .set({ phone: `1000000${1000 + at}`, consentPublishName: at === 0 })
      .where(eq(people.id, personId));
  await must(
    meetingId,
    { type: 'declareRecusal', motionId, seatId: members[7]?.seatId, reason: `${names[7]}的亲属承接` },
    asPerson(members[7]?.personId ?? ''),
  );
  await must(
    meetingId,
    {
      type: 'reduceAmount',
      amountFen: 90,
      reason: `${names[2]}同意`,
    },
    asPerson(members[1]?.personId ?? ''),
  );
  await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'named', plannedMs: null }, chair);
  const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
  for (const { seatId, personId } of members.slice(0, 6))
    await castBallot({ meetingId, pollId, seatId, castId: newId(), choice: 'for' }, asPerson(personId));
  await must(meetingId, { type: 'closePoll', pollId }, chair);
  await must(meetingId, { type: 'announceResult', pollId }, chair);
  await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: false }, chair);
  if (kind === 'decision')
    await freezeAndSign(
      meetingId,
      session.secretary,
      members.slice(0, 5).map(({ personId }) => asPerson(personId)),
    );
  const { publicationId } = orThrow(
    await publish(
      meetingId,
      {
        kind,
        title: '关于测试会议表决结果的公示',
        conclusions: `由${names[0]}牵头落实。`,
        contact: '居委会办公室，0512-6000000',
        from: today(),
        until: dayAfter(today(), 4),
        origin: 'http://192.168.1.2:3000',
      },
      members[1]?.personId ?? '',
    ),
  );
  const guest = await aGuest({ communityId });
  const sent = { sentId: newId(), name: '濮阳晚晴', contact: '10000009999', text: `${names[3]}没有回避` };
  orThrow(
    await raiseObjection(communityId, { publicationId }, sent, {
      kind: 'guest',
      guestId: guest.guestId,
      shownName: '濮阳晚晴',
    }),
  );
  const [raised] = await objectionsTo({ publicationId });
  const answer = { answer: 'not_adopted', reason: `${names[3]}与项目没有关系` };
  expect(await answerObjection(communityId, raised?.id ?? '', answer, members[1]?.personId ?? '')).toBeNull();
  return { meetingId, communityId, publicationId, names, members };
}

test.each(['results', 'decision'] as const)(
  '[PB4] no file, feed or page of a publication of %s names anybody without consent, opened to the last byte',
  async (kind) => {
    const { meetingId, communityId, publicationId, names, members } = await aPublishedMeeting(kind);
    const row = await readPublication(communityId, publicationId);
    if (!row) throw new Error('gone');
    const view = await decisionView(row);
    const files: Record<string, string> = {
      'page.json': JSON.stringify(view),
      'trail.json': JSON.stringify(await trailOf(view, view.lines[0]?.motionId ?? '')),
      'feed.xml': await decisionsFeed({ communityId, name: '测试社区' }, 'http://a.example', 'zh-CN'),
      'calendar.ics': await meetingsCalendar({ communityId, name: '测试社区' }, 'http://a.example', 'zh-CN'),
    };
    const { state } = await freshCopy(meetingId);
    const nobody = { kind: 'nobody' } as const;
    const results = (actor: Actor) => {
      const viewer = viewerAt(state, actor);
      return freshCopy(meetingId).then((copy) => resultsView(copy.stateFor(viewer.audience), viewer, actor));
    };
    files['results.json'] = JSON.stringify(await results(nobody));
    const minutes = kind === 'decision' ? ['minutes.pdf', 'minutes.docx'] : [];
    for (const name of ['notice.pdf', 'notice.docx', 'summary.pdf', 'summary.docx', 'decision.json', ...minutes]) {
      const file = await publicationFile(view, name, 'zh-CN');
      files[name] = opened(name, file?.content ?? new Uint8Array());
    }
    const zip = await gathered(await meetingArchive(meetingId, row, 'public', 'zh-CN'));
    files['bundle.zip'] = opened('bundle.zip', zip);
    expect(Object.keys(unzipSync(zip))).toEqual(expect.arrayContaining(['documents/votes.xlsx', 'index.html']));

    const secret = [...names.slice(1), '濮阳晚晴', ...names.map((_, at) => `1000000${1000 + at}`), '10000009999'];
    const found = Object.entries(files).flatMap(([name, text]) =>
      secret.flatMap((words) => (formsOf(words).some((form) => text.includes(form)) ? [`${name}: ${words}`] : [])),
    );
    expect(found).toEqual([]);
    // Whoever was at the meeting reads its results whole.
    expect(JSON.stringify(await results(asPerson(members[1]?.personId ?? '')))).toContain(`${names[2]}同意`);
    // The search can find: whoever agreed stands in them, and everybody stands in the archive copy.
    for (const name of ['page.json', 'feed.xml', 'notice.docx', 'bundle.zip'])
      expect(files[name], name).toContain(names[0]);
    if (hasPoppler) expect(files['notice.pdf']).toContain(names[0]);
    const archive = await gathered(await meetingArchive(meetingId, row, 'archive', 'zh-CN'));
    expect(opened('archive.zip', archive)).toContain(names[4]);
    expect(Object.keys(unzipSync(archive))).toEqual(
      expect.arrayContaining([
        'documents/attendance.xlsx',
        'documents/signature-page.pdf',
        'documents/sign-in-sheet.pdf',
      ]),
    );
    if (kind === 'results') return;
    // Both copies verify, to one digest.
    const verdicts = [zip, archive].map((file) => verifyFile(file));
    for (const { checks } of verdicts) expect(checks.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(
      Buffer.from(unzipSync(zip)['record.json'] ?? []).equals(unzipSync(archive)['record.json'] ?? new Uint8Array()),
    ).toBe(true);
    const pdf = await publicationFile(view, 'minutes.pdf', 'zh-CN');
    expect(verifyFile(pdf?.content ?? new Uint8Array()).checks.filter(({ fault }) => fault !== null)).toEqual([]);
    // Kept: everybody gets the same bytes until what they say changes.
    const again = await publicationFile(view, 'minutes.pdf', 'zh-CN');
    expect(Buffer.from(again?.content ?? []).equals(pdf?.content ?? new Uint8Array())).toBe(true);
    await db.update(people).set({ consentPublishName: false }).where(eq(people.communityId, communityId));
    const later = await publicationFile(await decisionView(row), 'minutes.pdf', 'zh-CN');
    expect(opened('minutes.pdf', later?.content ?? new Uint8Array())).not.toContain(names[0]);
    expect(opened('bundle.zip', await gathered(await meetingArchive(meetingId, row, 'public', 'zh-CN')))).not.toContain(
      names[0],
    );
  },
);
