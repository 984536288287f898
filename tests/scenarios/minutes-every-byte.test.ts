// Every byte of completed minutes, flipped one after the other: none may be changed unseen. Apart from the other verifier tests because it is long.
import { describe, expect, it } from 'vitest';
import type { BundleFile } from '#lib/domain/minutes/bundle.ts';
import { checksBeside, mathematics, verify, type Mathematics } from '#lib/domain/minutes/verify.ts';
import { thePapers } from '#tests/support/signed-minutes.ts';

/** A curve's arithmetic takes milliseconds and one flip in thousands changes what it is asked. */
function remembering(): Mathematics {
  const known = new Map<string, boolean>();
  return (algorithm, key, message, signature) => {
    const asked = [key, message, signature].map((bytes) => Buffer.from(bytes).toString('latin1')).join('|');
    const answer = known.get(asked) ?? mathematics(algorithm, key, message, signature);
    known.set(asked, answer);
    return answer;
  };
}

describe('every byte', () => {
  /** Flips one bit of each byte in turn, a different one each time. */
  function* flips(text: string): Generator<string> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at++) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 7));
      yield copy.toString('utf8');
    }
  }
  const { texts } = thePapers();
  const file = JSON.parse(texts.bundle) as BundleFile;

  it.each(['bundle', 'record', 'people', 'ballots', 'log', 'councilLog'] as const)(
    '[T14] of %s is covered: any flipped bit is found and named',
    (name) => {
      const holds = remembering();
      let flipped = 0;
      for (const changed of flips(texts[name])) {
        const checks =
          name === 'bundle'
            ? verify({ bundle: changed }, holds).checks
            : checksBeside({ [name]: changed }, file, undefined, holds);
        if (checks.every(({ fault }) => fault === null)) expect.fail(`byte ${flipped} of ${name} may be changed`);
        flipped++;
      }
      expect(flipped).toBe(Buffer.byteLength(texts[name]));
    },
  );
});
