// How long each counting rule takes: on the published elections where they are (beside the project, never in it), against what other programs took
// there, and on a town of 200 projects and 20,000 ballots. Reading and merging the ballots is counted in. One JSON line per rule and election.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countElection } from '#lib/domain/funding/count.ts';
import type { Election } from '#lib/domain/funding/election.ts';
import { parsePb, writePb } from '#lib/domain/funding/pb.ts';
import { countingRules } from '#lib/domain/funding/rules.ts';
import { townElection } from '#tests/support/random-elections.ts';

interface ReferenceTimes {
  readonly equalshares_tool?: Readonly<Record<string, number>>;
  readonly pabutools?: Readonly<Record<string, number>>;
}

const folder = fileURLToPath(new URL('../../../shared/pabulib/', import.meta.url));
const there = existsSync(`${folder}reference-timings.json`);
const references = (there ? JSON.parse(readFileSync(`${folder}reference-timings.json`, 'utf8')) : {}) as Record<
  string,
  ReferenceTimes
>;

/** What the other program calls it. Its float mode where it has the rule, exact fractions of another one where it does not. */
const toolNames: Readonly<Record<string, string>> = {
  mes_cost: 'none',
  mes_cost_greedy: 'utilitarian',
  mes_cost_add1u: 'add1u',
  mes_cost_tool_add1u: 'add1u',
};

function medianMs(work: () => void): { medianMs: number; runs: number } {
  const times: number[] = [];
  const started = performance.now();
  while (times.length < 3 || (times.length < 21 && performance.now() - started < 500)) {
    const from = performance.now();
    work();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return { medianMs: Math.round(times[times.length >> 1]! * 1000) / 1000, runs: times.length };
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({ bench: 'funding', ...line })}\n`);
}

function measure(name: string, election: Election): void {
  const size = { election: name, projects: election.projects.length, ballots: election.ballots.length };
  for (const { id, needsPoints } of countingRules) {
    if (needsPoints && election.ballotKind === 'approval') continue;
    const took = medianMs(() => {
      if (!countElection(election, id).ok) throw new Error(`${id} did not count ${name}`);
    });
    const tool = references[name]?.equalshares_tool?.[toolNames[id] ?? ''];
    const exact = references[name]?.pabutools?.[id];
    print({
      ...size,
      rule: id,
      ...took,
      ...(tool && { toolFloatMs: tool * 1000, ratioToToolFloat: Math.round((took.medianMs / tool) * 10) / 10000 }),
      ...(exact && { pabutoolsMs: exact * 1000, ratioToPabutools: Math.round((took.medianMs / exact) * 10) / 10000 }),
    });
  }
}

if (there)
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.pb'))) {
    const reading = parsePb(readFileSync(`${folder}${file}`, 'utf8'));
    if (!reading.ok) throw new Error(`${file}: ${reading.refusal.kind} in line ${reading.refusal.line}`);
    measure(file, reading.election);
  }
else print({ skipped: 'the published elections are not in this checkout' });

for (const kind of ['approval', 'points'] as const) {
  const town = townElection(1, 200, 20_000, kind);
  measure(`town ${kind}`, town);
  const text = writePb(town, [], true);
  print({
    election: `town ${kind}`,
    rule: 'reading the file',
    megabytes: Math.round(text.length / 1e5) / 10,
    ...medianMs(() => void parsePb(text)),
  });
  print({
    election: `town ${kind}`,
    rule: 'mes_cost_add1u and its explanation',
    ...medianMs(() => {
      const result = countElection(town, 'mes_cost_add1u');
      if (result.ok) result.explain();
    }),
  });
}
