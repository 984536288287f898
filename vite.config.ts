// Development server and build. One copy of Yjs whatever imports it; in development the sockets are attached by our plugin.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { mendDriver } from './server/postgres/mend-driver.ts';
import { bundledTexts } from './server/thread-plugin.ts';
import { doorsInDevelopment } from './server/vite-plugin.ts';

/** Svelte scopes inner selectors with `:where(.svelte-…)`, which Chrome 87 does not know: it would drop the rule. The class alone scopes as well. */
const scopeWithoutWhere: Plugin = {
  name: 'yishi:scope-without-where',
  transform: (code, id) =>
    /[?&]type=style\b/.test(id) ? { code: code.replace(/:where\((\.svelte-[\w-]+)\)/g, '$1'), map: null } : undefined,
};

export default defineConfig({
  plugins: [sveltekit(), mendDriver(), bundledTexts(), scopeWithoutWhere, doorsInDevelopment()],
  resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
  environments: { client: { build: { target: ['chrome87', 'safari14'] } } },
  // Classic scripts: Safari 14 starts no module workers.
  worker: { format: 'iife' },
  build: { chunkSizeWarningLimit: 400, rolldownOptions: { checks: { pluginTimings: false } } },
});
