// What was written down while the meeting went on, for the first text of its minutes: the notes of the tables under their topics, the captions of a
// hearing under the item they were spoken on. Prose like any other from then on. Called when minutes are founded.
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Fact } from '#lib/domain/minutes/fact.ts';
import { namesOf, personAt, withMentions } from '#lib/domain/minutes/mentions.ts';
import type { WrittenInline } from '#lib/domain/minutes/record.ts';
import type { MinutesOutlineMessages } from '#lib/messages/zh-CN/minutes-outline.ts';
import { noteParts } from '#lib/protocol/notes-document.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { readAllNotes } from '#lib/server/open-space/notes.ts';

type Paragraphs = readonly (readonly WrittenInline[])[];

/** Paragraphs by the number of the fact they belong to. */
export async function writtenDown(
  state: MeetingState,
  events: readonly MeetingEvent[],
  facts: readonly Fact[],
  o: MinutesOutlineMessages,
  store: Queryable,
): Promise<ReadonlyMap<number, Paragraphs>> {
  const names = namesOf(state);
  const said = (text: string): readonly WrittenInline[] => withMentions(names, text);
  const written = new Map<number, Paragraphs>();

  const notes = state.openSpace ? await readAllNotes(state.openSpace, store) : {};
  const gone = new Set(events.flatMap((each) => (each.type === 'CaptionWithdrawn' ? [each.payload.captionId] : [])));
  const captions = events.flatMap((each) =>
    each.type === 'CaptionAdded' && !gone.has(each.payload.captionId) ? [each] : [],
  );

  for (const fact of facts) {
    if (fact.kind === 'topic') {
      const note = notes[fact.said.topicId];
      const paragraphs = noteParts.flatMap((part): Paragraphs => {
        const lines = (note?.[part] ?? '').split('\n').filter((line) => line.trim() !== '');
        return lines.map((line, at) => (at === 0 ? [{ text: o.notes[part], bold: true }, ...said(line)] : said(line)));
      });
      written.set(fact.seq, paragraphs);
    }
    if (fact.kind === 'item') {
      const { from, to } = fact.said;
      const spoken = captions.filter(({ at }) => at >= from && (to === null || at < to));
      written.set(
        fact.seq,
        spoken.map(({ payload: { speakerId, text } }) => {
          const personId = speakerId === null ? '' : personAt(state, speakerId);
          return [...(personId === '' ? [] : [{ personId }, { text: o.said }]), ...said(text.text ?? '')];
        }),
      );
    }
  }
  return written;
}
