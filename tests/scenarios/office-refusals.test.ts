// Every load, action and endpoint of the office's rooms against every kind of visitor: who gets in is one table, and a route that is not in
// it is a red test. Calls the rooms' own modules with the event a request would give them.
import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { personSignedIn } from '#lib/domain/actor.ts';
import { newId } from '#lib/protocol/ids.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { giveCouncilRole } from '#lib/server/councils/councils.ts';
import { db } from '#lib/server/db/client.ts';
import { meetings, projects } from '#lib/server/db/schema/index.ts';
import { demoRulePacks } from '#lib/server/demo/rule-packs.ts';
import { addRulePack } from '#lib/server/rule-packs/rule-packs.ts';
import { aFund } from '#tests/support/fund.ts';
import { aCommunity, aCouncil, aGuest, anAccount, aPerson, enteredBySlip, signedIn } from '#tests/support/world.ts';

type Handler = (event: unknown) => unknown;
interface Room {
  readonly load?: Handler;
  readonly actions?: Readonly<Record<string, Handler>>;
  readonly GET?: Handler;
  readonly POST?: Handler;
}

// Brackets and parentheses mean something in a glob, so the folders are chosen by name afterwards.
const found = import.meta.glob<Room>(['/src/routes/**/+page.server.ts', '/src/routes/**/+server.ts']);
// Rooms of one meeting ask that meeting's own table (domain/meeting/policy.ts); its slips are the office's.
const ofMeeting = (path: string) => path.includes('/(office)/meetings/') && !path.includes('/slips/');
const isOffice = (path: string) =>
  (path.includes('/(office)/') && !ofMeeting(path)) || /\/sign-(in|out)\/\+page/.test(path);
