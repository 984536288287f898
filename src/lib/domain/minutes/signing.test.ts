// Who must sign, from a choice and from who was there, and when it is enough.
import { describe, expect, it } from 'vitest';
import { signingRuleOf, signingTermsOf, standingOf, type SignerAtMeeting } from './signing.ts';

const [red, blue] = [
  { id: 'red', name: '居民代表' },
  { id: 'blue', name: '驻区单位' },
];
const signer = (person: number, more: Partial<SignerAtMeeting> = {}): SignerAtMeeting => ({
  person,
  isChair: false,
  isSecretary: false,
  came: true,
  group: person % 2 === 0 ? red : blue,
  ...more,
});
const signers = [
  signer(0, { isChair: true }),
  signer(1, { isSecretary: true }),
  ...[2, 3, 4, 5].map((person) => signer(person)),
  signer(6, { came: false }),
];

describe('[T4] the signing rule', () => {
  it('is what the pack says, else what is usual in the format; parties always countersign', () => {
    const signing = { kind: 'sectors', least: 3 } as const;
    expect(signingTermsOf({ format: 'council', signing })).toEqual(signing);
    expect(signingTermsOf({ format: 'council' })).toEqual({ kind: 'council', least: 2 });
    expect(signingTermsOf({ format: 'joint_meeting', signing })).toEqual({ kind: 'joint', least: 1 });
  });

  it('is chair, secretary and so many of the members who came', () =>
    expect(signingRuleOf({ kind: 'council', least: 3 }, signers).requirements).toEqual([
      { key: 'chair', label: '', eligible: [0], least: 1 },
      { key: 'secretary', label: '', eligible: [1], least: 1 },
      { key: 'members', label: '', eligible: [2, 3, 4, 5], least: 3 },
    ]));

  it('never asks for more than there are, and for nobody where nobody came', () => {
    expect(signingRuleOf({ kind: 'council', least: 99 }, signers).requirements[2]?.least).toBe(4);
    expect(signingRuleOf({ kind: 'council', least: 3 }, signers.slice(0, 2)).requirements).toHaveLength(2);
  });

  it('asks each sector, or each party of a joint meeting with its own head', () => {
    expect(signingRuleOf({ kind: 'sectors', least: 1 }, signers).requirements.slice(2)).toEqual([
      { key: 'sector:red', label: '居民代表', eligible: [2, 4], least: 1 },
      { key: 'sector:blue', label: '驻区单位', eligible: [3, 5], least: 1 },
    ]);
    expect(signingRuleOf({ kind: 'joint', least: 1 }, signers).requirements).toEqual([
      { key: 'party:red', label: '居民代表', eligible: [0, 2, 4], least: 1 },
      { key: 'party:blue', label: '驻区单位', eligible: [1, 3, 5], least: 1 },
    ]);
  });

  it('puts somebody who is chair and secretary into one condition', () => {
    const both = [signer(0, { isChair: true, isSecretary: true }), signer(2)];
    const people = signingRuleOf({ kind: 'council', least: 1 }, both).requirements.flatMap(({ eligible }) => eligible);
    expect(people).toEqual([0, 2]);
  });
});

describe('[T9] how far it is', () => {
  const rule = signingRuleOf({ kind: 'council', least: 2 }, signers);
  const said = (...statements: [number, 'agree' | 'reserve' | 'refuse'][]) =>
    standingOf(
      rule,
      statements.map(([signer, statement]) => ({ signer, statement })),
    );

  it('counts reservations, keeps refusals, and says who is waited for', () => {
    const { conditions, complete } = said([0, 'agree'], [1, 'agree'], [2, 'reserve'], [3, 'refuse']);
    expect(complete).toBe(false);
    expect(conditions[2]).toMatchObject({ signed: [2], reserved: [2], refused: [3], waiting: [4, 5], met: false });
  });

  it('is complete when every condition is met, and not before', () => {
    expect(said([0, 'agree'], [1, 'agree'], [2, 'reserve'], [5, 'agree']).complete).toBe(true);
    expect(said([0, 'refuse'], [1, 'agree'], [2, 'agree'], [5, 'agree']).complete).toBe(false);
    expect(standingOf({ kind: 'council', requirements: [] }, []).complete).toBe(false);
  });
});
