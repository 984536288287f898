// The numbers of the rules as RULES.md gives them. Called by tests that check what a refusal rests on.
import { readFileSync } from 'node:fs';
import { definedRules } from './house.ts';

export const ruleNumbers: ReadonlySet<string> = new Set(
  ['RULES.md', 'funding/RULES.md', 'hearings/RULES.md'].flatMap((file) => [
    ...definedRules(readFileSync(new URL(`../../src/lib/domain/${file}`, import.meta.url), 'utf8')),
  ]),
);
