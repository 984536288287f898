// The one PostgreSQL behind all end-to-end tests of a run; every server in fixtures.ts gets a database of its own in it.
// Named by playwright.config.ts as the global set-up; what it returns is run at the end.
import { startTestPostgres } from '#tests/support/postgres.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  process.env.TEST_POSTGRES_URL = server.adminUrl;
  return () => server.stop();
}
