// The desk's files of a meeting: who came and went, and every vote with its numbers, as .xlsx. They hold names, so each download is written
// down (recordDownload) by the route that sends them. Read from the state the asking person may read.
import writeSheets, { type SheetData } from 'write-excel-file/node';
import { callOf, countsIn, projectName } from '#lib/messages/allocation-words.ts';
import { presenceOf } from '#lib/domain/meeting/attendance.ts';
import type { Poll, PollResult } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatDateTime, formatList, formatTimeExactly } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { nameOf, optionLabel, optionsOf, outcomeWord, sectorOf, textOf } from '#lib/messages/seat-words.ts';
import type { MeetingsMessages } from '#lib/messages/zh-CN/meetings.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import { meetings as en } from '#lib/messages/en/meetings.ts';
import { meetings as zhCN } from '#lib/messages/zh-CN/meetings.ts';
import { messagesFor } from '#lib/server/messages-for.ts';

interface Said {
  readonly lang: Lang;
  readonly w: Messages;
  readonly m: MeetingsMessages;
}

const wordsIn = (lang: Lang): Said => ({ lang, w: messagesFor(lang), m: lang === 'en' ? en : zhCN });

type Cells = readonly (string | number)[];

const sheetOf = (heads: readonly string[], rows: readonly Cells[]): SheetData => [
  heads.map((value) => ({ value, fontWeight: 'bold' as const, backgroundColor: '#E8EFE9' })),
  ...rows.map((row) =>
    // A name beginning with = must never become a formula: everything that is no number is written as text.
    row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
  ),
];

/** Sheets as one .xlsx; used by every file the office gives out. */
export async function bookOf(
  sheets: readonly { name: string; heads: readonly string[]; rows: readonly Cells[] }[],
): Promise<Buffer> {
  const book = sheets.map(({ name, heads, rows }) => ({
    sheet: name,
    data: sheetOf(heads, rows),
    columns: heads.map((head, index) => ({ width: widthOf([head, ...rows.map((row) => row[index] ?? '')]) })),
    stickyRowsCount: 1,
    orientation: 'landscape' as const,
  }));
  return writeSheets(book, { features: [onOnePageWide] }).toBuffer();
}

/** As wide as the longest of a column's cells, a Chinese character counting as two letters; the longest texts are cut by what follows them. */
function widthOf(cells: Cells): number {
  const lettersOf = (cell: string | number): number =>
    Array.from(String(cell)).reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
  return Math.min(44, Math.max(8, ...cells.map(lettersOf)) + 2);
}

/** Printed, a sheet is as wide as its page and as long as it is. */
const onOnePageWide = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (content: string): string =>
          content
            .replace(/<worksheet[^>]*>/, '$&<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
            .replace('<pageSetup ', '<pageSetup fitToWidth="1" fitToHeight="0" '),
      },
    },
  },
};

/** One row a seat, in the order of the roster. */
export function attendanceRows(state: MeetingState, { lang, w, m }: Said): { heads: string[]; rows: Cells[] } {
  const f = m.file;
  const heads = [f.seat, f.sector, f.seatTitle, f.voting, f.state, f.mode, f.way, f.arrived, f.left, f.movements];
  const rows = state.seatOrder.map((seatId): Cells => {
    const seat = state.seats[seatId];
    const presence = presenceOf(state, seatId);
    const here = state.attendance.bySeat[seatId];
    const movements = here?.movements ?? [];
    const departures = movements.filter(({ what }) => what === 'left');
    const gone = presence?.status === 'left' ? departures[departures.length - 1] : undefined;
    const arrival = movements.find(({ what }) => what === 'arrived');
    return [
      nameOf(w, state, seatId),
      sectorOf(state, seatId),
      seat?.title ?? '',
      seat?.voting ? f.yes : f.no,
      f.states[presence?.status ?? 'absent'],
      presence && 'mode' in presence ? w.meeting.modes[presence.mode] : '',
      here?.way ? f.ways[here.way] : '',
      arrival ? formatDateTime(lang, arrival.at) : '',
      gone ? formatDateTime(lang, gone.at) : '',
      formatList(
        lang,
        movements.map(({ what, at }) => `${formatTimeExactly(at)} ${f.moves[what]}`),
      ),
    ];
  });
  return { heads, rows };
}

