// The palette can be read: every pair of colours the components put together is measured, in each theme, against WCAG 2.2
// (4.5:1 for words, 3:1 for what tells a control or a bar from its ground). The formula is WCAG's relative luminance.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('./tokens.css', import.meta.url)), 'utf8');

/** The custom properties of the block that follows a selector. */
function palette(selector: string): Record<string, string> {
  const start = css.indexOf('{', css.indexOf(selector)) + 1;
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  );
}

const light = palette(':root {');
const dark = palette(":root[data-theme='dark'] {");
const bySystem = palette(":root:not([data-theme='light']) {");
const bigScreen = palette('.big-screen {');

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const grounds = ['paper', 'surface', 'sunk'];
const on = (ground: string, ...inks: string[]) => inks.map((ink) => [ink, ground] as const);

const words = [
  ...grounds.flatMap((ground) => on(ground, 'ink', 'ink-2', 'ink-3', 'jade-ink', 'seal-ink', 'amber-ink')),
  ...on('jade-wash', 'jade-ink', 'ink', 'ink-2', 'ink-3'),
  ...on('seal-wash', 'seal-ink', 'ink'),
  ...on('amber-wash', 'amber-ink', 'ink'),
  ...on('jade', 'on-jade'),
  ...on('jade-strong', 'on-jade'),
  ...on('seal', 'on-seal'),
  ...on('seal-strong', 'on-seal'),
  ...on('surface', 'yes', 'no', 'abstain'),
];

const marks = [
  ...grounds.flatMap((ground) => on(ground, 'edge', 'jade', 'yes', 'no', 'abstain')),
  ...on('surface', 'seal'),
  ...on('jade-wash', 'jade'),
];

describe.each([
  ['light', light],
  ['dark', dark],
  ['big screen', bigScreen],
])('the %s palette', (_, colours) => {
  const tooFaint = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([ink, ground]) => ({ pair: `${ink} on ${ground}`, ratio: contrast(colours[ink]!, colours[ground]!) }))
      .filter(({ ratio }) => !(ratio >= least))
      .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`);

  it('has words of at least 4.5:1', () => expect(tooFaint(words, 4.5)).toEqual([]));
  it('has marks of at least 3:1', () => expect(tooFaint(marks, 3)).toEqual([]));
});

describe('the dark palette', () => {
  it('is the same whether chosen or taken from the system', () => expect(bySystem).toEqual(dark));
  it('says a value for every colour of the light one', () => {
    expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
  });
});
