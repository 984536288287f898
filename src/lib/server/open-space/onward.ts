// From a topic to a resident's need or a project's plan: new ones with the notes and everybody who named the topic, or needs that are there already.
// The same asking twice is one; what a need is and how it was collected stays the needs office's, a plan the projects'. Rule [OS14].
import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { livingTopics, type OpenSpaceState, type Topic } from '#lib/domain/meeting/open-space/space.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { ProjectState } from '#lib/domain/projects/states.ts';
import { longestPlanText } from '#lib/domain/projects/plan.ts';
import { longestDetail, longestTitle } from '#lib/domain/needs/submission.ts';
import type { Destination, NeedState } from '#lib/domain/needs/states.ts';
import { writePlan } from '#lib/protocol/plan-document.ts';
import { noteParts, type TableNotes } from '#lib/protocol/notes-document.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { collectionNotices, needs, projectNeeds, projects, topicNeeds } from '#lib/server/db/schema/index.ts';
import { foundDocument } from '#lib/server/documents/found-and-freeze.ts';
import { followUpsNamed } from '#lib/server/follow-ups/follow-ups.ts';
import { takeNeedDown } from '#lib/server/needs/submit.ts';
import { foundProject } from '#lib/server/projects/projects.ts';
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

/** What a need or a plan says of its origin: who named the topic, and what the table wrote. */
function detailOf(
  state: MeetingState,
  topic: Topic,
  notes: TableNotes | undefined,
  labels: Labels,
  most: number,
): string {
  const authors = topic.authors.flatMap((id) => state.participants.byId[id]?.name.text ?? []);
  const written = noteParts.flatMap((part) => (notes?.[part] ? [`${labels.notes[part]}：${notes[part]}`] : []));
  return cut([labels.authors({ names: authors.join('、') }), ...written].join('\n'), most);
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
      detail: detailOf(state, topic, notes[topicId], labels, longestDetail),
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

export interface PlanOfTopic {
  readonly topicId: string;
  readonly projectId: string;
  readonly code: string;
  readonly name: string;
  readonly status: ProjectState;
}

/** The projects that serve a need of a topic. */
export const plansOfTopics = (meetingId: string): Promise<PlanOfTopic[]> =>
  db
    .selectDistinct({
      topicId: topicNeeds.topicId,
      projectId: projects.id,
      code: projects.code,
      name: projects.name,
      status: projects.status,
    })
    .from(topicNeeds)
    .innerJoin(projectNeeds, eq(projectNeeds.needId, topicNeeds.needId))
    .innerJoin(projects, eq(projects.id, projectNeeds.projectId))
    .where(eq(topicNeeds.meetingId, meetingId))
    .orderBy(asc(projects.code));

/**
 * [OS14] A project that serves the topic's needs, its plan begun with the notes and everybody who named the topic. Where the topic has no need
 * yet it gets one first, in `category`. Once per topic, whoever asks and however often.
 */
export async function makePlan(
  communityId: string,
  state: MeetingState,
  { topicId, category }: { topicId: string; category: string },
  byPersonId: string,
  labels: Labels,
): Promise<{ projectId: string } | OfficeRefusal> {
  const { openSpace: open, meetingId } = state;
  const topic = open?.topics[topicId];
  if (!open || !topic || topic.mergedInto !== null) return refuseOffice('not-there');
  const linked = async () => (await needsOfTopics(meetingId)).filter((need) => need.topicId === topicId);
  if ((await linked()).length === 0) {
    const made = await makeNeed(communityId, state, { topicId, category }, byPersonId, labels);
    if (isOfficeRefusal(made)) return made;
  }
  const notes = await readAllNotes({ ...open, topics: { [topicId]: topic } });
  const name = cut(topic.title.text ?? '', longestTitle);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`yishi.plan of topic ${topicId}`}))`);
    const before = (await plansOfTopics(meetingId)).find((plan) => plan.topicId === topicId && plan.name === name);
    if (before) return { projectId: before.projectId };
    const founded = await foundProject(
      communityId,
      {
        name,
        organisationName: '',
        applicantContact: null,
        ownersMatter: 'none',
        listing: null,
        beneficiaries: null,
        needIds: (await linked()).map(({ needId }) => needId),
        why: state.title?.text ?? '',
      },
      byPersonId,
    );
    if (isOfficeRefusal(founded)) return founded;
    const need = detailOf(state, topic, notes[topicId], labels, longestPlanText);
    await foundDocument(tx, {
      kind: 'plan',
      meetingId: null,
      projectId: founded.projectId,
      at: Date.now(),
      personId: byPersonId,
      seed: (doc) => writePlan(doc, { need, goals: [], schedule: [], budget: [] }),
    });
    return { projectId: founded.projectId };
  });
}

/** What everybody reads of a need that is not published yet is its code alone. */
const published: readonly NeedState[] = ['open', 'routed', 'done', 'merged'];

/** What became of each topic that went on. `whole` for hosts and for whoever named it: unpublished titles and who took what on. */
export async function fatesOf(state: MeetingState, whole: (topic: Topic) => boolean) {
  const { openSpace: open, meetingId } = state;
  if (!open) return [];
  const [needRows, planRows, followUpRows] = await Promise.all([
    needsOfTopics(meetingId),
    plansOfTopics(meetingId),
    followUpsNamed(
      db,
      open.commitments.map(({ commitmentId }) => commitmentId),
    ),
  ]);
  const of = <Row extends { readonly topicId: string }>(rows: readonly Row[], topicId: string) =>
    rows.filter((row) => row.topicId === topicId);
  return livingTopics(open).map((topic) => ({
    topicId: topic.topicId,
    title: topic.title.text ?? '',
    authors: whole(topic) ? topic.authors.map((id) => state.participants.byId[id]?.name.text ?? '') : [],
    made: of(needRows, topic.topicId).some(({ made }) => made),
    needs: of(needRows, topic.topicId).map(({ code, title, status }) => ({
      code,
      title: whole(topic) || published.includes(status) ? title : '',
      status,
    })),
    plans: of(planRows, topic.topicId),
    commitments: of(open.commitments, topic.topicId).map(({ commitmentId, owner, action, dueDay }) => {
      const kept = followUpRows.find(({ followUpId }) => followUpId === commitmentId);
      return {
        commitmentId,
        owner: whole(topic) ? (owner.text ?? '') : '',
        action: action.text ?? '',
        day: kept?.dueOn ?? dueDay,
        status: kept?.status ?? 'open',
        overdue: kept?.overdue ?? false,
      };
    }),
  }));
}

export type TopicFate = Awaited<ReturnType<typeof fatesOf>>[number];
