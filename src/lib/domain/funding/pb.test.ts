// The .pb format: what real files look like, what is refused and where, and that ours are read back to the same election.
import { describe, expect, it, vi } from 'vitest';
import { smallElection } from '#tests/support/random-elections.ts';
import { countElection } from './count.ts';
import { parseDecimal, wholeAt, yuanText } from './decimal.ts';
import type { Election } from './election.ts';
import { parsePb, writePb, type PbRefusal } from './pb.ts';
import { countingRules } from './rules.ts';

// Many elections, and a machine that may be busy with other things.
vi.setConfig({ testTimeout: 120_000 });

const file = (meta: string, projects: string, votes: string): string =>
  `META\nkey;value\n${meta}\nPROJECTS\n${projects}\nVOTES\n${votes}\n`;
const plain = (changes: Partial<Record<'meta' | 'projects' | 'votes', string>> = {}): string =>
  file(
    changes.meta ?? 'budget;100\nvote_type;approval',
    changes.projects ?? 'project_id;cost\n1;60\n2;40',
    changes.votes ?? 'voter_id;vote\na;1,2\nb;2',
  );
function read(text: string): Election {
  const reading = parsePb(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.refusal));
  return reading.election;
}
function refused(text: string): PbRefusal {
  const reading = parsePb(text);
  if (reading.ok) throw new Error('the file was read');
  return reading.refusal;
}

describe('real files', () => {
  it('[FU15] reads CRLF, a byte order mark, blanks around fields, blank lines and any order of columns', () => {
    const text = `\ufeff${file(
      'num_votes; 2\nvote_type; approval\nbudget; 100\nnum_projects; 2',
      'name; project_id; cost\n  Park ;1;60\n\nBridge; 2 ;40',
      'age; voter_id; vote\n34; a; 1, 2\n; b; 2',
    )}`.replace(/\n/g, '\r\n');
    expect(read(text)).toMatchObject({
      budgetFen: 10000,
      projects: [
        { id: '1', name: 'Park', costFen: 6000 },
        { id: '2', name: 'Bridge', costFen: 4000 },
      ],
      ballots: [
        { seat: 'a', listed: ['1', '2'] },
        { seat: 'b', listed: ['2'] },
      ],
    });
  });

  it('[FU15] reads quoted fields with semicolons, quotes and line breaks, and keeps counting lines', () => {
    const projects = 'project_id;name;cost\n1;"Trees; ""new"" ones\nand a bench";60\n2;"Bridge" (old);x';
    expect(refused(plain({ projects }))).toEqual({ kind: 'bad-amount', field: 'cost', value: 'x', line: 9 });
    expect(read(plain({ projects: projects.replace(/x$/, '40') })).projects.map(({ name }) => name)).toEqual([
      'Trees; "new" ones\nand a bench',
      'Bridge (old)',
    ]);
  });

  it('[FU15] reads decimals exactly, also finer than a fen', () => {
    const decimals = (meta: string, costs: readonly string[]): Election =>
      read(plain({ meta: `${meta}\nvote_type;approval`, projects: `project_id;cost\n1;${costs[0]}\n2;${costs[1]}` }));
    expect(decimals('budget;100.10', ['60.1000', '1e+01'])).toMatchObject({
      budgetFen: 10010,
      unitsPerYuan: 100,
      projects: [{ costFen: 6010 }, { costFen: 1000 }],
    });
    expect(decimals('budget;100,5', ['33.3333', '40.00'])).toMatchObject({
      budgetFen: 1005000,
      unitsPerYuan: 10000,
      projects: [{ costFen: 333333 }, { costFen: 400000 }],
    });
  });

  it.each([
    ['choose-1', 'voter_id;vote\na;1', { ballotKind: 'approval', ballots: [{ listed: ['1'] }] }],
    ['ordinal', 'voter_id;vote;points\na;2,1;9,9', { ballotKind: 'ranking', ballots: [{ listed: ['2', '1'] }] }],
    [
      'cumulative',
      'voter_id;vote;points\na;2,1;3,0',
      { ballotKind: 'points', ballots: [{ listed: ['2', '1'], points: [3, 0] }] },
    ],
    ['scoring', 'voter_id;points;vote\na;0.5,-1;2,1', { ballotKind: 'points', ballots: [{ points: [5, -10] }] }],
    ['approval', 'voter_id;vote\na;\nb;1,1', { ballots: [{ listed: [] }, { listed: ['1', '1'] }] }],
  ])('[FU15] reads %s votes', (voteType, votes, election) =>
    expect(read(plain({ meta: `budget;100\nvote_type;${voteType}`, votes }))).toMatchObject(election),
  );
});

