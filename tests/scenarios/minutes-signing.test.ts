// Minutes of a real meeting frozen, signed in every way, completed and carried away: what the office makes, the verifier takes.
import type { SigningTerms } from '#lib/domain/meeting/rules.ts';
import { createHash, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Actor } from '#lib/domain/actor.ts';
import { isConsistent, leafHash, rootOf } from '#lib/domain/minutes/merkle.ts';
import { bytesOfHex } from '#lib/domain/sha256.ts';
import { verify, type Verdict } from '#lib/domain/minutes/verify.ts';
import { newId } from '#lib/protocol/ids.ts';
import { textOf } from '#lib/protocol/minutes-document.ts';
import { isOfficeRefusal, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { verifyFile } from '#lib/protocol/verify-file.ts';
import { db } from '#lib/server/db/client.ts';
import {
  councilLogLeaves,
  documentUpdates,
  minutesNames,
  minutesRecords,
  minutesSignatures,
  paperSignatures,
  passkeys,
  signingAsks,
} from '#lib/server/db/schema/index.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { archivePapers, completeMinutes, peopleOf, publishedBundle } from '#lib/server/minutes/complete.ts';
import { appendToLog, consistencyProof, councilLogOf } from '#lib/server/minutes/council-log.ts';
import { ensureMinutes, minutesDocumentOf } from '#lib/server/minutes/document.ts';
import { freezeMinutes, recordIn, reopenMinutes, standingRecord } from '#lib/server/minutes/freeze.ts';
import { enterPaperSignature, papersWaiting, settlePaperSignature } from '#lib/server/minutes/paper.ts';
import { answerAsk, askToSign, enrolDeviceKey, signingView, waitingForSignature } from '#lib/server/minutes/sign.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { erasePerson } from '#lib/server/people/erasure.ts';
import { closeDocuments, openDoor, realClient, until } from '#tests/support/documents.ts';
import { aSession, asPerson, must, type SessionMade } from '#tests/support/session.ts';
import { anAccount } from '#tests/support/world.ts';

const site = 'https://yishi.test';
afterEach(closeDocuments);

const failing = ({ checks }: Verdict): string[] =>
  checks.filter(({ fault }) => fault !== null).map(({ what, fault, at }) => [what, fault, ...at].join(' '));
const refusalOf = (answer: unknown): string | null =>
  typeof answer === 'object' && answer !== null && isOfficeRefusal(answer) ? answer.reason : null;
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const png = Buffer.from('89504e470d0a1a0a00', 'hex');

async function adjourned(members = 6, signing?: SigningTerms): Promise<SessionMade & { documentId: string }> {
  const session = await aSession({ members, rules: signing ? { signing } : {} });
  await must(session.meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, session.chair);
  return { ...session, documentId: (await ensureMinutes(session.meetingId)) ?? '' };
}

/** Types a paragraph as somebody. */
async function typing(documentId: string, personId: string, words: string): Promise<void> {
  const door = await openDoor();
  const client = realClient(door.origin, documentId, personId);
  await until(() => client.provider.synced);
  const [paragraph, text] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
  client.doc.transact(() => {
    text.insert(0, words);
    paragraph.insert(0, [text]);
    textOf(client.doc).insert(textOf(client.doc).length, [paragraph]);
  });
  await until(() => (client.ack?.count ?? 0) > 0);
  await closeDocuments();
}

/** A passkey this person has, signing as a phone would. */
async function aPasskey(personId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const { accountId } = await anAccount(personId);
  const id = b64(createHash('sha256').update(newId()).digest());
  // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x ?? '', 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y ?? '', 'base64url'),
  ]);
  await db.insert(passkeys).values({ id, accountId, publicKey: new Uint8Array(cose), label: 'x', createdAt: 1 });
  return {
    keyId: id,
    answers(challenge: string, origin = site) {
      const client = JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false });
      const digest = (text: string) => createHash('sha256').update(text).digest();
      const authenticatorData = Buffer.concat([digest(new URL(origin).hostname), Buffer.of(0x05, 0, 0, 0, 0)]);
      const signature = signBytes('sha256', Buffer.concat([authenticatorData, digest(client)]), privateKey);
      return {
        keyId: id,
        signature: b64(signature),
        authenticatorData: b64(authenticatorData),
        clientData: b64(Buffer.from(client)),
      };
    },
  };
}

