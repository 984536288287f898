// Judges every ballot method of the registry by the same promises. A new method gets here by its line in index.ts and its own examples.
import { describe, expect, it } from 'vitest';
import { randomFrom } from '#tests/support/random.ts';
import { methodOf, methods } from './index.ts';

const junk: readonly unknown[] = [
  null,
  undefined,
  '',
  'constructor',
  '__proto__',
  'toString',
  0,
  1,
  -1,
  Number.NaN,
  true,
  [],
  ['for'],
  {},
  { for: 1 },
  () => 'for',
  Symbol('for'),
];

describe('the registry', () => {
  it('finds each method by its id, and nothing else', () => {
    expect(new Set(methods.map(({ id }) => id)).size).toBe(methods.length);
    for (const method of methods) expect(methodOf(method.id)).toBe(method);
    expect(methodOf('constructor')).toBeUndefined();
  });
});

describe.each(methods.map((method) => [method.id, method] as const))('[V4] ballot method %s', (_id, method) => {
  const examples = method.examples.map(({ config, choices }) => ({ config: method.parseConfig(config), choices }));

  it('has an example, and reads its own', () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { config, choices } of examples) {
      expect(config).not.toBeNull();
      expect(choices.length).toBeGreaterThan(0);
      for (const choice of choices) expect(method.parseChoice(config, choice)).not.toBeNull();
    }
  });

  it('reads what it has read as the same, also through JSON', () => {
    for (const { config, choices } of examples) {
      const again = method.parseConfig(JSON.parse(JSON.stringify(config)));
      expect(again).toEqual(config);
      for (const choice of choices) {
        const parsed = method.parseChoice(config, choice);
        expect(method.parseChoice(again, JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
      }
    }
  });

  it('refuses junk as a choice and never throws on it', () => {
    for (const { config } of examples) for (const value of junk) expect(method.parseChoice(config, value)).toBeNull();
  });

  it('never throws on junk as a config', () => {
    for (const value of junk) expect(() => method.parseConfig(value)).not.toThrow();
    for (const value of [null, undefined, 'x', 7]) expect(method.parseConfig(value)).toBeNull();
  });

  it('counts every option, and every vote once', () => {
    for (const { config, choices } of examples) {
      const parsed = choices.map((choice) => method.parseChoice(config, choice));
      const counts = method.tally(config, parsed);
      expect(Object.keys(counts)).toEqual([...method.options(config)]);
      const marked = Object.values(counts).reduce((sum, each) => sum + each, 0);
      if (method.marks === 'one') expect(marked).toBe(choices.length);
      else {
        expect(marked).toBeGreaterThanOrEqual(choices.length);
        for (const count of Object.values(counts)) expect(count).toBeLessThanOrEqual(choices.length);
      }
      expect(Object.values(method.tally(config, []))).toEqual(method.options(config).map(() => 0));
    }
  });

  it('does not care in which order the ballots lie', () => {
    const random = randomFrom(7);
    for (const { config, choices } of examples) {
      const many = Array.from({ length: 60 }, () => method.parseChoice(config, random.pick(choices)));
      expect(method.tally(config, random.shuffled(many))).toEqual(method.tally(config, many));
    }
  });

  it('adds up: two boxes counted apart are the two counted together', () => {
    const random = randomFrom(8);
    for (const { config, choices } of examples) {
      const box = () => Array.from({ length: 30 }, () => method.parseChoice(config, random.pick(choices)));
      const [left, right] = [box(), box()];
      const [one, two, both] = [left, right, [...left, ...right]].map((each) => method.tally(config, each));
      for (const option of method.options(config))
        expect((one?.[option] ?? 0) + (two?.[option] ?? 0)).toBe(both?.[option]);
    }
  });

  it('support, opposition and abstentions are parts of the count', () => {
    for (const { config, choices } of examples) {
      const counts = method.tally(
        config,
        choices.map((choice) => method.parseChoice(config, choice)),
      );
      const support = method.support(counts);
      const parts = [support ?? 0, method.opposition(counts), method.abstentions(counts)];
      for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
      expect(parts.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(choices.length);
      if (support === null) expect(method.opposition(counts)).toBe(0);
    }
  });

  it('leaves what it is given as it was', () => {
    for (const { config, choices } of examples) {
      const frozen = Object.freeze(choices.map((choice) => method.parseChoice(config, choice)));
      const before = JSON.stringify([config, frozen]);
      method.tally(config, frozen);
      expect(JSON.stringify([config, frozen])).toBe(before);
    }
  });
});

describe('for, against, abstain', () => {
  const method = methodOf('for_against_abstain');
  it('counts 14, 4 and 1 as they are', () => {
    const votes = [...Array<string>(14).fill('for'), ...Array<string>(4).fill('against'), 'abstain'];
    const counts = method?.tally({}, votes) ?? {};
    expect(counts).toEqual({ for: 14, against: 4, abstain: 1 });
    expect([method?.support(counts), method?.opposition(counts), method?.abstentions(counts)]).toEqual([14, 4, 1]);
  });
});

describe('one of several options', () => {
  const method = methodOf('single_choice');
  const option = (key: string, label = key) => ({ key, label });
  it.each([
    [{ options: [option('A')] }],
    [{ options: Array.from({ length: 13 }, (_, index) => option(`o${index}`)) }],
    [{ options: [option('A'), option('A')] }],
    [{ options: [option('A'), option('a b')] }],
    [{ options: [option('A'), option('')] }],
    [{ options: [option('A'), option('B', ' ')] }],
    [{ options: [option('A'), option('B', 'x'.repeat(101))] }],
    [{ options: [option('A'), { key: 'B' }] }],
    [{ options: [option('A'), null] }],
    [{ options: 'AB' }],
    [{}],
  ])('has no config %j', (config) => expect(method?.parseConfig(config)).toBeNull());

  it('drops what an option carries besides', () =>
    expect(method?.parseConfig({ options: [{ ...option('A'), votes: 9 }, option('B', ' 乙 ')], secret: 1 })).toEqual({
      options: [option('A'), option('B', '乙')],
    }));
});