describe('files that cannot be counted', () => {
  it.each<[string, string, PbRefusal]>([
    ['nothing', '', { kind: 'section-missing', section: 'META', line: 1 }],
    ['no VOTES', plain().split('VOTES')[0]!, { kind: 'section-missing', section: 'VOTES', line: 8 }],
    ['a section without header', 'META', { kind: 'header-missing', section: 'META', line: 1 }],
    ['a section twice', `${plain()}META\nkey;value\n`, { kind: 'section-twice', section: 'META', line: 13 }],
    ['text before the first section', `hello\n${plain()}`, { kind: 'outside-sections', line: 1 }],
    ['an unclosed quote', plain({ votes: 'voter_id;vote\na;"1\nb;2' }), { kind: 'unclosed-quote', line: 11 }],
    [
      'a missing column',
      plain({ projects: 'project_id;price\n1;60' }),
      { kind: 'column-missing', section: 'PROJECTS', column: 'cost', line: 6 },
    ],
    [
      'a column twice',
      plain({ projects: 'project_id;cost;Cost\n1;60;1' }),
      { kind: 'column-twice', section: 'PROJECTS', column: 'cost', line: 6 },
    ],
    [
      'points without a column',
      plain({ meta: 'budget;100\nvote_type;cumulative' }),
      { kind: 'column-missing', section: 'VOTES', column: 'points', line: 10 },
    ],
    [
      'too few fields',
      plain({ votes: 'voter_id;vote\na' }),
      { kind: 'wrong-field-count', found: 1, expected: 2, line: 11 },
    ],
    [
      'too many fields',
      plain({ projects: 'project_id;cost\n1;60;park\n2;40' }),
      { kind: 'wrong-field-count', found: 3, expected: 2, line: 7 },
    ],
    ['no budget', plain({ meta: 'vote_type;approval' }), { kind: 'key-missing', key: 'budget', line: 2 }],
    [
      'a key twice',
      plain({ meta: 'budget;1\nbudget;2\nvote_type;approval' }),
      { kind: 'key-twice', key: 'budget', line: 4 },
    ],
    [
      'an unknown vote type',
      plain({ meta: 'budget;100\nvote_type;ranked' }),
      { kind: 'unknown-vote-type', value: 'ranked', line: 4 },
    ],
    [
      'a negative cost',
      plain({ projects: 'project_id;cost\n1;60\n2;-40' }),
      { kind: 'negative-amount', field: 'cost', value: '-40', line: 8 },
    ],
    [
      'a cost in words',
      plain({ projects: 'project_id;cost\n1;sixty' }),
      { kind: 'bad-amount', field: 'cost', value: 'sixty', line: 7 },
    ],
    [
      'an empty cost',
      plain({ projects: 'project_id;cost\n1;' }),
      { kind: 'bad-amount', field: 'cost', value: '', line: 7 },
    ],
    [
      'grouped digits',
      plain({ meta: 'budget;1 000\nvote_type;approval' }),
      { kind: 'bad-amount', field: 'budget', value: '1 000', line: 3 },
    ],
    [
      'too large an amount',
      plain({ meta: 'budget;1e17\nvote_type;approval' }),
      { kind: 'amount-too-large', field: 'budget', value: '1e17', line: 3 },
    ],
    [
      'a project twice',
      plain({ projects: 'project_id;cost\n1;60\n1;40' }),
      { kind: 'project-twice', id: '1', line: 8 },
    ],
    [
      'a project without id',
      plain({ projects: 'project_id;cost\n;60' }),
      { kind: 'empty-id', column: 'project_id', line: 7 },
    ],
    [
      'two ballots of one voter',
      plain({ votes: 'voter_id;vote\na;1\na;2' }),
      { kind: 'voter-twice', id: 'a', line: 12 },
    ],
    ['an unknown project', plain({ votes: 'voter_id;vote\na;1\nb;7' }), { kind: 'unknown-project', id: '7', line: 12 }],
    [
      'two choices where one is allowed',
      plain({ meta: 'budget;100\nvote_type;choose-1', votes: 'voter_id;vote\na;1,2' }),
      { kind: 'not-one-choice', value: '1,2', line: 11 },
    ],
    [
      'points that do not match the projects',
      plain({ meta: 'budget;100\nvote_type;cumulative', votes: 'voter_id;vote;points\na;1,2;3' }),
      { kind: 'points-differ', projects: 2, points: 1, line: 11 },
    ],
    [
      'points in words',
      plain({ meta: 'budget;100\nvote_type;scoring', votes: 'voter_id;vote;points\na;1;much' }),
      { kind: 'bad-points', value: 'much', line: 11 },
    ],
    [
      'fewer votes than stated',
      plain({ meta: 'num_votes;3\nbudget;100\nvote_type;approval' }),
      { kind: 'count-differs', key: 'num_votes', stated: '3', found: 2, line: 3 },
    ],
    [
      'fewer projects than stated',
      plain({ meta: 'budget;100\nnum_projects;3\nvote_type;approval' }),
      { kind: 'count-differs', key: 'num_projects', stated: '3', found: 2, line: 4 },
    ],
    [
      'an unknown envelope',
      plain({ projects: 'project_id;cost;yishi_envelope\n1;60;E1' }),
      { kind: 'unknown-envelope', id: 'E1', line: 7 },
    ],
    [
      'an unknown tie rule',
      plain({ meta: 'budget;100\nvote_type;approval\nyishi_ties;coin' }),
      { kind: 'unknown-tie-rule', value: 'coin', line: 5 },
    ],
    [
      'a draw without seed',
      plain({ meta: 'budget;100\nvote_type;approval\nyishi_ties;draw' }),
      { kind: 'key-missing', key: 'yishi_seed', line: 5 },
    ],
    [
      'variants in two envelopes',
      plain({
        meta: 'budget;100\nvote_type;approval\nyishi_envelope_E;9',
        projects: 'project_id;cost;yishi_envelope;yishi_variant_group\n1;60;E;V\n2;40;;V',
      }),
      { kind: 'variants-apart', id: 'V', line: 9 },
    ],
  ])('[FU15] %s', (_, text, refusal) => expect(refused(text)).toEqual(refusal));

  it('[FU15] a file cut off anywhere is refused or has lost nothing it says it has', () => {
    const whole = writePb(smallElection(7, { ballotKind: 'points', earmarked: true }), [], true);
    const rows = whole.split('\n').length;
    for (let kept = 0; kept < rows - 1; kept++)
      expect(parsePb(whole.split('\n').slice(0, kept).join('\n')).ok).toBe(false);
  });
});

