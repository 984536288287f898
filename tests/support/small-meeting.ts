// A meeting of any format with everybody it concerns in the hall, each on a phone of their own over a real socket, and a resident who watches. Convened
// under the format's own fresh rules; built through the office alone. Used by the scenarios of the formats that are no council session.
import { afterAll } from 'vitest';
import type { MeetingFormat } from '#lib/domain/formats/format.ts';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import type { NewItem } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { giveCouncilRole } from '#lib/server/councils/councils.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { freshRules } from '#lib/server/rule-packs/rule-pack-form.ts';
import { addRulePack, type RulesWithoutId } from '#lib/server/rule-packs/rule-packs.ts';
import { openHall } from './hall.ts';
import { asPerson, must } from './session.ts';
import { aCouncil, enteredBySlip, type CouncilMade } from './world.ts';

export interface SmallMeeting {
  readonly meetingId: string;
  readonly council: CouncilMade;
  /** In the council's order: the first leads, the second keeps the record, the third watches votes. */
  readonly phones: readonly Participant[];
  readonly resident: Participant;
  readonly itemIds: readonly string[];
  /** Acts as member `at` or throws with the refusal. */
  readonly say: (at: number, command: Command) => Promise<void>;
  /** The refusal member `at` hears, as `rule reason`; null where it was accepted. */
  readonly why: (at: number, command: Command) => Promise<string | null>;
}

/** Checked in and opened by its chair; the agenda is not adopted yet. */
export async function smallMeeting(
  format: MeetingFormat,
  { members, sectors = 2, here = members }: { members: number; sectors?: number; here?: number },
  agenda: readonly Omit<NewItem, 'itemId'>[],
  rules: Partial<RulesWithoutId> = {},
): Promise<SmallMeeting> {
  const url = await openHall();
  const council = await aCouncil({ members, sectors });
  orThrow(await giveCouncilRole(council.councilId, council.members[2]?.personId ?? '', 'vote_monitor'));
  const pack = { ...freshRules(format), name: '测试规则', noticeDays: 0, ...rules };
  const { packId } = orThrow(await addRulePack(council.communityId, pack));
  const items = agenda.map((item) => ({ ...item, itemId: newId() }));
  const made = await createMeeting(
    {
      councilId: council.councilId,
      format: format.id,
      title: '测试会议',
      place: '议事厅',
      startsAt: Date.now() + 1_000,
      plannedMinutes: 60,
      callLink: null,
      agenda: items,
    },
    { kind: 'system' },
  );
  if (isRefusal(made)) throw new Error(made.reason);
  const { meetingId } = made;
  const secretary = asPerson(council.members[1]?.personId ?? '');
  await must(meetingId, { type: 'conveneMeeting', rulePackId: packId, shortNoticeReason: '测试' }, secretary);
  await must(meetingId, { type: 'openCheckIn' }, secretary);
  const phones = await Promise.all(
    council.members.map(async ({ personId, seatId }, at) => {
      if (at < here) await must(meetingId, { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' }, asPerson(personId));
      return new Participant({ url, meetingId, cookie: await enteredBySlip(personId, meetingId) }).enter();
    }),
  );
  const resident = await new Participant({ url, meetingId, cookie: null }).enter();
  afterAll(() => [...phones, resident].forEach((hand) => hand.leave()));
  const why = async (at: number, command: Command) => {
    const refused = await phones[at]?.act(command);
    return refused ? `${refused.rule} ${refused.reason}` : null;
  };
  const say = async (at: number, command: Command) => {
    const refused = await why(at, command);
    if (refused) throw new Error(`${String(at)} ${command.type}: ${refused}`);
  };
  await say(0, { type: 'openSession' });
  return { meetingId, council, phones, resident, itemIds: items.map(({ itemId }) => itemId), say, why };
}
