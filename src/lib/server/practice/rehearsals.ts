// Rehearsals started from a page: a realm of their own with as many seats as phones, a process of its own for the phones, and a report that is
// kept. Refused while a real meeting is live, and one at a time.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/actor.ts';
import { personAt } from '#lib/domain/actor.ts';
import { actorAt, doersOf } from '#lib/domain/meeting/decide.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { openSession, sessionCookieName } from '#lib/server/auth/sessions.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { db } from '#lib/server/db/client.ts';
import {
  communities,
  councilRoles,
  councils,
  meetings,
  people,
  realms,
  rehearsals,
  rulePacks,
  seats,
  sectors,
} from '#lib/server/db/schema/index.ts';
import { act } from '#lib/server/meetings/act.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import { setUpOf, wipeRealm } from './copy.ts';
import { ownUrl } from './practices.ts';
import type { RehearsalPlan, RehearsalReport, RehearsalStage } from './rehearse.ts';

export const fewestPhones = 10;
export const mostPhones = 500;

interface Running {
  readonly rehearsalId: string;
  readonly phones: number;
  stage: 'preparing' | RehearsalStage;
  done: number;
  stop: () => void;
}

let running: Running | null = null;

/** Whether somebody sits in a real meeting now. */
async function someMeetingIsLive(): Promise<boolean> {
  const [live] = await db
    .select({ id: meetings.id })
    .from(meetings)
    .innerJoin(realms, eq(realms.id, meetings.realmId))
    .where(and(eq(realms.kind, 'kept'), inArray(meetings.phase, ['check_in', 'in_session', 'recess'])))
    .limit(1);
  return live !== undefined;
}

/** Starts one in the background; ask `rehearsalsOf` how it goes. */
export async function startRehearsal(
  meetingId: string,
  phones: number,
  actor: Actor,
): Promise<{ rehearsalId: string } | Refusal> {
  const { state } = await freshCopy(meetingId);
  const personId = personAt(actor, meetingId);
  const doers = doersOf(state, actorAt(state, { kind: 'person', personId, guestId: null }));
  if (personId === null || !mayDo(doers, 'startRehearsal'))
    return refuse('P1', 'not-entitled', { deed: 'startRehearsal' });
  if (state.rules === null) return refuse('L2', 'no-rules');
  if (!Number.isSafeInteger(phones) || phones < fewestPhones || phones > mostPhones)
    return refuse('C1', 'command-malformed', { field: 'phones' });
  const url = ownUrl();
  if (running || url === null) return refuse('L1', 'already-done');
  if (await someMeetingIsLive()) return refuse('L1', 'meeting-live');

  const rehearsalId = newId();
  running = { rehearsalId, phones, stage: 'preparing', done: 0, stop: () => {} };
  await db
    .insert(rehearsals)
    .values({ id: rehearsalId, meetingId, phones, startedBy: personId, startedAt: Date.now() });
  void run(running, url, meetingId).finally(() => {
    running = null;
  });
  return { rehearsalId };
}

async function run(own: Running, url: string, originalId: string): Promise<void> {
  let realmId: string | null = null;
  let report: RehearsalReport | { errors: string[]; passed: false } = { errors: [], passed: false };
  try {
    const prepared = await prepare(originalId, own.phones);
    realmId = prepared.realmId;
    report = await playElsewhere(own, { ...prepared.plan, url });
  } catch (error) {
    report = { errors: [error instanceof Error ? error.message : String(error)], passed: false };
  } finally {
    if (realmId !== null) await wipeRealm(realmId).catch((error: unknown) => console.error(error));
    await db
      .update(rehearsals)
      .set({ finishedAt: Date.now(), passed: report.passed, report: { ...report } })
      .where(eq(rehearsals.id, own.rehearsalId))
      .catch((error: unknown) => reportFailure('The report of a rehearsal could not be kept', error));
  }
}

