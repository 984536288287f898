// What a signer's device is given to sign.
import { json } from '@sveltejs/kit';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { refusedJson } from '#lib/server/json-answers.ts';
import { askToSign, imageOf } from '#lib/server/minutes/sign.ts';
import { signingJson } from '#lib/server/minutes/signing-json.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await signingJson(event.request);
  if (!body) return refusedJson(event, refuseOffice('signing-text-missing'));
  const wish = { statement: body.text('statement'), text: body.text('text'), image: imageOf(body.text('image')) };
  const { meetingId, paper } = event.params;
  const asked = await askToSign(meetingId, event.locals.actor, event.url.origin, wish, paper);
  return isOfficeRefusal(asked) ? refusedJson(event, asked) : json(asked);
};
