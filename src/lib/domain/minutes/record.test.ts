// The strict record: what passes has one canonical form, everything else is refused with the place where it does not fit.
import { describe, expect, it } from 'vitest';
import { exampleNames, exampleRecord, exampleSalts } from '#tests/support/minutes-record.ts';
import { canonical, personDigest } from './canonical.ts';
import { plainText, recordFault } from './record.ts';
import { base64url } from './shape.ts';

/** The example with one value replaced (undefined takes the key out), and what is said of it. */
const broken = (at: string, value: unknown): string | null => {
  const record = JSON.parse(JSON.stringify(exampleRecord())) as Record<string, unknown>;
  const path = at.split('.');
  const last = path.pop() ?? '';
  const place = path.reduce((part, key) => part[key] as Record<string, unknown>, record);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return recordFault(record);
};

describe('[T1] the strict record', () => {
  it('takes the example whole', () => expect(recordFault(exampleRecord())).toBeNull());

  it.each<[string, string, unknown, string?]>([
    ['null', 'frozenAt', null],
    ['a fraction', 'frozenSeq', 1.5],
    ['an unsafe number', 'frozenSeq', 2 ** 53],
    ['a number below zero', 'frozenSeq', -1],
    ['a lone surrogate', 'text.0.inlines.0.text', 'a\ud83d'],
    ['a lone trailing surrogate', 'meeting.rules', '\ude00b'],
    ['a key too many', 'motions.0.note', ''],
    ['a missing key', 'log.head', undefined],
    ['another version', 'version', 2],
    ['a digest in capitals', 'documentHead', 'A'.repeat(64)],
    ['an unknown block', 'text.1.kind', 'toString'],
    ['an unfit block within a list', 'text.2.items.0.0.inlines', undefined],
    ['a mention of nobody', 'text.1.inlines.0.mention', 9, 'persons.9'],
    ['a contributor who is nobody', 'contributors.0', 5, 'persons.5'],
    ['one signer in two conditions', 'signing.requirements.2.eligible.0', 0, 'signing.requirements'],
    ['a list for an object', 'meeting', []],
    ['a fraction in a table', 'results.0.figures.counts.for', 0.5],
  ])('refuses %s and says where', (_, at, value, said = at) => expect(broken(at, value)).toBe(said));

  it('takes pairs of surrogates', () => expect(broken('meeting.rules', '🏮𠮷')).toBeNull());

  it('knows the one spelling of bytes in base64url', () => {
    for (const length of [0, 1, 2, 3, 16, 31])
      expect(base64url.fault(Buffer.alloc(length, 0xa7).toString('base64url'), 'x')).toBeNull();
    for (const other of ['A', 'AB', 'AAB', 'AA==', 'A+8A', 7]) expect(base64url.fault(other, 'x')).toBe('x');
  });
});

describe('[T1] the canonical form (RFC 8785)', () => {
  it('sorts keys by UTF-16 units and writes strings as JSON does', () => {
    // The example of RFC 8785, section 3.2.3, without its numbers that are not whole.
    const value = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\ud83d\ude00': 'Smile',
      '\u0080': 'Ctl',
      '\u00f6': 'ö',
    };
    expect(Object.values(JSON.parse(canonical(value)) as object)).toHaveLength(7);
    expect(canonical(value)).toBe(
      '{"\\r":"CR","1":"One","\u0080":"Ctl","ö":"ö","€":"Euro","😀":"Smile","\ufb33":"Hebrew"}',
    );
    expect(canonical({ b: [true, 'a"\\\n', 10], a: { d: '', c: -0 } })).toBe(
      '{"a":{"c":0,"d":""},"b":[true,"a\\"\\\\\\n",10]}',
    );
  });

  it('does not depend on the order in which keys were written', () => {
    const record = exampleRecord();
    const turned = Object.fromEntries(Object.entries(record).reverse());
    expect(canonical(turned)).toBe(canonical(record));
  });
});

describe('[T3] people in the record', () => {
  it('holds no name, and the digest of each under its salt', () => {
    const record = exampleRecord();
    for (const [index, name] of exampleNames.entries()) {
      expect(canonical(record)).not.toContain(name);
      const salt = exampleSalts[index] ?? new Uint8Array();
      expect(record.persons[index]?.digest).toBe(personDigest(salt, name));
      expect(record.persons[index]?.digest).not.toBe(personDigest(Uint8Array.of(9), name));
    }
  });

  it('is read with the names of whichever copy it is', () => {
    const [, paragraph] = exampleRecord().text;
    const inlines = paragraph?.kind === 'paragraph' ? paragraph.inlines : [];
    expect(plainText(inlines, (person) => exampleNames[person] ?? '')).toBe('唐小满说:老人上下楼不安全');
    expect(plainText(inlines, (person) => exampleRecord().persons[person]?.mask ?? '')).toBe('唐**说:老人上下楼不安全');
  });
});
