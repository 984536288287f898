// The affairs of the community begin with what others ask of it.
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/affairs/tasks');
