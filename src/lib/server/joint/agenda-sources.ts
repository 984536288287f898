// Where items of a joint meeting's agenda come from: tasks nobody has answered, needs that were referred, follow-ups that are open. Pulled in by
// whoever drafts the agenda, as one change of the shared document; what an item was made of is read back when it is opened.
import { and, asc, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import type { MatterFact } from '#lib/domain/meeting/consensus.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { insertItem, readAgenda, type NewItem } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { agendaSources, incomingTasks, meetings, needs, responsibilityItems } from '#lib/server/db/schema/index.ts';
import { documentAccessChanged } from '#lib/server/documents/access.ts';
import { writeInto } from '#lib/server/documents/found-and-freeze.ts';
import { readDocument } from '#lib/server/documents/read.ts';
import { followUpsNamed, openOfCouncil } from '#lib/server/follow-ups/follow-ups.ts';
import { agendaDocumentOf } from '#lib/server/meetings/drafted-agenda.ts';

type Source = typeof agendaSources.$inferSelect;

/** Titles of items that stand for several, in the language of the agenda's writer. */
export interface PulledWords {
  readonly needs: (p: { count: number }) => string;
  readonly followUps: (p: { count: number }) => string;
}

/** Sources of a meeting whose item is still on its drafted agenda: what was removed there may be pulled again. */
async function sourcesOf(store: Queryable, meetingId: string): Promise<Source[]> {
  const rows = await store.select().from(agendaSources).where(eq(agendaSources.meetingId, meetingId));
  const documentId = await agendaDocumentOf(store, meetingId);
  const doc = documentId === null ? null : await readDocument(store, documentId);
  if (!doc) return [];
  const there = new Set(readAgenda(doc).map(({ itemId }) => itemId));
  doc.destroy();
  return rows.filter(({ itemId }) => there.has(itemId));
}

/** What could go on the agenda of a meeting and is not on it yet. */
export async function candidatesFor(meetingId: string, store: Queryable = db) {
  const [meeting] = await store.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!meeting) return { tasks: [], needs: [], followUps: [] };
  const taken = (await sourcesOf(store, meetingId)).map(({ refId }) => refId);
  const { communityId, councilId } = meeting;
  const other = taken.length === 0 ? undefined : taken;
  const [tasks, referred, open] = await Promise.all([
    store
      .select()
      .from(incomingTasks)
      .where(
        and(
          eq(incomingTasks.communityId, communityId),
          isNull(incomingTasks.answer),
          other && notInArray(incomingTasks.id, other),
        ),
      )
      .orderBy(asc(incomingTasks.createdAt), asc(incomingTasks.code)),
    store
      .select()
      .from(needs)
      .where(
        and(
          eq(needs.communityId, communityId),
          eq(needs.status, 'routed'),
          inArray(needs.destination, ['residents_committee', 'workstation', 'owners_assembly']),
          other && notInArray(needs.id, other),
        ),
      )
      .orderBy(asc(needs.code)),
    councilId === null ? [] : openOfCouncil(store, councilId),
  ]);
  return {
    tasks: tasks.map(({ id, code, sentBy, text, listing }) => ({ taskId: id, code, sentBy, text, listing })),
    needs: referred.map(({ id, code, title, destination }) => ({ needId: id, code, title, destination })),
    followUps: open.filter(({ followUpId }) => !taken.includes(followUpId)),
  };
}

/**
 * Puts what was picked at the end of the drafted agenda, before a closing item: each task an item of its own, the needs one, the follow-ups one.
 * What is no candidate is left out. One change of the document, in one transaction with what each item is made of.
 */