/** One row a version of a result: the one in force, and every one it replaced. Open and unannounced votes are not in it. */
export function voteRows(state: MeetingState, { lang, w, m }: Said): { heads: string[]; rows: Cells[] } {
  const f = m.file;
  const heads = [
    ...[f.question, f.kind, f.secrecy, f.version, f.outcome, f.counts, f.base, f.threshold, f.present, f.quorum],
    ...[f.voted, f.notVoted, f.spoiled, f.recused, ...Object.values(w.meeting.channels), f.announcedAt],
  ];
  const rowOf = (poll: Poll, result: PollResult, version: string): Cells => [
    textOf(w, poll.frame.question),
    f.kinds[poll.frame.kind],
    w.meeting.secrecy[poll.frame.secrecy],
    version,
    outcomeWord(w, { ...poll, result }),
    formatList(
      lang,
      optionsOf(w, poll).map(({ key, label }) => w.vote.optionCount({ option: label, count: result.counts[key] ?? 0 })),
    ),
    result.base,
    result.threshold ?? '',
    result.present,
    result.quorumNeeded,
    result.voted,
    result.notVoted,
    result.spoiled,
    formatList(
      lang,
      result.recusedSeatIds.map((seatId) => nameOf(w, state, seatId)),
    ),
    ...(Object.keys(w.meeting.channels) as (keyof PollResult['channels'])[]).map((channel) => result.channels[channel]),
    poll.announcedAt === null ? '' : formatDateTime(lang, poll.announcedAt),
  ];
  const rows = announced(state).flatMap((poll) => [
    ...(poll.result ? [rowOf(poll, poll.result, f.newest)] : []),
    ...poll.superseded.map(({ result }) => rowOf(poll, result, f.old)),
  ]);
  return { heads, rows };
}

/** Who chose what, where names are shown. Polls with hidden names have no row. */
export function namedChoiceRows(state: MeetingState, { w, m }: Said): { heads: string[]; rows: Cells[] } {
  const rows = announced(state).flatMap((poll) =>
    Object.entries(poll.result?.choices ?? {}).map(([seatId, choice]): Cells => [
      textOf(w, poll.frame.question),
      nameOf(w, state, seatId),
      sectorOf(state, seatId),
      optionLabel(w, poll, choice),
    ]),
  );
  return { heads: [m.file.question, m.file.seat, m.file.sector, m.file.choice], rows };
}

/** What each funding ballot funded, by chamber: every project of the call, in its order. */
export function fundedRows(state: MeetingState, { w, m }: Said): { heads: string[]; rows: Cells[] } {
  const f = m.file;
  const rows = announced(state).flatMap((poll) => {
    const call = callOf(poll);
    if (!call) return [];
    return countsIn(state.allocations.outcomes[poll.frame.pollId]).flatMap(({ chamber, ballots, winners }) =>
      call.projects.map((project): Cells => [
        textOf(w, poll.frame.question),
        w.allocation.chambers[chamber],
        projectName(call, project.id),
        project.costFen / 100,
        winners.includes(project.id) ? f.yes : f.no,
        ballots,
      ]),
    );
  });
  return { heads: [f.question, f.chamber, f.project, f.yuan, f.isFunded, f.ballots], rows };
}

const announced = (state: MeetingState): Poll[] =>
  state.polls.order.flatMap((pollId) => {
    const poll = state.polls.byId[pollId];
    return poll?.stage === 'announced' ? [poll] : [];
  });

export function attendanceFile(state: MeetingState, lang: Lang): Promise<Buffer> {
  const said = wordsIn(lang);
  return bookOf([{ name: said.m.file.attendance, ...attendanceRows(state, said) }]);
}

export function votesFile(state: MeetingState, lang: Lang): Promise<Buffer> {
  const said = wordsIn(lang);
  return bookOf([
    { name: said.m.file.votes, ...voteRows(state, said) },
    { name: said.m.file.named, ...namedChoiceRows(state, said) },
    { name: said.m.file.fundedSheet, ...fundedRows(state, said) },
  ]);
}
