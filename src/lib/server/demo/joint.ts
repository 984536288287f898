// The demo's joint meeting of three parties (the dataset's MT5) and what it works with: the body with its parties, the responsibility lists, the
// tasks that came in, follow-ups, feedback. Called by seed.ts after the community is there, and by tests; all through the office.
import { eq } from 'drizzle-orm';
import type { FeedbackKind } from '#lib/domain/feedback/feedback.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { createGuest } from '#lib/server/auth/guests.ts';
import { addSector, foundCouncil, giveCouncilRole, seatPerson } from '#lib/server/councils/councils.ts';
import { db } from '#lib/server/db/client.ts';
import { councils } from '#lib/server/db/schema/index.ts';
import { feedbackAtDesk, seeToFeedback, takeFeedbackDown } from '#lib/server/feedback/feedback.ts';
import { openFollowUp } from '#lib/server/follow-ups/follow-ups.ts';
import { candidatesFor, pullIntoAgenda } from '#lib/server/joint/agenda-sources.ts';
import { act } from '#lib/server/meetings/act.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { addItem, saveHead } from '#lib/server/tasks/lists.ts';
import { holdAgainstLists, takeTask } from '#lib/server/tasks/tasks.ts';
import { today } from '#lib/server/today.ts';
import type { DemoIds } from './community.ts';
import { additions, dataset, type DemoRef } from './dataset.ts';
import { afternoonAfter } from './meeting.ts';

const { joint } = additions;
const lists = dataset.responsibility_lists;

export interface JointIds {
  readonly councilId: string;
  readonly seats: Readonly<Record<DemoRef, string>>;
  /** By the dataset's id: `Q1`. */
  readonly tasks: Readonly<Record<string, string>>;
  readonly followUps: readonly string[];
}

/** The body, lists, tasks and follow-ups as they stand on `day`; no meeting yet. */
export async function seedDemoAffairs(ids: DemoIds, day = today()): Promise<JointIds> {
  const { communityId, people } = ids;
  const secretary = people.M03 ?? '';
  const { councilId } = orThrow(await foundCouncil(communityId, { name: joint.body, term: joint.term }));
  // The body is older than the council's present term, which a new meeting is offered first.
  await db.update(councils).set({ createdAt: 0 }).where(eq(councils.id, councilId));
  const seats: Record<DemoRef, string> = {};
  const sit = async (sectorId: string, ref: DemoRef, voting: boolean, title: string) => {
    const seat = { sectorId, personId: people[ref] ?? '', title, voting };
    seats[ref] = orThrow(await seatPerson(councilId, seat)).seatId;
  };
  for (const [party, refs] of Object.entries(joint.parties)) {
    const { sectorId } = orThrow(await addSector(councilId, party, refs.length));
    for (const ref of refs) {
      const member = dataset.council.members.find(({ id }) => id === ref);
      await sit(sectorId, ref, true, member?.role_note ?? '');
    }
  }
  const meeting = dataset.meetings.find(({ id }) => id === 'MT5');
  const invited = meeting?.invited ?? [];
  const { sectorId } = orThrow(await addSector(councilId, joint.invitees, invited.length));
  for (const ref of invited) await sit(sectorId, ref, false, joint.invitees);
  for (const [ref, role] of [
    ['M01', 'chair'],
    ['M01', 'moderator'],
    ['M03', 'secretary'],
  ] as const)
    orThrow(await giveCouncilRole(councilId, people[ref] ?? '', role));

  const head = { basis: joint.listBasis, checkedOn: null };
  const heads = [
    { list: 'party' as const, total: lists.party_org_items, categories: null },
    { list: 'committee' as const, total: lists.committee_statutory_items, categories: null },
    {
      list: 'assist' as const,
      total: lists.assist_government.items,
      categories: lists.assist_government.categories,
    },
  ];
  for (const each of heads) orThrow(await saveHead(communityId, { ...each, ...head }));
  const items: Record<string, string> = {};
  const categories: Readonly<Record<string, string>> = joint.listCategories;
  for (const { code, list, text } of lists.sample_items) {
    const item = { list: list as 'party', code, category: categories[code] ?? '', text, illustrative: true };
    items[code] = orThrow(await addItem(communityId, item)).itemId;
  }

  const tasks: Record<string, string> = {};
  const reasons: Readonly<Record<string, string>> = joint.taskReasons;
  const found: Readonly<Record<string, string>> = joint.taskItems;
  for (const { id, from, text, in_list } of lists.incoming_requests) {
    const asked = {
      sentBy: from,
      text,
      basisClaimed: '',
      moneyFen: null,
      askedDueOn: null,
      receivedOn: dayAfter(day, -2),
    };
    const { taskId } = orThrow(await takeTask(communityId, asked, secretary));
    tasks[id] = taskId;
    const itemId = items[found[id] ?? ''] ?? null;
    const finding = in_list
      ? ({ listing: 'on_list', itemId, reason: '' } as const)
      : ({ listing: 'off_list', itemId: null, reason: reasons[id] ?? '' } as const);
    orThrow(await holdAgainstLists(communityId, taskId, finding, secretary));
  }

  const followUps: string[] = [];
  for (const { text, owner, days } of joint.followUps) {
    const asked = { text, ownerPersonId: people[owner] ?? '', ownerName: '', dueOn: dayAfter(day, days) };
    const set = await openFollowUp(db, { communityId, councilId, ...asked }, { at: Date.now(), byPersonId: secretary });
    followUps.push(orThrow(set).followUpId);
  }
  return { councilId, seats, tasks, followUps };
}

