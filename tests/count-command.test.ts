// `npm run --silent count` as anybody calls it: the command in a process of its own, on plain Node, with files as they are.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { countElection, countJson } from '#lib/domain/funding/count.ts';
import { parsePb, writePb } from '#lib/domain/funding/pb.ts';
import { smallElection } from './support/random-elections.ts';

vi.setConfig({ testTimeout: 60_000 });

const command = fileURLToPath(new URL('../server/count.js', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'count-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return name;
};
/** From the folder of the files, as npm says it was called. */
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: path.dirname(command),
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const three = `META
key;value
budget;70.5
vote_type;approval
PROJECTS
project_id;cost
a;60.25
b;20
c;10.25
VOTES
voter_id;vote
1;a,b
2;a,b
3;a,c
`;

describe('the count command', () => {
  it('prints the result and nothing else', () => {
    const { status, stdout, stderr } = run('--rule', 'greedy_votes', file('three.pb', three));
    expect(stderr).toBe('');
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(JSON.parse(stdout)).toEqual({
      rule: 'greedy_votes',
      winners: ['a', 'c'],
      cost: 70.5,
      budget: 70.5,
      ties: [],
    });
    expect(status).toBe(0);
  });

  it('[FU14] explains, and says what the same code says elsewhere', () => {
    const election = smallElection(11, { ballotKind: 'points', earmarked: true });
    const text = writePb(election, [['rule', 'mes_points_greedy']], false);
    const reading = parsePb(text);
    const result = reading.ok ? countElection(reading.election, 'mes_points_greedy') : null;
    if (!reading.ok || !result?.ok) throw new Error('not counted');
    const { stdout } = run('--rule=mes_points_greedy', file('ours.pb', text), '--explain');
    expect(stdout).toBe(`${countJson(reading.election, result, true)}\n`);
    expect(JSON.parse(stdout)).toMatchObject({ steps: expect.any(Array), reasons: expect.any(Array) });
  });

  it.each([
    ['a malformed file', ['--rule', 'phragmen', 'bad.pb'], /^第 9 行：.*\nline 9: .*ten/],
    ['a file that is not there', ['--rule', 'phragmen', 'none.pb'], /none\.pb.*ENOENT/],
    ['a rule that is not there', ['--rule', 'best', 'three.pb'], /“best”.*greedy_votes/],
    ['a rule these ballots cannot be counted by', ['--rule', 'mes_points', 'three.pb'], /“mes_points”/],
    ['no rule', ['three.pb'], /--rule/],
    ['an unknown option', ['--rule', 'phragmen', '--fast', 'three.pb'], /--rule/],
  ])('[FU15] refuses %s with exit 2 and nothing on standard output', (_, args, reason) => {
    file('bad.pb', three.replace('c;10.25', 'c;ten'));
    file('three.pb', three);
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toMatch(reason);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
