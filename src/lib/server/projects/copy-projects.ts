// A community's needs and projects copied beside its people when a meeting is copied to practise or rehearse on. Called inside that copy.
// It never takes along who brought a need, who objected, or anybody's contact.
import { eq, inArray } from 'drizzle-orm';
import { newId } from '#lib/protocol/ids.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { needs, planVersions, projectNeeds, projects, projectSeatsTied } from '#lib/server/db/schema/index.ts';

/** @returns new project and need ids by the old ones */
export async function copyProjects(
  tx: Queryable,
  {
    from,
    to,
    seatIds,
    envelopeIds,
  }: {
    from: string;
    to: string;
    seatIds: ReadonlyMap<string, string>;
    envelopeIds: ReadonlyMap<string, string>;
  },
): Promise<{ projectIds: ReadonlyMap<string, string>; needIds: ReadonlyMap<string, string> }> {
  const needRows = await tx.select().from(needs).where(eq(needs.communityId, from));
  const needIds = new Map(needRows.map(({ id }) => [id, newId()]));
  if (needRows.length > 0)
    await tx.insert(needs).values(
      needRows.map((row) => ({
        ...row,
        id: needIds.get(row.id) ?? '',
        communityId: to,
        noticeId: null,
        zoneId: null,
        mergedIntoId: row.mergedIntoId === null ? null : (needIds.get(row.mergedIntoId) ?? null),
      })),
    );

  const projectRows = await tx.select().from(projects).where(eq(projects.communityId, from));
  const projectIds = new Map(projectRows.map(({ id }) => [id, newId()]));
  if (projectRows.length === 0) return { projectIds, needIds };
  const old = [...projectIds.keys()];
  await tx.insert(projects).values(
    projectRows.map((row) => ({
      ...row,
      id: projectIds.get(row.id) ?? '',
      communityId: to,
      envelopeId: envelopeIds.get(row.envelopeId ?? '') ?? null,
      applicantContact: null,
      createdBy: null,
    })),
  );
  const copies = <Row extends { projectId: string }>(rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, projectId: projectIds.get(row.projectId) ?? '' }));
  const versions = await tx.select().from(planVersions).where(inArray(planVersions.projectId, old));
  if (versions.length > 0)
    await tx.insert(planVersions).values(copies(versions).map((row) => ({ ...row, submittedBy: null })));
  const links = await tx.select().from(projectNeeds).where(inArray(projectNeeds.projectId, old));
  if (links.length > 0)
    await tx
      .insert(projectNeeds)
      .values(copies(links).map((row) => ({ ...row, needId: needIds.get(row.needId) ?? '' })));
  const tied = await tx.select().from(projectSeatsTied).where(inArray(projectSeatsTied.projectId, old));
  const tiedHere = copies(tied).flatMap((row) => {
    const seatId = seatIds.get(row.seatId);
    return seatId === undefined ? [] : [{ ...row, seatId, addedBy: null }];
  });
  if (tiedHere.length > 0) await tx.insert(projectSeatsTied).values(tiedHere);
  return { projectIds, needIds };
}
