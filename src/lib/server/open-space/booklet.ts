// The booklet of an open space: theme, every topic with its people, notes, dots and commitments, and the closing words. Composed once from the
// log and the tables' notes; typeset.ts and word-file.ts make the PDF and the Word file of it.
import { participantsHere } from '#lib/domain/meeting/participants.ts';
import { livingTopics, tableOf } from '#lib/domain/meeting/open-space/space.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatDateTime, formatList } from '#lib/messages/format.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { participantName, textOf } from '#lib/messages/seat-words.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import type { OpenSpaceMessages } from '#lib/messages/zh-CN/open-space.ts';
import { noteParts, type TableNotes } from '#lib/protocol/notes-document.ts';
import type { GivenOutPhoto } from './photos.ts';
import { plain, type Printed, type PrintedBlock } from '#lib/server/files/printed.ts';

export function bookletOf(
  w: Messages,
  o: OpenSpaceMessages,
  lang: Lang,
  state: MeetingState,
  notes: Readonly<Record<string, TableNotes>>,
  photos: readonly GivenOutPhoto[] = [],
): Printed | null {
  const { openSpace: open } = state;
  if (!open) return null;
  const name = (id: string) => participantName(w, state, id);
  const came = state.participants.order.length;
  const result = open.dots?.result ?? null;
  const topics = [...livingTopics(open)].sort(
    (left, right) => (result?.counts[right.topicId] ?? 0) - (result?.counts[left.topicId] ?? 0),
  );
  const blocks: PrintedBlock[] = [
    {
      kind: 'paragraph',
      runs: plain(`${formatDateTime(lang, state.startsAt)} · ${textOf(w, state.place)}`),
      align: 'center',
    },
    { kind: 'heading', level: 1, text: textOf(w, open.space.theme) },
    { kind: 'paragraph', runs: plain(o.peopleTitle({ count: Math.max(came, participantsHere(state).length) })) },
    { kind: 'list', ordered: true, items: open.space.principles.map((each) => plain(textOf(w, each))) },
    { kind: 'paragraph', runs: plain(textOf(w, open.space.law)) },
  ];
  if (result) {
    blocks.push({ kind: 'heading', level: 1, text: o.dotsResult });
    blocks.push({
      kind: 'table',
      heads: [o.topicsTitle({ count: topics.length }), o.dotsResult],
      rows: topics.map(({ topicId, title }) => [textOf(w, title), String(result.counts[topicId] ?? 0)]),
      widths: [4, 1],
      figures: [1],
    });
    blocks.push({
      kind: 'small',
      text: `${o.dotsSum({
        people: result.people,
        each: open.space.dotsPerPerson,
        all: result.people * open.space.dotsPerPerson,
        dots: result.dots,
        unused: result.unused,
      })}${o.dotsWays({ phone: result.byPhone, helper: result.byHelper, paper: result.onPaper })}`,
    });
  }
  for (const topic of topics) {
    const cell = open.wall[topic.topicId];
    const written = notes[topic.topicId];
    const made = open.commitments.filter(({ topicId }) => topicId === topic.topicId);
    blocks.push({ kind: 'heading', level: 1, text: textOf(w, topic.title) });
    blocks.push({ kind: 'paragraph', runs: plain(o.convener({ name: name(topic.convener) })) });
    blocks.push({ kind: 'paragraph', runs: plain(o.authors({ names: formatList(lang, topic.authors.map(name)) })) });
    if (topic.recorder) blocks.push({ kind: 'paragraph', runs: plain(o.recorder({ name: name(topic.recorder) })) });
    if (cell)
      blocks.push({
        kind: 'paragraph',
        runs: plain(`${o.round({ n: cell.round })} · ${tableOf(open, cell.tableId)?.name ?? ''}`),
      });
    for (const part of noteParts) {
      if (!written?.[part]) continue;
      blocks.push({ kind: 'heading', level: 3, text: o.notes[part] });
      for (const line of written[part].split('\n').filter((each) => each.trim() !== ''))
        blocks.push({ kind: 'paragraph', runs: plain(line), indent: true });
    }
    for (const [index, photo] of photos.filter(({ topicId }) => topicId === topic.topicId).entries())
      blocks.push({
        kind: 'picture',
        mediaType: photo.mediaType,
        content: photo.content,
        width: photo.width,
        height: photo.height,
        text: o.photoOf({ title: textOf(w, topic.title), n: index + 1 }),
      });
    blocks.push({ kind: 'heading', level: 3, text: o.commitTitle });
    for (const each of made)
      blocks.push({
        kind: 'paragraph',
        runs: plain(o.commitLine({ owner: textOf(w, each.owner), action: textOf(w, each.action), day: each.dueDay })),
        indent: true,
      });
    if (made.length === 0) blocks.push({ kind: 'paragraph', runs: plain(o.unclaimed), indent: true });
  }
  const said = Object.values(open.words).map((word) => textOf(w, word));
  if (said.length > 0) {
    blocks.push({ kind: 'heading', level: 1, text: o.wordsAll });
    blocks.push({ kind: 'paragraph', runs: plain(said.join(' · ')) });
  }
  return { lang, title: textOf(w, state.title), above: o.booklet, blocks };
}
