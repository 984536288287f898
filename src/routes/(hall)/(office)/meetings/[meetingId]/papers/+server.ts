// Attaching a paper: the bytes come here, its id goes into the shared agenda by the page that sent it.
import { json } from '@sveltejs/kit';
import { attachPaper } from '#lib/server/meetings/papers.ts';
import type { PaperAnswer } from '#lib/protocol/papers.ts';
import type { RequestHandler } from './$types';

const statusOf = { 'too-large': 413, 'not-entitled': 403, 'wrong-phase': 409 } as const;

export const POST: RequestHandler = async ({ params, locals, request }) => {
  const form = await request.formData().catch(() => null);
  const file = form?.get('paper');
  const kept = file instanceof File ? await attachPaper(params.meetingId, file, locals.actor) : 'empty';
  const answer: PaperAnswer = typeof kept === 'string' ? { ok: false, reason: kept } : { ok: true, paper: kept };
  const status = typeof kept === 'string' ? ((statusOf as Partial<Record<typeof kept, number>>)[kept] ?? 400) : 200;
  return json(answer, { status });
};
