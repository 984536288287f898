// THE table of a project's life: which deed leads from where to where, who may, what must be recorded, what must be true first.
// Called by the office inside its transaction with the facts it has read under the project's lock. Pure; today is the caller's. Rules [J…].
import { isDay, lastDayOfPublicity } from '#lib/domain/calendar-day.ts';
import type { OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import type { ProjectState } from './states.ts';

export const projectDeeds = [
  'analyse',
  'deliberate',
  'publishPlan',
  'review',
  'approve',
  'notApprove',
  'publicise',
  'contract',
  'start',
  'passMidterm',
  'failMidterm',
  'complete',
  'passAppraisal',
  'failAppraisal',
  'putRight',
  'close',
  'terminate',
] as const;
export type ProjectDeed = (typeof projectDeeds)[number];

/** What the law must know of a project to judge a deed. */
export interface ProjectFacts {
  readonly status: ProjectState;
  readonly rectifyingFrom: ProjectState | null;
  readonly ownersMatter: OwnersMatter;
  /** The owners' own decision is on file. */
  readonly ownersDecided: boolean;
  readonly organisationName: string;
  readonly askedFen: number;
  readonly approvedFen: number | null;
  readonly publicUntil: string | null;
  /** What the community's rules ask of a publicity. */
  readonly publicity: { readonly days: number; readonly dayType: 'calendar' | 'working' };
  /** The number of the newest submitted version; 0 for none. */
  readonly version: number;
  /** Of that version. */
  readonly checks: { readonly open: number; readonly failed: number };
  readonly scores: { readonly expert: number; readonly resident: number };
  readonly objectionsOpen: number;
  /** What its awards hold in the books and no contract does. */
  readonly reservedFen: number;
}

/** `day` is `YYYY-MM-DD`, `fen` and `whole` are whole numbers from 0, `score` 0 … 100. */
export type RecordKind = 'text' | 'day' | 'fen' | 'whole' | 'score';
export type Recorded = Readonly<Record<string, string | number>>;

/**
 * [J15] What a deed means for the project's money: `award` reserves, `giveBack` undoes that, `commit` is the contract, `freeze` holds back what is
 * unpaid, `unfreeze` lets it go on, `release` returns what is unpaid.
 */
export type DeedMoney = 'award' | 'giveBack' | 'commit' | 'freeze' | 'unfreeze' | 'release';

export interface Transition {
  readonly from: readonly ProjectState[];
  /** Null goes back to where the project was before it had to be put right. */
  readonly to: ProjectState | null;
  /** `council`: only what a meeting has decided leads here; `appraisal`: only what residents have said in one. */
  readonly who: 'office' | 'council' | 'appraisal';
  readonly records: Readonly<Record<string, RecordKind>>;
  readonly mayLack?: readonly string[];
  readonly money?: DeedMoney;
  readonly unless?: (facts: ProjectFacts, recorded: Recorded, today: string) => ServiceRefusal | null;
}

const beforeClosure: readonly ProjectState[] = [
  'collecting',
  'analysed',
  'deliberated',
  'plan_published',
  'reviewed',
  'not_approved',
  'approved',
  'publicised',
  'contracted',
  'in_progress',
  'midterm',
  'completed',
  'resident_appraised',
  'rectifying',
];

const submitted = ({ version }: ProjectFacts) => (version === 0 ? refuseService('J4', 'project-no-version') : null);

const inFuture = (name: string) => (_facts: ProjectFacts, recorded: Recorded, today: string) =>
  String(recorded[name]) >= today ? null : refuseService('J10', 'project-record-unfit', { field: name });

const reconciled = (_facts: ProjectFacts, recorded: Recorded): ServiceRefusal | null => {
  const count = (name: string) => Number(recorded[name] ?? 0);
  return count('valid') + count('void') === count('returned') &&
    count('returned') <= count('issued') &&
    count('satisfied') <= count('opinions') &&
    count('opinions') <= count('valid')
    ? null
    : refuseService('J11', 'appraisal-figures');
};

const counted = {
  issued: 'whole',
  returned: 'whole',
  valid: 'whole',
  void: 'whole',
  opinions: 'whole',
  satisfied: 'whole',
} as const;

/** [AP8] The result is public for as long as the rules ask; without such rules it is told and no more. */
const publicDays = { publicFrom: 'day', publicUntil: 'day' } as const;

const votes = { for: 'whole', against: 'whole', abstain: 'whole' } as const;

export const transitions: Readonly<Record<ProjectDeed, Transition>> = {
  analyse: { from: ['collecting'], to: 'analysed', who: 'office', records: {} },
  deliberate: {
    from: ['analysed'],
    to: 'deliberated',
    who: 'office',
    records: { deliberatedOn: 'day', where: 'text' },
  },
  publishPlan: { from: ['deliberated'], to: 'plan_published', who: 'office', records: {}, unless: submitted },
  review: {
    from: ['plan_published'],
    to: 'reviewed',
    who: 'office',
    records: {},
    unless: (facts) => {
      const { checks, scores } = facts;
      if (checks.open > 0) return refuseService('J5', 'project-checks-open', { open: checks.open });
      if (checks.failed > 0) return refuseService('J5', 'project-checks-failed', { failed: checks.failed });
      if (scores.expert === 0 || scores.resident === 0) return refuseService('J5', 'project-scores-missing');
      return submitted(facts);
    },
  },
  approve: {
    from: ['reviewed', 'not_approved'],
    to: 'approved',
    who: 'council',
    records: { approvedFen: 'fen', meeting: 'text', ...votes },
    mayLack: Object.keys(votes),
    money: 'award',
    unless: ({ ownersMatter, askedFen }, { approvedFen }) => {
      if (ownersMatter === 'owners_assembly') return refuseService('J9', 'project-owners-assembly');
      const approved = Number(approvedFen);
      return approved > 0 && approved <= askedFen ? null : refuseService('J13', 'approved-over-asked', { askedFen });
    },
  },
  // From approved too: a result may be superseded by a corrected count.
  notApprove: {
    from: ['reviewed', 'not_approved', 'approved'],
    to: 'not_approved',
    who: 'council',
    records: { meeting: 'text', ...votes },
    mayLack: Object.keys(votes),
    money: 'giveBack',
  },
  publicise: {
    from: ['approved'],
    to: 'publicised',
    who: 'office',
    records: { publicFrom: 'day', publicUntil: 'day', channel: 'text' },
    unless: ({ publicity }, { publicFrom, publicUntil }) => {
      const least = lastDayOfPublicity(String(publicFrom), publicity.days, publicity.dayType);
      return String(publicUntil) >= least
        ? null
        : refuseService('J7', 'project-publicity-short', { days: publicity.days, least });
    },
  },
  contract: {
    from: ['publicised'],
    to: 'contracted',
    who: 'office',
    records: { contractNumber: 'text', signedOn: 'day', signedBy: 'text' },
    money: 'commit',
    unless: (facts, _recorded, today) => {
      if (facts.organisationName.trim() === '') return refuseService('J2', 'project-no-organisation');
      if (facts.ownersMatter === 'owners_assembly') return refuseService('J9', 'project-owners-assembly');
      if (facts.ownersMatter === 'touches_common_parts' && !facts.ownersDecided)
        return refuseService('J9', 'project-owners-undecided');
      if (facts.publicUntil === null || today <= facts.publicUntil)
        return refuseService('J7', 'project-in-publicity', { until: facts.publicUntil ?? '' });
      if (facts.objectionsOpen > 0)
        return refuseService('J8', 'project-objections-open', { open: facts.objectionsOpen });
      const { reservedFen, approvedFen } = facts;
      if (reservedFen === 0) return refuseService('J14', 'project-no-award');
      return reservedFen === approvedFen
        ? null
        : refuseService('J14', 'project-award-differs', { reservedFen, approvedFen: approvedFen ?? 0 });
    },
  },
  start: { from: ['contracted'], to: 'in_progress', who: 'office', records: { startedOn: 'day' } },
  passMidterm: { from: ['in_progress'], to: 'midterm', who: 'office', records: { score: 'score', reviewedOn: 'day' } },
  failMidterm: {
    from: ['in_progress'],
    to: 'rectifying',
    who: 'office',
    records: { score: 'score', reviewedOn: 'day', rectifyBy: 'day' },
    money: 'freeze',
    unless: inFuture('rectifyBy'),
  },
  complete: { from: ['midterm'], to: 'completed', who: 'office', records: { completedOn: 'day', result: 'text' } },
  passAppraisal: {
    from: ['completed'],
    to: 'resident_appraised',
    who: 'appraisal',
    records: { ...counted, ...publicDays },
    mayLack: Object.keys(publicDays),
    unless: reconciled,
  },
  failAppraisal: {
    from: ['completed'],
    to: 'rectifying',
    who: 'appraisal',
    records: { ...counted, rectifyBy: 'day', ...publicDays },
    mayLack: Object.keys(publicDays),
    money: 'freeze',
    unless: (facts, recorded, today) => reconciled(facts, recorded) ?? inFuture('rectifyBy')(facts, recorded, today),
  },
  putRight: { from: ['rectifying'], to: null, who: 'office', records: { putRightOn: 'day' }, money: 'unfreeze' },
  close: {
    from: ['resident_appraised'],
    to: 'closed',
    who: 'office',
    records: { closedOn: 'day' },
    unless: ({ publicUntil, objectionsOpen }, _recorded, today) => {
      if (publicUntil !== null && today <= publicUntil)
        return refuseService('AP8', 'project-in-publicity', { until: publicUntil });
      return objectionsOpen > 0 ? refuseService('AP8', 'project-objections-open', { open: objectionsOpen }) : null;
    },
  },
  terminate: { from: beforeClosure, to: 'terminated', who: 'office', records: {}, money: 'release' },
};

const longestWhy = 500;
const longestRecord = 200;

/** [J2] One recorded value, cleaned, or null when it is none. */
function recordOf(kind: RecordKind, value: string | number | undefined): string | number | null {
  if (kind === 'text' || kind === 'day') {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text === '' || Array.from(text).length > longestRecord) return null;
    return kind === 'day' && !isDay(text) ? null : text;
  }
  const whole = typeof value === 'number' ? value : NaN;
  if (!Number.isSafeInteger(whole) || whole < 0) return null;
  return kind === 'score' && whole > 100 ? null : whole;
}

