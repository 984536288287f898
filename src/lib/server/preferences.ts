// How a reader wants to see pages: language, theme, type size, kept in one cookie of the device. `preferencesHandle` is the part of
// hooks.server.ts that reads it into `locals` and fills the placeholders of app.html; it stands after `recognise`, because a device that
// has no wish yet takes 大字版 from the roster the first time its bearer is known.
// The cookie is a wish, not a secret: anything unreadable in it falls back to the defaults.
import { eq } from 'drizzle-orm';
import type { Cookies, Handle } from '@sveltejs/kit';
import type { Actor } from '#lib/domain/actor.ts';
import { defaultPreferences, langs, themes, typeSizes, type Preferences } from '#lib/messages/lang.ts';
import { db } from '#lib/server/db/client.ts';
import { people } from '#lib/server/db/schema/index.ts';

const cookieName = 'yishi_reading';

/** What is one of the known words, the rest as in `otherwise`. */
export const readPreferences = (
  asked: { readonly [part in keyof Preferences]?: unknown },
  otherwise: Preferences,
): Preferences => ({
  lang: langs.find((known) => known === asked.lang) ?? otherwise.lang,
  theme: themes.find((known) => known === asked.theme) ?? otherwise.theme,
  type: typeSizes.find((known) => known === asked.type) ?? otherwise.type,
});

/** Reads `zh-CN.auto.normal`. */
function parseCookie(text: string | undefined): Preferences {
  const [lang, theme, type] = (text ?? '').split('.');
  return readPreferences({ lang, theme, type }, defaultPreferences);
}

/** Keeps a year. Not `secure`: a hall's own Wi-Fi speaks plain http. */
export function keepPreferences(cookies: Cookies, preferences: Preferences): void {
  cookies.set(cookieName, `${preferences.lang}.${preferences.theme}.${preferences.type}`, {
    path: '/',
    maxAge: 365 * 24 * 3600,
    sameSite: 'lax',
    httpOnly: true,
    secure: false,
  });
}

const personOf = (actor: Actor): string | null =>
  actor.kind === 'person' ? actor.personId : actor.kind === 'guest' ? (actor.admitted?.personId ?? null) : null;

/** What a person's entry in the roster asks for: the wish of a device that has none of its own yet. */
async function preferencesOfPerson(personId: string): Promise<Preferences> {
  const [person] = await db.select({ largeType: people.largeType }).from(people).where(eq(people.id, personId));
  return { ...defaultPreferences, type: person?.largeType ? 'large' : 'normal' };
}

export const preferencesHandle: Handle = async ({ event, resolve }) => {
  const kept = event.cookies.get(cookieName);
  const personId = kept === undefined ? personOf(event.locals.actor) : null;
  const preferences = personId === null ? parseCookie(kept) : await preferencesOfPerson(personId);
  // Kept at once, so that the roster is asked once in a device's life.
  if (personId !== null) keepPreferences(event.cookies, preferences);
  event.locals.preferences = preferences;
  event.locals.lang = preferences.lang;
  return resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%yishi.lang%', preferences.lang)
        .replace('%yishi.theme%', preferences.theme)
        .replace('%yishi.type%', preferences.type),
  });
};
