// The hearing report, composed once from the folded log and the answers: the page, the frozen record and its papers all show this text. People of the
// meeting stand in it as mentions, so that every copy names them as it may. It decides nothing and changes nothing. Rules [O2], [O4].
import { quorumOf } from '#lib/domain/meeting/attendance.ts';
import { publishedAttendance } from '#lib/domain/meeting/published.ts';
import { ballotChannels, type Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { WrittenBlock, WrittenInline } from '#lib/domain/minutes/record.ts';
import { formatDateTime, formatList } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { optionsOf, textOf } from '#lib/messages/seat-words.ts';
import { hearingMessagesFor } from '#lib/server/hearings/messages.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { countsOf, type OpinionsOfHearing } from './opinions.ts';

const inlines = (text: string): WrittenInline[] => [{ text }];
const heading = (level: 1 | 2 | 3, text: string): WrittenBlock => ({ kind: 'heading', level, inlines: inlines(text) });
const paragraph = (text: string): WrittenBlock => ({ kind: 'paragraph', inlines: inlines(text) });
const table = (rows: readonly (readonly string[])[]): WrittenBlock => ({
  kind: 'table',
  header: true,
  rows: rows.map((row) => row.map(inlines)),
});

/** Figures as they are argued about: options, channels, areas where enough answered. */
function pollBlocks(lang: Lang, poll: Poll): WrittenBlock[] {
  const w = messagesFor(lang);
  const h = hearingMessagesFor(lang);
  const { result, frame } = poll;
  if (!result) return [];
  const options = optionsOf(w, poll);
  const channels = ballotChannels
    .filter((channel) => result.channels[channel] > 0)
    .map((channel) => w.vote.channelCount({ channel: w.meeting.channels[channel], count: result.channels[channel] }));
  return [
    paragraph(textOf(w, frame.question)),
    table([
      [h.report.option, h.report.people],
      ...options.map(({ key, label }) => [`${key} ${label}`, String(result.counts[key] ?? 0)]),
    ]),
    paragraph(
      h.report.answered({ count: result.voted, spoiled: result.spoiled, channels: formatList(lang, channels) }),
    ),
    ...(result.areas?.some(({ area }) => area !== null)
      ? [
          table([
            [w.vote.area, ...options.map(({ key }) => key), w.vote.areaPeople],
            ...result.areas.map(({ area, answered, counts }) => [
              area ?? w.vote.areaRest,
              ...options.map(({ key }) => String(counts[key] ?? 0)),
              String(answered),
            ]),
          ]),
          paragraph(w.vote.areaNote),
        ]
      : result.areas?.length
        ? [paragraph(w.vote.areaNone)]
        : []),
  ];
}

/** `state` as the reader of this copy may read it. The first block is the title. */
export function reportText(lang: Lang, state: MeetingState, opinions: OpinionsOfHearing): WrittenBlock[] {
  const w = messagesFor(lang);
  const h = hearingMessagesFor(lang);
  const r = h.report;
  const { turns } = state.floor;
  const { expected, came } = publishedAttendance(state);
  const bench = (key: string): WrittenInline[] =>
    state.seatOrder
      .flatMap((seatId) => state.seats[seatId] ?? [])
      .filter(({ sectorId }) => sectorId === key)
      .flatMap(({ personId }, at) => [...(at === 0 ? [] : inlines(lang === 'en' ? ', ' : '、')), { personId }]);
  const benches = (['officer', 'supervisor', 'presenter'] as const).flatMap((key): WrittenBlock[] => {
    const names = bench(key);
    return names.length === 0
      ? []
      : [{ kind: 'paragraph', inlines: [...inlines(r.bench({ name: h.benches[key] })), ...names] }];
  });
  const polls = state.polls.order
    .flatMap((pollId) => state.polls.byId[pollId] ?? [])
    .filter(({ stage, frame }) => stage === 'announced' && frame.kind === 'straw');
  const { answered, unanswered, verdicts } = countsOf(opinions);
  return [
    heading(1, r.heading({ title: textOf(w, state.title) })),
    heading(2, r.matter),
    ...textOf(w, state.hearing?.matter ?? null)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(paragraph),
    heading(2, r.held),
    paragraph(`${formatDateTime(lang, state.openedAt ?? state.startsAt)} · ${textOf(w, state.place)}`),
    paragraph(r.attendance({ present: came, expected, needed: quorumOf(state).needed })),
    ...benches,
    paragraph(
      r.speeches({
        representatives: new Set(turns.flatMap(({ seatId }) => (state.seats[seatId]?.voting ? [seatId] : []))).size,
        residents: turns.filter(({ seatId }) => state.participants.byId[seatId] !== undefined).length,
        asked: state.participants.order.length,
      }),
    ),
    ...(polls.length > 0 ? [heading(2, r.poll), ...polls.flatMap((poll) => pollBlocks(lang, poll))] : []),
    heading(2, r.opinions),
    paragraph(r.sum({ total: answered, ...verdicts })),
    ...opinions.groups
      .filter(({ opinions: own }) => own.length > 0)
      .flatMap(({ title, verdict, reason, opinions: own }): WrittenBlock[] => [
        heading(3, title),
        {
          kind: 'list',
          ordered: true,
          items: own.map(({ text, shownName }) => [
            paragraph(shownName === '' ? text : lang === 'en' ? `${text} (${shownName})` : `${text}（${shownName}）`),
          ]),
        },
        {
          kind: 'paragraph',
          inlines: [
            { text: verdict ? r.answer({ verdict: h.verdicts[verdict] }) : h.noVerdict, bold: true },
            ...inlines(reason === null ? '' : ` ${reason}`),
          ],
        },
      ]),
    ...(unanswered > 0 ? [paragraph(r.unanswered({ count: unanswered }))] : []),
    ...(opinions.hidden > 0 ? [paragraph(r.hidden({ count: opinions.hidden }))] : []),
  ];
}
