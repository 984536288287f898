// The record of the public draw, for anybody to draw again by.
import { error } from '@sveltejs/kit';
import { drawFileOf } from '#lib/server/hearings/published.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
  const copy = await freshCopy(params.meetingId);
  const file = await drawFileOf(copy.stateFor('everyone'));
  if (!file) error(404, messagesFor(locals.lang).pages.notFoundText);
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="draw.json"',
    },
  });
};
