// The verifier against completed minutes: whole ones pass in every check, and every single change is found and named.
import { describe, expect, it } from 'vitest';
import { digestLines, headOfLog, type LogFile } from '#lib/domain/minutes/archive.ts';
import { bundleDigest, partDigests, type Bundle, type BundleFile } from '#lib/domain/minutes/bundle.ts';
import { canonical } from '#lib/domain/minutes/canonical.ts';
import { verify, type Verdict } from '#lib/domain/minutes/verify.ts';
import { exampleNames, exampleRecord } from './support/minutes-record.ts';
import {
  aBundle,
  aCheckpoint,
  aManifest,
  aNoteKey,
  aSigner,
  examplePeople,
  filed,
  logOf,
  site,
  thePapers,
} from './support/signed-minutes.ts';

const failing = ({ checks }: Verdict): string[] =>
  checks.filter(({ fault }) => fault !== null).map(({ what, fault, at }) => [what, fault, ...at].join(' '));

const verifyBundle = (bundle: Bundle): Verdict => verify({ bundle: canonical(filed(bundle).file) });

describe('whole papers', () => {
  it('[T5] [T6] [T9] pass every check, with and without what lies beside the bundle', () => {
    const { texts, bundle } = thePapers();
    const alone = verify({ bundle: texts.bundle });
    expect(failing(alone)).toEqual([]);
    expect(alone.ok).toBe(true);
    expect(alone.fingerprint).toMatch(/^([0-9a-f]{8} ?){8}$/);
    const all = verify(texts);
    expect(failing(all)).toEqual([]);
    expect(all.checks.map(({ what }) => what)).toEqual([
      ...[
        'readable',
        'record',
        ...bundle.signatures.map(() => 'signature'),
        'signers',
        'rule',
        'checkpoint',
        'included',
      ],
      ...['record-file', 'people', 'ballots', 'meeting-log', 'council-log', 'key'],
    ]);
  });

  it('[T3] pass without the names of whoever was erased, with one docHash, and hold no name but in people.json', () => {
    const { texts, bundle } = thePapers();
    const { names, ...rest } = examplePeople(bundle.record);
    const fewer = verify({ ...texts, people: canonical({ ...rest, names: names.slice(2) }) });
    expect(failing(fewer)).toEqual([]);
    expect(fewer.docHash).toBe(verify(texts).docHash);
    for (const name of exampleNames) expect(JSON.stringify({ ...texts, people: '' })).not.toContain(name);
  });

  it('is not satisfied by nothing', () => expect(verify({ bundle: null }).ok).toBe(false));
});

describe('[T15] what parties countersigned in the session', () => {
  const page = 'e'.repeat(64);
  const entry = (partyId: string, more: object = {}) => ({
    body: JSON.stringify({
      type: 'MinutesCountersigned',
      payload: { partyId, digest: page, way: 'phone', statement: 'agreed', ...more },
    }),
  });
  const takenBack = { body: JSON.stringify({ type: 'MinutesTakenBack', payload: {} }) };

  /** One party's countersignature is entry 1, the other's entry 2; what the verifier says with that log beside the bundle. */
  const saying = (events: { body: string }[], least = 1): string[] => {
    const log: LogFile = { format: 'yishi.log', version: 1, meetingId: exampleRecord().meeting.meetingId, events };
    const eligible = [
      [0, 2],
      [1, 3, 4],
    ] as const;
    const { record } = aBundle({
      log: { seq: events.length, head: headOfLog(log) },
      signing: {
        kind: 'joint',
        requirements: eligible.map((those, index) => ({
          ...{ key: `party:p${index}`, label: `第${index}方`, eligible: [...those] },
          least: index === 0 ? 1 : least,
        })),
      },
    }).bundle;
    const signatures = [0, 1].slice(0, 1 + least).map((signer) => ({
      kind: 'session' as const,
      manifest: { ...aManifest(record, signer), key: `party:p${signer}` },
      seq: signer + 1,
      page,
      way: 'phone' as const,
    }));
    const bundle: Bundle = { ...aBundle().bundle, record, parts: partDigests(record), enrolments: [], signatures };
    return failing(verify({ bundle: canonical(filed(bundle).file), log: canonical(log) }));
  };

  it('is complete without any further signature, and with a party that was recorded as unsigned', () => {
    expect(saying([entry('p0'), entry('p1')])).toEqual([]);
    expect(saying([entry('p0')], 0)).toEqual([]);
  });

  it.each<[string, { body: string }[], string]>([
    ['of another party', [entry('p0'), entry('p0')], 'party:p1'],
    ['of another page', [entry('p0', { digest: 'f'.repeat(64) }), entry('p1')], 'party:p0'],
    ['with a reserve', [entry('p0'), entry('p1', { statement: 'reserved' })], 'party:p1'],
    ['on paper', [entry('p0', { way: 'paper' }), entry('p1')], 'party:p0'],
    ['of a page that was taken back', [entry('p0'), takenBack], 'party:p0 party:p1'],
  ])('is not believed where the log holds one %s', (_, events, at) =>
    expect(saying(events)).toEqual([`meeting-log not-countersigned ${at}`]),
  );
});

