// The house rules, held against the whole tree, and each rule shown to go red on a small input. Exceptions are listed here with their
// reasons; one that no longer excuses anything fails too. How the rules are read is in tests/support/house.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copiesOf,
  definedRules,
  inspectHouse,
  messageBreaches,
  ruleBreaches,
  strayWords,
  type Breach,
  type SourceText,
} from './support/house.ts';

interface Exception {
  readonly rule: string;
  /** A file, or a folder when it ends with `/`. */
  readonly path: string;
  /** The breach that is excused contains this; empty excuses the rule for the whole file. */
  readonly says: string;
  readonly because: string;
}

const exceptions: readonly Exception[] = [
  {
    rule: 'old-phones',
    path: 'src/lib/components/ui/CopyButton.svelte',
    says: 'navigator.clipboard',
    because: 'falls back to the selection where it is missing',
  },
  {
    rule: 'old-phones',
    path: 'src/lib/client/sign-minutes.ts',
    says: 'crypto.subtle',
    because: 'asked only where the page is secure; else signing on paper is offered',
  },
  {
    rule: 'words-in-messages',
    path: 'src/lib/domain/ballots/single-choice.ts',
    says: '',
    because: 'examples for the contract suite, shown to nobody',
  },
  {
    rule: 'words-in-messages',
    path: 'src/lib/domain/councils/roster.ts',
    says: '',
    because: 'what people write in the cells of a roster, read and never shown',
  },
  {
    rule: 'words-in-messages',
    path: 'src/lib/server/db/schema/community.ts',
    says: '委员',
    because: 'the title a seat gets in the database; a council renames it',
  },
  {
    rule: 'words-in-messages',
    path: 'src/routes/(hall)/gallery/+page.svelte',
    says: '',
    because: 'sample words of a page for builders, refused in production',
  },
  {
    rule: 'words-in-messages',
    path: 'src/lib/server/demo/',
    says: '',
    because: 'what the people of the demo community are called and say',
  },
  {
    rule: 'both-languages',
    path: 'messages.ui.switchLanguage',
    says: 'still Chinese',
    because: 'names the other language in that language',
  },
];

const root = new URL('..', import.meta.url).pathname;

function* sourcesUnder(folder: string): Generator<SourceText> {
  if (!existsSync(join(root, folder))) return;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (folder !== '.' && entry.name !== 'fixtures' && entry.name !== 'node_modules') yield* sourcesUnder(path);
    } else if (/\.(ts|js|svelte|css|sh)$/.test(entry.name))
      yield { path, text: readFileSync(join(root, path), 'utf8') };
  }
}

const tree = ['.', 'src', 'server', 'tests', 'drizzle', '.ci'].flatMap((folder) => [...sourcesUnder(folder)]);

const excuses = ({ rule, path, says }: Exception, breach: Breach): boolean =>
  breach.rule === rule &&
  (path.endsWith('/') ? breach.path.startsWith(path) : breach.path === path) &&
  breach.says.includes(says);
const excused = (breach: Breach): boolean => exceptions.some((exception) => excuses(exception, breach));
const lines = (breaches: readonly Breach[]): string[] =>
  breaches.filter((breach) => !excused(breach)).map(({ rule, path, says }) => `${rule}: ${path} ${says}`);

const [zh, en] = await Promise.all([import('#lib/messages/zh-CN.ts'), import('#lib/messages/en.ts')]);
const rulesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('RULES.md'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'));

describe('the tree keeps the house rules', () => {
  const ruleNumbers = ruleBreaches([...rulesOf('src'), ...rulesOf('server')].join('\n'), tree);
  const breaches = [
    ...inspectHouse(tree),
    ...strayWords(tree),
    ...messageBreaches(zh.messages, en.messages),
    ...ruleNumbers,
  ];

  it('reads more than a handful of files', () => expect(tree.length).toBeGreaterThan(50));
  it('imports, purity, old phones, opening comments, names, words', () =>
    expect(lines(breaches.filter((breach) => !ruleNumbers.includes(breach)))).toEqual([]));
  it('rule numbers and test titles know each other', () => expect(lines(ruleNumbers)).toEqual([]));
  it('has no exception that excuses nothing', () =>
    expect(exceptions.filter((exception) => !breaches.some((breach) => excuses(exception, breach)))).toEqual([]));
  it.each(['yjs', 'y-protocols', 'lib0', 'svelte', 'drizzle-orm', 'postgres'])('installs one copy of %s', (name) =>
    expect(copiesOf(name, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))).toEqual([
      `node_modules/${name}`,
    ]),
  );
});

