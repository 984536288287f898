// Signing in with a password. Whoever is signed in already goes on to where they wanted to go.
import { redirect } from '@sveltejs/kit';
import { personSignedIn } from '#lib/domain/actor.ts';
import { signInWithPassword } from '#lib/server/auth/accounts.ts';
import { setSessionCookie } from '#lib/server/auth/recognise.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { refusedForm, safeBack } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const back = safeBack(url.searchParams.get('back'));
  if (personSignedIn(locals.actor) !== null) redirect(303, back);
  return { back };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const signedIn = await signInWithPassword(text('loginName'), text('password'), deviceName(event.request));
    if ('refused' in signedIn) return refusedForm(event, signedIn, form);
    setSessionCookie(event.cookies, event.url, signedIn.sessionId);
    redirect(303, safeBack(text('back')));
  },
};
