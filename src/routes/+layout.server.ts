// What every page knows of its reader: how they want to read, and the name they are signed in with.
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({ preferences: locals.preferences });