describe('our files', () => {
  it('[FU15] are read back to the same count under every rule', () => {
    for (let seed = 0; seed < 18; seed++) {
      const ballotKind = (['approval', 'points', 'ranking'] as const)[seed % 3]!;
      const election = smallElection(seed, { ballotKind, earmarked: seed % 2 === 0 });
      const again = read(writePb(election, [['comment', 'a; "b"\nc']], seed % 5 === 0));
      for (const { id, needsPoints } of countingRules) {
        if (needsPoints && ballotKind === 'approval') continue;
        const [before, after] = [countElection(election, id), countElection(again, id)];
        expect(after.ok && { ...after, ...after.explain() }).toEqual({
          ...(before.ok && { ...before, ...before.explain() }),
          explain: expect.any(Function),
        });
      }
    }
  });

  it('[FU15] hold seats only if asked for, and no recused choice', () => {
    const election: Election = {
      ...smallElection(1),
      projects: [{ id: 'P1', costFen: 12345 }],
      ballots: [{ seat: 'M14', listed: ['P1'], recused: ['P1'] }],
    };
    expect(writePb(election, [], true)).toContain('\nM14;\n');
    expect(writePb(election, [], false)).toContain('\n1;\n');
    expect(writePb(election, [], false)).toContain('\nP1;123.45;\n');
  });
});

describe('decimals', () => {
  it.each([
    ['12.50', 1250],
    ['0', 0],
    ['7', 700],
    ['1e3', 100000],
    ['12,5', 1250],
    ['0.10', 10],
    ['-3.1', -310],
  ])('%s', (text, hundredths) => expect(wholeAt(parseDecimal(text)!, 2)).toBe(hundredths));
  it.each(['', 'x', '1.2.3', '1 0', '.5', '5.', '--1', '1,234,567', 'Infinity', '0x10'])('%s is none', (text) =>
    expect(parseDecimal(text)).toBe(null),
  );
  it.each([
    [123456, 100, '1234.56'],
    [120000, 100, '1200'],
    [5, 100, '0.05'],
    [-250, 100, '-2.5'],
    [12345, 10000, '1.2345'],
    [7, 1, '7'],
  ])('%i of %i', (units, perYuan, text) => expect(yuanText(units, perYuan)).toBe(text));
});
