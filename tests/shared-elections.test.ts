// Published elections with outcomes other programs agree on. They are others' files and stay outside the project: where the folder is not there, these
// tests say so and are skipped; the small elections beside the rules need nothing.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countElection } from '#lib/domain/funding/count.ts';
import { parsePb, writePb } from '#lib/domain/funding/pb.ts';
import { countingRules } from '#lib/domain/funding/rules.ts';

interface Expected {
  readonly winners: readonly string[];
  readonly cost: number;
  readonly hard: boolean;
  readonly tie_check: string;
  readonly welfare?: number;
}

const folder = fileURLToPath(new URL('../../shared/pabulib/', import.meta.url));
const there = existsSync(`${folder}expected.json`);
const files = there ? readdirSync(folder).filter((file) => file.endsWith('.pb')) : [];
const expected = (there ? JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) : {}) as Record<
  string,
  Record<string, Expected>
>;

describe.runIf(there)('published elections', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(0));

  describe.each(files)('%s', (file) => {
    const reading = parsePb(readFileSync(`${folder}${file}`, 'utf8'));
    if (!reading.ok) throw new Error(JSON.stringify(reading.refusal));
    const { election } = reading;
    const again = parsePb(writePb(election, [], true));
    const known = countingRules.map(({ id }) => id).filter((id) => expected[file]?.[id]?.hard);

    it.each(known)('[FU5] %s funds the expected projects', (rule) => {
      const result = countElection(election, rule);
      const { winners, cost, tie_check, welfare } = expected[file]![rule]!;
      if (!result.ok) throw new Error(result.refusal.kind);
      expect(new Set(result.winners)).toEqual(new Set(winners));
      expect(result.costFen).toBe(cost * 100);
      if (tie_check === 'none' && !rule.includes('greedy')) expect(result.ties).toEqual([]);
      if (welfare !== undefined && rule.startsWith('max_welfare')) {
        const [first] = result.explain().reasons.filter((reason) => reason.funded);
        const unit = rule === 'max_welfare_cost' ? 100 : 1;
        expect(first?.funded && first.how.kind === 'in-best' && Number(first.how.best) / unit).toBe(welfare);
      }
    });

    it.each(known)('[FU15] %s counts the written and re-read file the same', (rule) => {
      const before = countElection(election, rule);
      const after = again.ok && countElection(again.election, rule);
      expect(after && after.ok && after.winners).toEqual(before.ok && before.winners);
    });
  });
});

it.runIf(!there)('the published elections are not in this checkout: their outcomes were not compared', ({ skip }) =>
  skip(),
);
