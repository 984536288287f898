// The process's door for pages: cookies → locals.actor and locals.preferences on every request. It also hands the doors for sockets to the
// process: server/index.js finds `attach` on globalThis after importing the built handler. The only import of server/attach.ts.
import { sequence } from '@sveltejs/kit/hooks';
import { recognise } from '#lib/server/auth/recognise.ts';
import { preferencesHandle } from '#lib/server/preferences.ts';
import { attach } from '#server/attach.ts';

Reflect.set(globalThis, Symbol.for('yishi.attach'), attach);

export const handle = sequence(recognise, preferencesHandle);
