// The RFC 9162 proof that a council's log of `to` leaves begins with its first `from`: hashes as the standard orders them, for anybody.
import { error, json } from '@sveltejs/kit';
import { messagesFor } from '#lib/server/messages-for.ts';
import { consistencyProof } from '#lib/server/minutes/council-log.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url, locals }) => {
  const [from, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name)));
  const path =
    Number.isSafeInteger(from) && Number.isSafeInteger(to)
      ? await consistencyProof(`yishi/${params.councilId}`, from ?? 0, to ?? 0)
      : null;
  if (!path) error(404, messagesFor(locals.lang).pages.notFoundText);
  return json({ from, to, path });
};
