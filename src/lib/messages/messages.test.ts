// Both languages say everything: same keys, no empty words, and functions that use what they are given.
import { describe, expect, it } from 'vitest';
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

const chinese = flatten(zhCN);
const english = flatten(en as Node);

describe('messages', () => {
  it('exist in both languages under the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  for (const [language, all] of [
    ['zh-CN', chinese],
    ['en', english],
  ] as const) {
    it(`are never empty and never say undefined (${language})`, () => {
      const wrong = [...all].flatMap(([key, message]) => {
        const said = typeof message === 'string' ? message : probe(message).said;
        return said.trim() === '' || /undefined|NaN|\[object/.test(said) ? [`${key}: ${said}`] : [];
      });
      expect(wrong).toEqual([]);
    });

    it(`say every parameter they ask for, unless they choose their words by it (${language})`, () => {
      const wrong = [...all].flatMap(([key, message]) => {
        if (typeof message === 'string') return [];
        const { said, asked } = probe(message);
        if (asked.size === 0) return [`${key} takes parameters and uses none`];
        return [...asked.values()].some((value) => said.includes(String(value))) || key in choosers ? [] : [key];
      });
      expect(wrong).toEqual([]);
    });
  }

  it('ask for the same parameters in both languages', () => {
    const parameters = (message: string | ((p: never) => string) | undefined) =>
      typeof message === 'function' ? [...probe(message).asked.keys()].sort() : [];
    const differing = [...chinese]
      .map(([key, message]) => [key, parameters(message), parameters(english.get(key))] as const)
      .filter(([, zh, other]) => zh.join() !== other.join());
    expect(differing).toEqual([]);
  });

  it('have Chinese where Chinese is read, and none of it in English', () => {
    const said = (message: string | ((p: never) => string)) =>
      typeof message === 'string' ? message : probe(message).said;
    const stray = [...english].filter(([key, message]) => /\p{Script=Han}/u.test(said(message)) && !(key in bilingual));
    expect(stray.map(([key]) => key)).toEqual([]);
    const foreign = [...chinese].filter(
      ([key, message]) => !/\p{Script=Han}/u.test(said(message)) && !(key in bilingual),
    );
    expect(foreign.map(([key]) => key)).toEqual([]);
  });
});

/** Messages that only choose their words by a parameter. */
const choosers: Record<string, true> = {};

/** Words that are in the other language on purpose. */
const bilingual: Record<string, true> = { 'ui.switchLanguage': true };
