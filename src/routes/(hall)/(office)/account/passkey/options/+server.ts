// What the browser needs to make a passkey for the account that is signed in.
import { json } from '@sveltejs/kit';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { offerPasskey } from '#lib/server/auth/passkeys.ts';
import { ownAccountOrNull } from '#lib/server/doorkeeper.ts';
import { refusedJson } from '#lib/server/json-answers.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const own = ownAccountOrNull(event);
  if (!own) return refusedJson(event, refuseOffice('session-expired'), 401);
  const options = await offerPasskey(own.accountId, event.url);
  return isOfficeRefusal(options) ? refusedJson(event, options) : json(options);
};
