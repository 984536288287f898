// A project before a meeting: who is tied to it, read when its motion comes, and what the announced result makes of it. Called by
// meetings/facts.ts and meetings/bookings.ts inside act's transaction. Nothing here may refuse a meeting. Rules [J6], [J9], [J13].
import { asc, eq } from 'drizzle-orm';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { projects, projectSeatsTied } from '#lib/server/db/schema/index.ts';
import { takeStep } from './steps.ts';

export const seatsTiedTo = (
  tx: Queryable,
  projectId: string | undefined,
): Promise<{ seatId: string; reason: string }[]> =>
  projectId === undefined
    ? Promise.resolve([])
    : tx
        .select({ seatId: projectSeatsTied.seatId, reason: projectSeatsTied.reason })
        .from(projectSeatsTied)
        .where(eq(projectSeatsTied.projectId, projectId))
        .orderBy(asc(projectSeatsTied.addedAt), asc(projectSeatsTied.seatId));

/**
 * What the announced vote makes of the project. A vote that passed but books nothing approves nothing. A project that is not where a council
 * can decide it (under way already, or ended) stays as it is: the meeting's record stands by itself.
 */
export async function decideProject(tx: Queryable, after: MeetingState, pollId: string): Promise<void> {
  const poll = after.polls.byId[pollId];
  const subject = poll?.frame.subject;
  const motion = subject?.kind === 'motion' ? after.motions.byId[subject.motionId] : undefined;
  const outcome = motion?.outcome;
  if (!motion?.projectId || !outcome) return;
  // Passed with money: its award, in the same announcement, says whether the books have it.
  const awaitsAward =
    motion.envelopeId !== undefined && (motion.award === undefined || motion.award.status === 'released');
  if (outcome === 'passed' && awaitsAward) return;
  // [B12] Whoever awarded it meanwhile has decided it.
  if (motion.award?.status === 'not_booked' && motion.award.short === 'awarded') return;
  const [project] = await tx.select().from(projects).where(eq(projects.id, motion.projectId));
  if (!project) return;
  const approved = outcome === 'passed' && motion.amountFen !== null && motion.award?.status !== 'not_booked';
  const deed = approved ? 'approve' : 'notApprove';
  const counts = poll?.result?.counts ?? {};
  const votes = { for: counts.for ?? 0, against: counts.against ?? 0, abstain: counts.abstain ?? 0 };
  await takeStep(
    tx,
    project.communityId,
    project.id,
    deed,
    {
      why: motion.title.text || project.name,
      recorded: {
        ...(approved ? { approvedFen: motion.amountFen ?? 0 } : {}),
        meeting: after.title?.text || after.meetingId,
        ...votes,
      },
    },
    null,
    'in-session',
  );
}
