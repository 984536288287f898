// Every load, action and endpoint of a meeting's own office rooms against whoever may come: its table decides (domain/meeting/policy.ts),
// and a room that is not named here is a red test. Calls the rooms' own modules with the event a request would give them.
import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { asPerson } from '#tests/support/session.ts';
import { aCouncil, aPerson } from '#tests/support/world.ts';

type Handler = (event: unknown) => unknown;
interface Room {
  readonly load?: Handler;
  readonly actions?: Readonly<Record<string, Handler>>;
  readonly GET?: Handler;
  readonly POST?: Handler;
}

const found = import.meta.glob<Room>(['/src/routes/**/+page.server.ts', '/src/routes/**/+server.ts']);
// The slips are the office's: tests/scenarios/office-refusals.test.ts.
const isRoom = (path: string) => path.includes('/meetings/[meetingId]/') && !path.includes('/slips/');
const nameOf = (path: string): string => path.replace(/^.*\/meetings\/\[meetingId\]\/?/, '').replace(/\+.*$/, '');
const rooms: Readonly<Record<string, Room>> = Object.fromEntries(
  await Promise.all(
    Object.entries(found)
      .filter(([path]) => isRoom(path))
      .map(async ([path, load]) => [nameOf(path), await load()] as const),
  ),
);

const visitors = ['nobody', 'guest', 'stranger', 'other council secretary', 'member', 'secretary', 'chair'] as const;
type Visitor = (typeof visitors)[number];
const hosts: readonly Visitor[] = ['secretary', 'chair'];
const drafters: readonly Visitor[] = ['member', ...hosts];
const typists: readonly Visitor[] = ['secretary'];

/** Who gets in while the meeting is a draft. */
const table: Readonly<Record<string, Readonly<Record<string, readonly Visitor[]>>>> = {
  '': { load: drafters, describe: hosts, cancel: hosts },
  'allocation/': { load: hosts, put: hosts, withdraw: hosts, print: hosts, revoke: hosts },
  'allocation/paper/': { load: typists, enter: typists, confirm: typists, reject: typists },
  'archive.zip/': { GET: hosts },
  'attendance.xlsx/': { GET: hosts },
  'convene/': { load: hosts, default: hosts },
  'hearing/': { load: hosts, announce: hosts, enrol: hosts, draw: hosts, appoint: hosts, dismiss: hosts },
  'minutes/': { load: drafters },
  'minutes/history/': { load: drafters, restore: drafters },
  'minutes/publish/': { load: hosts, publish: hosts, withdraw: hosts, answer: hosts },
  '[paper=signed]/sign/': {
    load: drafters,
    freeze: hosts,
    complete: hosts,
    reopen: hosts,
    enterPaper: hosts,
    settlePaper: hosts,
  },
  // These four stand open: what was signed, by whose key and in which meeting decides, see tests/scenarios/minutes-signing.test.ts.
  '[paper=signed]/sign/answer/': { POST: visitors },
  '[paper=signed]/sign/ask/': { POST: visitors },
  '[paper=signed]/sign/bundle.json/': { GET: visitors },
  '[paper=signed]/sign/key/': { POST: visitors },
  '[paper=signed]/sign/scan/[paperId]/': { GET: hosts },
  '[paper=signed]/sign/sheet/': { load: drafters },
  'opinions/': {
    load: hosts,
    open: hosts,
    move: hosts,
    answer: hosts,
    takeDown: hosts,
    publish: hosts,
  },
  'paper-ballots/': { load: hosts },
  'papers/': { GET: drafters, POST: hosts },
  'pull/': { load: hosts, default: hosts },
  'rehearsal/': { load: hosts, default: hosts },
  'sign-in-sheet/': { load: hosts },
  'sign-in-sheet.pdf/': { GET: hosts },
  'votes.xlsx/': { GET: hosts },
};

let actors: Record<Visitor, Actor>;
let meetingId = '';

beforeAll(async () => {
  const council = await aCouncil({ members: 3 });
  const other = await aCouncil({ members: 2, communityId: council.communityId });
  const stranger = await aPerson({ staffRoles: ['secretary', 'chair'] });
  const made = await createMeeting(
    {
      councilId: council.councilId,
      format: 'council',
      title: '草稿',
      place: '',
      startsAt: Date.now() + 86_400_000,
      plannedMinutes: 60,
      callLink: null,
    },
    { kind: 'system' },
  );
  if (isRefusal(made)) throw new Error(made.reason);
  ({ meetingId } = made);
  const member = (people: typeof council.members, at: number) => asPerson(people[at]?.personId ?? '');
  actors = {
    nobody: { kind: 'nobody' },
    guest: { kind: 'guest', guestId: 'guest', shownName: '居民' },
    stranger: asPerson(stranger.personId),
    'other council secretary': member(other.members, 1),
    member: member(council.members, 2),
    secretary: member(council.members, 1),
    chair: member(council.members, 0),
  };
});

function eventFor(actor: Actor, handler: string) {
  const url = new URL(`http://hall.test/meetings/${meetingId}?/${handler}`);
  const form = new FormData();
  // Nothing here may succeed by accident: a host is refused for the form, anybody else for himself.
  if (handler === 'POST') form.set('paper', new File(['no paper'], 'x.txt'));
  const asked = handler === 'load' || handler === 'GET' ? {} : { method: 'POST', body: form };
  const preferences = { lang: 'zh-CN', theme: 'auto', type: 'normal' };
  return {
    locals: { actor, lang: 'zh-CN', preferences },
    url,
    params: { meetingId },
    request: new Request(url, asked),
    depends: () => {},
    parent: () => Promise.resolve({}),
  };
}

/**
 * Whether somebody came past the door; what a form holds is another question, and so is a sheet that is there only after the notice.
 * The rehearsal is not there for whom it is not.
 */
async function getsIn(name: string, call: () => unknown): Promise<boolean> {
  try {
    const answer = await call();
    if (answer instanceof Response) return answer.status !== 403;
    if (!isActionFailure(answer)) return true;
    if (answer.status === 403) return false;
    const { refusal } = (answer.data ?? {}) as { refusal?: { rule: string } };
    return refusal?.rule !== 'P1';
  } catch (thrown) {
    if (isRedirect(thrown)) return !thrown.location.startsWith('/sign-in');
    if (isHttpError(thrown)) return thrown.status === 404 && name !== 'rehearsal/';
    throw thrown;
  }
}

const handlersOf = ({ load, actions, GET, POST }: Room): Record<string, Handler> => ({
  ...(load && { load }),
  ...(GET && { GET }),
  ...(POST && { POST }),
  ...actions,
});

it('names every room of a meeting and every handler, and no other', () => {
  const are = Object.fromEntries(
    Object.entries(rooms).map(([name, room]) => [name, Object.keys(handlersOf(room)).sort()]),
  );
  const named = Object.fromEntries(
    Object.entries(table).map(([name, handlers]) => [name, Object.keys(handlers).sort()]),
  );
  expect(are).toEqual(named);
});

describe.each(Object.entries(table))('meetings/…/%s', (name, handlers) => {
  it.each(Object.entries(handlers))('[P1] %s', async (handler, allowed) => {
    const run = handlersOf(rooms[name] ?? {})[handler];
    const came: Visitor[] = [];
    for (const visitor of visitors)
      if (await getsIn(name, () => run?.(eventFor(actors[visitor], handler)))) came.push(visitor);
    expect(came.sort()).toEqual([...allowed].sort());
  });
});
