// Development: `npm run dev` has the same PostgreSQL and the same sockets as the program itself. The office is loaded through Vite, so pages
// and sockets share one copy of every module; when it changes, everything is closed and opened again. Used by vite.config.ts only.
import type { Server } from 'node:http';
import path from 'node:path';
import type { Plugin } from 'vite';
import { startPostgres } from './postgres/start.js';

const office = ['server', 'src/lib/domain', 'src/lib/protocol', 'src/lib/server'];
const restartAfterMs = 300;

export function doorsInDevelopment(): Plugin {
  return {
    name: 'yishi-doors',
    apply: (_config, { command, isPreview }) => command === 'serve' && !isPreview && !process.env.VITEST,
    // PostgreSQL writes there all the time.
    config: () => ({ server: { watch: { ignored: [path.resolve('data/**')] } } }),
    async configureServer(vite) {
      // Set once: a restart of Vite's server makes this plugin anew, in the same process.
      process.env.DATABASE_URL ??= (await startPostgres({ dataFolder: path.join(vite.config.root, 'data/dev') })).url;

      const folders = office.map((folder) => path.join(vite.config.root, folder) + path.sep);
      let restart: NodeJS.Timeout | undefined;
      vite.watcher.on('all', (_event, file) => {
        if (!folders.some((folder) => file.startsWith(folder)) || /\.(test|contract)\.ts$/.test(file)) return;
        clearTimeout(restart);
        restart = setTimeout(() => void vite.restart(), restartAfterMs);
      });

      // Pages asked for before the database is ready wait for it.
      let open = (): void => {};
      const opened = new Promise<void>((resolve) => (open = resolve));
      vite.middlewares.use((_request, _response, next) => void opened.then(() => next()));

      return async () => {
        const server = vite.httpServer as Server | null;
        if (!server) return open();
        try {
          const { attach } = (await vite.ssrLoadModule('/server/attach.ts')) as typeof import('./attach.ts');
          const { close } = await attach(server);
          server.once('close', () => {
            close().catch((error: unknown) => vite.config.logger.error(String(error)));
          });
        } catch (error) {
          vite.config.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        } finally {
          open();
        }
      };
    },
  };
}
