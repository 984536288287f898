// The gallery is for those who build: there in development, and where a test asks for it by YISHI_GALLERY=1. Elsewhere it does not exist.
// `now` is sent along so that the clocks show what the server would render.
import { dev } from '$app/environment';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => {
  if (!dev && process.env.YISHI_GALLERY !== '1') error(404);
  return { now: Date.now() };
};
