// The public record of each organisation: the projects it carries out, what residents said of them and what had to be put right. Drawn from what is
// public of the projects anyway, so that nothing is written twice and nothing private is in it. Rule [AP8].
import { and, asc, eq, inArray } from 'drizzle-orm';
import { satisfactionPercent } from '#lib/domain/appraisal/count.ts';
import type { ProjectState } from '#lib/domain/projects/states.ts';
import { db } from '#lib/server/db/client.ts';
import { appraisals, projectHistory } from '#lib/server/db/schema/index.ts';
import { awardsOfProject } from '#lib/server/ledger/awards.ts';
import { publicProjectsOf } from './views.ts';

export interface ProjectOnRecord {
  readonly projectId: string;
  readonly code: string;
  readonly name: string;
  readonly status: ProjectState;
  readonly paidFen: number;
  /** Of the last mid-term review. */
  readonly midterm: number | null;
  /** Per cent with one decimal, each appraisal in turn; null where nobody had an opinion. */
  readonly satisfaction: readonly (number | null)[];
  /** How often it had to be put right. */
  readonly putRight: number;
}

export interface OrganisationRecord {
  readonly name: string;
  readonly projects: readonly ProjectOnRecord[];
  readonly paidFen: number;
}

/** States from which on an organisation has taken a project on. */
const takenOn: readonly ProjectState[] = [
  'contracted',
  'in_progress',
  'midterm',
  'completed',
  'resident_appraised',
  'closed',
  'rectifying',
  'terminated',
];

/** By name. */
export async function organisationsOf(communityId: string): Promise<OrganisationRecord[]> {
  const ours = (await publicProjectsOf(communityId)).filter(
    ({ status, organisationName }) => takenOn.includes(status) && organisationName !== '',
  );
  const ids = ours.map(({ projectId }) => projectId);
  if (ids.length === 0) return [];
  const [rounds, steps, awards] = await Promise.all([
    db
      .select({ projectId: appraisals.projectId, result: appraisals.result })
      .from(appraisals)
      .where(and(inArray(appraisals.projectId, ids), eq(appraisals.status, 'announced')))
      .orderBy(asc(appraisals.round)),
    db.select().from(projectHistory).where(inArray(projectHistory.projectId, ids)).orderBy(asc(projectHistory.seq)),
    Promise.all(ids.map((projectId) => awardsOfProject(projectId))),
  ]);
  const records = new Map<string, ProjectOnRecord[]>();
  for (const [at, { projectId, code, name, status, organisationName }] of ours.entries()) {
    const own = steps.filter((step) => step.projectId === projectId);
    if (!own.some(({ deed }) => deed === 'contract') && status === 'terminated') continue;
    const [reviewed] = own.filter(({ recorded }) => typeof recorded.score === 'number').slice(-1);
    const onRecord: ProjectOnRecord = {
      projectId,
      code,
      name,
      status,
      paidFen: (awards[at] ?? []).reduce((sum, { paidFen }) => sum + paidFen, 0),
      midterm: reviewed ? Number(reviewed.recorded.score) : null,
      satisfaction: rounds.flatMap((round) =>
        round.projectId === projectId && round.result ? [satisfactionPercent(round.result)] : [],
      ),
      putRight: own.filter(({ deed }) => deed === 'failMidterm' || deed === 'failAppraisal').length,
    };
    records.set(organisationName, [...(records.get(organisationName) ?? []), onRecord]);
  }
  return [...records]
    .map(([name, projects]) => ({
      name,
      projects,
      paidFen: projects.reduce((sum, { paidFen }) => sum + paidFen, 0),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
