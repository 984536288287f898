// The `handle` of every page and form: cookie → `locals.actor`, and a prolonged session's cookie set again.
// Called by hooks.server.ts only. It recognises; refusing is each room's first line.
import type { Cookies, Handle } from '@sveltejs/kit';
import { guestCookieName, guestLifetimeMs } from './guests.ts';
import { recogniseCookie } from './actor-from-cookie.ts';
import { sessionCookieName, sessionLifetimeMs } from './sessions.ts';

const attributes = (url: URL, lifetimeMs: number) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  // A community office's laptop serves plain http on its own Wi-Fi: a secure cookie would never come back there.
  secure: url.protocol === 'https:',
  maxAge: Math.floor(lifetimeMs / 1000),
});

export const setSessionCookie = (cookies: Cookies, url: URL, sessionId: string): void =>
  cookies.set(sessionCookieName, sessionId, attributes(url, sessionLifetimeMs));

export const setGuestCookie = (cookies: Cookies, url: URL, token: string): void =>
  cookies.set(guestCookieName, token, attributes(url, guestLifetimeMs));

export const clearSessionCookie = (cookies: Cookies, url: URL): void =>
  cookies.set(sessionCookieName, '', attributes(url, 0));

export const recognise: Handle = async ({ event, resolve }) => {
  const { actor, prolonged } = await recogniseCookie(event.request.headers.get('cookie'));
  event.locals.actor = actor;
  if (prolonged !== null) setSessionCookie(event.cookies, event.url, prolonged);
  return resolve(event);
};
