// Generates migrations from the schema: `npm run db:generate`. Landed migrations are added to, never edited.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'postgresql', schema: './src/lib/server/db/schema/index.ts', out: './drizzle' });
