// Keeps how a reader wants to read and sends them back where they were. Takes part of the preferences at a time: the switch that was touched.
// Unknown values change nothing; `back` leads only to a page of this site.
import { redirect } from '@sveltejs/kit';
import { keepPreferences, readPreferences } from '#lib/server/preferences.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, cookies, url }) => {
  const form = await request.formData();
  keepPreferences(cookies, readPreferences(Object.fromEntries(form), locals.preferences));
  redirect(303, placeOnThisSite(String(form.get('back') ?? '/'), url));
};

/** Path and query of `back` when it stays on this site, else the home page. */
function placeOnThisSite(back: string, url: URL): string {
  try {
    const target = new URL(back, url.origin);
    return target.origin === url.origin && back.startsWith('/') ? target.pathname + target.search : '/';
  } catch {
    return '/';
  }
}