describe('what was changed is said', () => {
  const changing = (change: (file: BundleFile) => unknown): string[] => {
    const { texts } = thePapers();
    const file = JSON.parse(texts.bundle) as BundleFile;
    change(file);
    return failing(verify({ bundle: canonical(file) }));
  };
  const set = (value: object, key: string, to: unknown) => Object.assign(value, { [key]: to });

  it.each<[string, string, (bundle: Bundle) => unknown]>([
    ['the text', 'text.1', ({ record }) => set(record.text[1] ?? {}, 'inlines', [{ text: 'x' }])],
    ['the votes', 'results.0', ({ record }) => set(record.results[0]?.figures ?? {}, 'base', 5)],
    ['the attendance', 'attendance', ({ record }) => set(record.attendance, 'came', 4)],
    ['who must sign', 'signing', ({ record }) => set(record.signing.requirements[2] ?? {}, 'least', 1)],
    ['a person', 'persons.3', ({ record }) => set(record.persons[3] ?? {}, 'mask', '王**')],
  ])('[T5] in the record: %s', (_, part, change) => {
    const said = changing(({ bundle }) => change(bundle));
    expect(said).toContain(`record parts-changed ${part}`);
    expect(said).toContain('signature other-text-signed');
    expect(said).toContain('included not-in-log');
  });

  it('[T7] a dropped, a swapped and a reused signature', () => {
    expect(changing(({ bundle }) => set(bundle, 'signatures', bundle.signatures.slice(1)))).toEqual([
      'rule rule-not-met chair',
      'included not-in-log',
    ]);
    const { bundle, signers } = aBundle();
    const [chair, secretary, ...rest] = bundle.signatures;
    if (chair?.kind !== 'passkey' || secretary?.kind !== 'device') throw new Error('the example has changed');
    const swapped = [{ ...chair, enrolmentId: signers[2]?.enrolment.enrolmentId ?? '' }, secretary, ...rest];
    expect(failing(verifyBundle({ ...bundle, signatures: swapped }))).toContain('signature key-of-another');
    // The chair's assertion under the name of a member.
    const stolen = { ...chair, manifest: { ...chair.manifest, signer: 2, key: 'members' } };
    expect(failing(verifyBundle({ ...bundle, signatures: [stolen, secretary] }))).toContain('signature key-of-another');
    expect(failing(verifyBundle({ ...bundle, signatures: [...bundle.signatures, chair] }))).toContain(
      'signers signed-twice',
    );
  });

  it('[T7] a nonce that serves two signatures', () => {
    const { bundle, signers } = aBundle();
    const [first, ...rest] = bundle.signatures;
    const again = signers[2]?.signs({ ...aManifest(bundle.record, 2), nonce: first?.manifest.nonce ?? '' });
    const signatures = [first, ...rest.filter(({ manifest }) => manifest.signer !== 2), again].filter(
      (each) => each !== undefined,
    );
    expect(failing(verifyBundle({ ...bundle, signatures }))).toEqual(['signers nonce-twice']);
  });

  it.each<[string, string, Parameters<ReturnType<typeof aSigner>['signs']>[1]]>([
    ['for another site', 'wrong-site', { origin: 'https://evil.test' }],
    ['for another port of the same host', 'wrong-site', { origin: `${site}:8443` }],
    ['without asking who it is', 'not-verified-user', { flags: 0x01 }],
    ['at a registration', 'signature-broken', { type: 'webauthn.create' }],
  ])('[T6] a passkey that answered %s', (_, fault, options) => {
    const { bundle, signers } = aBundle();
    const signatures = [signers[0]?.signs(aManifest(bundle.record, 0), options), ...bundle.signatures.slice(1)];
    const verdict = verifyBundle({ ...bundle, signatures: signatures.filter((each) => each !== undefined) });
    expect(failing(verdict)).toEqual([`signature ${fault}`, 'rule rule-not-met chair']);
  });

  it('[T6] a stranger who signs with a key nobody enrolled, or under a condition that is not theirs', () => {
    const { bundle } = aBundle();
    const [, ...rest] = bundle.signatures;
    const stranger = aSigner(0).signs(aManifest(bundle.record, 0));
    expect(failing(verifyBundle({ ...bundle, signatures: [stranger, ...rest] }))).toContain('signature unknown-key');
    const elsewhere = { ...stranger, manifest: { ...stranger.manifest, key: 'members' } };
    expect(failing(verifyBundle({ ...bundle, signatures: [elsewhere, ...rest] }))).toContain('signature not-a-signer');
  });

  it('[T8] a paper signature that one person entered and confirmed', () => {
    const { bundle } = aBundle();
    const signatures = bundle.signatures.map((each) =>
      each.kind === 'paper' ? { ...each, confirmedBy: each.enteredBy } : each,
    );
    expect(failing(verifyBundle({ ...bundle, signatures }))).toEqual(['signature not-a-signer']);
  });

  it('[T3] a name, [T11] a ballot, an event of the log', () => {
    const { texts } = thePapers();
    expect(failing(verify({ ...texts, people: texts.people.replace(exampleNames[2], '王小满') }))).toEqual([
      'people name-changed 2',
    ]);
    expect(failing(verify({ ...texts, ballots: texts.ballots.replace('against', 'for') }))).toEqual([
      'ballots ballots-changed poll-1',
    ]);
    expect(failing(verify({ ...texts, log: texts.log.replace('3}', '4}') }))).toEqual(['meeting-log log-changed']);
    const other = aBundle({ edition: 2 }).bundle.record;
    expect(failing(verify({ ...texts, record: canonical(other) }))).toContain('record-file other-record edition');
  });

  it('[T14] a file of the archive that was changed, taken out or put in', () => {
    const { texts, installation } = thePapers();
    const files = [
      { name: 'minutes.pdf', digest: 'a'.repeat(64) },
      { name: 'votes.xlsx', digest: 'b'.repeat(64) },
    ];
    const note = installation.note(digestLines(files));
    const judged = (there: typeof files, signed = note) =>
      failing(verify({ ...texts, digests: { note: signed, files: there } }));
    expect(judged(files)).toEqual([]);
    expect(judged([files[0]!, { name: 'votes.xlsx', digest: 'c'.repeat(64) }])).toEqual([
      'files file-changed votes.xlsx',
    ]);
    expect(judged(files.slice(1))).toEqual(['files file-missing minutes.pdf']);
    expect(judged([...files, { name: 'more.txt', digest: 'd'.repeat(64) }])).toEqual(['files file-added more.txt']);
    expect(judged(files, aNoteKey().note(digestLines(files)))).toEqual(['files checkpoint-broken']);
  });
});

