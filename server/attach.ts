// Opens the doors of an installation on an http server: database first, then whoever listens for sockets. Handed to the process by
// src/hooks.server.ts (production) or loaded by server/vite-plugin.ts (development), so that pages and sockets share one copy of every
// module. It owns no rule and no row; a new kind of socket is one line in `doors`.
import type { Server } from 'node:http';
import { client } from '#lib/server/db/client.ts';
import { bus } from '#lib/server/bus.ts';
import { liveDoor } from '#server/live/live-door.ts';
import { migrateDatabase } from '#lib/server/db/migrate.ts';
import type { SignIn } from '#lib/server/demo/dataset.ts';
import { seedDemo } from '#lib/server/demo/seed.ts';
import { startForgetting } from '#lib/server/retention/retention.ts';
import { documentsDoor } from '#server/documents/documents-door.ts';
// The document server asks for their access rules.
import '#lib/server/minutes/document.ts';
import '#lib/server/projects/plans.ts';

/**
 * Listens on its own path of the server. `close` comes before the process ends: write down what is pending, tell the clients, hang up.
 * It must leave the http server itself alone, which in development is Vite's.
 */
export type Door = (server: Server) => Promise<{ close(): Promise<void> }>;

export interface Attached {
  /** Ways into the demo community, to print for whoever started the program; none without one. */
  readonly signIns: readonly SignIn[];
  /** Closes the doors, then the connections to the database. The http server stays as it is. */
  close(): Promise<void>;
}

const doors: readonly Door[] = [liveDoor, (server) => documentsDoor(server)];

/** DATABASE_URL must be set. Rejects, with everything closed again, when the database or a door does not open. */
export async function attach(server: Server): Promise<Attached> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    const failures = (await Promise.allSettled(opened.map((door) => door.close()))).filter(
      (outcome) => outcome.status === 'rejected',
    );
    await bus().close();
    await client.end({ timeout: 5 });
    for (const { reason } of failures) throw reason;
  };
  try {
    await migrateDatabase(process.env.DATABASE_URL ?? '');
    // YISHI_DEMO=0 leaves an empty installation empty, waiting for its set-up page.
    const signIns = process.env.YISHI_DEMO === '0' ? [] : await seedDemo();
    for (const open of doors) opened.push(await open(server));
    opened.push(startForgetting());
    return { signIns, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}
