// The process's door for pages: cookie → locals.actor on every request.
import { sequence } from '@sveltejs/kit/hooks';
import { recognise } from '#lib/server/auth/recognise.ts';

export const handle = sequence(recognise);
