// Keeps the passkey a device has just made for the account that is signed in.
import { json } from '@sveltejs/kit';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { refuseOffice } from '#lib/protocol/office-refusals.ts';
import { addPasskey } from '#lib/server/auth/passkeys.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { ownAccountOrNull } from '#lib/server/doorkeeper.ts';
import { jsonBody, refusedJson } from '#lib/server/json-answers.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const own = ownAccountOrNull(event);
  if (!own) return refusedJson(event, refuseOffice('session-expired'), 401);
  const body = await jsonBody(event.request);
  const response = body?.['response'];
  if (typeof response !== 'object' || response === null) {
    return refusedJson(event, refuseOffice('passkey-not-recognised'));
  }
  const typed = body?.['label'];
  const label = typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : deviceName(event.request);
  const refusal = await addPasskey(own.accountId, response as RegistrationResponseJSON, label, event.url);
  return refusal ? refusedJson(event, refusal) : json({ ok: true });
};
