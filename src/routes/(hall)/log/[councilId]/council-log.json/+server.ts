// A council's log of completed minutes, for anybody: digests and a signed checkpoint, nothing else.
import { error } from '@sveltejs/kit';
import { canonical } from '#lib/domain/minutes/canonical.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { councilLogOf } from '#lib/server/minutes/council-log.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
  const log = await councilLogOf(`yishi/${params.councilId}`);
  if (!log) error(404, messagesFor(locals.lang).pages.notFoundText);
  return new Response(canonical(log), {
    headers: { 'content-type': 'application/json', 'content-disposition': 'inline; filename="council-log.json"' },
  });
};
