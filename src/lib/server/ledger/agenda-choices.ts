// What an agenda item may decide on: the community's open projects and its envelopes, for the selects of the agenda editor.
import { and, asc, eq, notInArray, sql } from 'drizzle-orm';
import type { MoneyChoices } from '#lib/protocol/agenda-document.ts';
import { db } from '#lib/server/db/client.ts';
import { planVersions, projects } from '#lib/server/db/schema/index.ts';
import { fundsOfCommunity } from './funds.ts';

/** Projects that are over are not offered. */
export async function moneyChoices(communityId: string): Promise<MoneyChoices> {
  const [funds, rows] = await Promise.all([
    fundsOfCommunity(communityId),
    db
      .select({
        project: projects,
        need: sql<string>`coalesce((
          select ${planVersions.plan}->>'need' from ${planVersions}
          where ${planVersions.projectId} = ${projects.id} order by ${planVersions.version} desc limit 1), '')`,
      })
      .from(projects)
      .where(
        and(
          eq(projects.communityId, communityId),
          notInArray(projects.status, ['not_approved', 'closed', 'terminated']),
        ),
      )
      .orderBy(asc(projects.code)),
  ]);
  return {
    envelopes: funds.flatMap((fund) =>
      fund.envelopes.map(({ envelopeId, name, roomFen }) => ({ envelopeId, fund: fund.name, name, roomFen })),
    ),
    projects: rows.map(({ project, need }) => ({
      projectId: project.id,
      code: project.code,
      name: project.name,
      organisation: project.organisationName,
      need,
      askedFen: project.askedFen,
      envelopeId: project.envelopeId,
      ownersMatter: project.ownersMatter,
      listing: project.listing,
      awaitsCouncil: project.status === 'reviewed',
    })),
  };
}
