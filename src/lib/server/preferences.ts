// How a reader wants to see pages: language, theme, type size, kept in one cookie of the device and nowhere else.
// `preferencesHandle` is the part of hooks.server.ts that reads it into `locals` and fills the placeholders of app.html.
// The cookie is a wish, not a secret: anything unreadable in it falls back to the defaults.
import type { Cookies, Handle } from '@sveltejs/kit';
import { defaultPreferences, langs, themes, typeSizes, type Preferences } from '#lib/messages/lang.ts';

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

export const preferencesHandle: Handle = ({ event, resolve }) => {
  const preferences = parseCookie(event.cookies.get(cookieName));
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
