// The process's door for pages: cookies → locals.actor and locals.preferences on every request.
import { sequence } from '@sveltejs/kit/hooks';
import { recognise } from '#lib/server/auth/recognise.ts';
import { preferencesHandle } from '#lib/server/preferences.ts';

export const handle = sequence(preferencesHandle, recognise);
