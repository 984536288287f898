// The accounts of a fund. Two sides that are each kept at zero: the money itself, and how much of an envelope's ceiling is used.
// A positive balance is held there; sources and ceilings stand below zero by what they gave. Rules [B1] and [B2].

/** Money: where it is. */
export const moneyKinds = ['source', 'pool', 'reserved', 'committed', 'frozen', 'paid'] as const;
/** Ceiling of an envelope: how much of it is free and how much is used by awards. */
export const ceilingKinds = ['ceiling', 'room', 'used'] as const;

export const accountKinds = [...moneyKinds, ...ceilingKinds] as const;
export type AccountKind = (typeof accountKinds)[number];

export type Side = 'money' | 'ceiling';

/**
 * One account: `source` belongs to a source, `pool` to the fund, `reserved` to an award, `committed`, `frozen` and `paid` to a tranche,
 * the ceiling's to an envelope.
 */
export interface Account {
  readonly kind: AccountKind;
  readonly ownerId: string;
}

/** The account's id, the same wherever it is made. */
export const accountId = (kind: AccountKind, ownerId: string): string => `${kind}:${ownerId}`;

export const sideOf = (kind: AccountKind): Side =>
  (ceilingKinds as readonly AccountKind[]).includes(kind) ? 'ceiling' : 'money';

/** [B2] Only what gives goes below zero, and never above it. */
export const isGiver = (kind: AccountKind): boolean => kind === 'source' || kind === 'ceiling';
