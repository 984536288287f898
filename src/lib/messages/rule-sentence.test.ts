// The plain sentence of a rule pack says every number a member could argue about, in both languages, and nothing that is not so.
import { describe, expect, it } from 'vitest';
import type { RulePack } from '#lib/domain/meeting/rules.ts';
import { fundingRules } from '#tests/support/law-world.ts';
import { ruleSentence as en } from './en/rule-sentence.ts';
import { ruleSentence as zhCN } from './zh-CN/rule-sentence.ts';

const both = (change: Partial<RulePack> = {}, seats: number | null = 25) => {
  const rules = { ...fundingRules, ...change };
  return [zhCN(rules, seats), en(rules, seats)] as const;
};
const majority = (change: object) => ({ majority: { ...fundingRules.majority!, ...change } });

describe('the sentence of a rule pack', () => {
  it('is the same rules in both languages', () => {
    const [chinese, english] = both();
    expect(chinese).toContain('25 席中 17 人');
    expect(english).toContain('17 of 25 seats');
    for (const sentence of [chinese, english]) expect(sentence).not.toMatch(/undefined|NaN|null|_/);
    expect([chinese.slice(-1), english.slice(-1)]).toEqual(['。', '.']);
  });

  it('names only the sectors where no share of the members is asked', () => {
    const quorum = { ...fundingRules.quorum!, operator: '>=' as const, ratio: { numerator: 0, denominator: 1 } };
    const [chinese, english] = both({ quorum: { ...quorum, sectorsPresent: 3 } });
    expect(chinese).toMatch(/^至少 3 个界别有人到会才能开会；/);
    expect(english).toMatch(/^A session needs somebody present from at least 3 sectors;/);
  });

  it.each<[Partial<RulePack>]>([
    [{ quorum: null }],
    [{ quorum: { ...fundingRules.quorum!, operator: '>' } }],
    [{ quorum: { ...fundingRules.quorum!, ratio: { numerator: 3, denominator: 5 } } }],
    [{ quorum: { ...fundingRules.quorum!, sectorsPresent: 5 } }],
    [majority({ base: 'present' })],
    [majority({ base: 'all_seats' })],
    [majority({ base: 'votes_cast' })],
    [majority({ operator: '>=' })],
    [majority({ abstentionsCount: false })],
    [{ majority: null, binding: false }],
    [{ binding: false }],
    [{ secrecy: 'hidden' }],
    [{ noticeDays: 10 }],
    [{ noticeDays: 0 }],
    [{ speech: { seconds: 90, timesPerMotion: 2 } }],
    [{ speech: { seconds: 120, timesPerMotion: 1 } }],
    [{ presentationSeconds: 600 }],
    [{ seconding: false }],
    [{ recusal: false }],
    [{ proxies: true }],
    [{ publicity: { days: 15, dayType: 'calendar' } }],
    [{ publicity: { days: 5, dayType: 'working' } }],
    [{ signing: { kind: 'council', least: 15 } }],
    [{ signing: { kind: 'council', least: 0 } }],
    [{ signing: { kind: 'sectors', least: 2 } }],
    [{ format: 'joint_meeting' }],
  ])('changes with %j', (change) => {
    const [before, after] = [both(), both(change)];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it('speaks neither of a quorum nor of speeches where nobody has a seat', () => {
    const [chinese, english] = both({ format: 'open_space', quorum: null, majority: null, binding: false }, null);
    expect(chinese).toContain('不设席位');
    expect(chinese).not.toMatch(/发言|开会人数/);
    expect(english).toContain('no seats');
    expect(english).not.toMatch(/speech|quorum/);
  });

  it('says without a council what needs no number of seats', () => {
    const [chinese, english] = both({}, null);
    expect(chinese).toContain('三分之二以上（含本数）到会才能开会');
    expect(english).not.toContain('seats');
  });

  it('[V5] says that a tie does not carry where the share alone would let it', () => {
    const half = { numerator: 1, denominator: 2 };
    const third = { numerator: 1, denominator: 3 };
    const says = (operator: '>' | '>=', ratio: typeof half) =>
      both(majority({ operator, ratio })).map((sentence) =>
        /赞成还要多于反对|more votes for than against/.test(sentence),
      );
    expect(says('>', half)).toEqual([false, false]);
    expect(says('>=', half)).toEqual([true, true]);
    expect(says('>', third)).toEqual([true, true]);
    expect(says('>=', { numerator: 2, denominator: 3 })).toEqual([false, false]);
  });
});
