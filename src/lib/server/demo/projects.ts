// The demo's collection notices, 18 needs, five micro-wishes and eight project plans, as they stand when the council is about to decide.
// Called by community.ts inside its transaction. The dataset's days are moved so that its council session falls on the demo's own.
import type { OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import type { Destination, NeedChannel, NeedState, WishState } from '#lib/domain/needs/states.ts';
import { askedChecks } from '#lib/domain/projects/checks.ts';
import { sumOfBudget, type Plan } from '#lib/domain/projects/plan.ts';
import { newId } from '#lib/protocol/ids.ts';
import { digestOf, newToken } from '#lib/server/auth/secrets.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import {
  collectionNotices,
  microWishes,
  needAuthors,
  needHistory,
  needs,
  planChecks,
  planVersions,
  postingPoints,
  projectHistory,
  projectNeeds,
  projects,
  projectSeatsTied,
  reviewScores,
} from '#lib/server/db/schema/index.ts';
import type { DemoIds } from './community.ts';
import { additions, dataset, organisationOf } from './dataset.ts';

const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** The day of the dataset's council session, and how many days after seeding the demo holds it. */
const sessionDay = dataset.meetings.find(({ id }) => id === 'MT1')?.date ?? '';
export const daysToSession = 4;

const dayOf = (at: number): string => new Date(at + shanghaiOffsetMs).toISOString().slice(0, 10);
const instantOf = (day: string): number => Date.parse(`${day}T10:00:00+08:00`);

const needStandings: Readonly<Record<string, { status: NeedState; destination: Destination }>> = {
  merged: { status: 'routed', destination: 'project' },
  referred_owners_assembly: { status: 'routed', destination: 'owners_assembly' },
  referred_workstation: { status: 'routed', destination: 'workstation' },
  wish_fulfilled: { status: 'done', destination: 'micro_wish' },
};

/** Channels the dataset calls by the notice are paper forms that came back. */
const channelOf = (channel: string): NeedChannel => (channel === 'notice' ? 'paper' : (channel as NeedChannel));

const wishStandings: Readonly<Record<string, WishState>> = { done: 'fulfilled', claimed: 'claimed', open: 'open' };

export interface DemoProjects {
  /** Ids by the dataset's own references: `P1`, `N01`. */
  readonly projects: Readonly<Record<string, string>>;
  readonly needs: Readonly<Record<string, string>>;
}

