// Rule packs: what a meeting of a kind must keep to, as plain values. Chosen by the secretary, frozen into the meeting when it is convened.
// Nothing here is a constant of the program: every number comes from a community's own pack, with its basis and the day it was checked.

/** A fraction of whole numbers, kept exact: two thirds is {numerator: 2, denominator: 3}. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

export type Operator = '>' | '>=';

export interface QuorumRule {
  /** Counted over all voting seats of the meeting, held or vacant seats excluded. */
  readonly base: 'all_seats';
  readonly operator: Operator;
  readonly ratio: Ratio;
  /** How many different sectors must be present at least; null where the pack asks nothing of sectors. */
  readonly sectorsPresent: number | null;
}

export interface MajorityRule {
  /** What the share is taken of. `votes_cast` counts ballots only; the others count seats. */
  readonly base: 'present_minus_recused' | 'present' | 'all_seats' | 'votes_cast';
  readonly operator: Operator;
  readonly ratio: Ratio;
  /** False takes abstentions (and those who did not vote) out of the base. */
  readonly abstentionsCount: boolean;
}

/** The criteria a speaking queue may be ordered by, strongest first; see `floor-order.ts`. */
export type FloorCriterion =
  | 'point_of_order'
  | 'in_turn'
  | 'first_time'
  | 'alternate_sides'
  | 'balance_sectors'
  | 'balance_areas'
  | 'balance_channels'
  | 'arrival';

/** What a hearing's pack says beside what every pack says. */
export interface HearingTerms {
  /** [H7] An odd number. */
  readonly leastOfficers: number;
  /** [O1] For how many days after the hearing opinions are still taken. */
  readonly opinionDays: number;
  /** [O2] Within how many days after it they are answered. */
  readonly answerDays: number;
  /** [H12] The fewest answers of an area that are shown by themselves. */
  readonly leastInArea: number;
}

/** What a new pack of a hearing starts from: usual practice, not law. */
export const usualTerms: HearingTerms = { leastOfficers: 3, opinionDays: 3, answerDays: 10, leastInArea: 10 };

/** What the pack of a 民主评议会 says beside its line, which is its majority: of the forms with an opinion so many are satisfied. */
export interface AppraisalTerms {
  /** What is marked beside the whole, each by the same scale; at most twelve. */
  readonly indicators: readonly string[];
  /** [AP5] With fewer valid forms there is no verdict. */
  readonly leastValid: number;
}

/** What a new pack starts from: usual practice, not law. */
export const usualAppraisal: AppraisalTerms = { indicators: [], leastValid: 5 };

/** [T4] Besides chair and secretary so many members, or so many of each sector; or each party of a meeting of parties, and nobody else. */
export const signingKinds = ['council', 'sectors', 'joint'] as const;

/** Who signs the minutes. `least`: members, or signers of each sector or party; never more are asked than came. */
export interface SigningTerms {
  readonly kind: (typeof signingKinds)[number];
  readonly least: number;
}

/** What a new pack starts from: usual practice, not law. */
export const usualSigning: SigningTerms = { kind: 'council', least: 2 };

/** How the parties of a joint meeting or a consultation sign. */
export const countersigning: SigningTerms = { kind: 'joint', least: 1 };

export interface RulePack {
  readonly packId: string;
  readonly name: string;
  /** The meeting format this pack is meant for, a key of `formats`. */
  readonly format: string;
  readonly quorum: QuorumRule | null;
  readonly majority: MajorityRule | null;
  /** False where the meeting's votes bind nobody (hearings, open space). */
  readonly binding: boolean;
  readonly secrecy: 'named' | 'hidden';
  readonly noticeDays: number;
  readonly speech: { readonly seconds: number; readonly timesPerMotion: number };
  readonly presentationSeconds: number;
  readonly floorOrder: readonly FloorCriterion[];
  /** A motion needs a second before it is stated. */
  readonly seconding: boolean;
  readonly recusal: boolean;
  readonly proxies: boolean;
  readonly publicity: {
    readonly days: number;
    readonly dayType: 'calendar' | 'working';
    /** [PB1] Results may be made public before the minutes are signed. Absent in packs from before that could be chosen: no. */
    readonly beforeSigning?: boolean;
  };
  /** A remote seat that lost its connection counts as present for this long. */
  readonly awayGraceSeconds: number;
  /** [T4] Absent in packs from before it could be chosen: as the format has it. */
  readonly signing?: SigningTerms;
  /** What a hearing's pack says beside; absent in every other. */
  readonly hearing?: HearingTerms;
  /** What an appraisal's pack says beside; absent in every other. */
  readonly appraisal?: AppraisalTerms;
  /** Where the rule comes from, in words. */
  readonly basis: string;
  /** `YYYY-MM-DD`, null where nobody has checked the basis yet. */
  readonly checkedOn: string | null;
}

