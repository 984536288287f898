// A council session in progress, as big as a test needs: convened, everybody in the hall, the first motion before the meeting in debate.
// Built through `act` alone. `secondProcess` opens the same meeting in another process of the program on the same database.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { council } from '#lib/domain/formats/council.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import type { RulePack } from '#lib/domain/meeting/rules.ts';
import type { NewItem } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { aCouncil, aCommunity, enteredBySlip, type CouncilMade } from './world.ts';

export interface SessionMade {
  readonly meetingId: string;
  readonly council: CouncilMade;
  readonly chair: Actor;
  readonly secretary: Actor;
  readonly motionId: string;
  /** A Cookie header for each member, in the council's order. */
  readonly cookies: readonly string[];
}

export const asPerson = (personId: string): Actor => ({ kind: 'person', personId, accountId: null, meetingId: null });

/** Acts or throws with the refusal. */
export async function must(meetingId: string, command: unknown, actor: Actor): Promise<number> {
  const answer = await act(meetingId, { commandId: newId(), command }, actor);
  if (!answer.ok) throw new Error(`${JSON.stringify(command)}: ${answer.refusal.rule} ${answer.refusal.reason}`);
  return answer.seq;
}

export const plainRules: Omit<RulePack, 'packId'> = {
  name: '测试规则',
  format: council.id,
  quorum: council.quorum,
  majority: council.majority,
  binding: true,
  secrecy: 'named',
  noticeDays: 0,
  speech: { seconds: 120, timesPerMotion: 2 },
  presentationSeconds: 180,
  floorOrder: council.floorOrder,
  seconding: true,
  recusal: true,
  proxies: false,
  publicity: { days: 5, dayType: 'calendar' },
  awayGraceSeconds: 60,
  basis: '',
  checkedOn: null,
};

export async function aSession({
  members = 9,
  rules = {},
  communityId: home,
  item = {},
  names = [],
}: {
  members?: number;
  names?: readonly string[];
  rules?: Partial<RulePack>;
  communityId?: string;
  item?: Partial<NewItem>;
} = {}): Promise<SessionMade> {
  const communityId = home ?? (await aCommunity()).communityId;
  const made = await aCouncil({ members, sectors: Math.max(3, Math.ceil(members / 400)), communityId, names });
  const { packId } = orThrow(await addRulePack(communityId, { ...plainRules, ...rules }));
  const created = await createMeeting(
    {
      councilId: made.councilId,
      format: 'council',
      title: '测试会议',
      place: '议事厅',
      startsAt: Date.now() + 1_000,
      plannedMinutes: 60,
      callLink: null,
      agenda: [
        {
          itemId: newId(),
          kind: 'motion',
          title: '第一项',
          minutes: 10,
          decides: '同意第一项',
          amountFen: 100,
          ...item,
        },
      ],
    },
    { kind: 'system' },
  );
  if (isRefusal(created)) throw new Error(created.reason);
  const { meetingId } = created;
  const chair = asPerson(made.members[0]?.personId ?? '');
  const secretary = asPerson(made.members[1]?.personId ?? '');
  await must(meetingId, { type: 'conveneMeeting', rulePackId: packId, shortNoticeReason: '测试' }, secretary);
  await must(meetingId, { type: 'openCheckIn' }, secretary);
  await Promise.all(
    made.members.map(({ seatId, personId }) =>
      must(meetingId, { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' }, asPerson(personId)),
    ),
  );
  await must(meetingId, { type: 'openSession' }, chair);
  await must(meetingId, { type: 'adoptAgenda' }, chair);
  const { state } = await freshCopy(meetingId);
  await must(meetingId, { type: 'openItem', itemId: state.agenda.items[0]?.itemId }, secretary);
  await must(meetingId, { type: 'putItemMotion' }, secretary);
  await must(meetingId, { type: 'openDebate' }, secretary);
  const motionId = (await freshCopy(meetingId)).state.motions.currentId ?? '';
  const cookies = await Promise.all(made.members.map(({ personId }) => enteredBySlip(personId, meetingId)));
  return { meetingId, council: made, chair, secretary, motionId, cookies };
}

/** Another process of the program on this test's database; its address. Ended after the test file. */
export async function secondProcess(): Promise<{ url: string; kill: (signal: NodeJS.Signals) => Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/other-hall.ts'], {
    env: process.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  afterAll(() => kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('http://')) return { url: line.trim(), kill };
  throw new Error('the second process did not start');
}
