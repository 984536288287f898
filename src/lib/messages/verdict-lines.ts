// A verdict as lines in words: one a check, each saying what changed where it does not hold. For the page, verify.html and the terminal.
import type { Check, Verdict } from '#lib/domain/minutes/verify.ts';
import type { VerifyMessages } from './zh-CN/verify.ts';

export interface VerdictLine {
  readonly ok: boolean;
  readonly what: string;
  /** What changed; '' where the check holds. */
  readonly fault: string;
}

/** `text.3` → 正文第 4 项; what is no part of a record stays as it is. */
function placeOf(v: VerifyMessages, place: string): string {
  const [key = '', index] = place.split('.');
  const name = v.parts[key];
  if (name === undefined) return v.roles[place] ?? place;
  return index === undefined || !/^\d+$/.test(index) ? name : v.part({ name, number: Number(index) + 1 });
}

function lineOf(
  v: VerifyMessages,
  { record, fingerprint }: Verdict,
  { what, fault, at, signature }: Check,
): VerdictLine {
  const person = signature && record?.persons[signature.manifest.signer];
  const who = person
    ? [
        v.signer({ mask: person.mask, role: v.roles[person.role] ?? person.role }),
        v.statements[signature.manifest.statement],
        v.kinds[signature.kind],
      ].join(' · ')
    : '';
  const about = what === 'key' && fault === null ? (fingerprint ?? '') : who;
  const title = about === '' ? v.checks[what] : `${v.checks[what]} · ${about}`;
  if (fault === null) return { ok: true, what: title, fault: '' };
  const places = at.map((place) => placeOf(v, place)).join(', ');
  return {
    ok: false,
    what: title,
    fault: places === '' ? v.faults[fault] : v.where({ fault: v.faults[fault], places }),
  };
}

export const verdictLines = (v: VerifyMessages, verdict: Verdict): VerdictLine[] =>
  verdict.checks.map((check) => lineOf(v, verdict, check));
