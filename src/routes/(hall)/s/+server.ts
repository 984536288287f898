// A typed slip code leads to its slip; without one, to the page where it is typed.
import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) => {
  const code = (url.searchParams.get('code') ?? '').trim();
  redirect(303, code === '' ? '/sign-in' : `/s/${encodeURIComponent(code.slice(0, 40))}`);
};