/** A council of simulated members under the rules of the meeting that is rehearsed, checked in and waiting. */
async function prepare(
  originalId: string,
  phones: number,
): Promise<{ realmId: string; plan: Omit<RehearsalPlan, 'url'> }> {
  const { state } = await freshCopy(originalId);
  const [original] = await db.select().from(meetings).where(eq(meetings.id, originalId));
  if (!original || state.rules === null) throw new Error('the meeting to rehearse is gone');
  const now = Date.now();
  const [realmId, communityId, councilId, sectorId, packId] = [newId(), newId(), newId(), newId(), newId()];
  const members = Array.from({ length: phones }, (_, index) => ({ personId: newId(), seatId: newId(), index }));
  await db.transaction(async (tx) => {
    await tx.insert(realms).values({ id: realmId, kind: 'rehearsal', createdAt: now });
    await tx.insert(communities).values({ id: communityId, realmId, name: original.title });
    await tx.insert(councils).values({ id: councilId, communityId, name: original.title, createdAt: now });
    await tx.insert(sectors).values({ id: sectorId, councilId, name: '1', seats: phones });
    await tx
      .insert(people)
      .values(
        members.map(({ personId, index }) => ({ id: personId, communityId, name: String(index + 1), createdAt: now })),
      );
    await tx
      .insert(seats)
      .values(
        members.map(({ personId, seatId, index }) => ({ id: seatId, councilId, sectorId, personId, position: index })),
      );
    const [chair, secretary] = members;
    await tx.insert(councilRoles).values([
      { councilId, personId: chair?.personId ?? '', role: 'chair' },
      { councilId, personId: secretary?.personId ?? '', role: 'secretary' },
    ]);
    const rules = {
      ...state.rules,
      packId,
      quorum: state.rules?.quorum && { ...state.rules.quorum, sectorsPresent: null },
    };
    await tx.insert(rulePacks).values({ id: packId, communityId, rules: rules as NonNullable<typeof state.rules> });
  });
  const created = await createMeeting(
    {
      councilId,
      format: original.format,
      title: original.title,
      place: original.place,
      startsAt: now + 60_000,
      plannedMinutes: original.plannedMinutes,
      callLink: null,
      agenda: [{ itemId: newId(), kind: 'motion', title: original.title, minutes: 10, decides: original.title }],
      copiedFrom: originalId,
    },
    { kind: 'system' },
  );
  if (isRefusal(created)) throw new Error(created.reason);
  const secretary: Actor = { kind: 'person', personId: members[1]?.personId ?? '', accountId: null, meetingId: null };
  for (const command of [
    { type: 'conveneMeeting', rulePackId: packId, shortNoticeReason: null },
    { type: 'openCheckIn' },
  ]) {
    const answer = await act(created.meetingId, { commandId: newId(), command }, secretary);
    if (!answer.ok) throw new Error(answer.refusal.reason);
  }
  const opened = { accountId: null, meetingId: created.meetingId, slipId: null, device: 'rehearsal' };
  const plan = {
    meetingId: created.meetingId,
    arriveWithinMs: phones * 20,
    // Tables without limits: who is simulated need not be turned away.
    setUp: setUpOf(state, null),
    phones: await Promise.all(
      members.map(async ({ personId, seatId }) => ({
        seatId,
        cookie: `${sessionCookieName}=${await openSession(personId, opened)}`,
      })),
    ),
  };
  return { realmId, plan };
}

function playElsewhere(own: Running, plan: RehearsalPlan): Promise<RehearsalReport> {
  return new Promise((resolve, reject) => {
    // The bundled program runs elsewhere than its sources; the process is started from the installation's folder.
    const child = spawn(process.execPath, [path.resolve('server/rehearse.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    });
    own.stop = () => child.kill('SIGKILL');
    let report: RehearsalReport | null = null;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { stage?: RehearsalStage; done?: number; report?: RehearsalReport };
      if (said.stage) Object.assign(own, { stage: said.stage, done: said.done ?? 0 });
      if (said.report) report = said.report;
    });
    child.once('error', reject);
    child.once('close', () => {
      if (report) resolve(report);
      else reject(new Error('the rehearsal ended without a report'));
    });
    child.stdin.end(`${JSON.stringify(plan)}\n`);
  });
}

export interface RehearsalView {
  readonly rehearsalId: string;
  readonly phones: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly passed: boolean | null;
  readonly report: RehearsalReport | null;
  readonly stage: Running['stage'] | null;
  readonly done: number;
}

/** The last ones of a meeting, the newest first; the running one with how far it is. */
export async function rehearsalsOf(meetingId: string): Promise<RehearsalView[]> {
  const rows = await db
    .select()
    .from(rehearsals)
    .where(eq(rehearsals.meetingId, meetingId))
    .orderBy(desc(rehearsals.startedAt))
    .limit(10);
  return rows.map(({ id, phones, startedAt, finishedAt, passed, report }) => {
    const own = running?.rehearsalId === id ? running : null;
    return {
      rehearsalId: id,
      phones,
      startedAt,
      finishedAt,
      passed,
      report: report as RehearsalReport | null,
      stage: own?.stage ?? null,
      done: own?.done ?? 0,
    };
  });
}

/** Rehearsals a process did not finish before it ended are closed when the program starts. */
export async function closeForgottenRehearsals(): Promise<void> {
  await db
    .update(rehearsals)
    .set({ finishedAt: Date.now(), passed: false, report: { errors: ['stopped'], passed: false } })
    .where(sql`${rehearsals.finishedAt} is null`);
}
