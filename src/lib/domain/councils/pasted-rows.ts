// Rows copied from a spreadsheet or typed by hand, as text, to rows of cells and back. Used by the roster import, whose page keeps the
// text as the one thing the secretary works on: an uploaded file becomes this text too, so nothing typed is ever lost.

/**
 * Splits pasted text. Tabs separate cells (what Excel and WPS copy); a text without any tab is split at commas, Chinese or not.
 * A cell in double quotes may contain separators, line ends and doubled quotes. Empty rows stay, so that row numbers agree with the paste.
 */
export function splitPasted(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const separators = source.includes('\t') ? '\t' : ',，';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row.length === 1 && row[0] === '' ? [] : row);
    row = [];
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '' && closes(source, at + 1, separators)) {
      cell = '';
      quoted = true;
    } else if (separators.includes(sign)) endCell();
    else if (sign === '\n') endRow();
    else cell += sign;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** True when a quote opened before `from` is closed right before a separator or an end: otherwise it is just a sign somebody typed. */
function closes(source: string, from: number, separators: string): boolean {
  for (let at = from; at < source.length; at += 1) {
    if (source.charAt(at) !== '"') continue;
    if (source.charAt(at + 1) === '"') at += 1;
    else {
      const next = source.charAt(at + 1);
      return next === '' || next === '\n' || separators.includes(next);
    }
  }
  return false;
}

/** The same rows as tab-separated text that `splitPasted` reads back unchanged (inner tabs and line ends are quoted). */
export function joinRows(rows: readonly (readonly string[])[]): string {
  const written = (cell: string) => (/["\t\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return rows
    .map((row) => {
      const line = row.map(written).join('\t');
      // A lone cell without a tab would let a comma in it split the text.
      return row.length === 1 ? `${line}\t` : line;
    })
    .join('\n');
}