/** The smallest whole number of `base` that satisfies "operator ratio". [Q2] For base 20 and > 1/2 it is 11; for 25 and >= 2/3, 17. */
export function needed(base: number, operator: Operator, { numerator, denominator }: Ratio): number {
  const exact = base * numerator;
  const whole = Math.floor(exact / denominator);
  if (operator === '>') return whole + 1;
  return exact % denominator === 0 ? whole : whole + 1;
}

/** [V5] Whether a majority's own share would let a tie carry, so that "more for than against" has to be said beside it. */
export const tieMatters = ({ operator, ratio: { numerator, denominator } }: MajorityRule): boolean =>
  operator === '>' ? numerator * 2 < denominator : numerator * 2 <= denominator;

const criteria: readonly string[] = [
  'point_of_order',
  'in_turn',
  'first_time',
  'alternate_sides',
  'balance_sectors',
  'balance_areas',
  'balance_channels',
  'arrival',
] satisfies FloorCriterion[];

/** [L2] The field that makes a pack unusable, or null: proper fractions that can be reached, whole positive limits, a known floor order. */
export function faultOfRulePack(pack: RulePack): keyof RulePack | null {
  const badRatio = (ratio: Ratio) =>
    !Number.isSafeInteger(ratio.numerator) ||
    !Number.isSafeInteger(ratio.denominator) ||
    ratio.numerator < 0 ||
    ratio.denominator < 1 ||
    ratio.numerator > ratio.denominator;
  // More than the whole is never reached.
  const unreachable = ({ operator, ratio }: { operator: Operator; ratio: Ratio }) =>
    operator === '>' && ratio.numerator === ratio.denominator;
  const whole = (value: number, least: number, most: number) =>
    Number.isSafeInteger(value) && value >= least && value <= most;
  if (pack.name.trim() === '') return 'name';
  if (pack.quorum && (badRatio(pack.quorum.ratio) || unreachable(pack.quorum))) return 'quorum';
  if (pack.quorum?.sectorsPresent != null && !whole(pack.quorum.sectorsPresent, 0, 99)) return 'quorum';
  if (pack.majority ? badRatio(pack.majority.ratio) || unreachable(pack.majority) : pack.binding) return 'majority';
  if (!whole(pack.noticeDays, 0, 365)) return 'noticeDays';
  if (!whole(pack.speech.seconds, 10, 3600) || !whole(pack.speech.timesPerMotion, 1, 99)) return 'speech';
  if (!whole(pack.presentationSeconds, 10, 7200)) return 'presentationSeconds';
  if (!whole(pack.publicity.days, 0, 365)) return 'publicity';
  if (!whole(pack.awayGraceSeconds, 5, 3600)) return 'awayGraceSeconds';
  if (pack.signing && (!signingKinds.includes(pack.signing.kind) || !whole(pack.signing.least, 0, 200)))
    return 'signing';
  if (pack.hearing) {
    const { leastOfficers, opinionDays, answerDays, leastInArea } = pack.hearing;
    if (!whole(leastOfficers, 1, 15) || leastOfficers % 2 === 0) return 'hearing';
    if (!whole(opinionDays, 0, 365) || !whole(answerDays, 1, 365) || !whole(leastInArea, 5, 1000)) return 'hearing';
  }
  if (pack.appraisal) {
    const { indicators, leastValid } = pack.appraisal;
    const fits = indicators.every((each) => each.trim() !== '' && Array.from(each).length <= 40);
    if (!fits || indicators.length > 12 || new Set(indicators).size !== indicators.length) return 'appraisal';
    if (!whole(leastValid, 1, 10_000)) return 'appraisal';
  }
  const order = pack.floorOrder;
  if (order[order.length - 1] !== 'arrival' || new Set(order).size !== order.length) return 'floorOrder';
  if (order.some((criterion) => !criteria.includes(criterion))) return 'floorOrder';
  return null;
}