describe("[T12] the council's log", () => {
  const setUp = () => {
    const installation = aNoteKey();
    const { bundle } = aBundle();
    const { file, log } = filed(bundle, installation, 6);
    return { installation, bundle, log, bundleText: canonical(file), logText: canonical(log) };
  };

  it('is proved to continue any older checkpoint, and to lie under a later one', () => {
    const { installation, log, bundleText } = setUp();
    for (let size = 1; size <= log.bundles.length; size++) {
      const kept = aCheckpoint(installation, log.bundles.slice(0, size));
      expect(failing(verify({ bundle: bundleText, councilLog: canonical(log), kept }))).toEqual([]);
    }
    const later = logOf(installation, [...log.bundles, 'e'.repeat(64), 'f'.repeat(64)]);
    expect(failing(verify({ bundle: bundleText, councilLog: canonical(later), kept: later.checkpoint }))).toEqual([]);
    expect(failing(verify({ bundle: null, councilLog: canonical(later), kept: log.checkpoint }))).toEqual([]);
  });

  it('that lost its end, or an entry in the middle, is caught by an older checkpoint', () => {
    const { installation, log, bundleText } = setUp();
    const kept = log.checkpoint;
    const cut = logOf(installation, log.bundles.slice(0, 5));
    expect(failing(verify({ bundle: null, councilLog: canonical(cut), kept }))).toEqual(['older-checkpoint log-cut']);
    expect(failing(verify({ bundle: bundleText, councilLog: canonical(cut) }))).toEqual(['council-log log-too-short']);
    const forked = logOf(installation, [
      ...log.bundles.slice(0, 3),
      '9'.repeat(64),
      ...log.bundles.slice(4),
      '8'.repeat(64),
    ]);
    expect(failing(verify({ bundle: null, councilLog: canonical(forked), kept }))).toEqual([
      'older-checkpoint log-forked',
    ]);
    expect(failing(verify({ bundle: bundleText, councilLog: canonical(forked) }))).toEqual(['council-log log-forked']);
  });

  it('of a bundle that is not in it, under a key of somebody else, or with a list that is not its own', () => {
    const { installation, bundle, log, bundleText } = setUp();
    const { file } = filed({ ...bundle, completedAt: 1 }, installation, 6);
    const fakeProof = canonical({ ...file, proof: (JSON.parse(bundleText) as BundleFile).proof });
    expect(failing(verify({ bundle: fakeProof }))).toEqual(['included not-in-log']);
    const other = logOf(aNoteKey(), log.bundles);
    expect(failing(verify({ bundle: bundleText, councilLog: canonical(other) }))).toEqual(['council-log other-key']);
    const listed = { ...log, bundles: [...log.bundles.slice(0, 6), bundleDigest({ ...bundle, completedAt: 2 })] };
    expect(failing(verify({ bundle: bundleText, councilLog: canonical(listed) }))).toEqual(['council-log log-forked']);
  });

  it('[T13] is known by its fingerprint', () => {
    const { bundleText } = setUp();
    const { fingerprint } = verify({ bundle: bundleText });
    expect(failing(verify({ bundle: bundleText, fingerprint: fingerprint?.toUpperCase() ?? '' }))).toEqual([]);
    expect(failing(verify({ bundle: bundleText, fingerprint: '0'.repeat(64) }))).toEqual(['key other-key']);
  });
});