const rooms: Readonly<Record<string, Room>> = Object.fromEntries(
  await Promise.all(
    Object.entries(found)
      .filter(([path]) => isOffice(path))
      .map(async ([path, load]) => [path, await load()] as const),
  ),
);
const nameOf = (path: string): string =>
  path
    .replace(/^.*\(hall\)\//, '')
    .replace('(office)/', '')
    .replace(/\/\+(page\.)?server\.ts$/, '');

const visitors = [
  'nobody',
  'guest',
  'admitted guest',
  'slip',
  'resident',
  'member',
  'helper',
  'council secretary',
  'other council secretary',
  'office secretary',
  'office elsewhere',
] as const;
type Visitor = (typeof visitors)[number];

const everybody: readonly Visitor[] = visitors;
const withAccount: readonly Visitor[] = visitors.slice(4);
/** Whoever is of the community. `office elsewhere` sees its own community there, never ours. */
const managers: readonly Visitor[] = [
  'council secretary',
  'other council secretary',
  'office secretary',
  'office elsewhere',
];
const office: readonly Visitor[] = ['office secretary', 'office elsewhere'];
const ofCouncil: readonly Visitor[] = ['member', 'helper', 'council secretary', 'office secretary'];
const leaders: readonly Visitor[] = ['council secretary', 'office secretary'];
const ours: readonly Visitor[] = ['office secretary'];
const ourManagers: readonly Visitor[] = ['council secretary', 'other council secretary', 'office secretary'];

/** Who gets past the first line of each. */
const table: Readonly<Record<string, Readonly<Record<string, readonly Visitor[]>>>> = {
  account: {
    load: withAccount,
    password: withAccount,
    removePasskey: withAccount,
    endSession: withAccount,
    askErasure: withAccount,
    withdrawErasure: withAccount,
  },
  'account/own-facts.json': { GET: withAccount },
  // Only leads on to the tasks.
  affairs: { load: everybody },
  'affairs/feedback': { load: managers, hand: managers, answer: managers },
  'affairs/follow-ups': {
    load: managers,
    add: managers,
    done: managers,
    reopen: managers,
    drop: managers,
    extend: managers,
  },
  'affairs/lists': { load: managers, head: office, add: office, change: office, retire: office },
  'affairs/tasks': { load: managers, add: managers, find: managers, answer: managers },
  // A chair confirms the letter; none of these is one.
  'affairs/tasks/[taskId]/letter': { load: managers, keep: managers, confirm: [] },
  'account/passkey': { POST: withAccount },
  'account/passkey/options': { POST: withAccount },
  community: {
    load: withAccount,
    facts: office,
    addZone: office,
    renameZone: office,
    removeZone: office,
    addGroups: office,
    removeGroup: office,
  },
  'community/retention': { load: office, periods: office },
  people: { load: managers, add: managers },
  'people/[personId]': {
    load: managers,
    edit: managers,
    staffRoles: office,
    openAccount: managers,
    newPassword: managers,
    erase: office,
  },
  councils: { load: withAccount, found: office },
  'councils/[councilId]': {
    load: ofCouncil,
    settings: leaders,
    addSector: leaders,
    saveSector: leaders,
    removeSector: leaders,
    seat: leaders,
    saveSeat: leaders,
    endSeat: leaders,
    giveRole: leaders,
    takeRole: leaders,
    copy: leaders,
    nextTerm: ours,
  },
  'councils/[councilId]/import': { load: leaders, read: leaders, check: leaders, import: leaders },
  'councils/[councilId]/import/template.xlsx': { GET: leaders },
  needs: {
    load: managers,
    publish: managers,
    route: managers,
    merge: managers,
    decline: managers,
    finish: managers,
    undo: managers,
    photo: managers,
    claim: managers,
    release: managers,
    fulfil: managers,
  },
  'needs/notices': { load: managers, publish: managers, tick: managers, blank: managers },
  'needs/paper': { load: ['helper', ...managers], type: ['helper', ...managers] },
  'needs/[needId]/letter': { load: managers },
  projects: { load: managers, found: managers },
  'projects/[projectId]': {
    load: managers,
    step: managers,
    facts: managers,
    addWriter: managers,
    removeWriter: managers,
    tie: managers,
    untie: managers,
    check: managers,
    mark: managers,
    owners: managers,
    answer: managers,
    reduceApproved: managers,
    meet: managers,
    pay: managers,
    freeze: managers,
    unfreeze: managers,
    release: managers,
    recover: managers,
  },
  'projects/[projectId]/plan': { load: managers, submit: managers },
  appraisals: { load: managers },
  'appraisals/[projectId]': {
    load: ourManagers,
    draft: ourManagers,
    withdraw: ourManagers,
    issue: ourManagers,
    callBack: ourManagers,
    open: ourManagers,
    paper: ourManagers,
    takeBack: ourManagers,
    close: ourManagers,
    announce: ourManagers,
  },
  funds: { load: withAccount, create: office },
  'funds/[fundId]/desk': {
    load: ours,
    addSource: ours,
    handBack: ours,
    setShares: ours,
    addEnvelope: ours,
    changeCap: ours,
    addAward: ours,
    owners: ours,
    reduce: ours,
    contract: ours,
    meet: ours,
    pay: ours,
    freeze: ours,
    unfreeze: ours,
    release: ours,
    recover: ours,
  },
  'rule-packs': { load: withAccount, retire: managers },
  'rule-packs/new': { load: managers, preview: managers, save: managers },
  'rule-packs/[packId]': { load: managers, preview: managers, save: managers },
  'meetings/[meetingId]/slips': { load: leaders, all: leaders, one: leaders, revoke: leaders },
  setup: { load: everybody, setUp: [] },
  'sign-in': { load: everybody, default: everybody },
  'sign-out': { default: everybody },
};

let actors: Record<Visitor, Actor>;
let params: Record<string, string>;

beforeAll(async () => {
  const community = await aCommunity();
  const { communityId } = community;
  const council = await aCouncil({ communityId, members: 3 });
  const other = await aCouncil({ communityId, members: 2 });
  const elsewhere = await aPerson({ staffRoles: ['secretary'] });
  const officer = await aPerson({ communityId, staffRoles: ['secretary'] });
  const helper = await aPerson({ communityId, staffRoles: ['helper'] });
  const resident = await aPerson({ communityId });
  const subject = await aPerson({ communityId });
  await anAccount(subject.personId);
  const meetingId = newId();
  await db.insert(meetings).values({
    id: meetingId,
    realmId: community.realmId,
    communityId,
    councilId: council.councilId,
    format: 'council',
    title: 'A meeting',
    startsAt: 0,
    joinCode: '100001',
    headHash: new Uint8Array(32),
    createdAt: 0,
  });
  const pack = await addRulePack(communityId, demoRulePacks()[0]!.rules);
  const member = council.members[2]!;
  await giveCouncilRole(other.councilId, other.members[1]!.personId, 'secretary');
  const { fundId } = await aFund({ communityId, capsFen: [1] });
  const projectId = newId();
  await db
    .insert(projects)
    .values({ id: projectId, communityId, code: 'P1', name: 'A project', status: 'collecting', createdAt: 0 });
  params = {
    personId: subject.personId,
    councilId: council.councilId,
    meetingId,
    packId: 'packId' in pack ? pack.packId : '',
    needId: newId(),
    projectId,
    fundId,
    taskId: newId(),
  };
  const guest = await aGuest({ communityId });
  const as = async (cookie: string) => actorFromCookie(cookie);
  actors = {
    nobody: { kind: 'nobody' },
    guest: await as(guest.cookie),
    'admitted guest': {
      kind: 'guest',
      guestId: guest.guestId,
      shownName: guest.shownName,
      admitted: { meetingId, personId: council.members[1]!.personId },
    },
    // Even the secretary's own slip opens none of the office.
    slip: await as(await enteredBySlip(council.members[1]!.personId, meetingId)),
    resident: await as(await signedIn(resident)),
    member: await as(await signedIn(member)),
    helper: await as(await signedIn(helper)),
    'council secretary': await as(await signedIn(council.members[1]!)),
    'other council secretary': await as(await signedIn(other.members[1]!)),
    'office secretary': await as(await signedIn(officer)),
    'office elsewhere': await as(await signedIn(elsewhere)),
  };
});

function eventFor(actor: Actor, handler: string) {
  const url = new URL(`http://hall.test/somewhere?/${handler}`);
  const cookies = { get: () => undefined, set: () => {}, delete: () => {}, getAll: () => [] };
  const preferences = { lang: 'zh-CN', theme: 'auto', type: 'normal' };
  const body = handler === 'POST' ? '{}' : new FormData();
  const request = new Request(url, handler === 'load' || handler === 'GET' ? {} : { method: 'POST', body });
  return { locals: { actor, lang: 'zh-CN', preferences }, url, params, request, cookies, parent: async () => ({}) };
}

type Outcome = 'in' | 'led to sign in' | 'refused';

async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    const answer = await call();
    if (isActionFailure(answer)) return answer.status === 401 || answer.status === 403 ? 'refused' : 'in';
    if (answer instanceof Response) return answer.status === 401 || answer.status === 403 ? 'refused' : 'in';
    return 'in';
  } catch (thrown) {
    if (isRedirect(thrown)) return thrown.location.startsWith('/sign-in?back=') ? 'led to sign in' : 'in';
    // Past the door, but what is asked for is another community's: not there.
    if (isHttpError(thrown)) return thrown.status === 403 ? 'refused' : 'in';
    throw thrown;
  }
}