/** A few opinions, each as far as it has come: answered, handed on, just received. */
export async function seedDemoFeedback({ communityId, people }: DemoIds): Promise<void> {
  const secretary = people.M03 ?? '';
  for (const { kind, text, handedTo, answer } of joint.feedback as {
    kind: FeedbackKind;
    text: string;
    handedTo?: string;
    answer?: string;
  }[]) {
    const { guestId } = await createGuest(communityId, '');
    const sent = { sentId: newId(), kind, text, name: '', contact: '' };
    const { code } = orThrow(await takeFeedbackDown(communityId, sent, { kind: 'guest', guestId, shownName: '' }));
    const taken = (await feedbackAtDesk(communityId)).find((each) => each.code === code);
    const see = (deed: Parameters<typeof seeToFeedback>[2]) =>
      seeToFeedback(communityId, taken?.feedbackId ?? '', deed, secretary);
    if (handedTo) orThrow(await see({ deed: 'hand', to: handedTo, dueOn: dayAfter(today(), 7) }));
    if (answer) orThrow(await see({ deed: 'answer', answer }));
  }
}

/** The meeting with its agenda pulled from what is open; `convene` also freezes it with rule pack R7. Throws where the office refuses. */
export async function seedDemoJointMeeting(
  ids: DemoIds,
  { councilId, tasks, followUps }: JointIds,
  { startsAt = afternoonAfter(Date.now(), 6), convene = true }: { startsAt?: number; convene?: boolean } = {},
): Promise<string> {
  const meeting = dataset.meetings.find(({ id }) => id === 'MT5');
  const venue = dataset.community.venues.find(({ id }) => id === meeting?.venue);
  const secretary = ids.people.M03 ?? '';
  const created = await createMeeting(
    {
      councilId,
      format: 'joint_meeting',
      title: meeting?.title ?? '',
      place: `${dataset.community.name} ${venue?.name ?? ''}`,
      startsAt,
      plannedMinutes: 60,
      callLink: null,
      agenda: [
        { itemId: newId(), kind: 'opening', title: joint.opening, minutes: 3 },
        { itemId: newId(), kind: 'deliberation', title: joint.guide, minutes: 10 },
        { itemId: newId(), kind: 'closing', title: joint.closing, minutes: 5 },
      ],
    },
    { kind: 'system' },
  );
  if (isRefusal(created)) throw new Error(`the demo's joint meeting was refused: ${created.reason}`);
  const { meetingId } = created;
  const referred = (await candidatesFor(meetingId)).needs
    .filter(({ code }) => ['N15', 'N16', 'N18'].includes(code))
    .map(({ needId }) => needId);
  const picked = [...Object.values(tasks), ...referred, ...followUps];
  const pulled = await pullIntoAgenda(meetingId, picked, secretary, messagesFor('zh-CN').meeting.pulled);
  if (isRefusal(pulled)) throw new Error(`the demo's agenda was not pulled: ${pulled.reason}`);
  if (!convene) return meetingId;
  const command = { type: 'conveneMeeting', rulePackId: ids.rulePacks.R7 ?? '', shortNoticeReason: null };
  const actor = { kind: 'person', personId: secretary, accountId: null, meetingId: null } as const;
  const answer = await act(meetingId, { commandId: newId(), command }, actor);
  if (!answer.ok) throw new Error(`the demo's joint meeting was not convened: ${answer.refusal.reason}`);
  return meetingId;
}
