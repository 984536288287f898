// Enrols a key this browser has just made for signing.
import { json } from '@sveltejs/kit';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { refusedJson } from '#lib/server/json-answers.ts';
import { enrolDeviceKey } from '#lib/server/minutes/sign.ts';
import { signingJson } from '#lib/server/minutes/signing-json.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await signingJson(event.request);
  if (!body) return refusedJson(event, refuseOffice('signing-key-unfit'));
  const { meetingId } = event.params;
  const key = await enrolDeviceKey(meetingId, event.locals.actor, body.text('publicKey'), deviceName(event.request));
  return isOfficeRefusal(key) ? refusedJson(event, key) : json(key);
};
