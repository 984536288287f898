// No command brings a number that names somebody into the log. Random hands hold every kind of meeting; whatever they may say, they may not say with
// a telephone number in it. The check is `decide`'s own, so a new command is under it from its first day.
import { describe, expect, it } from 'vitest';
import { announcement, hearingWorld, openHearing } from '#tests/support/hearing-session.ts';
import { concludedWorld, jointWorld } from '#tests/support/joint-session.ts';
import { LawWorld, seatOf, votingItem } from '#tests/support/law-world.ts';
import { joinAs, openSpaceAt, openSpaceWorld } from '#tests/support/open-space-session.ts';
import { commandTypes } from '#tests/support/command-types.ts';
import { randomAmong, randomCast, randomCommand } from '#tests/support/random-commands.ts';
import { randomFrom } from '#tests/support/random.ts';
import { formatOf } from '#lib/domain/formats/index.ts';
import type { Command } from './commands.ts';
import { isRefusal } from './refusal.ts';
import { isSaid } from './words.ts';

const number = '13812345678';

function* publicWords(value: unknown): Generator<string> {
  if (isSaid(value)) {
    if (value.scope !== 'hosts') yield value.said;
  } else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* publicWords(each);
}

/** The command with `number` in place of every text that `said` holds. */
const withNumber = (command: Command, said: ReadonlySet<string>): Command =>
  JSON.parse(
    JSON.stringify(command, (key, value: unknown) =>
      typeof value === 'string' && said.has(value) && key !== 'type' ? number : value,
    ),
  ) as Command;

const spoken = [
  'addCaption',
  'declareRecusal',
  'declareTie',
  'enterParticipant',
  'enterStage',
  'giveFloor',
  'moveMotion',
  'openPoll',
  'proposeTopic',
  'reduceAmount',
  'referMotion',
  'sayWord',
  'setFollowUp',
  'statePosition',
  'withdrawMotion',
];

const councils = (rules = {}) =>
  new LawWorld({ items: Array.from({ length: 30 }, (_, index) => votingItem(`P${index}`, 9_600_000)), rules });

const spaceAt = (stage: string): LawWorld => {
  const world = openSpaceAt(stage);
  for (const guest of ['g0', 'g1', 'g2']) joinAs(world, guest);
  return world;
};

const worlds: readonly (() => LawWorld)[] = [
  () => councils().open(),
  () => councils({ proxies: true }).open(),
  () => councils(),
  jointWorld,
  concludedWorld,
  hearingWorld,
  openHearing,
  openSpaceWorld,
  ...['topics', 'market', 'rounds', 'reports', 'dots', 'commitments', 'closing'].map((stage) => () => spaceAt(stage)),
];

function asked(world: LawWorld, seed: number): Map<string, boolean> {
  const random = randomFrom(seed);
  const types = commandTypes.filter((type) => formatOf(world.state.format)?.commands.includes(type));
  const question = { questionId: 'q1', text: '何时修好', status: 'shown' } as const;
  const found = new Map<string, boolean>();
  for (let step = 0; step < 3_000; step += 1) {
    const { who, command } = random.below(2) === 0 ? randomCommand(random, world) : randomAmong(types, random, world);
    if (['adjournMeeting', 'cancelMeeting'].includes(command.type) && step < 2_900) continue;
    const pollId = 'pollId' in command ? command.pollId : '';
    world.facts = {
      ...world.facts,
      question,
      sheet: { sheetId: 'sheet', pollId, confirmed: true, reason: '录入有误' },
    };
    const answer = world.ask(who, command);
    if (isRefusal(answer)) continue;
    const numbered = withNumber(command, new Set(answer.flatMap(({ payload }) => [...publicWords(payload)])));
    if (JSON.stringify(numbered) !== JSON.stringify(command)) {
      const refused = world.ask(who, numbered);
      const kept = isRefusal(refused) && refused.reason === 'personal-number';
      found.set(command.type, (found.get(command.type) ?? true) && kept);
    }
    world.do(who, command);
    if (random.below(3) === 0) randomCast(random, world);
  }
  return found;
}

describe('[C5] a telephone number', () => {
  it('is refused in the words of every command', () => {
    const all = new Map<string, boolean>();
    worlds.forEach((make, index) => {
      for (const [type, kept] of asked(make(), index + 1)) all.set(type, (all.get(type) ?? true) && kept);
    });
    expect([...all].filter(([, kept]) => !kept).map(([type]) => type)).toEqual([]);
    // Seldom ones come and go with the seeds; these are always among them.
    expect([...all.keys()]).toEqual(expect.arrayContaining(spoken));
    expect(all.size).toBeGreaterThan(18);
  });

  it('may stand in a reason for the hosts alone, in how to reach the office, and where it is no person’s', () => {
    const early = councils();
    early.convene();
    early.do('M03', { type: 'recordLeave', seatId: seatOf('M05'), reason: `住院，家属 ${number}` });
    hearingWorld().do('M03', { ...announcement, how: `到居委会一楼服务台报名，或打 0571-87654321` });
    const world = councils().open();
    const say = (reason: string): Command => ({
      type: 'referMotion',
      motionId: world.state.motions.order[0] ?? '',
      reason,
    });
    world.do('M03', { type: 'openItem', itemId: 'P0' });
    world.do('M03', { type: 'putItemMotion' });
    expect(world.why('M03', say(`找张工，${number}`))).toBe('C5 personal-number');
    expect(world.why('M03', say('身份证 330102 19900307 451x'))).toBe('C5 personal-number');
    world.do('M03', say('转 12345 和 96345 热线办，合同号 2026055001'));
  });
});
