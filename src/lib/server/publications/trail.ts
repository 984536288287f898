// The way of one decision on one page: need → plan → vote → decision → contract → appraisal, each with its day and where to read on. Told from what
// is public already; a step that has not come yet is said to be still ahead. Small groups of an appraisal never appear: only its sums do.
import { smallestGroup } from '#lib/domain/appraisal/count.ts';
import { appraisalsOf } from '#lib/server/appraisals/appraisals.ts';
import { publicProject } from '#lib/server/projects/views.ts';
import type { DecisionView, TrailOfDecision } from '#lib/protocol/publication.ts';
import { publicNames } from './public-names.ts';

/** Null where the decision has no such motion. */
export async function trailOf(view: DecisionView, motionId: string): Promise<TrailOfDecision | null> {
  const line = view.lines.find((each) => each.motionId === motionId);
  if (!line) return null;
  const none = {
    line,
    needs: [],
    project: null,
    plan: null,
    contract: null,
    midterm: null,
    appraisal: null,
    closedAt: null,
  };
  if (line.projectId === null) return none;
  const [project, appraisals, names] = await Promise.all([
    publicProject(view.communityId, line.projectId),
    appraisalsOf(line.projectId),
    publicNames(view.communityId),
  ]);
  if (!project) return none;
  const stepTo = (...deeds: string[]) => project.history.filter(({ deed }) => deeds.includes(deed)).pop();
  const contract = stepTo('contract');
  const midterm = stepTo('passMidterm', 'failMidterm');
  const last = appraisals.filter(({ status, result }) => status === 'announced' && result).pop();
  const result = last?.result;
  return {
    line,
    needs: project.needs.map(({ code, title }) => ({ code, title: names.text(title) })),
    project: {
      projectId: project.projectId,
      code: project.code,
      name: names.text(project.name),
      status: project.status,
      approvedFen: project.approvedFen,
    },
    plan: project.plan
      ? { version: project.plan.version, submittedAt: project.plan.submittedAt, askedFen: project.plan.askedFen }
      : null,
    contract: contract ? { at: contract.at, number: String(contract.recorded.contractNumber ?? '') } : null,
    midterm: midterm ? { at: midterm.at, passed: midterm.deed === 'passMidterm' } : null,
    appraisal:
      last && result
        ? {
            round: last.round,
            announcedAt: last.announcedAt,
            valid: result.valid,
            ...(result.opinions < smallestGroup
              ? { satisfied: null, opinions: null }
              : { satisfied: result.satisfied, opinions: result.opinions }),
          }
        : null,
    closedAt: stepTo('close')?.at ?? null,
  };
}
