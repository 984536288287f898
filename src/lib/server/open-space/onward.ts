// From a topic to a resident's need: a new one with the notes and everybody who named the topic, or needs that are there already. The same asking
// twice is one need; what a need is and how it was collected stays the needs office's. Rule [OS14].
import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { OpenSpaceState, Topic } from '#lib/domain/meeting/open-space/space.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { longestDetail, longestTitle } from '#lib/domain/needs/submission.ts';
import type { Destination, NeedState } from '#lib/domain/needs/states.ts';
import { noteParts, type TableNotes } from '#lib/protocol/notes-document.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { collectionNotices, needs, topicNeeds } from '#lib/server/db/schema/index.ts';
import { takeNeedDown } from '#lib/server/needs/submit.ts';
import { readAllNotes } from './notes.ts';

export interface NeedOfTopic {
  readonly topicId: string;
  readonly needId: string;
  readonly code: string;
  readonly title: string;
  readonly status: NeedState;
  readonly destination: Destination | null;
  /** Made from the topic, or one that was there already. */
  readonly made: boolean;
}

export async function needsOfTopics(meetingId: string): Promise<NeedOfTopic[]> {
  return db
    .select({
      topicId: topicNeeds.topicId,
      needId: needs.id,
      code: needs.code,
      title: needs.title,
      status: needs.status,
      destination: needs.destination,
      made: topicNeeds.made,
    })
    .from(topicNeeds)
    .innerJoin(needs, eq(needs.id, topicNeeds.needId))
    .where(eq(topicNeeds.meetingId, meetingId))
    .orderBy(asc(needs.code));
}

/** The collection a new need belongs to: the newest published one, with its categories. */
export async function collectionFor(communityId: string) {
  const [notice] = await db
    .select({ noticeId: collectionNotices.id, categories: collectionNotices.categories })
    .from(collectionNotices)
    .where(and(eq(collectionNotices.communityId, communityId), isNotNull(collectionNotices.publishedAt)))
    .orderBy(desc(collectionNotices.publishedAt))
    .limit(1);
  return notice ?? null;
}

const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('');

/** What the need says of its origin: who named the topic, and what the table wrote. */
function detailOf(state: MeetingState, topic: Topic, notes: TableNotes | undefined, labels: Labels): string {
  const authors = topic.authors.flatMap((id) => state.participants.byId[id]?.name.text ?? []);
  const written = noteParts.flatMap((part) => (notes?.[part] ? [`${labels.notes[part]}：${notes[part]}`] : []));
  return cut([labels.authors({ names: authors.join('、') }), ...written].join('\n'), longestDetail);
}

interface Labels {
  readonly notes: Readonly<Record<(typeof noteParts)[number], string>>;
  readonly authors: (p: { names: string }) => string;
}

/** [OS14] Once per topic, whoever asks and however often. */
export async function makeNeed(
  communityId: string,
  state: MeetingState,
  { topicId, category }: { topicId: string; category: string },
  byPersonId: string,
  labels: Labels,
): Promise<{ code: string } | OfficeRefusal> {
  const { openSpace: open, meetingId } = state;
  const topic = open?.topics[topicId];
  const notice = await collectionFor(communityId);
  if (!open || !topic || topic.mergedInto !== null || !notice) return refuseOffice('not-there');
  const convener = state.participants.byId[topic.convener];
  const notes = await readAllNotes({ ...open, topics: { [topicId]: topic } });
  const taken = await takeNeedDown(
    communityId,
    {
      noticeId: notice.noticeId,
      sentId: topicId,
      title: cut(topic.title.text ?? '', longestTitle),
      detail: detailOf(state, topic, notes[topicId], labels),
      category,
      name: convener?.name.text ?? '',
      contact: '',
      zoneId: null,
      channel: 'open_space',
      paperSupports: 0,
      photo: null,
    },
    { author: null, enteredBy: byPersonId },
  );
  if (isOfficeRefusal(taken)) return taken;
  await db.insert(topicNeeds).values({ meetingId, topicId, needId: taken.needId, made: true }).onConflictDoNothing();
  return { code: taken.code };
}

/** [OS14] Needs that are there already are joined as they are. */
export async function joinNeeds(
  communityId: string,
  { meetingId, openSpace }: { meetingId: string; openSpace?: OpenSpaceState },
  topicId: string,
  codes: readonly string[],
): Promise<{ unknown: string | null }> {
  const topic = openSpace?.topics[topicId];
  if (!topic || topic.mergedInto !== null || codes.length === 0) return { unknown: codes[0] ?? '' };
  const found = await db
    .select({ id: needs.id, code: needs.code })
    .from(needs)
    .where(and(eq(needs.communityId, communityId), inArray(needs.code, [...codes])));
  const unknown = codes.find((code) => !found.some((need) => need.code === code)) ?? null;
  if (unknown !== null) return { unknown };
  await db
    .insert(topicNeeds)
    .values(found.map(({ id }) => ({ meetingId, topicId, needId: id, made: false })))
    .onConflictDoNothing();
  return { unknown: null };
}
