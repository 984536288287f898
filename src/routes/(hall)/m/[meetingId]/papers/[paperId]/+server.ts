// One attached paper, for whoever may watch the meeting or draft its agenda. Sent as a file to keep, never as a page of this site.
import { error } from '@sveltejs/kit';
import { readPaper } from '#lib/server/meetings/papers.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { RequestHandler } from './$types';

/** These a browser shows by itself and runs nothing in them. */
const shown = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'];

export const GET: RequestHandler = async ({ params, locals, request }) => {
  const paper = await readPaper(params.meetingId, params.paperId, locals.actor);
  if (!paper) error(404, messagesFor(locals.lang).pages.notFoundText);
  const etag = `"${paper.sha256}"`;
  const headers = {
    'content-type': paper.mediaType,
    'content-disposition': `${shown.includes(paper.mediaType) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(paper.name)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(paper.content), { headers });
};
