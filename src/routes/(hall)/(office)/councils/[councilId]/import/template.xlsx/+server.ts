// The roster template as a file. It holds nobody's data, so whoever may manage some council may have it.
import { error } from '@sveltejs/kit';
import { mayManageCouncil } from '#lib/domain/policies.ts';
import { councilOf } from '#lib/server/councils/councils.ts';
import { rosterTemplate } from '#lib/server/councils/roster-file.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { officeMessagesFor } from '#lib/server/office-messages-for.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
  const [who, council] = await Promise.all([standingOf(locals.actor), councilOf(params.councilId)]);
  if (council === null || !mayManageCouncil(who, council)) error(403, messagesFor(locals.lang).pages.forbiddenText);
  const { roster } = officeMessagesFor(locals.lang);
  const file = await rosterTemplate({ ...roster.templateWords, guide: roster.guide });
  const name = encodeURIComponent(`${roster.templateWords.sheet}.xlsx`);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="roster.xlsx"; filename*=UTF-8''${name}`,
      'cache-control': 'no-store',
    },
  });
};