describe('each rule can go red', () => {
  const rulesBroken = (path: string, text: string, ...others: SourceText[]): string[] => [
    ...new Set(inspectHouse([{ path, text: `// Opens.\n${text}` }, ...others]).map(({ rule }) => rule)),
  ];
  const there = (...paths: string[]): SourceText[] =>
    paths.map((path) => ({ path, text: path.endsWith('.svelte') ? '<!-- Opens. -->' : '// Opens.\n' }));

  it.each([
    ['the law reaching the language', 'src/lib/domain/a.ts', '#lib/protocol/b.ts', 'src/lib/protocol/b.ts'],
    ['the language reaching the office', 'src/lib/protocol/a.ts', '#lib/server/b.ts', 'src/lib/server/b.ts'],
    ['the office reaching the doors', 'src/lib/server/a.ts', '#server/b.ts', 'server/b.ts'],
    ['the doors reaching a room', 'server/a.ts', '#lib/../routes/b.ts', 'src/routes/b.ts'],
    ['the doors reaching lib/client', 'server/a.ts', '#lib/client/b.ts', 'src/lib/client/b.ts'],
    ['a room reaching the doors', 'src/routes/+page.server.ts', '#server/b.ts', 'server/b.ts'],
    ['the program reaching its tests', 'src/lib/server/a.ts', '#tests/b.ts', 'tests/b.ts'],
  ])('%s', (_, path, specifier, target) => {
    const broken = rulesBroken(path, `import { b } from '${specifier}';\nb();`, ...there(target));
    expect(broken).toContain('imports-point-down');
  });

  it.each([
    ['export … from', `export { b } from '#lib/server/b.ts';`],
    ['import()', `const b = await import('#lib/server/b.ts');`],
    ['import type', `import type { B } from '#lib/server/b.ts';`],
    ['a type import in place', `type B = import('#lib/server/b.ts').B;`],
  ])('lib/client reaching the office by %s', (_, text) =>
    expect(rulesBroken('src/lib/client/a.ts', text, ...there('src/lib/server/b.ts'))).toContain('office-stays-indoors'),
  );

  it('a page reaching the office, its own server file and a package path of it', () => {
    const page = `<!-- Opens. -->\n<script lang="ts">\nimport { b } from '#lib/server/b.ts';\n</script>\n{b}`;
    expect(
      inspectHouse([{ path: 'src/routes/+page.svelte', text: page }, ...there('src/lib/server/b.ts')]),
    ).toHaveLength(2);
    const own = `import { load } from './+page.server.ts';\nload();`;
    expect(rulesBroken('src/routes/+page.ts', own, ...there('src/routes/+page.server.ts'))).toEqual([
      'office-stays-indoors',
    ]);
  });

  it('a page server file may reach the office, and hooks the one door', () => {
    const load = `import { b } from '#lib/server/b.ts';\nb();`;
    expect(rulesBroken('src/routes/+page.server.ts', load, ...there('src/lib/server/b.ts'))).toEqual([]);
    const hooks = `import { attach } from '../server/attach.ts';\nattach();`;
    expect(rulesBroken('src/hooks.server.ts', hooks, ...there('server/attach.ts'))).toEqual([]);
  });

  it.each([
    `import { v } from 'valibot'; v();`,
    `import { readFileSync } from 'node:fs'; readFileSync('a');`,
    'export const now = () => Date.now();',
    'export const today = () => new Date();',
    'export const pick = () => Math.random();',
    'export const id = () => crypto.getRandomValues(new Uint8Array(1));',
    'export const env = () => process.env.X;',
    'export const late = () => setTimeout(late, 1);',
    'export const all = () => globalThis;',
  ])('the law is pure: %s', (text) => expect(rulesBroken('src/lib/domain/a.ts', text)).toContain('law-is-pure'));

  it('the law may turn a given instant into a date and name a field `process`', () =>
    expect(rulesBroken('src/lib/domain/a.ts', `export const a = (at: number) => ({ process: new Date(at) });`)).toEqual(
      [],
    ));

  it.each(['server/a.ts', 'src/lib/server/a.ts', 'src/lib/protocol/a.ts', 'src/lib/domain/a.ts'])(
    'the framework in %s',
    (path) => expect(rulesBroken(path, `import { page } from '$app/state'; page();`)).toContain('framework-upstairs'),
  );

  it('$lib anywhere', () =>
    expect(rulesBroken('src/routes/+page.ts', `import { a } from '$lib/a.ts'; a();`)).toContain('no-$lib'));
  it('a climb across folders', () =>
    expect(
      rulesBroken('src/lib/protocol/a.ts', `import { b } from '../domain/b.ts'; b();`, ...there('src/lib/domain/b.ts')),
    ).toEqual(['named-imports']));
  it('a circle of imports', () =>
    expect(
      rulesBroken('server/a.ts', `import { b } from './b.ts'; b();`, {
        path: 'server/b.ts',
        text: `// Opens.\nimport { a } from './a.ts'; a();`,
      }),
    ).toEqual(['no-circles']));
  it('no circle where one way is types only', () =>
    expect(
      rulesBroken('server/a.ts', `import { b } from './b.ts'; b();`, {
        path: 'server/b.ts',
        text: `// Opens.\nimport type { A } from './a.ts'; export type B = A;`,
      }),
    ).toEqual([]));

  it.each([
    'export const id = () => crypto.randomUUID();',
    'export const digest = () => window.crypto.subtle.digest;',
    'export const copy = (a: object) => structuredClone(a);',
    'export const last = (a: number[]) => a.at(-1);',
    'export const find = (a: number[]) => a?.findLast(Boolean);',
    'export const has = (a: object) => Object.hasOwn(a, "b");',
    'export const before = /(?<=a)b/;',
  ])('too new for an old phone: %s', (text) => {
    expect(rulesBroken('src/lib/client/a.ts', text)).toContain('old-phones');
    expect(rulesBroken('src/lib/protocol/a.ts', text)).toContain('old-phones');
    expect(rulesBroken('src/lib/server/a.ts', text)).toEqual([]);
  });
  it('too new for an old phone, in markup', () => {
    const page = (markup: string): string[] =>
      inspectHouse([{ path: 'src/routes/+page.svelte', text: `<!-- Opens. -->\n${markup}` }]).map(({ rule }) => rule);
    expect(page('<div popover="auto"></div>')).toEqual(['old-phones']);
    expect(page('<p>{[1].at(0)}</p>')).toEqual(['old-phones']);
    expect(page('<button onclick={() => crypto.randomUUID()}>b</button>')).toEqual(['old-phones']);
    expect(page('<p>at findLast crypto.randomUUID</p>')).toEqual([]);
  });

  it('a file that does not open with a comment', () => {
    const silent = (path: string, text: string): string[] => inspectHouse([{ path, text }]).map(({ rule }) => rule);
    expect(silent('server/a.ts', 'export const a = 1;\n// Late.')).toEqual(['opens-with-comment']);
    expect(silent('src/routes/+page.svelte', '<h1>a</h1>')).toEqual(['opens-with-comment']);
    expect(silent('server/a.sh', '#!/bin/sh\nexec a')).toEqual(['opens-with-comment']);
    expect(silent('server/a.sh', '#!/bin/sh\n# Starts a.\nexec a')).toEqual([]);
    expect(silent('src/routes/+page.svelte', '<script lang="ts">\n  // The page.\n</script>')).toEqual([]);
  });

  it.each([
    'server/poll-manager.ts',
    'src/lib/client/utils.ts',
    'src/lib/components/MemberInfo.svelte',
    'tests/common.ts',
  ])('a vague name: %s', (path) => expect(inspectHouse(there(path)).map(({ rule }) => rule)).toEqual(['plain-names']));
  it.each(['server/attachSockets.ts', 'src/lib/components/vote-card.svelte'])('a name out of shape: %s', (path) =>
    expect(inspectHouse(there(path)).map(({ rule }) => rule)).toEqual(['plain-names']),
  );
  it.each([
    'src/lib/server/database.ts',
    'src/lib/client/live-meeting.svelte.ts',
    'src/lib/messages/zh-CN.ts',
    'vite.config.ts',
  ])('a good name: %s', (path) => expect(inspectHouse(there(path))).toEqual([]));

  it('Chinese outside the messages', () => {
    const stray = (path: string, text: string): number => strayWords([{ path, text }]).length;
    expect(stray('src/routes/+page.svelte', '<h1>议事</h1>')).toBe(1);
    expect(stray('src/lib/server/a.ts', `export const a = '请先签到';`)).toBe(1);
    expect(stray('src/lib/server/a.ts', '// 请先签到\nexport const a = 1;')).toBe(0);
    expect(stray('src/lib/messages/zh-CN.ts', `export const a = '请先签到';`)).toBe(0);
  });

  const rules =
    '# Rules\n- [Q1] quorum counts seats present\n| [V4] | one ballot |\nsee [Q9] in passing\n**[R2]** recusal';
  it('knows a rule where it is defined, not where it is mentioned', () =>
    expect(definedRules(rules)).toEqual(['Q1', 'V4', 'R2']));
  it('a rule no title quotes, and a quoted rule that is not there', () => {
    const text = `it('[Q1] counts', () => {});\nit.each([1])('[V4] %s', () => {});\ntest.step(\`[X7] \${a}\`, () => {});\n// it('[R2]')`;
    expect(ruleBreaches(rules, [{ path: 'tests/a.test.ts', text }]).map(({ says }) => says)).toEqual([
      'no test title quotes [R2]',
      'quotes [X7], which RULES.md does not know',
    ]);
  });

  it('a second copy of a package', () =>
    expect(
      copiesOf('yjs', {
        packages: { 'node_modules/yjs': {}, 'node_modules/a/node_modules/yjs': {}, 'node_modules/my-yjs': {} },
      }),
    ).toEqual(['node_modules/yjs', 'node_modules/a/node_modules/yjs']));

  it('a message that one language lacks', () =>
    expect(
      messageBreaches(
        { a: '甲', b: { c: '乙', d: (n: number) => `${n}` }, e: '丙', f: '丁' },
        { a: 'A', b: { d: () => 'D' }, e: '丙', f: ' ', g: 'G' },
      ).map(({ path, says }) => `${path} ${says}`),
    ).toEqual([
      'messages.b c has no English',
      'messages.b.d takes 1 values in Chinese, 0 in English',
      'messages.e is still Chinese in English',
      'messages.f is empty',
      'messages g has no Chinese',
    ]));
});
