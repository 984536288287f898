// The canonical record of a meeting: what is frozen, signed and published, and what every file is rendered from. People stand in it as
// {role, mask, digest of the name}, referred to by their index in `persons`; names and salts are apart, in people.json, so the public copy
// and the archive copy have one digest. A key that says nothing is left out; there is no null. Pure; built by the office when freezing.
import { signingKinds } from '#lib/domain/meeting/rules.ts';
import { base64url, count, digest, fields, flag, later, list, oneOf, table, tagged, text } from './shape.ts';
import type { Of, Shape } from './shape.ts';

// ── text ────────────────────────────────────────────────────────────────────────────────────────

/** Plain text, or a mention of a person by index. `bold` is there only where it is true. */
export type Inline = { readonly text: string; readonly bold?: boolean } | { readonly mention: number };

/** The same before the record exists: as the shared text and the facts hold it. */
export type WrittenInline = { readonly text: string; readonly bold?: boolean } | { readonly personId: string };

export type BlockOf<I> =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly inlines: readonly I[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly I[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly BlockOf<I>[])[] }
  /** With `header` the first row is the head. */
  | { readonly kind: 'table'; readonly header: boolean; readonly rows: readonly (readonly (readonly I[])[])[] }
  /** Words rendered from the event `seq` of the meeting's log; never typed. */
  | { readonly kind: 'fact'; readonly seq: number; readonly blocks: readonly BlockOf<I>[] };

export type Block = BlockOf<Inline>;
export type WrittenBlock = BlockOf<WrittenInline>;

const written = fields({ text }, { bold: flag });
const mention = fields({ mention: count });
const inline: Shape<Inline> = {
  fault: (value, at) =>
    (typeof value === 'object' && value !== null && 'mention' in value ? mention : written).fault(value, at),
};
const inlines = list(inline);
const blocks: Shape<readonly Block[]> = later(() => list(block));
const block: Shape<Block> = tagged('kind', {
  heading: fields({ kind: oneOf('heading'), level: oneOf(1, 2, 3), inlines }),
  paragraph: fields({ kind: oneOf('paragraph'), inlines }),
  list: fields({ kind: oneOf('list'), ordered: flag, items: list(blocks) }),
  table: fields({ kind: oneOf('table'), header: flag, rows: list(list(inlines)) }),
  fact: fields({ kind: oneOf('fact'), seq: count, blocks }),
});

// ── people ──────────────────────────────────────────────────────────────────────────────────────

/** `digest` is SHA-256("yishi.person.v1\0" ‖ salt ‖ name in UTF-8); `mask` is always the masked form, consent or not. */
export const person = fields({ role: text, mask: text, digest });
export type Person = Of<typeof person>;

/** people.json: names and salts by index. Erasing a person takes their entry out; a public copy may hold those who consented. */
export const people = fields({
  format: oneOf('yishi.people'),
  version: oneOf(1),
  docHash: digest,
  names: list(fields({ person: count, name: text, salt: base64url })),
});
export type People = Of<typeof people>;

// ── what happened ───────────────────────────────────────────────────────────────────────────────

const meeting = fields(
  {
    meetingId: text,
    community: text,
    council: text,
    /** A key of `formats`. */
    format: text,
    title: inlines,
    place: inlines,
    plannedAt: count,
    adjournedAt: count,
    rules: text,
  },
  { openedAt: count, chair: count, secretary: count },
);

const agendaItem = fields(
  { itemId: text, kind: text, title: inlines, minutes: count, done: flag },
  { presenter: inlines, openedAt: count },
);

const attendee = fields(
  {
    person: count,
    sector: text,
    title: text,
    voting: flag,
    status: oneOf('present', 'away', 'left', 'on_leave', 'absent'),
    movements: list(fields({ what: oneOf('arrived', 'left', 'went_away', 'came_back'), at: count })),
  },
  { mode: oneOf('hall', 'remote'), way: text, proxy: count },
);

const attendance = fields({
  /** Voting seats. */
  expected: count,
  came: count,
  onLeave: count,
  absent: count,
  /** 0 where the rules ask for none. */
  quorumNeeded: count,
  seats: list(attendee),
});

const amendment = fields(
  { text: inlines, outcome: oneOf('adopted', 'rejected', 'withdrawn', 'open') },
  { mover: count, seconder: count, amountFen: count },
);

const motion = fields(
  {
    motionId: text,
    itemId: text,
    title: inlines,
    /** `open` where the meeting ended before it was decided. */
    outcome: oneOf('passed', 'failed', 'withdrawn', 'referred', 'open'),
    ownersMatter: text,
    contractLocked: flag,
    recusals: list(fields({ person: count, declaredByMember: flag })),
    amendments: list(amendment),
    reductions: list(fields({ fromFen: count, toFen: count })),
    pollIds: list(text),
  },
  {
    text: inlines,
    mover: count,
    seconder: count,
    amountFen: count,
    originalAmountFen: count,
    renewsMotionId: text,
    closingReason: inlines,
    projectId: text,
  },
);

const figures = fields(
  {
    counts: table(count),
    base: count,
    present: count,
    quorumNeeded: count,
    electorate: count,
    voted: count,
    spoiled: count,
    notVoted: count,
    recused: list(count),
    channels: fields({ phone: count, assisted: count, paper: count, hand_count: count }),
    outcome: oneOf('passed', 'failed', 'void_no_quorum', 'not_binding'),
  },
  { threshold: count },
);
export type Figures = Of<typeof figures>;