const handlersOf = ({ load, actions, GET, POST }: Room): Record<string, Handler> => ({
  ...(load && { load }),
  ...(GET && { GET }),
  ...(POST && { POST }),
  ...actions,
});

describe('the table', () => {
  it('names every room and every handler, and no other', () => {
    const handlers = Object.fromEntries(
      Object.entries(rooms).map(([path, room]) => [nameOf(path), Object.keys(handlersOf(room)).sort()]),
    );
    const listed = Object.fromEntries(Object.entries(table).map(([name, row]) => [name, Object.keys(row).sort()]));
    expect(handlers).toEqual(listed);
  });
});

describe.each(Object.entries(rooms).map(([path, room]) => ({ name: nameOf(path), room })))(
  '$name',
  ({ name, room }) => {
    describe.each(Object.entries(handlersOf(room)))('%s', (handler, call) => {
      const may = table[name]?.[handler] ?? [];
      it.each(visitors)('%s', async (visitor) => {
        const outcome = await outcomeOf(() => call(eventFor(actors[visitor], handler)));
        if (may.includes(visitor)) expect(outcome).toBe('in');
        else {
          const isPage = handler === 'load' || (handler === 'GET' && name.startsWith('account'));
          const led = isPage && personSignedIn(actors[visitor]) === null;
          expect(outcome).toBe(led ? 'led to sign in' : 'refused');
        }
      });
    });
  },
);
