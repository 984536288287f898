// A file of a publication, for everybody.
import { error } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { meetingArchive } from '#lib/server/publications/archive.ts';
import { decisionView } from '#lib/server/publications/decision.ts';
import { publicationFile } from '#lib/server/publications/files.ts';
import { readPublication } from '#lib/server/publications/publications.ts';
import type { RequestHandler } from './$types';

const download = (body: BodyInit, type: string, name: string): Response =>
  new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="yishi-${name}"`,
      'cache-control': 'private, no-cache',
    },
  });

export const GET: RequestHandler = async ({ params: { communityId, publicationId, name }, locals }) => {
  const row = await readPublication(communityId, publicationId);
  if (row && row.withdrawnAt === null && name === 'bundle.zip') {
    const zip = await meetingArchive(row.meetingId, row, 'public', locals.lang);
    return download(zip, 'application/zip', `${row.year}-${row.number}.zip`);
  }
  const view = row && row.withdrawnAt === null ? await decisionView(row) : null;
  const file = view ? await publicationFile(view, name, locals.lang) : null;
  if (!view || !file) error(404, messagesFor(locals.lang).pages.notFoundText);
  return download(new Uint8Array(file.content), file.type, `${view.year}-${view.number}-${name}`);
};
