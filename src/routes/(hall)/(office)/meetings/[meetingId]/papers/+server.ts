// The papers of a draft: attaching one (the bytes come here, its id goes into the shared agenda by the page that sent it), and the list, for
// pages that find another's paper in the agenda.
import { json } from '@sveltejs/kit';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { attachPaper, papersOf } from '#lib/server/meetings/papers.ts';
import type { PaperAnswer, PaperLine } from '#lib/protocol/papers.ts';
import type { RequestHandler } from './$types';

const statusOf = { 'too-large': 413, 'not-entitled': 403, 'wrong-phase': 409 } as const;

export const GET: RequestHandler = async (event) => {
  await atDesk(event, event.params.meetingId, 'editAgendaDraft', 'watchAsHost');
  const papers: PaperLine[] = await papersOf(event.params.meetingId);
  return json(papers, { headers: { 'cache-control': 'private, no-store' } });
};

export const POST: RequestHandler = async ({ params, locals, request }) => {
  const form = await request.formData().catch(() => null);
  const file = form?.get('paper');
  const kept = file instanceof File ? await attachPaper(params.meetingId, file, locals.actor) : 'empty';
  const answer: PaperAnswer = typeof kept === 'string' ? { ok: false, reason: kept } : { ok: true, paper: kept };
  const status = typeof kept === 'string' ? ((statusOf as Partial<Record<typeof kept, number>>)[kept] ?? 400) : 200;
  return json(answer, { status });
};
