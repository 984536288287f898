// Takes what a signer's device has signed.
import { json } from '@sveltejs/kit';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { refusedJson } from '#lib/server/json-answers.ts';
import { answerAsk } from '#lib/server/minutes/sign.ts';
import { signingJson } from '#lib/server/minutes/signing-json.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await signingJson(event.request);
  if (!body) return refusedJson(event, refuseOffice('signing-broken'));
  const clientData = body.text('clientData');
  const answer = {
    nonce: body.text('nonce'),
    keyId: body.text('keyId'),
    signature: body.text('signature'),
    ...(clientData === '' ? {} : { clientData, authenticatorData: body.text('authenticatorData') }),
  };
  const { meetingId, paper } = event.params;
  const answered = await answerAsk(meetingId, event.locals.actor, answer, paper);
  return isOfficeRefusal(answered) ? refusedJson(event, answered) : json({ ok: true, ...answered });
};
