// Judges every meeting format of the registry by the same promises. A new format gets here by its line in index.ts.
import { describe, expect, it } from 'vitest';
import { commandTypes } from '#tests/support/command-types.ts';
import { fundingRules } from '#tests/support/law-world.ts';
import { faultOfRulePack } from '#lib/domain/meeting/rules.ts';
import { formatOf, formats } from './index.ts';

describe('the registry', () => {
  it('finds each format by its id, and nothing else', () => {
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
    for (const format of formats) expect(formatOf(format.id)).toBe(format);
    expect(formatOf('constructor')).toBeUndefined();
  });

  it('every command belongs to at least one format', () => {
    const known = new Set(formats.flatMap(({ commands }) => commands));
    expect(commandTypes.filter((type) => !known.has(type))).toEqual([]);
  });
});

describe.each(formats.map((format) => [format.id, format] as const))('[L4] format %s', (_id, format) => {
  it('knows commands that exist, each once', () => {
    expect(new Set(format.commands).size).toBe(format.commands.length);
    expect(format.commands.filter((type) => !commandTypes.includes(type))).toEqual([]);
  });

  it('can be drafted, convened, opened and ended', () => {
    const needed = [
      'draftMeeting',
      'conveneMeeting',
      'openCheckIn',
      format.seatless ? 'enterParticipant' : 'takeSeat',
      'openSession',
      'adjournMeeting',
      'cancelMeeting',
    ] as const;
    expect(needed.filter((type) => !format.commands.includes(type))).toEqual([]);
  });

  it('starts a pack that is usable', () => {
    const { id, quorum, majority, binding, floorOrder } = format;
    expect(faultOfRulePack({ ...fundingRules, format: id, quorum, majority, binding, floorOrder })).toBeNull();
  });
});
