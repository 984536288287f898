// Free text on its way into the log: trimmed, bounded, with control characters gone. Used by every slice that takes words.
import { refuse, type Refusal } from './refusal.ts';

/** The cleaned text, or a refusal when it is empty (unless `mayBeEmpty`) or longer than `most` characters. */
export function checkedText(text: string, most: number, mayBeEmpty = false): string | Refusal {
  const clean = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();
  if (clean === '' && !mayBeEmpty) return refuse('C2', 'text-missing');
  const length = Array.from(clean).length;
  if (length > most) return refuse('C2', 'text-too-long', { length, most });
  return clean;
}
