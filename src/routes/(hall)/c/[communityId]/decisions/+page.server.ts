// What a community's council has decided and made public, the newest first.
import { daysLeft, isOpenTo } from '#lib/domain/publication/publication.ts';
import { publicationsOf } from '#lib/server/publications/publications.ts';
import { today } from '#lib/server/today.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params: { communityId } }) => {
  const day = today();
  const rows = await publicationsOf(communityId);
  return {
    publications: rows.map((row) => ({
      publicationId: row.id,
      kind: row.kind,
      year: row.year,
      number: row.number,
      title: row.title,
      fromDay: row.fromDay,
      untilDay: row.untilDay,
      publishedAt: row.publishedAt,
      withdrawn: row.withdrawnAt !== null,
      state:
        row.withdrawnAt !== null
          ? ('withdrawn' as const)
          : isOpenTo(row, day)
            ? ('open' as const)
            : row.fromDay > day
              ? ('ahead' as const)
              : ('over' as const),
      left: daysLeft(row.untilDay, day),
    })),
  };
};
