// Freezing the minutes: in one transaction the shared text is locked, its last accepted change recorded, and the canonical record built and kept.
// Nothing acknowledged before is lost, nothing comes after. A frozen text changes only by a new edition, which voids what was signed.
import { randomBytes } from 'node:crypto';
import { and, desc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { consensusIn, partiesRefusing } from '#lib/domain/meeting/consensus.ts';
import { roles } from '#lib/domain/meeting/roles.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Manifest, Signature } from '#lib/domain/minutes/bundle.ts';
import { canonical, paperDigest } from '#lib/domain/minutes/canonical.ts';
import {
  plainText,
  recordFault,
  type MinutesRecord,
  type SignedPaper,
  type WrittenBlock,
} from '#lib/domain/minutes/record.ts';
import { partyKey, signingRuleOf, signingTermsAt } from '#lib/domain/minutes/signing.ts';
import { mentionable } from '#lib/domain/minutes/mentions.ts';
import { namesSomebody, personalNumbersIn } from '#lib/domain/personal-numbers.ts';
import { hexOf, utf8 } from '#lib/domain/sha256.ts';
import { newId } from '#lib/protocol/ids.ts';
import { readMinutes, writeMinutes } from '#lib/protocol/minutes-document.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import {
  communities,
  councils,
  documentUpdates,
  meetings,
  minutesNames,
  minutesRecords,
  minutesSignatures,
  people,
} from '#lib/server/db/schema/index.ts';
import { documentAccessChanged } from '#lib/server/documents/access.ts';
import { foundDocument, freezeDocument, systemPerson } from '#lib/server/documents/found-and-freeze.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { caughtUp } from '#lib/server/meetings/copies.ts';
import { ballotsOf, digestsOfBallots } from './archive-files.ts';
import { minutesBlocks, minutesDocumentOf, tendMinutes } from './document.ts';
import { mentionedIn, participantRole, Persons, proseOf, recordedText, type KnownPerson } from './persons.ts';
import { decisionsOf, officerOf, partsOf, signersOf } from './record-of-meeting.ts';

/** Thrown to roll a transaction back; `refused` turns it into the answer. */
export class Refused extends Error {
  constructor(readonly refusal: OfficeRefusal) {
    super(refusal.reason);
  }
}

