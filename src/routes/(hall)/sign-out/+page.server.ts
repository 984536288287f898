// Signing out of this device. Opening the page changes nothing; only the form does.
import { redirect } from '@sveltejs/kit';
import { clearSessionCookie } from '#lib/server/auth/recognise.ts';
import { endSession, sessionCookieName } from '#lib/server/auth/sessions.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ cookies, url }) => {
    const sessionId = cookies.get(sessionCookieName);
    if (sessionId) await endSession(sessionId);
    clearSessionCookie(cookies, url);
    redirect(303, '/');
  },
};
