// Events are for ever. The log of version 1 stands in fixtures/log-v1.json and is never written again: this program must still read it to
// the same meeting. A payload that changes its shape needs the next version and an upcaster; the shapes stand in fixtures/event-shapes.json.
// Until version 1 is released, `WRITE_LOG_FIXTURE=1 npx vitest run --project law tests/log-fixture` writes both anew; a released one stays.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { upcast, upcasters, versionOf, type MeetingEvent } from '#lib/domain/meeting/events.ts';
import { evolve, evolveAll } from '#lib/domain/meeting/evolve.ts';
import type { Logged } from '#lib/domain/meeting/slice.ts';
import { emptyMeeting, type MeetingState } from '#lib/domain/meeting/state.ts';
import { eventTypes } from './support/event-types.ts';
import { playAllocation } from './support/allocation-session.ts';
import { playAwardSession } from './support/award-session.ts';
import { playFollowUps, playJointMeeting } from './support/joint-session.ts';
import { playHearing } from './support/hearing-session.ts';
import { playOpenSpace } from './support/open-space-session.ts';
import { playCancelledMeeting, playFundingSession } from './support/funding-session.ts';

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);
const read = <T>(name: string) => JSON.parse(readFileSync(fixture(name), 'utf8')) as T;

/** Every meeting of the fixture by its name; a format adds its own at the end. */
const played: Readonly<Record<string, readonly MeetingEvent[]>> = {
  session: playFundingSession().log,
  cancelled: playCancelledMeeting().log,
  allocation: playAllocation().log,
  awards: playAwardSession().log,
  openSpace: playOpenSpace().log,
  followUps: playFollowUps().log,
  jointMeeting: playJointMeeting().log,
  hearing: playHearing().log,
};
const written = Object.values(played).flat();
if (process.env.WRITE_LOG_FIXTURE) {
  const logs = Object.entries(played).map(
    ([name, log]) => `  "${name}": [\n    ${log.map((event) => JSON.stringify(event)).join(',\n    ')}\n  ]`,
  );
  writeFileSync(fixture('log-v1.json'), `{\n${logs.join(',\n')}\n}\n`);
  const lines = Object.entries(shapesOf(written)).map(([key, shape]) => `  "${key}": ${JSON.stringify(shape)}`);
  writeFileSync(fixture('event-shapes.json'), `{\n${lines.join(',\n')}\n}\n`);
}

const kept = read<Record<string, Logged[]>>('log-v1.json');
const keptEvents = Object.values(kept).flat();
const meetingNamed = (name: string): Logged[] => kept[name] ?? [];
/** `Type@version` → the shape of its payload. */
const shapes = read<Record<string, unknown>>('event-shapes.json');

const fold = (events: readonly Logged[]): MeetingState => evolveAll(emptyMeeting('meeting-1'), events.map(upcast));

/** Over the meeting as it was after each event, not only at its end. */
function digestOfReplay(events: readonly Logged[]): string {
  const hash = createHash('sha256');
  let state = emptyMeeting('meeting-1');
  for (const event of events) {
    state = evolve(state, upcast(event));
    hash.update(canonical(state));
  }
  return hash.digest('hex');
}

/** JSON with sorted keys, so that a digest depends on what is there and not on how it was written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );

/** A shape as JSON: types joined by `|`, objects by key, arrays as what they hold. */
function shapeOf(values: readonly unknown[]): unknown {
  const kinds = new Set<string>();
  const objects: Record<string, unknown>[] = [];
  const items: unknown[] = [];
  for (const value of values) {
    if (value === null) kinds.add('null');
    else if (Array.isArray(value)) {
      kinds.add('array');
      items.push(...(value as unknown[]));
    } else if (typeof value === 'object') {
      if (value && 'wordsId' in value) kinds.add('words');
      else objects.push(value as Record<string, unknown>);
    } else kinds.add(typeof value);
  }
  const shape: Record<string, unknown> = {};
  if (kinds.size > 0) shape.is = [...kinds].sort().join('|');
  if (items.length > 0) shape.of = shapeOf(items);
  if (objects.length > 0) {
    const keys = [...new Set(objects.flatMap((each) => Object.keys(each)))].sort();
    shape.has = Object.fromEntries(
      keys.map((key) => {
        const present = objects.filter((each) => key in each);
        // Keyed by ids or options: the keys are no part of the shape.
        const inner =
          ['choices', 'tied'].includes(key) || (key === 'counts' && !present.some((each) => Array.isArray(each[key])))
            ? { is: 'record' }
            : shapeOf(present.map((each) => each[key]));
        return [present.length < objects.length ? `${key}?` : key, inner];
      }),
    );
  }
  return shape;
}

