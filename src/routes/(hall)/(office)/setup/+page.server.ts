// The first day of an empty installation. Once there is a community this page only says so.
import { redirect } from '@sveltejs/kit';
import { maySetUp } from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { setSessionCookie } from '#lib/server/auth/recognise.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { countKeptCommunities } from '#lib/server/people/communities.ts';
import { setUpInstallation } from '#lib/server/people/set-up.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) =>
  maySetUp(await countKeptCommunities())
    ? { refusal: null }
    : { refusal: sentenceOf(locals.lang, refuseOffice('already-set-up')) };

export const actions: Actions = {
  setUp: async (event) => {
    if (!maySetUp(await countKeptCommunities()))
      return refusedForm(event, refuseOffice('already-set-up'), undefined, 403);
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const community = {
      name: text('name'),
      subdistrict: text('subdistrict'),
      district: text('district'),
      city: text('city'),
      households: null,
      population: null,
    };
    const secretary = { name: text('secretary'), loginName: text('loginName'), password: text('password') };
    const done = await setUpInstallation(community, secretary, deviceName(event.request));
    if (isOfficeRefusal(done)) return refusedForm(event, done, form);
    setSessionCookie(event.cookies, event.url, done.sessionId);
    redirect(303, '/community');
  },
};