const funded = fields({
  chamber: oneOf('seats', 'residents'),
  ballots: count,
  winners: list(text),
  costFen: count,
  remainderFen: count,
  fileDigest: digest,
});

const result = fields(
  {
    pollId: text,
    kind: oneOf('formal', 'straw'),
    subject: oneOf('motion', 'amendment', 'question', 'allocation'),
    question: inlines,
    method: text,
    secrecy: oneOf('named', 'hidden'),
    openedAt: count,
    closedAt: count,
    announcedAt: count,
    figures,
    /** SHA-256("yishi.ballots.v1\0" ‖ JCS of the poll's entry in ballots.json). */
    ballots: digest,
    /** Results it replaced, oldest first. */
    superseded: list(fields({ figures, reason: inlines, at: count })),
  },
  { motionId: text, funded: list(funded) },
);
export type Result = Of<typeof result>;

const decision = fields(
  { seq: count, text: inlines, owners: list(count) },
  { itemId: text, motionId: text, amountFen: count, ownerWords: inlines, dueOn: text },
);

// ── who must sign ───────────────────────────────────────────────────────────────────────────────

/** One condition of the signing rule: at least `least` of `eligible` sign. Nobody stands in two. */
export const requirement = fields({
  /** `chair`, `secretary`, `members`, `sector:<id>` or `party:<id>`. */
  key: text,
  /** How it is called in the papers: a sector's or a party's name; '' for the fixed keys. */
  label: text,
  eligible: list(count),
  least: count,
});
export type Requirement = Of<typeof requirement>;

/** What of a meeting is frozen and signed: its minutes, and of a hearing the report on every opinion as well. */
export const signedPapers = ['minutes', 'report'] as const;
export type SignedPaper = (typeof signedPapers)[number];

export const signingRule = fields({ kind: oneOf(...signingKinds), requirements: list(requirement) });
export type SigningRule = Of<typeof signingRule>;

const supersedes = fields({
  docHash: digest,
  reason: inlines,
  /** Whose signatures on the earlier text count no longer. */
  voided: list(fields({ person: count, statement: oneOf('agree', 'reserve', 'refuse'), at: count })),
});

// ── the record ──────────────────────────────────────────────────────────────────────────────────

export const minutesRecord = fields(
  {
    format: oneOf('yishi.minutes'),
    version: oneOf(1),
    /** The origin of the installation's pages: a passkey that signed for another page does not count. */
    site: text,
    /** 1 for the first text of a meeting, one more for each that supersedes. */
    edition: count,
    frozenAt: count,
    /** The shared text; `opinions` of a report, which is made of opinions and their answers. */
    documentId: text,
    /** How many changes it had; of a report, how many opinions it answers. */
    frozenSeq: count,
    /** Head of the document's own hash chain at `frozenSeq`; of a report, the digest of its opinions and answers. */
    documentHead: digest,
    /** The meeting's log as it stood: how many events, and the head of their hash chain. */
    log: fields({ seq: count, head: digest }),
    meeting,
    persons: list(person),
    agenda: list(agendaItem),
    attendance,
    motions: list(motion),
    results: list(result),
    decisions: list(decision),
    text: blocks,
    /** Who typed in the shared text; the program itself is not among them. */
    contributors: list(count),
    signing: signingRule,
  },
  {
    supersedes,
    /** Left out of minutes. */
    paper: oneOf('report'),
  },
);
export type MinutesRecord = Of<typeof minutesRecord>;

/** Every index of a person in the record, wherever it stands. */
function* references(record: MinutesRecord): Generator<number> {
  const inText = function* (value: unknown): Generator<number> {
    if (typeof value !== 'object' || value === null) return;
    if ('mention' in value && typeof value.mention === 'number') yield value.mention;
    else for (const each of Object.values(value)) yield* inText(each);
  };
  yield* inText(record);
  const { meeting, attendance, motions, results, decisions, contributors, signing, supersedes } = record;
  yield* [meeting.chair, meeting.secretary].filter((each) => each !== undefined);
  for (const seat of attendance.seats) yield* [seat.person, seat.proxy].filter((each) => each !== undefined);
  for (const { mover, seconder, recusals, amendments } of motions) {
    yield* [mover, seconder, ...recusals.map(({ person }) => person)].filter((each) => each !== undefined);
    yield* amendments.flatMap((each) => [each.mover, each.seconder]).filter((each) => each !== undefined);
  }
  for (const { figures, superseded } of results)
    yield* [figures, ...superseded.map((each) => each.figures)].flatMap(({ recused }) => recused);
  for (const { owners } of decisions) yield* owners;
  yield* contributors;
  for (const { eligible } of signing.requirements) yield* eligible;
  for (const { person } of supersedes?.voided ?? []) yield person;
}

/** [T1] Where unknown JSON is no record of version 1, as a path; null where it is one. */
export function recordFault(value: unknown): string | null {
  const fault = minutesRecord.fault(value, '');
  if (fault !== null) return fault;
  const record = value as MinutesRecord;
  for (const index of references(record)) if (index >= record.persons.length) return `persons.${index}`;
  const signers = record.signing.requirements.flatMap(({ eligible }) => eligible);
  return new Set(signers).size === signers.length ? null : 'signing.requirements';
}

/** Inlines as plain text; `nameOf` says how a person is named in this copy. */
export const plainText = (parts: readonly Inline[], nameOf: (person: number) => string): string =>
  parts.map((part) => ('mention' in part ? nameOf(part.mention) : part.text)).join('');
