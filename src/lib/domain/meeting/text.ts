// Free text on its way into the log: trimmed, bounded, with control characters gone. Used by every slice that takes words.
import { refuse, type Refusal } from './refusal.ts';

/** Control characters but tab and line feed, halves of surrogate pairs, and marks that turn the reading direction of what follows. */
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;
const invisible = /[\s\u200b-\u200f\u2060-\u2064]/gu;

/** The cleaned text, or a refusal when it is empty (unless `mayBeEmpty`) or longer than `most` characters. */
export function checkedText(text: string, most: number, mayBeEmpty = false): string | Refusal {
  const clean = text.replace(unwanted, '').trim();
  if (clean.replace(invisible, '') === '' && !mayBeEmpty) return refuse('C2', 'text-missing');
  const length = Array.from(clean).length;
  if (length > most) return refuse('C2', 'text-too-long', { length, most });
  return clean;
}
