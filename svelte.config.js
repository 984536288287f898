// Kit's settings: the Node adapter, and nothing that needs a domain or a certificate.
import adapter from '@sveltejs/adapter-node';
import { withWholeStylesheets } from './server/whole-stylesheets.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: withWholeStylesheets(adapter({ precompress: true })),
    version: { pollInterval: 0 },
    // A phone does not download the list of all routes to open one.
    router: { resolution: 'server' },
  },
};
