// Gives a test file a database of its own before the file imports anything. vitest.config.ts names it as the set-up of `office`.
// A test that needs a second database calls `anotherDatabase`.
import { inject } from 'vitest';
import { createDatabase } from './postgres.ts';

process.env.DATABASE_URL = await createDatabase(inject('postgresAdminUrl'));
