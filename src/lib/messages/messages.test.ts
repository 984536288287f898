// Messages with parameters say what they are given, in both languages alike. That every key has words in both is a house rule
// (tests/house.test.ts), which does not call the functions.
import { describe, expect, it } from 'vitest';
import { formats } from '#lib/domain/formats/index.ts';
import { messages as en } from './en.ts';
import { messages as zhCN } from './zh-CN.ts';

type Node = string | ((p: never) => string) | { readonly [key: string]: Node };

/** Every message by its whole key, `ui.save`. */
function flatten(node: Node, key = ''): Map<string, string | ((p: never) => string)> {
  if (typeof node !== 'object') return new Map([[key, node]]);
  return new Map(
    Object.entries(node).flatMap(([name, child]) => [...flatten(child, key === '' ? name : `${key}.${name}`)]),
  );
}

/** Calls a message with a different number for each parameter and returns what it asked for and what it said. */
function probe(message: (p: never) => string) {
  const asked = new Map<string, number>();
  const p = new Proxy(
    {},
    {
      get(_, name) {
        const key = String(name);
        if (!asked.has(key)) asked.set(key, 101 + asked.size);
        return asked.get(key);
      },
    },
  );
  return { said: message(p as never), asked };
}

const functions = (all: Map<string, string | ((p: never) => string)>) =>
  [...all].flatMap(([key, message]) => (typeof message === 'function' ? [{ key, ...probe(message) }] : []));

const chinese = functions(flatten(zhCN));
const english = functions(flatten(en as Node));

describe.each([
  ['zh-CN', chinese],
  ['en', english],
])('messages with parameters (%s)', (_, all) => {
  it('say something, and never undefined', () => {
    expect(all.filter(({ said }) => said.trim() === '' || /undefined|NaN|\[object/.test(said))).toEqual([]);
  });

  it('use what they are given', () => {
    const unused = all.filter(
      ({ key, said, asked }) =>
        !choosers.includes(key) && ![...asked.values()].some((value) => said.includes(String(value))),
    );
    expect(unused.map(({ key }) => key)).toEqual([]);
  });
});

describe('the two languages', () => {
  it('[L4] have a name for every meeting format and no other', () => {
    for (const { formats: names } of [zhCN, en])
      expect(Object.keys(names).sort()).toEqual(formats.map(({ id }) => id).sort());
  });

  it('ask for the same parameters', () => {
    const parameters = (all: typeof chinese) =>
      all.map(({ key, asked }) => `${key}: ${[...asked.keys()].sort().join()}`);
    expect(parameters(english).sort()).toEqual(parameters(chinese).sort());
  });

  it('are not mixed', () => {
    expect(english.filter(({ said }) => /\p{Script=Han}/u.test(said)).map(({ key }) => key)).toEqual([]);
    // A sentence of Chinese marks alone is Chinese: `甲：乙`.
    expect(chinese.filter(({ said }) => !/[\p{Script=Han}：]/u.test(said)).map(({ key }) => key)).toEqual([]);
  });
});

/** Messages that only choose their words by a parameter. */
const choosers: string[] = [];
