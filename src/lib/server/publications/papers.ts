// The papers of a publication and of a meeting, composed once for PDF and Word: notice, minutes in brief, signature page, sign-in sheet. Whoever calls
// decides which names are in what it hands over; this only sets them.
import { votingSeats } from '#lib/domain/meeting/attendance.ts';
import { hasCome } from '#lib/domain/meeting/published.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatDateTime, formatList } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import {
  bareYuan,
  closingSentences,
  dayIn,
  joined,
  leadSentences,
  leftLines,
  lineCells,
  numberOf,
  periodOf,
  shortHash,
  shownSigners,
  signedAs,
  votedLines,
} from '#lib/messages/publication-sentences.ts';
import type { DecisionView } from '#lib/protocol/publication.ts';
import { plain, type Printed, type PrintedBlock } from '#lib/server/files/printed.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { publicationMessagesFor } from '#lib/server/publication-messages-for.ts';
import { sectorOf } from '#lib/messages/seat-words.ts';

const para = (text: string): PrintedBlock => ({ kind: 'paragraph', runs: plain(text), indent: true });

function tablesOf(view: DecisionView, lang: Lang): PrintedBlock[] {
  const [w, p] = [messagesFor(lang), publicationMessagesFor(lang)];
  const voted = votedLines(view);
  const left = leftLines(view);
  return [
    ...(voted.length > 0
      ? [
          {
            kind: 'table',
            heads: Object.values(p.columns),
            rows: voted.map((line) => lineCells(w, p, line)),
            widths: [4.2, 2.4, 2.2, 1.5, 1.9, 1.7],
            figures: [4],
          } satisfies PrintedBlock,
        ]
      : []),
    ...view.funded.flatMap((line): PrintedBlock[] => [
      para(line.question),
      {
        kind: 'table',
        heads: Object.values(p.fundedColumns),
        rows: line.winners.map(({ name, costFen }) => [name, bareYuan(costFen)]),
        widths: [4, 1],
        figures: [1],
      },
    ]),
    ...view.lines.flatMap((line) =>
      line.contractLocked ? [para(p.desk.conclusionLocked({ title: line.title }))] : [],
    ),
    ...(left.length > 0
      ? [
          para(
            w.ui.labelled({
              label: p.leftTitle,
              text: formatList(
                lang,
                left.map(({ title, stage }) => `${title} · ${w.meeting.motionStages[stage]}`),
              ),
            }),
          ),
        ]
      : []),
  ];
}

function signatureBlocks(view: DecisionView, lang: Lang): PrintedBlock[] {
  const p = publicationMessagesFor(lang);
  const { signing } = view;
  if (!signing) return view.kind === 'results' ? [para(p.unsignedNote)] : [];
  const { shown, rest } = shownSigners(signing.signers);
  return [
    {
      kind: 'signatures',
      cells: [
        ...shown.map((signer) => ({ name: signer.name, under: signedAs(p, signer) })),
        ...(rest > 0 ? [{ name: p.moreSigners, under: p.others({ n: rest }) }] : []),
      ],
    },
    { kind: 'small', text: p.paper.hashNote({ hash: signing.docHash }) },
    { kind: 'small', text: p.keyFingerprint({ hash: shortHash(signing.fingerprint) }) },
  ];
}

/** 公告 or 公示, with the code that leads to its page. */
export function noticePaper(view: DecisionView, lang: Lang): Printed {
  const p = publicationMessagesFor(lang);
  return {
    lang,
    title: view.title,
    above: `${numberOf(p, view)} · ${periodOf(p, view)}`,
    blocks: [
      para(joined(lang, leadSentences(p, lang, view))),
      ...tablesOf(view, lang),
      ...view.conclusions.map(para),
      para(joined(lang, closingSentences(p, view))),
      ...signatureBlocks(view, lang),
      { kind: 'code', address: view.address, text: `${p.paper.scan}\n${view.address}` },
    ],
    closing: [view.community, dayIn(lang, view.publishedAt)],
  };
}

/** 会议纪要: the facts without the speeches, and the conclusions. */
export function summaryPaper(view: DecisionView, lang: Lang): Printed {
  const p = publicationMessagesFor(lang);
  return {
    lang,
    title: p.paper.summaryTitle({ council: view.council, title: view.meeting.title }),
    above: numberOf(p, view),
    blocks: [
      { kind: 'heading', level: 1, text: p.paper.basics },
      para(joined(lang, leadSentences(p, lang, view))),
      { kind: 'heading', level: 1, text: p.paper.resultsHead },
      ...tablesOf(view, lang),
      { kind: 'heading', level: 1, text: p.paper.conclusionsHead },
      ...(view.conclusions.length > 0
        ? [{ kind: 'list', ordered: true, items: view.conclusions.map(plain) } satisfies PrintedBlock]
        : []),
      ...signatureBlocks(view, lang),
    ],
    closing: [view.community, dayIn(lang, view.meeting.adjournedAt ?? view.publishedAt)],
  };
}

/** Whom a paper of the desk names: the state of that desk holds the names. */
const nameIn = (state: MeetingState, seatId: string, erased: string): string =>
  state.seats[seatId]?.name.text ?? erased;

/** 签字页: one line a voting seat, to be signed by hand and scanned. */
export function signPagePaper(state: MeetingState, lang: Lang, docHash: string | null): Printed {
  const p = publicationMessagesFor(lang);
  const c = p.paper.signColumns;
  return {
    lang,
    title: p.paper.signPage({ title: state.title?.text ?? '' }),
    above: formatDateTime(lang, state.openedAt ?? state.startsAt),
    blocks: [
      para(p.paper.signPageIntro),
      {
        kind: 'table',
        heads: [c.n, c.name, c.sector, c.title, c.signature, c.date, c.remark],
        widths: [0.8, 1.4, 2.6, 2, 2.3, 1.3, 1.6],
        rowMm: 11,
        rows: votingSeats(state)
          .filter((seatId) => hasCome(state, seatId))
          .map((seatId, at) => [
            String(at + 1),
            nameIn(state, seatId, p.paper.erased),
            sectorOf(state, seatId),
            state.seats[seatId]?.title ?? '',
            '',
            '',
            '',
          ]),
      },
      { kind: 'small', text: docHash === null ? p.paper.draftNote : p.paper.hashNote({ hash: docHash }) },
    ],
  };
}

/** 签到表, landscape: every seat, to be signed at the door. No telephone is printed; the column is for whoever wants to be called. */
export function sheetPaper(state: MeetingState, lang: Lang): Printed {
  const p = publicationMessagesFor(lang);
  const c = p.paper.sheetColumns;
  return {
    lang,
    landscape: true,
    title: p.paper.sheetTitle({ title: state.title?.text ?? '' }),
    above: [formatDateTime(lang, state.startsAt), state.place?.text ?? ''].filter(Boolean).join(' · '),
    blocks: [
      { kind: 'small', text: p.paper.sheetCount({ expected: votingSeats(state).length }) },
      {
        kind: 'table',
        heads: [c.n, c.name, c.sector, c.title, c.phone, c.signature, c.remark],
        widths: [0.7, 1.6, 2.4, 1.6, 2, 3, 2],
        rowMm: 10,
        rows: state.seatOrder.map((seatId, at) => [
          String(at + 1),
          nameIn(state, seatId, p.paper.erased),
          sectorOf(state, seatId),
          state.seats[seatId]?.title ?? '',
          '',
          '',
          '',
        ]),
      },
    ],
  };
}
