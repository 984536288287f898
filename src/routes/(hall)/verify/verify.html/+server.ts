// The offline verifier as one file to keep: it works without network and without this program.
import { verifyPage } from '#lib/server/minutes/verify-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async () =>
  new Response(await verifyPage(), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="verify.html"',
    },
  });
