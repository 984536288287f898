// How the office says that something failed, on standard error: what was tried and the database's own words. Never a query's parameters: they may
// hold a choice beside a seat, a name, a reason.

/** A failed query is reported by its cause; anything else as it is. */
export function reportFailure(what: string, error: unknown): void {
  const isQuery = error instanceof Error && 'query' in error && 'params' in error;
  const shown = isQuery ? (error.cause ?? error.name) : error;
  console.error(what, shown instanceof Error ? (shown.stack ?? shown.message) : shown);
}