export interface Outcome {
  readonly status: ProjectState;
  readonly rectifyingFrom: ProjectState | null;
  readonly why: string;
  readonly recorded: Recorded;
}

/** [J1] [J2] Where the deed leads, with what is recorded cleaned; or why it does not. Whether the actor may is asked before. */
export function decideDeed(
  facts: ProjectFacts,
  deed: ProjectDeed,
  said: { readonly why: string; readonly recorded: Recorded },
  today: string,
): Outcome | ServiceRefusal {
  const { from, to, records, mayLack = [], unless } = transitions[deed];
  if (!from.includes(facts.status))
    return refuseService('J1', 'project-deed-out-of-turn', { status: facts.status, deed });
  const why = said.why.trim();
  if (why === '' || Array.from(why).length > longestWhy)
    return refuseService('J2', 'project-why-missing', { most: longestWhy });
  const recorded: Record<string, string | number> = {};
  for (const [name, kind] of Object.entries(records)) {
    const value = recordOf(kind, said.recorded[name]);
    if (value !== null) recorded[name] = value;
    else if (!mayLack.includes(name)) {
      const lacking = said.recorded[name] === undefined || said.recorded[name] === '';
      return refuseService('J2', lacking ? 'project-record-missing' : 'project-record-unfit', { field: name });
    }
  }
  const held = unless?.(facts, recorded, today) ?? null;
  if (held) return held;
  return {
    status: to ?? facts.rectifyingFrom ?? 'in_progress',
    rectifyingFrom: to === 'rectifying' ? facts.status : null,
    why,
    recorded,
  };
}

/** The deeds whose turn it is, in the table's order. */
export const deedsFrom = (status: ProjectState): ProjectDeed[] =>
  projectDeeds.filter((deed) => transitions[deed].from.includes(status));

/** Those of them that are taken at the desk. */
export const deskDeedsFrom = (status: ProjectState): ProjectDeed[] =>
  deedsFrom(status).filter((deed) => transitions[deed].who !== 'appraisal');

/** States in which what is public of a project may be objected to: its approval, and what residents said of it. */
export const takesObjections = (status: ProjectState): boolean =>
  ['publicised', 'resident_appraised', 'rectifying'].includes(status);

/** [J4] States in which the plan may still be written: once the council has it before it, the draft is closed. */
export const planIsDraft = (status: ProjectState): boolean =>
  ['collecting', 'analysed', 'deliberated', 'plan_published', 'not_approved'].includes(status);

/** [J12] States everybody may read about; before the plan is published a project is the office's and its writers'. */
export const isPublic = (status: ProjectState): boolean => !['collecting', 'analysed', 'deliberated'].includes(status);
