// An adapter around an adapter. Kit sorts the styles of a page by the import that led to each part, and forgets those of a part that a screen fetched later
// also uses: the page would be drawn without them. Before the program is packed, every page is given all styles of what it imports.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ css?: string[], imports?: string[] }} Chunk */

/** @param {Record<string, Chunk>} manifest @param {string} entry @returns {string[]} */
function stylesOf(manifest, entry) {
  /** @type {Set<string>} */
  const styles = new Set();
  const waiting = [entry];
  const seen = new Set(waiting);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const style of manifest[name]?.css ?? []) styles.add(style);
    for (const next of manifest[name]?.imports ?? []) if (!seen.has(next)) waiting.push(next);
    for (const next of manifest[name]?.imports ?? []) seen.add(next);
  }
  return [...styles];
}

/** @param {import('@sveltejs/kit').Adapter} adapter @returns {import('@sveltejs/kit').Adapter} */
export const withWholeStylesheets = (adapter) => ({
  ...adapter,
  async adapt(builder) {
    const output = path.join(builder.getBuildDirectory(''), 'output');
    /** @type {Record<string, Chunk>} */
    const manifest = JSON.parse(readFileSync(path.join(output, 'client/.vite/manifest.json'), 'utf8'));
    const entries = Object.keys(manifest);
    const nodes = path.join(output, 'server/nodes');
    for (const file of readdirSync(nodes).filter((name) => name.endsWith('.js'))) {
      const entry = entries.find((name) => name.endsWith(`/nodes/${file}`));
      if (!entry) continue;
      const node = readFileSync(path.join(nodes, file), 'utf8');
      const whole = node.replace(/^export const stylesheets = (\[.*\]);$/m, (_, list) => {
        const known = /** @type {string[]} */ (JSON.parse(list));
        return `export const stylesheets = ${JSON.stringify([...new Set([...known, ...stylesOf(manifest, entry)])])};`;
      });
      if (whole !== node) writeFileSync(path.join(nodes, file), whole);
    }
    await adapter.adapt(builder);
  },
});
