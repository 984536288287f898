// The demo's open space (the dataset's MT2): set up as the dataset has it and convened for the coming days, so that a visitor finds one to open.
// Called by seed.ts after the community is there, and by tests; everything goes through the office, as a secretary would do it.
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { act } from '#lib/server/meetings/act.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import type { DemoIds } from './community.ts';
import { additions, dataset } from './dataset.ts';
import { afternoonAfter } from './meeting.ts';

const source = dataset.meetings.find(({ id }) => id === 'MT2');
const rules = dataset.rule_packs.find(({ id }) => id === 'R5');

/** R5 as the set-up of a meeting; what the dataset does not say (most dots on one topic, minutes) is the demo's own. */
export const demoOpenSpace = {
  type: 'setUpSpace',
  theme: additions.openSpace.theme,
  principles: rules && 'principles' in rules ? (rules.principles ?? []) : [],
  law: additions.openSpace.law,
  tables: additions.openSpace.tables.map((name) => ({ tableId: null, name, place: '', capacity: null, link: null })),
  rounds: rules && 'rounds' in rules ? (rules.rounds ?? 2) : 2,
  roundMinutes: 35,
  way: 'all',
  dotsPerPerson: rules && 'dots_per_person' in rules ? (rules.dots_per_person ?? 3) : 3,
  dotsPerTopic: 2,
} as const;

/** Throws where the office refuses. */
export async function seedDemoOpenSpace(
  ids: DemoIds,
  { startsAt = afternoonAfter(Date.now(), 9) }: { startsAt?: number } = {},
): Promise<string> {
  const venue = dataset.community.venues.find(({ id }) => id === source?.venue);
  const created = await createMeeting(
    {
      councilId: ids.councilId,
      format: 'open_space',
      title: source?.title ?? '',
      place: `${dataset.community.name} ${venue?.name ?? ''}`,
      startsAt,
      plannedMinutes: 180,
      callLink: null,
    },
    { kind: 'system' },
  );
  if (isRefusal(created)) throw new Error(`the demo's open space was refused: ${created.reason}`);
  const secretary = { kind: 'person', personId: ids.people.M03 ?? '', accountId: null, meetingId: null } as const;
  for (const command of [
    demoOpenSpace,
    { type: 'conveneMeeting', rulePackId: ids.rulePacks.R5 ?? '', shortNoticeReason: null },
  ]) {
    const answer = await act(created.meetingId, { commandId: newId(), command }, secretary);
    if (!answer.ok) throw new Error(`the demo's open space refused ${command.type}: ${answer.refusal.reason}`);
  }
  return created.meetingId;
}
