// The stages of a session and what belongs to them, shown with the open space's.
import { describe, expect, it } from 'vitest';
import { LawWorld } from '#tests/support/law-world.ts';
import { openSpaceWorld } from '#tests/support/open-space-session.ts';
import { formats } from '#lib/domain/formats/index.ts';
import { remainingMs } from './timer.ts';

const enter = (stage: string, reason: string | null = null, allowedMs: number | null = null) =>
  ({ type: 'enterStage', stage, reason, allowedMs }) as const;
const opened = () => {
  const world = openSpaceWorld();
  world.do('M01', { type: 'openSession' });
  return world;
};

describe('stages', () => {
  it('[L7] the first is entered when the session opens; a host moves on, over one that is not needed too', () => {
    const world = openSpaceWorld();
    expect(world.state.stage).toBeNull();
    expect(world.why('M03', enter('topics'))).toBe('L1 wrong-phase');
    world.do('M01', { type: 'openSession' });
    expect(world.state.stage?.stage).toBe('opening');
    expect(world.why('M05', enter('topics'))).toBe('P1 not-entitled');
    world.do('M03', enter('market'));
    expect(world.state.stage).toEqual({ stage: 'market', since: world.now, timer: null });
    expect(world.why('M03', enter('market'))).toBe('L7 already-done');
    expect(world.why('M03', enter('voting'))).toBe('L7 unknown-stage');
  });

  it('[L7] goes back only with a reason that everybody reads', () => {
    const world = opened();
    world.do('M03', enter('market'));
    expect(world.why('M03', enter('topics'))).toBe('L7 stage-back-needs-reason');
    expect(world.why('M03', enter('topics', ' '))).toBe('L7 stage-back-needs-reason');
    world.do('M03', enter('topics', '还有人要提议题'));
    const last = world.readAs('everyone')[world.log.length - 1];
    expect(last).toMatchObject({
      type: 'StageEntered',
      payload: { stage: 'topics', reason: { text: '还有人要提议题' } },
    });
  });

  it('[L6] the clock of a stage stands still in a recess and can be extended', () => {
    const world = opened();
    expect(world.why('M03', { type: 'extendStage', byMs: 60_000 })).toBe('L7 timer-not-running');
    expect(world.why('M03', enter('topics', null, 0))).toBe('C1 command-malformed');
    world.do('M03', enter('topics', null, 600_000));
    world.wait(59_000).do('M01', { type: 'callRecess' });
    world.wait(3_600_000).do('M01', { type: 'resumeSession' });
    world.do('M03', { type: 'extendStage', byMs: 60_000 });
    const timer = world.state.stage?.timer;
    expect(timer && remainingMs(timer, world.now)).toBe(600_000 - 60_000 + 60_000 - 1_000);
  });

  it('[L4] a council session has none', () =>
    expect(new LawWorld().open().why('M03', enter('opening'))).toBe('L4 not-in-format'));
});

describe.each(formats.map((format) => [format.id, format] as const))('[L8] the stages of %s', (_id, format) => {
  it('are named once each, and commands belong to stages there are', () => {
    expect(new Set(format.stages).size).toBe(format.stages.length);
    for (const [type, stages] of Object.entries(format.onlyIn)) {
      expect(format.commands).toContain(type);
      expect(stages.filter((stage) => !format.stages.includes(stage))).toEqual([]);
    }
  });
});

describe('meetings without seats', () => {
  it('[L2] are convened without a seat and without an item where their format has none', () => {
    const world = openSpaceWorld();
    expect([world.state.seatOrder, world.state.sectors, world.state.agenda.items]).toEqual([[], [], []]);
    expect(world.state.people['person-M01']?.roles).toEqual(['chair']);
  });
});
