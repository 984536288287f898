// Reading and posting the books of a fund in PostgreSQL. Everything that books goes through `book`: the fund's row is locked first, then the
// law decides on the balances as they stand, then the entries are written. The database checks once more ([B1] to [B3]) at commit.
// Lock order, everywhere: meeting, poll, fund. Nothing here looks at who asks: the callers do.
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { accountId, isGiver } from '#lib/domain/ledger/accounts.ts';
import { post, type Books, type Posting } from '#lib/domain/ledger/books.ts';
import { isLedgerRefusal, type LedgerRefusal } from '#lib/domain/ledger/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import { funds, ledgerAccounts, ledgerEntries, ledgerTransactions } from '#lib/server/db/schema/index.ts';

export interface Occasion {
  /** ms since 1970 */
  readonly at: number;
  /** personId, or `system`. */
  readonly actorId: string;
  /** Why, in words everybody may read. */
  readonly reason?: string;
  readonly awardId?: string;
}

/** One booking at a time in each of these funds until the transaction ends; always in the order of their ids, so nobody waits in a circle. */
export async function lockFunds(tx: Queryable, fundIds: readonly string[]): Promise<void> {
  if (fundIds.length === 0) return;
  await tx
    .select({ id: funds.id })
    .from(funds)
    .where(inArray(funds.id, [...fundIds]))
    .orderBy(asc(funds.id))
    .for('no key update');
}

export async function readBooks(store: Queryable, fundId: string): Promise<Books> {
  const rows = await store
    .select({ id: ledgerAccounts.id, balanceFen: ledgerAccounts.balanceFen })
    .from(ledgerAccounts)
    .where(eq(ledgerAccounts.fundId, fundId));
  return new Map(rows.map(({ id, balanceFen }) => [id, balanceFen]));
}

/**
 * Locks the fund, lets the law decide on its books and posts what it decides. Inside the caller's transaction: a refusal has changed nothing,
 * and what is posted stands or falls with the rest. Returns the books as they are afterwards.
 */
export async function book(
  tx: Queryable,
  fundId: string,
  decide: (books: Books) => Posting | LedgerRefusal,
  occasion: Occasion,
): Promise<{ transactionId: string; books: Books } | LedgerRefusal> {
  await lockFunds(tx, [fundId]);
  const before = await readBooks(tx, fundId);
  const posting = decide(before);
  if (isLedgerRefusal(posting)) return posting;
  const books = post(before, posting);
  if (isLedgerRefusal(books)) return books;
  const transactionId = newId();
  const { entries, kind } = posting;
  await tx
    .insert(ledgerAccounts)
    .values(
      [...new Map(entries.map((entry) => [accountId(entry.kind, entry.ownerId), entry]))].map(([id, entry]) => ({
        id,
        fundId,
        kind: entry.kind,
        ownerId: entry.ownerId,
      })),
    )
    .onConflictDoNothing();
  await tx.insert(ledgerTransactions).values({
    id: transactionId,
    fundId,
    seq: sql<number>`(select coalesce(max(seq), 0) + 1 from ledger_transactions where fund_id = ${fundId})`,
    kind,
    at: occasion.at,
    actorId: occasion.actorId,
    reason: occasion.reason ?? '',
    awardId: occasion.awardId ?? null,
    lines: entries.length,
  });
  await tx.insert(ledgerEntries).values(
    entries.map(({ kind: account, ownerId, amountFen }, line) => ({
      transactionId,
      line,
      accountId: accountId(account, ownerId),
      amountFen,
    })),
  );
  return { transactionId, books };
}

/** Recomputes every balance from the entries. For tests and for whoever doubts: `whole` is false where anything disagrees. */
export async function checkBooks(store: Queryable, fundId: string): Promise<{ whole: boolean; transactions: number }> {
  const accounts = await store.select().from(ledgerAccounts).where(eq(ledgerAccounts.fundId, fundId));
  const entries = await store
    .select({ accountId: ledgerEntries.accountId, amountFen: ledgerEntries.amountFen, of: ledgerTransactions.id })
    .from(ledgerEntries)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(eq(ledgerTransactions.fundId, fundId));
  const sums = new Map<string, number>();
  const perTransaction = new Map<string, number>();
  for (const { accountId: id, amountFen, of } of entries) {
    sums.set(id, (sums.get(id) ?? 0) + amountFen);
    perTransaction.set(of, (perTransaction.get(of) ?? 0) + amountFen);
  }
  const whole =
    [...perTransaction.values()].every((sum) => sum === 0) &&
    accounts.every(
      ({ id, kind, balanceFen }) =>
        balanceFen === (sums.get(id) ?? 0) && (isGiver(kind) ? balanceFen <= 0 : balanceFen >= 0),
    );
  return { whole, transactions: perTransaction.size };
}
