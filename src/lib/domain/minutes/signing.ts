// Who must sign and how far it is: the rule as conditions over people, fixed in the record before anybody signs. Pure; asked by the signing
// page, by the completion of the bundle and by the verifier. Rules [T4] and [T9].
import { formatOf } from '#lib/domain/formats/index.ts';
import { usualSigning, type SigningTerms } from '#lib/domain/meeting/rules.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Statement } from './bundle.ts';
import type { Requirement, SigningRule } from './record.ts';

/** [T4] How minutes are signed under a pack: as it says, else as is usual in its format. Parties always countersign. */
export function signingTermsOf({
  format,
  signing,
}: {
  format: string;
  signing?: SigningTerms | undefined;
}): SigningTerms {
  const usual = formatOf(format)?.signing ?? usualSigning;
  return usual.kind === 'joint' ? usual : (signing ?? usual);
}

/** [T4] The same of a meeting, from the rules frozen into it. */
export const signingTermsAt = ({ format, rules }: Pick<MeetingState, 'format' | 'rules'>): SigningTerms =>
  signingTermsOf({ format, signing: rules?.signing });

export interface SignerAtMeeting {
  readonly person: number;
  readonly isChair: boolean;
  readonly isSecretary: boolean;
  /** Voting and here at any time. */
  readonly came: boolean;
  /** Sector or party. */
  readonly group: { readonly id: string; readonly name: string } | null;
}

/** A sector's or a party's condition in the rule. */
export const partyKey = (id: string, prefix: 'sector' | 'party' = 'party'): string => `${prefix}:${id}`;

/**
 * [T4] Conditions from the terms: only who came is asked, never more than there are, and nobody stands in two. A party that the session recorded
 * as unsigned, by its id in `unsigned`, may sign and holds nobody.
 */
export function signingRuleOf(
  terms: SigningTerms,
  signers: readonly SignerAtMeeting[],
  unsigned: readonly string[] = [],
): SigningRule {
  const chair = signers.filter(({ isChair }) => isChair).map(({ person }) => person);
  const secretary = signers.filter((each) => each.isSecretary && !each.isChair).map(({ person }) => person);
  const officers: Requirement[] = [
    { key: 'chair', label: '', eligible: chair, least: 1 },
    { key: 'secretary', label: '', eligible: secretary, least: 1 },
  ];
  const rest = signers.filter(({ came, isChair, isSecretary }) => came && !isChair && !isSecretary);
  const least = (many: number) => Math.min(Math.max(terms.least, 0), many);
  const groups = (prefix: 'sector' | 'party', of: readonly SignerAtMeeting[]): Requirement[] => {
    const found = new Map<string, Requirement>();
    for (const { person, group } of of) {
      if (!group) continue;
      const eligible = [...(found.get(group.id)?.eligible ?? []), person];
      const asked = unsigned.includes(group.id) ? 0 : least(eligible.length);
      found.set(group.id, { key: partyKey(group.id, prefix), label: group.name, eligible, least: asked });
    }
    return [...found.values()];
  };
  const requirements =
    terms.kind === 'joint'
      ? groups(
          'party',
          signers.filter(({ came, isChair, isSecretary }) => came || isChair || isSecretary),
        )
      : terms.kind === 'sectors'
        ? [...officers, ...groups('sector', rest)]
        : [
            ...officers,
            { key: 'members', label: '', eligible: rest.map(({ person }) => person), least: least(rest.length) },
          ];
  return { kind: terms.kind, requirements: requirements.filter(({ eligible }) => eligible.length > 0) };
}

export interface Said {
  readonly signer: number;
  readonly statement: Statement;
}

export interface RequirementStanding extends Requirement {
  readonly signed: readonly number[];
  readonly reserved: readonly number[];
  readonly refused: readonly number[];
  /** Eligible and silent. */
  readonly waiting: readonly number[];
  readonly met: boolean;
}

/** [T9] Agreement and reservation both sign; a refusal is kept and signs nothing. */
export function standingOf(
  rule: SigningRule,
  said: readonly Said[],
): { conditions: RequirementStanding[]; complete: boolean } {
  const statementOf = new Map(said.map(({ signer, statement }) => [signer, statement]));
  const conditions = rule.requirements.map((requirement): RequirementStanding => {
    const those = (...wanted: (Statement | undefined)[]) =>
      requirement.eligible.filter((person) => wanted.includes(statementOf.get(person)));
    const signed = those('agree', 'reserve');
    return {
      ...requirement,
      signed,
      reserved: those('reserve'),
      refused: those('refuse'),
      waiting: those(undefined),
      met: signed.length >= requirement.least,
    };
  });
  return { conditions, complete: conditions.length > 0 && conditions.every(({ met }) => met) };
}

export const requirementOf = (rule: SigningRule, person: number): Requirement | undefined =>
  rule.requirements.find(({ eligible }) => eligible.includes(person));
