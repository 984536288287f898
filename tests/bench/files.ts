// The files of a meeting: a real three-hour session (400 log entries, 17 signatures) frozen, completed and set as signed PDF and as Word, with a
// thread that has just started and one that is warm, and its whole ZIP. Aims: signed PDF under 500 ms from freezing on. The event loop is watched meanwhile: a paper that
// is being set must not hold up a vote.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { ownDatabase, print } from '#tests/support/bench-hall.ts';

const closeDatabase = await ownDatabase();
const { sealed, signedPaper } = await import('#lib/server/publications/signed-minutes.ts');
const { ensureMinutes } = await import('#lib/server/minutes/document.ts');
const { freezeMinutes } = await import('#lib/server/minutes/freeze.ts');
const { completeMinutes } = await import('#lib/server/minutes/complete.ts');
const { typeset } = await import('#lib/server/files/typeset.ts');
const { wordFile } = await import('#lib/server/files/word-file.ts');
const { gathered } = await import('#lib/server/files/zip-stream.ts');
const { meetingArchive } = await import('#lib/server/publications/archive.ts');
const { publish, readPublication } = await import('#lib/server/publications/publications.ts');
const { orThrow } = await import('#lib/protocol/office-refusals.ts');
const { today } = await import('#lib/server/today.ts');
const { freshCopy } = await import('#lib/server/meetings/copies.ts');
const { asPerson, must } = await import('#tests/support/session.ts');
const { longSession } = await import('#tests/support/long-session.ts');
const { signs } = await import('#tests/support/sign-minutes.ts');

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

// A real three-hour session of 400 log entries, adjourned, frozen, signed and completed.
const session = await longSession(Number(process.env.ENTRIES ?? 400));
const { meetingId, chair, secretary, council } = session;
await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
await ensureMinutes(meetingId);
const frozen = await timed(() => freezeMinutes(meetingId, secretary, 'https://yishi.test'));
orThrow(frozen.value);
const signers = council.members.slice(0, 17).map(({ personId }) => asPerson(personId));
for (const [at, actor] of signers.entries()) await signs(meetingId, actor, at > 14 ? '建议半年后评估一次' : null);
const completed = await timed(() => completeMinutes(meetingId));
orThrow(completed.value);
const composed = await timed(() => signedPaper(meetingId, 'public', 'zh-CN'));
if (!composed.value) throw new Error('The minutes are not signed');
const { paper, at } = composed.value;

const cold = await timed(() => typeset(paper, at));
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
// Every paragraph differs from run to run: the typesetter keeps what it has set.
const other = (run: number) => ({
  ...paper,
  blocks: paper.blocks.map((block) =>
    block.kind === 'paragraph' ? { ...block, runs: [...block.runs, { text: `（${run}）` }] } : block,
  ),
});
const warmMs = await median(9, (run) => typeset(other(run), at));
loop.disable();
const size = { entries: (await freshCopy(meetingId)).seq, pages: cold.value.pages };
print({
  bench: 'files',
  what: 'minutes as PDF',
  ...size,
  bytes: cold.value.pdf.length,
  coldMs: cold.ms,
  warmMs,
  longestBlockMs: rounded(loop.max / 1e6),
});
const seal = async (run: number) => sealed(meetingId, (await typeset(other(run + 100), at)).pdf);
const firstSeal = await timed(() => seal(0));
const sealMs = await median(9, (run) => seal(run + 1));
print({
  bench: 'files',
  what: 'freeze, complete, signed PDF',
  ...size,
  bytes: firstSeal.value.length,
  freezeMs: frozen.ms,
  completeMs: completed.ms,
  composeMs: composed.ms,
  sealedMs: sealMs,
  allMs: rounded(frozen.ms + completed.ms + composed.ms + sealMs),
});
const word = await timed(() => wordFile(paper));
print({ bench: 'files', what: 'minutes as Word', bytes: word.value.length, ms: word.ms });

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
