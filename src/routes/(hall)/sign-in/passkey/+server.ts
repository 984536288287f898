// A passkey's answer: opens a session, or says why not.
import { json } from '@sveltejs/kit';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { refuseOffice } from '#lib/protocol/office-refusals.ts';
import { signInWithPasskey } from '#lib/server/auth/passkeys.ts';
import { setSessionCookie } from '#lib/server/auth/recognise.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { safeBack } from '#lib/server/doorkeeper.ts';
import { jsonBody, refusedJson } from '#lib/server/json-answers.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await jsonBody(event.request);
  const response = body?.['response'];
  if (typeof response !== 'object' || response === null) {
    return refusedJson(event, refuseOffice('passkey-not-recognised'));
  }
  const answer = response as AuthenticationResponseJSON;
  const signedIn = await signInWithPasskey(answer, event.url, deviceName(event.request));
  if ('refused' in signedIn) return refusedJson(event, signedIn);
  setSessionCookie(event.cookies, event.url, signedIn.sessionId);
  const back = body?.['back'];
  return json({ ok: true, back: safeBack(typeof back === 'string' ? back : null) });
};
