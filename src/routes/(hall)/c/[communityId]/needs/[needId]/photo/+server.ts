// The photograph of a need: for everybody once the office shows it, for the desk always. Sent as a picture and nothing else.
import { error } from '@sveltejs/kit';
import { mayTriageNeeds } from '#lib/domain/policies.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { needPhoto } from '#lib/server/needs/public.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params: { communityId, needId }, locals }) => {
  const photo = await needPhoto(communityId, needId, mayTriageNeeds(await standingOf(locals.actor), communityId));
  if (!photo) error(404, messagesFor(locals.lang).pages.notFoundText);
  return new Response(Buffer.from(photo.content), {
    headers: {
      'content-type': photo.mediaType,
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    },
  });
};
