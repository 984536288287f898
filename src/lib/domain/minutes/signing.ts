// Who must sign and how far it is: the rule as conditions over people, fixed in the record before anybody signs. Pure; asked by the signing
// page, by the completion of the bundle and by the verifier. Rules [T4] and [T9].
import type { Statement } from './bundle.ts';
import type { Requirement, SigningRule } from './record.ts';

/** How a council wants its minutes signed; kept in the rule pack or chosen for one meeting. */
export interface SigningChoice {
  readonly kind: SigningRule['kind'];
  /** `council`: members who must sign besides chair and secretary. `sectors` and `joint`: signers of each sector or party. */
  readonly least: number;
}

export interface SignerAtMeeting {
  readonly person: number;
  readonly isChair: boolean;
  readonly isSecretary: boolean;
  /** Voting and here at any time. */
  readonly came: boolean;
  /** Sector or party. */
  readonly group: { readonly id: string; readonly name: string } | null;
}

/** [T4] Conditions from a choice: only who came is asked, never more than there are, and nobody stands in two. */
export function signingRuleOf(choice: SigningChoice, signers: readonly SignerAtMeeting[]): SigningRule {
  const chair = signers.filter(({ isChair }) => isChair).map(({ person }) => person);
  const secretary = signers.filter((each) => each.isSecretary && !each.isChair).map(({ person }) => person);
  const officers: Requirement[] = [
    { key: 'chair', label: '', eligible: chair, least: 1 },
    { key: 'secretary', label: '', eligible: secretary, least: 1 },
  ];
  const rest = signers.filter(({ came, isChair, isSecretary }) => came && !isChair && !isSecretary);
  const least = (many: number) => Math.min(Math.max(choice.least, 0), many);
  const groups = (prefix: string, of: readonly SignerAtMeeting[]): Requirement[] => {
    const found = new Map<string, Requirement>();
    for (const { person, group } of of) {
      if (!group) continue;
      const eligible = [...(found.get(group.id)?.eligible ?? []), person];
      found.set(group.id, { key: `${prefix}:${group.id}`, label: group.name, eligible, least: least(eligible.length) });
    }
    return [...found.values()];
  };
  const requirements =
    choice.kind === 'joint'
      ? groups(
          'party',
          signers.filter(({ came, isChair, isSecretary }) => came || isChair || isSecretary),
        )
      : choice.kind === 'sectors'
        ? [...officers, ...groups('sector', rest)]
        : [
            ...officers,
            { key: 'members', label: '', eligible: rest.map(({ person }) => person), least: least(rest.length) },
          ];
  return { kind: choice.kind, requirements: requirements.filter(({ eligible }) => eligible.length > 0) };
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
