// The public statement as .csv, for anybody.
import { error } from '@sveltejs/kit';
import { statementCsv } from '#lib/server/ledger/statement-files.ts';
import { statementOf } from '#lib/server/ledger/statement.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
  const statement = await statementOf(params.fundId);
  if (!statement) error(404);
  return new Response(statementCsv(statement, locals.lang), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="yishi-fund-${statement.fund.year}.csv"`,
      'cache-control': 'no-store',
    },
  });
};
