// Splits the text of a .pb file into rows of fields: semicolons, quotes as in CSV (a doubled quote is one quote, a quoted field may run over
// lines), LF or CRLF, an optional byte order mark. Called by pb.ts; it knows nothing of what the fields mean.

export interface PbRow {
  /** Where the row starts, counted from 1. */
  readonly line: number;
  /** Trimmed. */
  readonly fields: readonly string[];
}

/** Blank lines are left out. `unclosedAt` is the line of a quote that never ends, null if there is none. */
export function pbRows(text: string): {
  readonly rows: readonly PbRow[];
  readonly lines: number;
  readonly unclosedAt: number | null;
} {
  const rows: PbRow[] = [];
  const lines = (text.startsWith('\ufeff') ? text.slice(1) : text).split(/\r\n|\n|\r/);
  if (lines[lines.length - 1] === '') lines.pop();
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    const plain = lines[index]!;
    if (plain.trim() === '') continue;
    if (!plain.includes('"')) {
      rows.push({ line, fields: plain.split(';').map((field) => field.trim()) });
      continue;
    }
    const fields: string[] = [];
    let rest = plain;
    for (let more = true; more;) {
      const opening = /^\s*"/.exec(rest);
      if (!opening) {
        const end = rest.indexOf(';');
        fields.push((end < 0 ? rest : rest.slice(0, end)).trim());
        more = end >= 0;
        rest = rest.slice(end + 1);
        continue;
      }
      let field = '';
      rest = rest.slice(opening[0].length);
      for (;;) {
        const quote = rest.indexOf('"');
        if (quote < 0) {
          if (index + 1 >= lines.length) return { rows, lines: lines.length, unclosedAt: line };
          field += `${rest}\n`;
          rest = lines[++index]!;
        } else if (rest[quote + 1] === '"') {
          field += rest.slice(0, quote + 1);
          rest = rest.slice(quote + 2);
        } else {
          field += rest.slice(0, quote);
          rest = rest.slice(quote + 1);
          break;
        }
      }
      // What follows a closing quote belongs to the field, as spreadsheet programs read it.
      const end = rest.indexOf(';');
      fields.push((field + (end < 0 ? rest : rest.slice(0, end))).trim());
      more = end >= 0;
      rest = rest.slice(end + 1);
    }
    rows.push({ line, fields });
  }
  return { rows, lines: lines.length, unclosedAt: null };
}

/** A field as it is written: quoted where it has to be. */
export const pbField = (value: string): string =>
  /[;"\r\n]|^\s|\s$/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
