// Development server and build. One copy of Yjs whatever imports it; in development the sockets are attached by our plugin.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { doorsInDevelopment } from './server/vite-plugin.ts';

export default defineConfig({
  plugins: [sveltekit(), doorsInDevelopment()],
  resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
  environments: { client: { build: { target: ['chrome87', 'safari14'] } } },
  build: { chunkSizeWarningLimit: 400, rolldownOptions: { checks: { pluginTimings: false } } },
});
