// The projects of a community by code and name, for lists to choose from. No money, no people.
import { asc, eq } from 'drizzle-orm';
import { db } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';

export const projectNames = (communityId: string) =>
  db
    .select({ projectId: projects.id, code: projects.code, name: projects.name, status: projects.status })
    .from(projects)
    .where(eq(projects.communityId, communityId))
    .orderBy(asc(projects.code));
