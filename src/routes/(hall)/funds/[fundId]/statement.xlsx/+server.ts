// The public statement as .xlsx, for anybody.
import { error } from '@sveltejs/kit';
import { statementXlsx } from '#lib/server/ledger/statement-files.ts';
import { statementOf } from '#lib/server/ledger/statement.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
  const statement = await statementOf(params.fundId);
  if (!statement) error(404);
  return new Response(new Uint8Array(await statementXlsx(statement, locals.lang)), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="yishi-fund-${statement.fund.year}.xlsx"`,
      'cache-control': 'no-store',
    },
  });
};
