// Roster files: an uploaded .xlsx to rows of text, and the template to download. Called by the import page.
// Cells become the text a person would have typed; what they mean is for the law (domain/councils/roster.ts).
import readSheets from 'read-excel-file/node';
import writeSheets from 'write-excel-file/node';
import { readRoster, requiredColumns, rosterColumns, rosterHeadings } from '#lib/domain/councils/roster.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';

export const largestRosterFile = 400 * 1024;
/** Unpacked size an honest roster never reaches; a file that claims more is not opened. */
const largestUnpacked = 30 * 1024 * 1024;

/** What Excel shows for a cell, as text: dates as `1958-03-12`, whole numbers without an exponent, answers as 是 and 否 are typed. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value.toFixed(0) : String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** Sum of the unpacked sizes in a ZIP's central directory; Infinity where it cannot be read. */
function unpackedSize(file: Buffer): number {
  let total = 0;
  let entries = 0;
  for (let at = file.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = file.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    if (at + 28 > file.length) return Infinity;
    total += file.readUInt32LE(at + 24);
    entries += 1;
  }
  return entries === 0 || entries > 1000 ? Infinity : total;
}

/** The rows of the sheet that looks most like a roster: the first one with the required headings, else the first one with anything in it. */
export async function rowsOfFile(file: Buffer): Promise<string[][] | OfficeRefusal> {
  if (file.length > largestRosterFile) return refuseOffice('file-too-large', { kilobytes: largestRosterFile / 1024 });
  if (unpackedSize(file) > largestUnpacked) return refuseOffice('file-unreadable');
  const sheets = await readSheets(file).catch(() => null);
  if (sheets === null) return refuseOffice('file-unreadable');
  const asText = sheets.map(({ data }) => data.map((row) => row.map(cellText)));
  const filled = asText.filter((rows) => rows.some((row) => row.some((cell) => cell.trim() !== '')));
  const nothingKnown = { sectors: [], people: [], thisMonth: '9999-12', newSectors: 'create' } as const;
  const roster = filled.find((rows) => {
    const reading = readRoster(rows, nothingKnown);
    return reading.headingRow !== null && requiredColumns.every((column) => reading.columns.includes(column));
  });
  return roster ?? filled[0] ?? refuseOffice('roster-empty');
}

export interface TemplateWords {
  readonly sheet: string;
  readonly guideSheet: string;
  /** One line of explanation for each column. */
  readonly guide: Readonly<Record<(typeof rosterColumns)[number], string>>;
  readonly required: string;
}

/** The template: twelve headed columns to fill in, and a second sheet that explains them. `rows` are put under the headings. */
export async function rosterTemplate(words: TemplateWords, rows: readonly (readonly string[])[] = []): Promise<Buffer> {
  const heading = (value: string) => ({ value, fontWeight: 'bold' as const, backgroundColor: '#E8EFE9' });
  const widths = [6, 12, 6, 12, 18, 22, 14, 16, 14, 18, 18, 26];
  return writeSheets([
    {
      sheet: words.sheet,
      stickyRowsCount: 1,
      columns: widths.map((width) => ({ width })),
      data: [
        rosterColumns.map((column) => heading(rosterHeadings[column])),
        ...rows.map((row) => row.map((cell) => ({ value: cell, type: String }))),
      ],
    },
    {
      sheet: words.guideSheet,
      columns: [{ width: 20 }, { width: 8 }, { width: 80 }],
      data: rosterColumns.map((column) => [
        { ...heading(rosterHeadings[column]) },
        requiredColumns.includes(column) ? words.required : '',
        words.guide[column],
      ]),
    },
  ]).toBuffer();
}
