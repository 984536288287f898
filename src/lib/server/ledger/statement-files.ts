// The public statement of a fund as files: one table of where the money is, one of every booking. Anybody may take them; nothing in them is
// personal. Amounts are yuan with two decimals in .csv and numbers in .xlsx.
import { formatIsoDate } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { funds as en } from '#lib/messages/en/funds.ts';
import { funds as zhCN, type FundsMessages } from '#lib/messages/zh-CN/funds.ts';
import { bookOf } from '#lib/server/meetings/result-files.ts';
import type { Statement } from './statement.ts';

type Cell = string | number;
interface Sheet {
  readonly name: string;
  readonly heads: string[];
  readonly rows: Cell[][];
}

const yuan = (fen: number): number => fen / 100;

/** One row a tranche; an award without a contract has one row, an unused source or the pool one each. */
function whereSheet({ fund, awards }: Statement, f: FundsMessages): Sheet {
  const c = f.columns;
  const envelope = (id: string) => fund.envelopes.find(({ envelopeId }) => envelopeId === id)?.name ?? '';
  const heads = [
    c.category,
    c.project,
    c.payee,
    c.awarded,
    c.tranche,
    c.condition,
    c.amount,
    c.state,
    c.paid,
    c.evidence,
  ];
  const rows = awards.flatMap((award): Cell[][] => {
    const head = [envelope(award.envelopeId), award.title, award.payee, yuan(award.amountFen)];
    if (award.tranches.length === 0)
      return [
        [
          ...head,
          '',
          '',
          yuan(award.reservedFen),
          award.amountFen === 0 ? f.gone : f.whereabouts.reserved,
          0,
          award.basis,
        ],
      ];
    return award.tranches.map(({ name, condition, amountFen, status, paidFen, evidence }) => [
      ...head,
      name,
      condition,
      yuan(amountFen),
      f.trancheStates[status],
      yuan(paidFen),
      evidence,
    ]);
  });
  rows.push(['', f.whereabouts.unspent, '', yuan(fund.poolFen), '', '', yuan(fund.poolFen), '', 0, '']);
  return { name: f.whereTitle, heads, rows };
}

function bookingSheet({ bookings }: Statement, f: FundsMessages): Sheet {
  const c = f.columns;
  return {
    name: f.bookingsTitle,
    heads: [c.seq, c.date, c.deed, c.about, c.amount, c.reason],
    rows: bookings.map(({ seq, at, kind, about, amountFen, reason }) => [
      seq,
      formatIsoDate(at),
      f.kinds[kind],
      about,
      yuan(amountFen),
      reason,
    ]),
  };
}

const wordsIn = (lang: Lang): FundsMessages => (lang === 'en' ? en : zhCN);

/** A text that begins like a formula is told to be text; quotes are doubled. */
const csvCell = (value: Cell): string => {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(2);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
};

/** UTF-8 with a byte order mark, so that a spreadsheet reads the Chinese; CRLF as RFC 4180 has it. */
export function statementCsv(statement: Statement, lang: Lang): string {
  const { heads, rows } = whereSheet(statement, wordsIn(lang));
  return `\ufeff${[heads, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

export function statementXlsx(statement: Statement, lang: Lang): Promise<Buffer> {
  const f = wordsIn(lang);
  return bookOf([whereSheet(statement, f), bookingSheet(statement, f)]);
}