export async function seedDemoProjects(
  tx: Queryable,
  ids: Pick<DemoIds, 'communityId' | 'people' | 'seats' | 'zones' | 'envelopes'>,
  now = Date.now(),
): Promise<DemoProjects> {
  const shiftMs = instantOf(dayOf(now + daysToSession * dayMs)) - instantOf(sessionDay);
  const shifted = (day: string): string => dayOf(instantOf(day) + shiftMs);
  const { communityId } = ids;
  const secretary = ids.people.M03 ?? null;

  const notice = dataset.need_notice;
  const noticeId = newId();
  const current = additions.currentNotice;
  const currentId = newId();
  const collectedAt = instantOf(shifted(notice.period.from));
  const announced = {
    communityId,
    categories: additions.needCategories,
    contact: current.contact,
    createdBy: secretary,
  };
  await tx.insert(collectionNotices).values([
    {
      id: noticeId,
      title: notice.title,
      fromDay: shifted(notice.period.from),
      toDay: shifted(notice.period.to),
      formsIssued: notice.paper_forms_issued,
      formsBlank: notice.paper_forms_returned - dataset.needs.filter(({ channel }) => channel === 'notice').length,
      createdAt: collectedAt,
      publishedAt: collectedAt,
      ...announced,
    },
    {
      id: currentId,
      title: current.title,
      fromDay: dayOf(now - 2 * dayMs),
      toDay: dayOf(now + 28 * dayMs),
      formsIssued: current.formsIssued,
      createdAt: now,
      publishedAt: now,
      ...announced,
    },
  ]);
  const hung = { postedBy: secretary };
  await tx.insert(postingPoints).values([
    ...notice.posted_at.map((name, position) => ({
      id: newId(),
      noticeId,
      name,
      position,
      postedAt: collectedAt,
      takenDownAt: instantOf(shifted(notice.period.to)),
      ...hung,
    })),
    ...notice.posted_at.map((name, position) => ({
      id: newId(),
      noticeId: currentId,
      name,
      position,
      ...(position < 2 ? { postedAt: now, ...hung } : {}),
    })),
  ]);

  const needIds: Record<string, string> = {};
  const takeDown = async (code: string, need: Omit<typeof needs.$inferInsert, 'id' | 'communityId' | 'code'>) => {
    const id = newId();
    needIds[code] = id;
    await tx.insert(needs).values({ id, communityId, code, ...need });
    await tx.insert(needAuthors).values({ needId: id, sentId: newId(), lookupHash: digestOf(newToken()) });
    const { status, destination = null, submittedAt } = need;
    const steps = [
      { at: submittedAt, byPersonId: null, deed: 'submitted', before: {}, after: { status: 'received' } },
      {
        at: instantOf(shifted(notice.period.to)),
        byPersonId: secretary,
        deed: 'route',
        why: need.reply ?? '',
        before: { status: 'received', destination: null },
        after: { status, destination },
      },
    ];
    await tx
      .insert(needHistory)
      .values(steps.slice(0, destination === null ? 1 : 2).map((step, at) => ({ needId: id, seq: at + 1, ...step })));
  };
  for (const [at, need] of dataset.needs.entries()) {
    await takeDown(need.id, {
      noticeId,
      title: need.title,
      detail: need.description,
      category: need.category,
      zoneId: ids.zones[need.zone] ?? null,
      channel: channelOf(need.channel),
      paperSupports: need.supporters,
      submittedAt: collectedAt + at * dayMs,
      reply: need.project_id === null ? need.description : null,
      ...(needStandings[need.status] ?? { status: 'open' as const }),
    });
  }
  for (const wish of dataset.micro_wishes) {
    // The dataset tells its first wish twice: as N17 and as W01.
    const code = wish.id === 'W01' ? 'N17' : wish.id;
    const status = wishStandings[wish.status] ?? 'open';
    if (code === wish.id)
      await takeDown(code, {
        noticeId,
        title: wish.wish,
        category: additions.wishCategory,
        zoneId: ids.zones[wish.zone] ?? null,
        channel: 'micro_wish',
        status: status === 'fulfilled' ? 'done' : 'routed',
        destination: 'micro_wish',
        paperSupports: 1,
        submittedAt: collectedAt,
      });
    await tx.insert(microWishes).values({
      needId: needIds[code] ?? '',
      capFen: wish.value_cap * 100,
      status,
      claimedBy: organisationOf(wish.claimed_by),
      claimedAt: wish.claimed_by === null ? null : instantOf(shifted(notice.period.to)),
      fulfilledAt: status === 'fulfilled' ? instantOf(shifted(notice.period.to)) : null,
      rating: wish.rating,
    });
  }

  const projectIds: Record<string, string> = {};
  for (const project of dataset.projects) {
    const id = newId();
    projectIds[project.id] = id;
    const plan: Plan = {
      need: project.need,
      goals: project.goals,
      schedule: project.schedule.map(({ phase, from, to, deliverable }) => ({
        phase,
        fromDay: shifted(from),
        toDay: shifted(to),
        deliverable,
      })),
      budget: project.budget_lines.map(({ item, amount, basis }) => ({ item, amountFen: amount * 100, basis })),
    };
    const askedFen = sumOfBudget(plan.budget);
    await tx.insert(projects).values({
      id,
      communityId,
      code: project.id,
      name: project.name,
      organisationName: organisationOf(project.org_id) ?? '',
      envelopeId: ids.envelopes[project.envelope_id] ?? null,
      askedFen,
      status: 'reviewed',
      ownersMatter: (project.legal_grade ?? 'none') as OwnersMatter,
      listing: 'off_list',
      beneficiaries: project.beneficiaries,
      createdBy: secretary,
      createdAt: instantOf(shifted(notice.period.to)),
    });
    await tx.insert(planVersions).values({
      projectId: id,
      version: 1,
      plan: plan as unknown as Record<string, unknown>,
      askedFen,
      submittedBy: secretary,
      submittedAt: now - 7 * dayMs,
    });
    await tx
      .insert(projectNeeds)
      .values(project.need_ids.map((code) => ({ projectId: id, needId: needIds[code] ?? '' })));
    const tied = project.recused_member_ids.map((ref) => ({
      projectId: id,
      seatId: ids.seats[ref] ?? '',
      reason: (additions.script.recusals as Readonly<Record<string, string>>)[project.id] ?? additions.script.recusal,
      addedBy: secretary,
      addedAt: now - 7 * dayMs,
    }));
    if (tied.length > 0) await tx.insert(projectSeatsTied).values(tied);
    const judgedAt = now - 6 * dayMs;
    await tx.insert(planChecks).values(
      askedChecks.map((question) => ({
        projectId: id,
        version: 1,
        question,
        passed: true,
        byPersonId: secretary,
        at: judgedAt,
      })),
    );
    // Marks between 76 and 93, different for each project, the same in every demo.
    const place = Number(project.id.slice(1));
    const marks = (['expert', 'resident'] as const).flatMap((side) =>
      additions.reviewers[side].map((reviewer, at) => ({ side, reviewer, score: 76 + ((place * 5 + at * 7) % 18) })),
    );
    await tx
      .insert(reviewScores)
      .values(marks.map((mark) => ({ projectId: id, version: 1, ...mark, enteredBy: secretary, at: judgedAt })));
    const way = ['collecting', 'analysed', 'deliberated', 'plan_published', 'reviewed'] as const;
    await tx.insert(projectHistory).values(
      way.map((toStatus, at) => ({
        projectId: id,
        seq: at + 1,
        at: now - (14 - 2 * at) * dayMs,
        byPersonId: secretary,
        deed: at === 0 ? 'begin' : (additions.projectDeeds[at - 1] ?? ''),
        fromStatus: at === 0 ? null : (way[at - 1] ?? null),
        toStatus,
        why: additions.projectReasons[at] ?? '',
      })),
    );
  }
  return { projects: projectIds, needs: needIds };
}