type Wish = { statement?: string; text?: string; image?: Uint8Array | null };
const wished = ({ statement = 'agree', text = '', image = null }: Wish) => ({ statement, text, image });

async function signsByPasskey(meetingId: string, personId: string, wish: Wish = {}) {
  const key = await aPasskey(personId);
  const asked = await askToSign(meetingId, asPerson(personId), site, wished(wish));
  if (isOfficeRefusal(asked)) return asked;
  return answerAsk(meetingId, asPerson(personId), { nonce: asked.nonce, ...key.answers(asked.challenge) });
}

async function signsByDevice(meetingId: string, actor: Actor, wish: Wish = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
  const enrolled = await enrolDeviceKey(meetingId, actor, b64(point), 'test');
  const asked = await askToSign(meetingId, actor, site, wished(wish));
  if (isOfficeRefusal(asked) || isOfficeRefusal(enrolled)) return asked;
  const challenge = Buffer.from(asked.challenge, 'base64url');
  const signature = b64(signBytes('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  return answerAsk(meetingId, actor, { nonce: asked.nonce, keyId: enrolled.keyId, signature });
}

const scan = Uint8Array.from(Buffer.from('ffd8ffe000104a464946', 'hex'));

/** Signed by everybody: by passkey, by device key, one with reservation, one on paper. */
async function completed(members = 6) {
  const session = await adjourned(members);
  const { meetingId, council } = session;
  expect(refusalOf(await freezeMinutes(meetingId, session.secretary, site))).toBeNull();
  const [chair, secretary, first, second, ...rest] = council.members.map(({ personId }) => personId);
  expect(await signsByPasskey(meetingId, chair ?? '', { image: png })).toEqual({ complete: false });
  expect(await signsByPasskey(meetingId, secretary ?? '')).toEqual({ complete: false });
  expect(await signsByDevice(meetingId, asPerson(first ?? ''), { statement: 'reserve', text: '预算要再核' })).toEqual({
    complete: false,
  });
  const view = await signingView(meetingId);
  const person = view?.conditions
    .flatMap(({ signers }) => signers)
    .find(({ name }) => name === council.members[3]?.name);
  const paper = { person: person?.person ?? -1, statement: 'agree', text: '', scan };
  expect(refusalOf(await enterPaperSignature(meetingId, session.secretary, paper))).toBeNull();
  const [waiting] = await papersWaiting(view?.recordId ?? '');
  const settled = (actor: Actor) => settlePaperSignature(meetingId, actor, waiting?.paperId ?? '', true);
  expect(refusalOf(await settled(session.secretary))).toBe('paper-second-person');
  expect(await settled(session.chair)).toEqual({ complete: rest.length === 0 });
  expect(refusalOf(await settled(session.chair))).toBe(rest.length === 0 ? 'minutes-not-frozen' : 'paper-settled');
  return { ...session, second: second ?? '', rest };
}

const texts = async (meetingId: string, copy: 'archive' | 'public' = 'archive') => {
  const papers = (await archivePapers(meetingId, copy)) ?? [];
  const of = (name: string) => Buffer.from(papers.find((paper) => paper.name === name)?.bytes ?? []).toString();
  return {
    ...{ bundle: of('bundle.json'), record: of('record.json'), people: of('people.json'), ballots: of('ballots.json') },
    ...{ log: of('log.json'), councilLog: of('council-log.json') },
  };
};

describe('freezing', () => {
  test('[T1] makes a record of what happened, with the log’s head, and refuses before the end and twice', async () => {
    const early = await aSession({ members: 5 });
    expect(refusalOf(await freezeMinutes(early.meetingId, early.chair, site))).toBe('minutes-not-adjourned');
    const session = await adjourned();
    const frozen = await freezeMinutes(session.meetingId, session.secretary, site);
    if (isOfficeRefusal(frozen)) throw new Error(frozen.reason);
    const row = await standingRecord(db, session.meetingId);
    const record = row && recordIn(row);
    expect(record).toMatchObject({ edition: 1, site, documentId: session.documentId, meeting: { format: 'council' } });
    expect(record?.attendance).toMatchObject({ expected: 6, came: 6 });
    expect(record?.persons[record.meeting.chair ?? -1]?.role).toBe('chair');
    expect(record?.persons[record.meeting.secretary ?? -1]?.role).toBe('secretary');
    expect(record?.log.seq).toBe((await checkChain(session.meetingId)).events);
    for (const { name } of session.council.members) expect(JSON.stringify(record)).not.toContain(name);
    expect(refusalOf(await freezeMinutes(session.meetingId, session.secretary, site))).toBe('minutes-frozen');
  });

  test.each(['named', 'hidden'] as const)(
    '[T11] holds the digest of the ballots of a %s vote, and the archive has them',
    async (secrecy) => {
      const session = await aSession({ members: 6, rules: { signing: { kind: 'council', least: 0 } } });
      const { meetingId, chair, secretary, council } = session;
      await must(meetingId, { type: 'openPoll', subject: { kind: 'motion' }, secrecy, plannedMs: null }, chair);
      const { state } = await freshCopy(meetingId);
      const pollId = state.polls.openId ?? '';
      for (const [at, { seatId, personId }] of council.members.entries()) {
        const choice = at === 0 ? 'against' : 'for';
        const cast = { meetingId, pollId, seatId, castId: newId(), choice };
        expect(await castBallot(cast, asPerson(personId))).toMatchObject({ ok: true });
      }
      await must(meetingId, { type: 'closePoll', pollId }, chair);
      await must(meetingId, { type: 'announceResult', pollId }, chair);
      const { personId: owner, name = '' } = council.members[2] ?? {};
      const owing = { type: 'setFollowUp', itemId: null, dueOn: '2099-05-01' };
      const byPerson = { ownerPersonId: owner, ownerName: '', text: `请${name}十日内答复` };
      await must(meetingId, { ...owing, ...byPerson }, secretary);
      const byCompany = { ...owing, ownerPersonId: null, ownerName: '物业公司', text: '更换灯具' };
      const withNumber = { ...byCompany, text: '更换灯具，电话13812345678' };
      const ask = { commandId: newId(), command: withNumber };
      expect(await act(meetingId, ask, secretary)).toMatchObject({ ok: false, refusal: { rule: 'C5' } });
      await must(meetingId, byCompany, secretary);
      await must(meetingId, { type: 'adjournMeeting', leaveUnfinished: true }, chair);
      expect(refusalOf(await freezeMinutes(meetingId, secretary, site))).toBeNull();
      const standing = await standingRecord(db, meetingId);
      const { decisions = [] } = (standing && recordIn(standing)) ?? {};
      const [{ person: third = -1 } = {}] = await db
        .select({ person: minutesNames.person })
        .from(minutesNames)
        .where(and(eq(minutesNames.recordId, standing?.id ?? ''), eq(minutesNames.personId, owner ?? '')));
      expect(decisions).toMatchObject([
        { text: [{ text: '同意第一项' }], owners: [], amountFen: 100 },
        { text: [{ text: '请' }, { mention: third }, { text: '十日内答复' }], owners: [third], dueOn: '2099-05-01' },
        { text: [{ text: '更换灯具' }], owners: [], ownerWords: [{ text: '物业公司' }], dueOn: '2099-05-01' },
      ]);
      expect(decisions.map(({ seq }) => seq)).toEqual(decisions.map(({ seq }) => seq).sort((a, b) => a - b));
      for (const { personId } of council.members.slice(0, 2)) await signsByPasskey(meetingId, personId);
      expect(await completeMinutes(meetingId)).toBeNull();
      const papers = await texts(meetingId);
      expect(failing(verify(papers))).toEqual([]);
      const { polls } = JSON.parse(papers.ballots) as { polls: { named: unknown[]; hidden: string[] }[] };
      expect(polls).toHaveLength(1);
      expect(polls[0]?.named).toHaveLength(secrecy === 'named' ? 6 : 0);
      expect(polls[0]?.hidden).toHaveLength(secrecy === 'named' ? 0 : 6);
      const changed = { ...papers, ballots: papers.ballots.replace('against', 'for') };
      expect(failing(verify(changed))).toEqual([`ballots ballots-changed ${pollId}`]);
    },
  );

  test('[T3] refuses a name typed in plain and says where; nothing is frozen by it', async () => {
    const session = await adjourned();
    const [chair, , third] = session.council.members;
    await typing(session.documentId, chair?.personId ?? '', `会上${third?.name ?? ''}说要先修路`);
    const refused = await freezeMinutes(session.meetingId, session.secretary, site);
    expect(refused).toMatchObject({ reason: 'minutes-plain-name', params: { name: third?.name } });
    expect((refused as OfficeRefusal).params['words']).toContain('会上');
    const numbers = await adjourned();
    await typing(numbers.documentId, numbers.council.members[0]?.personId ?? '', '有事找物业 138 1234 5678');
    expect(await freezeMinutes(numbers.meetingId, numbers.secretary, site)).toMatchObject({
      reason: 'minutes-plain-number',
      params: { what: 'phone', number: '138 1234 5678', words: '有事找物业 138 1234 5678' },
    });
    expect(await standingRecord(db, numbers.meetingId)).toBeNull();
    await typing(session.documentId, chair?.personId ?? '', '还可以继续写');
    expect(await standingRecord(db, session.meetingId)).toBeNull();
  });

  test('[T5] while twenty people type loses nothing acknowledged and admits nothing after', async () => {
    const session = await adjourned(20);
    const door = await openDoor();
    const writers = session.council.members.map(({ personId }) =>
      realClient(door.origin, session.documentId, personId),
    );
    await until(() => writers.every(({ provider }) => provider.synced));
    let typing = true;
    const hands = writers.map(async ({ doc }, hand) => {
      for (let word = 0; typing && word < 400; word++) {
        doc.transact(() => {
          const [paragraph, text] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
          text.insert(0, `第${hand}手${word}`);
          paragraph.insert(0, [text]);
          textOf(doc).insert(textOf(doc).length, [paragraph]);
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    await until(() => writers.every(({ ack }) => (ack?.seq ?? 0) > 20));
    const frozen = await freezeMinutes(session.meetingId, session.secretary, site);
    const acknowledged = Math.max(...writers.map(({ ack }) => ack?.seq ?? 0));
    door.changed(session.documentId);
    await until(() => writers.every(({ standing }) => standing?.frozen === true));
    typing = false;
    await Promise.all(hands);
    expect(refusalOf(frozen)).toBeNull();
    const row = await standingRecord(db, session.meetingId);
    const record = row && recordIn(row);
    const stored = await db
      .select({ seq: documentUpdates.seq })
      .from(documentUpdates)
      .where(eq(documentUpdates.documentId, session.documentId));
    expect(Math.max(...stored.map(({ seq }) => seq))).toBe(record?.frozenSeq);
    expect(acknowledged).toBeLessThanOrEqual(record?.frozenSeq ?? 0);
    expect(Math.max(...writers.map(({ ack }) => ack?.seq ?? 0))).toBeLessThanOrEqual(record?.frozenSeq ?? 0);
    expect(record?.contributors.length).toBeGreaterThan(1);
  });
});

describe('signing', () => {
  test('[T5] [T6] [T8] [T9] in every way makes a bundle that verifies, with all its archive', async () => {
    const { meetingId, rest } = await completed();
    for (const personId of rest.slice(0, -1))
      expect(await signsByPasskey(meetingId, personId)).toEqual({ complete: false });
    expect(await signsByPasskey(meetingId, rest[rest.length - 1] ?? '')).toEqual({ complete: true });
    const papers = await texts(meetingId);
    expect(failing(verify(papers))).toEqual([]);
    expect(verify(papers).checks.filter(({ what }) => what === 'signature')).toHaveLength(6);
    const open = await texts(meetingId, 'public');
    expect(open.people).not.toContain('委员');
    expect(failing(verify(open))).toEqual([]);
    expect(verify(open).docHash).toBe(verify(papers).docHash);
    expect(verifyFile(Buffer.from(papers.bundle)).ok).toBe(true);
    expect(refusalOf(await completeMinutes(meetingId))).toBe('minutes-complete');
  });

  test('[T9] may be closed when the rule is met although some are silent, and not before', async () => {
    const session = await adjourned(6, { kind: 'council', least: 1 });
    const { meetingId } = session;
    await freezeMinutes(meetingId, session.secretary, site);
    const [chair, secretary, third] = session.council.members.map(({ personId }) => personId);
    expect(await waitingForSignature(third ?? '')).toEqual([
      { meetingId, paper: 'minutes', title: '测试会议', days: 0 },
    ]);
    await db.update(minutesRecords).set({ frozenAt: Date.now() - 3 * 86_400_000 });
    expect(await waitingForSignature(third ?? '')).toMatchObject([{ days: 3 }]);
    await signsByPasskey(meetingId, chair ?? '');
    await signsByPasskey(meetingId, third ?? '');
    expect(await waitingForSignature(third ?? '')).toEqual([]);
    expect(refusalOf(await completeMinutes(meetingId))).toBe('minutes-incomplete');
    expect(await signsByPasskey(meetingId, secretary ?? '', { statement: 'refuse', text: '没有照实写' })).toEqual({
      complete: false,
    });
    expect(refusalOf(await completeMinutes(meetingId))).toBe('minutes-incomplete');
  });

  test('[T7] takes an ask once, from its own person, before it expires, and a signer once', async () => {
    const session = await adjourned();
    const { meetingId } = session;
    await freezeMinutes(meetingId, session.secretary, site);
    const [chair, secretary] = session.council.members.map(({ personId }) => personId) as [string, string];
    const key = await aPasskey(chair);
    const ask = async () => {
      const asked = await askToSign(meetingId, asPerson(chair), site, wished({}));
      if (isOfficeRefusal(asked)) throw new Error(asked.reason);
      return asked;
    };
    for (const [text, what] of [
      ['证件330102199003074518', 'identity'],
      [`不同意${session.council.members[2]?.name ?? ''}的说法`, 'name'],
    ] as const)
      expect(await askToSign(meetingId, asPerson(chair), site, wished({ statement: 'reserve', text }))).toMatchObject({
        reason: 'signing-personal',
        params: { what },
      });
    const stale = await ask();
    await db.update(signingAsks).set({ expiresAt: 1 }).where(eq(signingAsks.nonce, stale.nonce));
    const answer = (asked: Awaited<ReturnType<typeof ask>>, by = chair, origin = site) =>
      answerAsk(meetingId, asPerson(by), { nonce: asked.nonce, ...key.answers(asked.challenge, origin) });
    expect(refusalOf(await answer(stale))).toBe('signing-stale');
    expect(refusalOf(await answer(await ask(), secretary))).toBe('signing-stale');
    expect(refusalOf(await answer(await ask(), chair, 'https://evil.test'))).toBe('signing-broken');
    const other = await ask();
    const mixed = { nonce: (await ask()).nonce, ...key.answers(other.challenge) };
    expect(refusalOf(await answerAsk(meetingId, asPerson(chair), mixed))).toBe('signing-broken');
    const [good, late] = [await ask(), await ask()];
    expect(await answer(good)).toEqual({ complete: false });
    expect(refusalOf(await answer(good))).toBe('signing-stale');
    expect(refusalOf(await answer(late))).toBe('signing-done');
    expect(refusalOf(await askToSign(meetingId, asPerson(chair), site, wished({})))).toBe('signing-done');
  });

  test('[T5] needs words for a reservation, the record’s own site, and somebody who was there', async () => {
    const session = await adjourned();
    const { meetingId } = session;
    const [chair] = session.council.members.map(({ personId }) => asPerson(personId)) as [Actor];
    const asking = (actor: Actor, origin: string, wish: Wish) => askToSign(meetingId, actor, origin, wished(wish));
    expect(refusalOf(await asking(chair, site, {}))).toBe('minutes-not-frozen');
    await freezeMinutes(meetingId, session.secretary, site);
    expect(refusalOf(await asking(chair, site, { statement: 'reserve', text: ' ' }))).toBe('signing-text-missing');
    expect(refusalOf(await asking(chair, 'http://192.168.1.9:3000', {}))).toBe('signing-elsewhere');
    expect(refusalOf(await asking(chair, site, { image: scan }))).toBe('signing-image-unfit');
    expect(refusalOf(await asking(asPerson(newId()), site, {}))).toBe('signing-not-yours');
    const paper = { person: 0, statement: 'agree', text: '', scan: Uint8Array.of(1, 2, 3) };
    expect(refusalOf(await enterPaperSignature(meetingId, chair, paper))).toBe('paper-scan-unfit');
  });

  test('[T9] on a new edition counts anew: the old signatures are void and named', async () => {
    const { meetingId, secretary, council, documentId } = await completed();
    const before = await standingRecord(db, meetingId);
    expect(refusalOf(await reopenMinutes(meetingId, ' ', secretary))).toBe('signing-text-missing');
    expect(refusalOf(await reopenMinutes(meetingId, '漏记一项', secretary))).toBeNull();
    expect(await minutesDocumentOf(db, meetingId)).not.toBe(documentId);
    expect(await standingRecord(db, meetingId)).toBeNull();
    expect(refusalOf(await freezeMinutes(meetingId, secretary, site))).toBeNull();
    const row = await standingRecord(db, meetingId);
    const record = row && recordIn(row);
    expect(record).toMatchObject({
      edition: 2,
      supersedes: { docHash: before?.docHash, reason: [{ text: '漏记一项' }] },
    });
    expect(record?.supersedes?.voided.map(({ statement }) => statement).sort()).toEqual([
      'agree',
      'agree',
      'agree',
      'reserve',
    ]);
    expect(record?.text).toEqual(before && recordIn(before).text);
    const view = await signingView(meetingId);
    expect(view?.conditions.flatMap(({ signers }) => signers).every(({ statement }) => statement === null)).toBe(true);
    expect(view?.conditions.flatMap(({ signers }) => signers)).toHaveLength(council.members.length);
  });
});

describe('afterwards', () => {
  test('[T3] a person who is erased is in no copy any more, and docHash stands', async () => {
    const { meetingId, second, council, rest } = await completed();
    for (const personId of rest) await signsByPasskey(meetingId, personId);
    const images = async () => {
      const [record] = await db.select().from(minutesRecords).where(eq(minutesRecords.meetingId, meetingId));
      const of = record?.id ?? '';
      const papers = await db.select().from(paperSignatures).where(eq(paperSignatures.recordId, of));
      const drawn = await db.select().from(minutesSignatures).where(eq(minutesSignatures.recordId, of));
      return [papers.filter(({ scan }) => scan.length > 0).length, drawn.filter(({ image }) => image).length];
    };
    expect(await images()).toEqual([1, 1]);
    const published = await publishedBundle(meetingId);
    const name = council.members[3]?.name ?? '';
    expect((await texts(meetingId)).people).toContain(name);
    expect(await erasePerson(council.communityId, second)).toBeNull();
    // The scan went with its signer, a drawn signature with whoever drew it.
    expect(await images()).toEqual([0, 1]);
    expect(await erasePerson(council.communityId, council.members[0]?.personId ?? '')).toBeNull();
    expect(await images()).toEqual([0, 0]);
    const papers = await texts(meetingId);
    expect(JSON.stringify(papers)).not.toContain(`"${name}"`);
    expect(failing(verify(papers))).toEqual([]);
    expect(verify(papers).docHash).toBe(published?.docHash);
    const rows = await db.select().from(minutesNames).where(eq(minutesNames.personId, second));
    expect(rows).toMatchObject([{ name: null, salt: null }]);
    expect((await peopleOf(published?.recordId ?? '', 'archive')).names).toHaveLength(4);
  });

  test('[T12] fifty writers at once do not fork a council’s log; every two checkpoints are consistent', async () => {
    const origin = `yishi/${newId()}`;
    const digests = Array.from({ length: 50 }, () => createHash('sha256').update(newId()).digest('hex'));
    const proofs = await Promise.all(
      digests.map((digest) => db.transaction((tx) => appendToLog(tx, origin, digest, Date.now()))),
    );
    const log = await councilLogOf(origin);
    expect([...(log?.bundles ?? [])].sort()).toEqual([...digests].sort());
    expect(new Set(proofs.map(({ index }) => index)).size).toBe(50);
    const councilLog = JSON.stringify(log);
    for (const { checkpoint } of proofs)
      expect(failing(verify({ bundle: null, councilLog: canonicalText(councilLog), kept: checkpoint }))).toEqual([]);
    const leaves = (log?.bundles ?? []).map((digest) => leafHash(bytesOfHex(digest)));
    const tree = (size: number) => ({ size, root: rootOf(leaves.slice(0, size)) });
    for (const [older, newer] of [
      [1, 50],
      [7, 8],
      [8, 33],
      [31, 32],
      [50, 50],
    ] as const) {
      const path = (await consistencyProof(origin, older, newer))?.map(bytesOfHex) ?? [];
      expect(isConsistent(tree(older), tree(newer), path)).toBe(true);
      expect(isConsistent({ ...tree(older), root: tree(newer === older ? 1 : newer).root }, tree(newer), path)).toBe(
        false,
      );
    }
    expect(await consistencyProof(origin, 3, 51)).toBeNull();
    const change = db
      .update(councilLogLeaves)
      .set({ digest: 'f'.repeat(64) })
      .where(eq(councilLogLeaves.origin, origin));
    await expect(change).rejects.toThrow();
    await expect(db.delete(councilLogLeaves).where(eq(councilLogLeaves.origin, origin))).rejects.toThrow();
  });
});

const canonicalText = (json: string): string => {
  const { format, version, key, checkpoint, bundles } = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify({ bundles, checkpoint, format, key, version });
};
