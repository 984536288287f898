// Development server and build. One copy of Yjs whatever imports it; in development the sockets are attached by our plugin.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [sveltekit()],
  resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
  build: { target: ['chrome87', 'safari14'], chunkSizeWarningLimit: 400 },
});
