// The newest signed checkpoint of a council's log as a signed note: what somebody keeps, to hold a later log against it.
import { error } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { councilLogOf } from '#lib/server/minutes/council-log.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
  const log = await councilLogOf(`yishi/${params.councilId}`);
  if (!log) error(404, messagesFor(locals.lang).pages.notFoundText);
  return new Response(log.checkpoint, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="checkpoint.txt"',
    },
  });
};
