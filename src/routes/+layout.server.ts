// What every page knows of its reader: how they want to read, and the name they are signed in with.
import { readerOf } from '#lib/server/people/reader.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({
  preferences: locals.preferences,
  reader: await readerOf(locals.actor),
});
