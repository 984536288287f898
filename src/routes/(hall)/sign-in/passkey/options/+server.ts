// What the browser needs to ask for a passkey. Anybody may ask; a challenge is good for five minutes and one answer.
import { json } from '@sveltejs/kit';
import { askForPasskey } from '#lib/server/auth/passkeys.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ url }) => json(await askForPasskey(url));