/** Runs a transaction that may throw `Refused`. */
export async function orRefused<T>(work: (tx: Queryable) => Promise<T>): Promise<T | OfficeRefusal> {
  try {
    return await db.transaction(work);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** The meeting's record of a paper that is neither voided nor replaced, or null. */
export async function standingRecord(store: Queryable, meetingId: string, paper: SignedPaper = 'minutes') {
  const [row] = await store
    .select()
    .from(minutesRecords)
    .where(
      and(eq(minutesRecords.meetingId, meetingId), eq(minutesRecords.paper, paper), isNull(minutesRecords.voidedAt)),
    );
  return row ?? null;
}

export const recordIn = (row: { readonly record: Uint8Array }): MinutesRecord =>
  JSON.parse(new TextDecoder().decode(row.record)) as MinutesRecord;

/** What an earlier edition leaves behind: its digest, why it was opened again, and whose signatures count no longer. */
async function supersededBy(
  tx: Queryable,
  old: typeof minutesRecords.$inferSelect,
  persons: Persons,
): Promise<NonNullable<MinutesRecord['supersedes']>> {
  const signed = await tx
    .select({ signature: minutesSignatures.signature, personId: minutesNames.personId })
    .from(minutesSignatures)
    .innerJoin(
      minutesNames,
      and(eq(minutesNames.recordId, minutesSignatures.recordId), eq(minutesNames.person, minutesSignatures.person)),
    )
    .where(eq(minutesSignatures.recordId, old.id));
  const voided = signed.map(({ signature, personId }) => {
    const { statement, at } = (signature as Signature).manifest;
    return { person: persons.of(personId), statement, at };
  });
  return {
    docHash: old.docHash,
    reason: persons.mentioning(old.voidReason ?? ''),
    voided: voided.sort((a, b) => a.person - b.person),
  };
}

/** Everybody of the meeting and everybody who wrote or is mentioned, each once; of those who took part without a seat the mentioned ones. */
async function knownPeople(tx: Queryable, state: MeetingState, others: readonly string[]): Promise<KnownPerson[]> {
  const ofMeeting = [
    ...state.seatOrder.map((seatId) => state.seats[seatId]?.personId ?? ''),
    ...Object.keys(state.people),
  ];
  const ids = [...new Set([...ofMeeting, ...others])].filter((id) => id !== '' && id !== systemPerson);
  const rows = ids.length === 0 ? [] : await tx.select().from(people).where(inArray(people.id, ids));
  const called = new Map(mentionable(state).map((each) => [each.personId, each]));
  const consents = new Map(rows.map(({ id, consentPublishName, name }) => [id, { consentPublishName, name }]));
  return ids.map((personId) => {
    const at = state.people[personId];
    const seat = at?.seatId ? state.seats[at.seatId] : undefined;
    const known = called.get(personId);
    return {
      personId,
      name: (known ? known.name : consents.get(personId)?.name) ?? '',
      // The weightiest of several: the list of roles begins with the chair.
      role:
        roles.find((role) => at?.roles.includes(role)) ??
        (seat ? (seat.voting ? 'member' : 'non_voting') : known?.participant ? participantRole : 'other'),
      consents: consents.get(personId)?.consentPublishName ?? false,
    };
  });
}

export interface ToFreeze {
  readonly meeting: typeof meetings.$inferSelect;
  readonly copy: Awaited<ReturnType<typeof caughtUp>>;
}

/** A text about to become a record, and what it was made of. */
interface Frozen extends Pick<MinutesRecord, 'documentId' | 'frozenSeq' | 'documentHead'> {
  readonly text: readonly WrittenBlock[];
  readonly contributors: readonly string[];
}

/** The canonical record of an adjourned meeting around a text, kept with the names of its people. The caller holds the meeting's row. */
export async function keepRecord(
  tx: Queryable,
  { meeting, copy }: ToFreeze,
  paper: SignedPaper,
  { text, contributors, ...source }: Frozen,
  actor: Actor,
  site: string,
): Promise<{ readonly recordId: string; readonly docHash: string }> {
  const meetingId = meeting.id;
  const { state } = copy;
  const persons = new Persons(await knownPeople(tx, state, [...contributors, ...mentionedIn(text)]));
  // What residents wrote is theirs: a name in it is masked where it stands. Whoever writes minutes is asked to mention.
  if (paper === 'minutes') refusePersonal(text, persons);

  const ballots = await ballotsOf(tx, state, (personId) => persons.of(personId));
  const signing = signingRuleOf(signingTermsAt(state), signersOf(state, persons), partiesRefusing(state));
  if (signing.requirements.length === 0) throw new Refused(refuseOffice('minutes-nobody-signs'));
  const [home] = await tx
    .select({ community: communities.name, council: councils.name })
    .from(meetings)
    .innerJoin(communities, eq(communities.id, meetings.communityId))
    .leftJoin(councils, eq(councils.id, meetings.councilId))
    .where(eq(meetings.id, meetingId));
  const [earlier] = await tx
    .select()
    .from(minutesRecords)
    .where(and(eq(minutesRecords.meetingId, meetingId), eq(minutesRecords.paper, paper)))
    .orderBy(desc(minutesRecords.edition))
    .limit(1);
  const edition = (earlier?.edition ?? 0) + 1;
  const at = Date.now();
  const [chair, secretary] = [officerOf(state, 'chair'), officerOf(state, 'secretary')];
  const record: MinutesRecord = {
    format: 'yishi.minutes',
    version: 1,
    ...(paper === 'report' ? { paper } : {}),
    site,
    edition,
    frozenAt: at,
    ...source,
    log: { seq: meeting.headSeq, head: hexOf(meeting.headHash) },
    meeting: {
      meetingId,
      community: home?.community ?? '',
      council: home?.council ?? home?.community ?? '',
      format: state.format,
      title: persons.mentioning(state.title?.text ?? ''),
      place: persons.mentioning(state.place?.text ?? ''),
      plannedAt: state.startsAt,
      adjournedAt: state.adjournedAt ?? 0,
      rules: state.rules?.name ?? '',
      ...(state.openedAt === null ? {} : { openedAt: state.openedAt }),
      ...(chair === null ? {} : { chair: persons.of(chair) }),
      ...(secretary === null ? {} : { secretary: persons.of(secretary) }),
    },
    persons: persons.persons,
    ...partsOf(state, persons, digestsOfBallots(ballots)),
    decisions: decisionsOf(state, copy.eventsFor('hosts', 0), persons),
    text: recordedText(text, persons),
    contributors: contributors.map((personId) => persons.of(personId)).sort((a, b) => a - b),
    signing,
    ...(earlier ? { supersedes: await supersededBy(tx, earlier, persons) } : {}),
  };
  const fault = recordFault(record);
  if (fault !== null) throw new Error(`The record of ${meetingId} does not fit at ${fault}`);
  const docHash = paperDigest('minutes', record);
  const recordId = newId();
  await tx.insert(minutesRecords).values({
    id: recordId,
    meetingId,
    paper,
    edition,
    docHash,
    documentId: source.documentId,
    record: utf8(canonical(record)),
    frozenBy: personAt(actor, meetingId) ?? systemPerson,
    frozenAt: at,
  });
  await tx.insert(minutesNames).values(
    persons.names.map(({ person, personId, name, salt, consents }) => ({
      ...{ recordId, person, personId, consents },
      // Somebody who was erased before has no name to keep.
      ...(name === '' ? {} : { name, salt }),
    })),
  );
  if (paper === 'minutes') await countersigned(tx, { recordId, docHash, state, persons });
  return { recordId, docHash };
}

/** The adjourned meeting under its row, of which this paper does not stand yet. */
export async function toFreeze(tx: Queryable, meetingId: string, paper: SignedPaper): Promise<ToFreeze> {
  const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update');
  if (!meeting) throw new Refused(refuseOffice('not-there'));
  const copy = await caughtUp(meetingId, tx);
  const { state } = copy;
  if (state.phase !== 'adjourned' || state.adjournedAt === null)
    throw new Refused(refuseOffice('minutes-not-adjourned'));
  if (await standingRecord(tx, meetingId, paper)) throw new Refused(refuseOffice('minutes-frozen'));
  return { meeting, copy };
}

/**
 * Freezes the minutes of an adjourned meeting. `site` is the origin of the pages, which passkeys are bound to. Refused, with nothing changed,
 * where a name or a telephone or identity number stands in plain in the prose, where a fact is missing or there twice, and where a text is frozen already.
 */
export async function freezeMinutes(
  meetingId: string,
  actor: Actor,
  site: string,
): Promise<{ readonly recordId: string; readonly docHash: string } | OfficeRefusal> {
  await tendMinutes(meetingId);
  const frozen = await orRefused(async (tx) => {
    const at = await toFreeze(tx, meetingId, 'minutes');
    const documentId = await minutesDocumentOf(tx, meetingId);
    if (documentId === null) throw new Refused(refuseOffice('minutes-no-text'));
    const { frozenSeq, headHash } = await freezeDocument(tx, documentId);
    const blocks = await minutesBlocks(tx, meetingId, 'zh-CN', documentId);
    if (!Array.isArray(blocks)) {
      const { missing, twice } = blocks as { missing: readonly number[]; twice: readonly number[] };
      throw new Refused(refuseOffice('minutes-anchors', { missing: missing.length, twice: twice.length }));
    }
    const writers = await tx
      .selectDistinct({ personId: documentUpdates.personId })
      .from(documentUpdates)
      .where(and(eq(documentUpdates.documentId, documentId), lte(documentUpdates.seq, frozenSeq)));
    const source = {
      ...{ documentId, frozenSeq, documentHead: hexOf(headHash) },
      text: blocks as readonly WrittenBlock[],
      contributors: writers.map(({ personId }) => personId).filter((id) => id !== systemPerson),
    };
    return { ...(await keepRecord(tx, at, 'minutes', source, actor, site)), documentId };
  });
  if (!('refused' in frozen)) documentAccessChanged(frozen.documentId);
  return frozen;
}

/** [T15] What the parties countersigned in the session signs for them, each in its own words; names in these are masked, for a bundle has none. */
async function countersigned(
  tx: Queryable,
  { recordId, docHash, state, persons }: { recordId: string; docHash: string; state: MeetingState; persons: Persons },
): Promise<void> {
  const page = consensusIn(state).minutes;
  const masked = (words: string): string =>
    plainText(persons.mentioning(words), (person) => persons.persons[person]?.mask ?? '');
  const rows = Object.entries(page?.signatures ?? {}).flatMap(
    ([partyId, { seatId, statement, way, text, at, seq }]) => {
      const personId = seatId === null ? undefined : state.seats[seatId]?.personId;
      if (page === null || personId === undefined || way === null) return [];
      const person = persons.of(personId);
      const manifest: Manifest = {
        format: 'yishi.manifest',
        version: 1,
        docHash,
        signer: person,
        key: partyKey(partyId),
        statement: statement === 'agreed' ? 'agree' : 'reserve',
        text: masked(text?.text ?? ''),
        nonce: randomBytes(24).toString('base64url'),
        at,
      };
      return [
        {
          recordId,
          person,
          signature: { kind: 'session', manifest, seq, page: page.digest, way },
          signedAt: at,
        } as const,
      ];
    },
  );
  if (rows.length > 0) await tx.insert(minutesSignatures).values(rows);
}

/** [T3] Prose holds mentions, not typed names, and no number that names somebody: the first that is typed, and in which line. */
function refusePersonal(text: readonly WrittenBlock[], persons: Persons): void {
  let line = 0;
  for (const inlines of proseOf(text)) {
    line += 1;
    const written = inlines.map((part) => ('text' in part ? part.text : '…')).join('');
    const words = Array.from(written).slice(0, 24).join('');
    const [name] = persons.plainIn(inlines);
    if (name !== undefined) throw new Refused(refuseOffice('minutes-plain-name', { name, line, words }));
    const found = personalNumbersIn(written).find(namesSomebody);
    if (found)
      throw new Refused(refuseOffice('minutes-plain-number', { what: found.kind, number: found.typed, line, words }));
  }
}

/** Voids the standing record with a reason, under the meeting's row. */
export async function voidRecord(tx: Queryable, meetingId: string, paper: SignedPaper, reason: string) {
  await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('update');
  const record = await standingRecord(tx, meetingId, paper);
  if (!record) throw new Refused(refuseOffice('minutes-not-frozen'));
  const words = reason.trim();
  if (words === '') throw new Refused(refuseOffice('signing-text-missing'));
  if (words.length > 500) throw new Refused(refuseOffice('text-too-long', { most: 500 }));
  await tx
    .update(minutesRecords)
    .set({ voidedAt: Date.now(), voidReason: words })
    .where(eq(minutesRecords.id, record.id));
  return record;
}

/** Opens a new edition: what was signed is void from now on and stays readable; the text goes on from where it was frozen. */
export async function reopenMinutes(
  meetingId: string,
  reason: string,
  actor: Actor,
): Promise<{ readonly documentId: string } | OfficeRefusal> {
  const opened = await orRefused(async (tx) => {
    const record = await voidRecord(tx, meetingId, 'minutes', reason);
    const now = Date.now();
    const old = await readDocument(tx, record.documentId);
    const documentId = await foundDocument(tx, {
      kind: 'minutes',
      meetingId,
      at: now,
      personId: personAt(actor, meetingId) ?? systemPerson,
      seed: (doc) => {
        if (old) writeMinutes(doc, readMinutes(old));
      },
    });
    old?.destroy();
    return { documentId, before: record.documentId };
  });
  if ('refused' in opened) return opened;
  documentAccessChanged(opened.before);
  return { documentId: opened.documentId };
}