export async function pullIntoAgenda(
  meetingId: string,
  picked: readonly string[],
  personId: string,
  words: PulledWords,
): Promise<{ pulled: number } | Refusal> {
  const documentId = await agendaDocumentOf(db, meetingId);
  if (documentId === null) return refuse('L1', 'unknown-meeting');
  const outcome = await db.transaction(async (tx): Promise<{ pulled: number } | Refusal> => {
    await tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, meetingId)).for('update');
    const found = await candidatesFor(meetingId, tx);
    const tasks = found.tasks.filter(({ taskId }) => picked.includes(taskId));
    const chosen = found.needs.filter(({ needId }) => picked.includes(needId));
    const open = found.followUps.filter(({ followUpId }) => picked.includes(followUpId));
    const items: NewItem[] = [];
    const sources: Source[] = [];
    const add = (item: Omit<NewItem, 'itemId'>, kind: Source['kind'], refIds: readonly string[]) => {
      const itemId = newId();
      items.push({ itemId, kind: 'deliberation', minutes: 10, ...item });
      for (const refId of refIds) sources.push({ meetingId, itemId, kind, refId });
    };
    for (const { taskId, code, text, sentBy, listing } of tasks)
      add({ title: `${code} ${text}`.slice(0, 200), presenter: sentBy.slice(0, 100), listing }, 'task', [taskId]);
    if (chosen.length > 0)
      add(
        {
          title: words.needs({ count: chosen.length }),
          note: chosen
            .map(({ code, title }) => `${code} ${title}`)
            .join('\n')
            .slice(0, 2000),
        },
        'need',
        chosen.map(({ needId }) => needId),
      );
    if (open.length > 0)
      add(
        {
          title: words.followUps({ count: open.length }),
          note: open
            .map(({ text, owner, dueOn }) => `${text} · ${owner} · ${dueOn}`)
            .join('\n')
            .slice(0, 2000),
        },
        'follow_up',
        open.map(({ followUpId }) => followUpId),
      );
    if (items.length === 0) return { pulled: 0 };
    const seq = await writeInto(tx, documentId, personId, (doc) => {
      const before = readAgenda(doc);
      const last = before[before.length - 1];
      let after = last?.kind === 'closing' ? (before[before.length - 2]?.itemId ?? null) : (last?.itemId ?? null);
      for (const item of items) {
        insertItem(doc, item, after);
        after = item.itemId;
      }
    });
    if (seq === null) return refuse('L1', 'wrong-phase', { phase: 'convened' });
    await tx.insert(agendaSources).values(sources);
    return { pulled: items.length };
  });
  if (!('refused' in outcome) && outcome.pulled > 0) documentAccessChanged(documentId);
  return outcome;
}

/** What an item was made of, as it stands now; null for one that was only written. */
export async function matterOf(tx: Queryable, meetingId: string, itemId: string): Promise<MatterFact | null> {
  const sources = await tx
    .select()
    .from(agendaSources)
    .where(and(eq(agendaSources.meetingId, meetingId), eq(agendaSources.itemId, itemId)))
    .orderBy(asc(agendaSources.refId));
  const [first] = sources;
  if (!first) return null;
  const refIds = sources.map(({ refId }) => refId);
  if (first.kind === 'follow_up') {
    const known = await followUpsNamed(tx, refIds);
    return { kind: 'follow_ups', followUpIds: known.map(({ followUpId }) => followUpId) };
  }
  if (first.kind === 'need') {
    const rows = await tx.select().from(needs).where(inArray(needs.id, refIds)).orderBy(asc(needs.code));
    return { kind: 'needs', needs: rows.map(({ code, title }) => ({ code, title })) };
  }
  const [row] = await tx
    .select({ task: incomingTasks, item: responsibilityItems })
    .from(incomingTasks)
    .leftJoin(responsibilityItems, eq(responsibilityItems.id, incomingTasks.listItemId))
    .where(eq(incomingTasks.id, first.refId));
  if (!row) return null;
  const { id, code, sentBy, text, basisClaimed, moneyFen, listing, findingReason } = row.task;
  return {
    kind: 'task',
    taskId: id,
    code,
    sentBy,
    text,
    basisClaimed,
    moneyFen,
    listing,
    reason: findingReason,
    listed: row.item && { list: row.item.list, code: row.item.code, text: row.item.text },
  };
}
