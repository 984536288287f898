// The landing page's query: what is on, what is coming, what has been decided.
import { listPublicMeetings } from '#lib/server/meetings/list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ meetings: await listPublicMeetings() });
