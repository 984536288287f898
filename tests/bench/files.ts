// The files of a meeting: a record of a three-hour meeting (400 facts) as PDF and as Word, with a thread that has just started and one that is
// warm, and the whole public ZIP of a meeting. Aims: signed PDF under 500 ms from the record. The event loop is watched meanwhile: a paper that
// is being set must not hold up a vote.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { MinutesRecord } from '#lib/domain/minutes/record.ts';
import { ownDatabase, print } from '#tests/support/bench-hall.ts';
import { exampleNames, exampleRecord } from '#tests/support/minutes-record.ts';

const closeDatabase = await ownDatabase();
const { minutesPaper } = await import('#lib/server/publications/minutes-paper.ts');
const { typeset } = await import('#lib/server/files/typeset.ts');
const { wordFile } = await import('#lib/server/files/word-file.ts');
const { gathered } = await import('#lib/server/files/zip-stream.ts');
const { meetingArchive } = await import('#lib/server/publications/archive.ts');
const { publish, readPublication } = await import('#lib/server/publications/publications.ts');
const { orThrow } = await import('#lib/protocol/office-refusals.ts');
const { today } = await import('#lib/server/today.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { newId } = await import('#lib/protocol/ids.ts');
const { castBallot } = await import('#lib/server/polls/ballot-box.ts');
const { asPerson, aSession, must } = await import('#tests/support/session.ts');

const facts = 400;
const text: MinutesRecord['text'] = [
  { kind: 'heading', level: 1, inlines: [{ text: '会议记录' }] },
  ...Array.from({ length: facts }, (_, seq) => [
    ...(seq % 40 === 0
      ? [{ kind: 'heading', level: 2, inlines: [{ text: `第 ${seq / 40 + 1} 项议题` }] } as const]
      : []),
    {
      kind: 'fact',
      seq,
      blocks: [
        {
          kind: 'paragraph',
          inlines: [
            { mention: seq % exampleNames.length },
            { text: '发言两分钟，认为楼道扶手应当先装老人多的单元，费用由资金池承担，物业负责日常维护。' },
          ],
        },
      ],
    } as const,
  ]).flat(),
];
const record = exampleRecord({ text });
const paper = minutesPaper(
  {
    record,
    docHash: 'a'.repeat(64),
    fingerprint: 'b'.repeat(64),
    signers: record.persons.map(({ mask, role }) => ({
      name: mask,
      office: null,
      sector: role,
      statement: 'agree',
      way: 'key',
    })),
    nameOf: (person) => record.persons[person]?.mask ?? '',
    text: (words) => words,
  },
  'zh-CN',
);

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const from = performance.now();
  const value = await work();
  return { ms: rounded(performance.now() - from), value };
}
async function median(runs: number, work: (run: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push((await timed(() => work(run))).ms);
  return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
}

const cold = await timed(() => typeset(paper, record.frozenAt));
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
// Every paragraph differs from run to run: the typesetter keeps what it has set.
const other = (run: number) => ({
  ...paper,
  blocks: paper.blocks.map((block) =>
    block.kind === 'paragraph' ? { ...block, runs: [...block.runs, { text: `（${run}）` }] } : block,
  ),
});
const warmMs = await median(9, (run) => typeset(other(run), record.frozenAt));
loop.disable();
print({
  bench: 'files',
  what: 'minutes as PDF',
  facts,
  pages: cold.value.pages,
  bytes: cold.value.pdf.length,
  coldMs: cold.ms,
  warmMs,
  longestBlockMs: rounded(loop.max / 1e6),
});
const { canonical } = await import('#lib/domain/minutes/canonical.ts');
const { utf8 } = await import('#lib/domain/sha256.ts');
const { sealPdf } = await import('#lib/server/minutes/sealed.ts');
const { verifyPage } = await import('#lib/server/minutes/verify-page.ts');
const attached = [
  { name: 'record.json', bytes: utf8(canonical(record)) },
  { name: 'verify.html', bytes: utf8(await verifyPage()) },
];
const sealed = async (run: number) => sealPdf((await typeset(other(run + 100), record.frozenAt)).pdf, attached);
const firstSeal = await timed(() => sealed(0));
print({
  bench: 'files',
  what: 'signed PDF from the record',
  facts,
  bytes: firstSeal.value.length,
  firstMs: firstSeal.ms,
  medianMs: await median(9, (run) => sealed(run + 1)),
});
const word = await timed(() => wordFile(paper));
print({ bench: 'files', what: 'minutes as Word', bytes: word.value.length, ms: word.ms });

const { freezeAndSign } = await import('#tests/support/sign-minutes.ts');
const session = await aSession({ rules: { publicity: { days: 5, dayType: 'calendar', beforeSigning: true } } });
const { meetingId, chair, council } = session;
await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy: 'named', plannedMs: null }, chair);
const pollId = (await freshCopy(meetingId)).state.polls.openId ?? '';
for (const { seatId, personId } of council.members)
  await castBallot({ meetingId, pollId, seatId, castId: newId(), choice: 'for' }, asPerson(personId));
await must(meetingId, { type: 'closePoll', pollId }, chair);
await must(meetingId, { type: 'announceResult', pollId }, chair);
await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: false }, chair);
const signing = await timed(() =>
  freezeAndSign(
    meetingId,
    session.secretary,
    council.members.slice(0, 5).map(({ personId }) => asPerson(personId)),
  ),
);
print({ bench: 'files', what: 'freeze, five signatures, complete', ms: signing.ms });
const asked = { title: '公示', conclusions: '同意。', contact: '居委会办公室', from: today(), until: '2099-12-31' };
const until = new Date(Date.parse(today()) + 4 * 86_400_000).toISOString().slice(0, 10);
const made = orThrow(
  await publish(
    meetingId,
    { ...asked, until, kind: 'decision', origin: 'http://localhost' },
    council.members[1]?.personId ?? '',
  ),
);
const row = await readPublication(council.communityId, made.publicationId);
const zip = async (kind: 'public' | 'archive') => gathered(await meetingArchive(meetingId, row, kind, 'zh-CN'));
for (const kind of ['public', 'archive'] as const) {
  const first = await timed(() => zip(kind));
  print({
    bench: 'files',
    what: `${kind} ZIP of a meeting`,
    bytes: first.value.length,
    firstMs: first.ms,
    medianMs: await median(5, () => zip(kind)),
  });
}
await closeDatabase();
process.exit(0);
