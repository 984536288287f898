// A printed slip: opening it says whose it is and which meeting it is for; entering is a form, because messengers open links by themselves.
import { redirect } from '@sveltejs/kit';
import { personAt } from '#lib/domain/actor.ts';
import { refuseOffice } from '#lib/protocol/office-refusals.ts';
import { setSessionCookie } from '#lib/server/auth/recognise.ts';
import { enterBySlip, readSlip } from '#lib/server/auth/slips.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const slip = await readSlip(params.code);
  if ('refused' in slip) return { slip: null, isHere: false, sentence: sentenceOf(locals.lang, slip) };
  const isHere = locals.actor.kind === 'person' && personAt(locals.actor, slip.meetingId) === slip.personId;
  if (slip.used && !isHere) {
    return { slip: null, isHere, sentence: sentenceOf(locals.lang, refuseOffice('slip-used')) };
  }
  const { personName, meetingTitle, place, startsAt, joinCode, used } = slip;
  return { slip: { personName, meetingTitle, place, startsAt, joinCode, used }, isHere, sentence: null };
};

export const actions: Actions = {
  default: async (event) => {
    const entered = await enterBySlip(event.params.code, event.locals.actor, deviceName(event.request));
    if ('refused' in entered) return refusedForm(event, entered);
    if (entered.sessionId !== null) setSessionCookie(event.cookies, event.url, entered.sessionId);
    redirect(303, `/join?code=${entered.joinCode}`);
  },
};
