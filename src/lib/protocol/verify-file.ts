// Opens what somebody wants verified: a JSON paper, a meeting's ZIP or a sealed PDF, and hands its papers to the law. The same for the command,
// for the page and for verify.html, so only what runs in all of them is used. It trusts nothing the file says about itself.
import { unzipSync, unzlibSync } from 'fflate';
import { embeddedFiles, readSeal, sealNoteName, sealNoteText } from '#lib/domain/minutes/pdf-seal.ts';
import { openNote, readVerifierKey } from '#lib/domain/minutes/signed-note.ts';
import { verify, type Check, type Material, type Verdict } from '#lib/domain/minutes/verify.ts';
import { hexOf, sha256 } from '#lib/domain/sha256.ts';

/** What somebody kept from elsewhere and holds against the file. */
export interface Kept {
  readonly checkpoint?: string | null;
  readonly fingerprint?: string | null;
  /** council-log.json, where the file does not bring it. */
  readonly councilLog?: string | null;
}

const strictText = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function textOf(bytes: Uint8Array): string | null {
  try {
    return strictText(bytes);
  } catch {
    return null;
  }
}

const failed = (what: Check['what'], fault: Check['fault']): Verdict => ({
  ok: false,
  checks: [{ what, fault, at: [] }],
  fingerprint: null,
  docHash: null,
  record: null,
});

const startsWith = (bytes: Uint8Array, magic: string): boolean =>
  Array.from(magic).every((letter, index) => bytes[index] === letter.charCodeAt(0));

/** The formats of our papers, and where each belongs. */
const places: Readonly<Record<string, keyof Material>> = {
  'yishi.bundle': 'bundle',
  'yishi.minutes': 'record',
  'yishi.people': 'people',
  'yishi.ballots': 'ballots',
  'yishi.log': 'log',
  'yishi.council-log': 'councilLog',
};

function formatOf(text: string): string | null {
  // The keys of a canonical paper are sorted, so `format` need not come first; a broken paper still says what it was meant to be.
  const found = Object.keys(places).find((format) => text.includes(`"format":"${format}"`));
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return typeof format === 'string' && format in places ? format : null;
  } catch {
    return found ?? null;
  }
}

function zipped(bytes: Uint8Array, beside: Partial<Material>): Verdict {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes);
  } catch {
    return failed('readable', 'not-json');
  }
  const names: Readonly<Record<string, keyof Material>> = {
    'bundle.json': 'bundle',
    'record.json': 'record',
    'people.json': 'people',
    'ballots.json': 'ballots',
    'log.json': 'log',
    'council-log.json': 'councilLog',
  };
  const material: Record<string, unknown> = { bundle: null };
  const files: { name: string; digest: string }[] = [];
  let note: string | null = null;
  for (const [name, content] of Object.entries(entries)) {
    if (name.endsWith('/')) continue;
    if (name === 'digests.txt') note = textOf(content);
    else files.push({ name, digest: hexOf(sha256(content)) });
    const place = names[name];
    // Bytes that are no text cannot be the paper they should be.
    if (place) material[place] = textOf(content) ?? '';
  }
  return verify({ ...(material as unknown as Material), ...beside, digests: { note: note ?? '', files } });
}

function sealed(pdf: Uint8Array, beside: Partial<Material>): Verdict {
  const seal = readSeal(pdf);
  const material: Record<string, unknown> = { bundle: null };
  const certificate = 'certificate' in seal ? seal.certificate : new Uint8Array();
  const notes: string[] = [];
  for (const { deflated, bytes } of embeddedFiles(pdf)) {
    let text: string | null = null;
    try {
      text = textOf(deflated ? unzlibSync(bytes) : bytes);
    } catch {
      // Not even deflated: the seal over these bytes says so.
    }
    const place = text === null ? undefined : places[formatOf(text) ?? ''];
    if (place) material[place] = text;
    else if (text?.startsWith('yishi seal v1\n')) notes.push(text);
  }
  const key = keyOf(material['bundle']);
  const vouched = key !== null && notes.some((note) => openNote(note, key) === sealNoteText(certificate));
  const fault = 'fault' in seal ? seal.fault : vouched ? null : 'other-key';
  const carrier: Check[] = [{ what: 'seal', fault, at: fault === 'other-key' ? [sealNoteName] : [] }];
  return verify({ ...(material as unknown as Material), ...beside, carrier });
}

function keyOf(bundle: unknown) {
  try {
    const { proof } = JSON.parse(String(bundle)) as { proof?: { key?: unknown } };
    return readVerifierKey(String(proof?.key));
  } catch {
    return null;
  }
}

/** Verifies a file whatever it is. Never throws: what cannot be read is a failed check. */
export function verifyFile(bytes: Uint8Array, kept: Kept = {}): Verdict {
  const beside: Partial<Material> = {
    kept: kept.checkpoint ?? null,
    fingerprint: kept.fingerprint ?? null,
    ...(kept.councilLog ? { councilLog: kept.councilLog } : {}),
  };
  if (startsWith(bytes, '%PDF-')) return sealed(bytes, beside);
  if (startsWith(bytes, 'PK')) return zipped(bytes, beside);
  const text = textOf(bytes);
  if (text === null) return failed('readable', 'not-json');
  const format = formatOf(text);
  if (format === 'yishi.council-log') return verify({ bundle: null, ...beside, councilLog: text });
  return verify({ bundle: text, ...beside });
}
