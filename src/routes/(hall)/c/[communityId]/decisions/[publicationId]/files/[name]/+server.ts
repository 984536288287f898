// A file of a publication, for everybody.
import { error } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { publicationFile } from '#lib/server/publications/files.ts';
import { readPublication } from '#lib/server/publications/publications.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params: { communityId, publicationId, name }, locals }) => {
  const row = await readPublication(communityId, publicationId);
  const view = row && row.withdrawnAt === null ? await decisionView(row) : null;
  const file = view ? await publicationFile(view, name, locals.lang) : null;
  if (!view || !file) error(404, messagesFor(locals.lang).pages.notFoundText);
  return new Response(new Uint8Array(file.content), {
    headers: {
      'content-type': file.type,
      'content-disposition': `attachment; filename="yishi-${view.year}-${view.number}-${name}"`,
      'cache-control': 'private, no-cache',
    },
  });
};