function shapesOf(events: readonly Logged[]): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(events.map(({ type, version }) => `${type}@${version}`))]
      .sort()
      .map((key) => [
        key,
        shapeOf(events.filter(({ type, version }) => `${type}@${version}` === key).map(({ payload }) => payload)),
      ]),
  );
}

describe('the log of version 1', () => {
  it('[E1] still folds to the same meetings', () => {
    const ended = fold(meetingNamed('session'));
    expect([ended.phase, ended.polls.order.length, ended.motions.order.length]).toEqual(['adjourned', 12, 11]);
    expect(fold(meetingNamed('cancelled')).phase).toBe('cancelled');
    expect(fold(meetingNamed('allocation')).polls.order.length).toBe(1);
    expect(fold(meetingNamed('awards')).money.funds[0]?.poolFen).toBe(19_500_000);
    // A new field of the state changes these, and only that may: the figures of the session are asserted in funding-session.test.ts.
    expect(Object.fromEntries(Object.entries(kept).map(([name, events]) => [name, digestOfReplay(events)])))
      .toMatchInlineSnapshot(`
        {
          "allocation": "2a2ad2ede4bd992f09736f0af23fb1eda663203455edba7bac1fa7094a374e91",
          "awards": "04fe089cd7c90e855827b6dcc2be054601288be2add3f5080064d07fb60c5413",
          "cancelled": "5873d43fdc98f215ba199346a732181247fdd6cee921b9e104bfc5e7d5153eab",
          "followUps": "d60f41f7be69f6cd1e35f6467067a7b5a3130ae776205708f25f6afbb1accd7f",
          "hearing": "347bad3ee06bf2e990052d6211f973b95e964ca87ef318dbd368259d50e04073",
          "jointMeeting": "02c08029ca9091b020fa194e8a22570cc8ac20ebe924ef6c20d1f1d37f6d0c3c",
          "openSpace": "20afbdf44747ba15be75ac82242080db8e06299fa232d7a706d87af7c93bfb88",
          "session": "88ea4872399067440b04795cb99e0872983bd6011a31e3b8fd58bfd5bca86a1f",
        }
      `);
  });

  it('[E1] holds every event type there was', () =>
    expect([...new Set(keptEvents.map(({ type }) => type))].sort()).toEqual(
      eventTypes.filter((type) => `${type}@1` in shapes).sort(),
    ));

  it('[E1] has the shapes that were recorded for it', () => {
    for (const [key, shape] of Object.entries(shapesOf(keptEvents))) expect([key, shapes[key]]).toEqual([key, shape]);
  });
});

describe('events as this program writes them', () => {
  const now = shapesOf(JSON.parse(JSON.stringify(written)) as Logged[]);

  it('are all written by the sessions played here', () =>
    expect([...new Set(written.map(({ type }) => type))].sort()).toEqual([...eventTypes].sort()));

  it.each(eventTypes)('[E1] %s has the shape recorded for its version, or the next version and an upcaster', (type) => {
    const key = `${type}@${versionOf(type)}`;
    expect([key, shapes[key]]).toEqual([key, now[key]]);
    for (let version = 1; version < versionOf(type); version += 1)
      expect(upcasters[type]?.[version]).toBeTypeOf('function');
  });

  it('sees a field that came, went or changed its kind', () => {
    const shape = shapeOf([{ a: 1, b: ['x'] }]);
    expect(shapeOf([{ a: 1, b: ['y', 'z'] }])).toEqual(shape);
    for (const other of [{ a: 1 }, { a: 1, b: ['x'], c: null }, { a: '1', b: ['x'] }, { a: 1, b: [2] }])
      expect(shapeOf([other])).not.toEqual(shape);
    expect(shapeOf([{ a: 1 }, { a: null }])).not.toEqual(shapeOf([{ a: 1 }]));
    expect(shapeOf([{ a: 1 }, {}])).not.toEqual(shapeOf([{ a: 1 }]));
  });
});
