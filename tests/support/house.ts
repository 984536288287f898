// The house rules as a pure function: given the project's source files, every breach of who may import whom, what the law may touch,
// what an old phone cannot run, and how files are named and opened. Called by tests/house.test.ts on the real tree and on small
// inputs that must go red. It must never read the disk itself, and never forgive: exceptions are listed, with reasons, by the caller.
import ts from 'typescript-eslint';
import { parse as parseSvelte } from 'svelte/compiler';

export interface SourceText {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Breach {
  readonly rule: string;
  readonly path: string;
  readonly says: string;
}

type Floor = 'law' | 'language' | 'office' | 'browser' | 'rooms' | 'doors' | 'tests' | 'tools';

interface Facts {
  readonly path: string;
  readonly floor: Floor;
  readonly isTest: boolean;
  /** Runs in a browser: the law and the language too, since both ends share them. */
  readonly inBrowser: boolean;
  readonly imports: string[];
  /** Those of them that vanish when types are stripped: `import type`. */
  readonly typeImports: Set<string>;
  /** `a.b` for every member access by name, whatever stands left of the last two. */
  readonly members: Set<string>;
  /** Names of methods called: `x.at(1)` gives `at`. */
  readonly methods: Set<string>;
  /** Identifiers that stand for a value by themselves. */
  readonly names: Set<string>;
  /** Attribute names in markup. */
  readonly attributes: Set<string>;
  readonly patterns: string[];
  /** Strings, templates and markup text with Chinese characters in them. */
  readonly spoken: string[];
  /** First arguments of it(), test() and describe(). */
  readonly titles: string[];
  readonly bareNewDate: boolean;
  readonly opensWithComment: boolean;
}

const han = /\p{Script=Han}/u;
/** On a page the full-width marks of Chinese are its words too: `：` between two English words. */
const chineseOnPages = /[\p{Script=Han}\u3001\u3002\uff01\uff08\uff09\uff0b-\uff0d\uff0f\uff1a\uff1b\uff1f]/u;

const isServerOnly = (path: string): boolean =>
  /(^|\/)\+(page|layout)\.server\.ts$|(^|\/)\+server\.ts$|^src\/hooks\.server\.ts$/.test(path);

function floorOf(path: string): Floor {
  if (path.startsWith('src/lib/domain/')) return 'law';
  if (path.startsWith('src/lib/protocol/') || path.startsWith('src/lib/messages/')) return 'language';
  if (path.startsWith('src/lib/server/')) return 'office';
  if (path.startsWith('src/lib/')) return 'browser';
  if (path.startsWith('src/')) return 'rooms';
  if (path.startsWith('server/')) return 'doors';
  if (path.startsWith('tests/')) return 'tests';
  return 'tools';
}

/** What each floor may import from. Rooms that run on the server may also reach the office; see `reachOf`. */
const reach: Record<Floor, readonly Floor[]> = {
  law: ['law'],
  language: ['law', 'language'],
  office: ['law', 'language', 'office'],
  browser: ['law', 'language', 'browser'],
  rooms: ['law', 'language', 'browser', 'rooms'],
  doors: ['law', 'language', 'office', 'doors'],
  tests: ['law', 'language', 'office', 'browser', 'rooms', 'doors', 'tests', 'tools'],
  tools: ['law', 'language', 'office', 'browser', 'rooms', 'doors', 'tests', 'tools'],
};

function reachOf(file: Facts): readonly Floor[] {
  if (file.isTest) return [...reach[file.floor], 'tests'];
  if (isServerOnly(file.path)) return [...reach.rooms, 'office'];
  return reach[file.floor];
}

const isNode = (value: unknown): value is Record<string, unknown> & { type: string } =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Both parsers give ESTree; the keys that lead back up or hold no syntax are left out. */
const asides = new Set(['parent', 'tokens', 'comments', 'loc', 'range', 'options', 'metadata', 'name_loc', 'css']);

function walk(node: unknown, visit: (node: Record<string, unknown> & { type: string }, parent: unknown) => void): void {
  const waiting: [unknown, unknown][] = [[node, null]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, parent] = next;
    if (Array.isArray(value)) for (const item of value) waiting.push([item, parent]);
    else if (typeof value === 'object' && value !== null) {
      if (isNode(value)) visit(value, parent);
      for (const [key, child] of Object.entries(value)) if (!asides.has(key)) waiting.push([child, value]);
    }
  }
}

const nameOf = (node: unknown): string =>
  isNode(node)
    ? node.type === 'Identifier'
      ? String(node.name)
      : node.type === 'MemberExpression'
        ? nameOf(node.property)
        : ''
    : '';

/** `it`, `it.each(…)`, `test.describe`, `describe.skipIf(…)` → the first word. */
function rootName(callee: unknown): string {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return String(callee.name);
  if (callee.type === 'MemberExpression') return rootName(callee.object);
  return rootName(callee.type === 'TaggedTemplateExpression' ? callee.tag : callee.callee);
}

function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral')
    return (node.quasis as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked).join('…');
  return undefined;
}

function standsAlone(node: Record<string, unknown>, parent: unknown): boolean {
  if (!isNode(parent)) return true;
  if (parent.type === 'MemberExpression' || parent.type === 'TSQualifiedName')
    return parent.property !== node || parent.computed === true;
  if (parent.type === 'Property' || parent.type === 'PropertyDefinition' || parent.type === 'MethodDefinition')
    return parent.key !== node || parent.computed === true || parent.shorthand === true;
  return !parent.type.startsWith('TS') && !/^(Import|Export)\w*Specifier$/.test(parent.type);
}

/** Throws where the file does not parse: a file that cannot be read cannot be judged. */
export function readFacts({ path, text }: SourceText): Facts {
  const isSvelte = path.endsWith('.svelte');
  const floor = floorOf(path);
  const isTest = floor === 'tests' || /\.(test|contract)\.ts$/.test(path);
  const facts = {
    path,
    floor,
    isTest,
    inBrowser: !isTest && ['law', 'language', 'browser', 'rooms'].includes(floor) && !isServerOnly(path),
    imports: [] as string[],
    typeImports: new Set<string>(),
    members: new Set<string>(),
    methods: new Set<string>(),
    names: new Set<string>(),
    attributes: new Set<string>(),
    patterns: [] as string[],
    spoken: [] as string[],
    titles: [] as string[],
    bareNewDate: false,
    opensWithComment: isSvelte
      ? /^\s*(<!--|<script[^>]*>\s*(\/\/|\/\*))/.test(text)
      : /^\s*(\/\/|\/\*|#(?!!))/.test(text.replace(/^#!.*\n/, '')),
  };
  if (!/\.(svelte|ts|js)$/.test(path)) return facts;

  const tree = isSvelte ? parseSvelte(text, { modern: true }) : ts.parser.parseForESLint(text).ast;
  walk(tree, (node, parent) => {
    const said = textOf(node) ?? (node.type === 'Text' ? String(node.data) : undefined);
    if (said !== undefined && (isSvelte ? chineseOnPages : han).test(said)) facts.spoken.push(said.trim());
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'ImportExpression':
      case 'TSImportType': {
        const specifier = textOf(node.source) ?? textOf(node.argument);
        if (specifier === undefined) break;
        facts.imports.push(specifier);
        if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type')
          facts.typeImports.add(specifier);
        break;
      }
      case 'MemberExpression':
        if (!node.computed) facts.members.add(`${nameOf(node.object)}.${nameOf(node.property)}`);
        break;
      case 'CallExpression': {
        const callee = node.callee;
        if (isNode(callee) && callee.type === 'MemberExpression' && !callee.computed)
          facts.methods.add(nameOf(callee.property));
        if (/^(it|test|describe|step)$/.test(rootName(callee))) {
          const title = textOf((node.arguments as unknown[])[0]);
          if (title !== undefined) facts.titles.push(title);
        }
        break;
      }
      case 'NewExpression':
        if (nameOf(node.callee) === 'Date' && (node.arguments as unknown[]).length === 0) facts.bareNewDate = true;
        break;
      case 'Identifier':
        if (standsAlone(node, parent)) facts.names.add(String(node.name));
        break;
      case 'Attribute':
        facts.attributes.add(String(node.name));
        break;
      case 'Literal':
        if (isNode(node) && typeof node.regex === 'object' && node.regex !== null)
          facts.patterns.push(String((node.regex as { pattern: string }).pattern));
        break;
    }
  });
  return facts;
}

const folders: Record<string, string> = { '#lib': 'src/lib', '#server': 'server', '#tests': 'tests' };

/** The file a specifier stands for, or null for a package. Endings are written out in this project; `./$types` is Kit's. */
export function resolveImport(from: string, specifier: string): string | null {
  const [first = '', ...rest] = specifier.replace(/\?.*$/, '').split('/');
  const ours = folders[first];
  if (ours === undefined && !first.startsWith('.')) return null;
  const parts = ours === undefined ? from.split('/').slice(0, -1) : ours.split('/');
  for (const part of ours === undefined ? [first, ...rest] : rest)
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  return parts.join('/');
}

const impure = ['process', 'crypto', 'globalThis', 'window', 'document', 'performance', 'console', 'fetch', 'Buffer'];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'];

/** Missing from Chrome 87 or Safari 14, or from any page that is not a secure context. */
const newMethods = (
  'at findLast findLastIndex toSorted toReversed toSpliced groupBy fromAsync showPopover hidePopover togglePopover ' +
  'isSubsetOf isSupersetOf isDisjointFrom symmetricDifference withResolvers startViewTransition checkVisibility'
).split(' ');
const newMembers = [
  'crypto.randomUUID',
  'crypto.subtle',
  'Object.hasOwn',
  'Object.groupBy',
  'Map.groupBy',
  'AbortSignal.timeout',
  'AbortSignal.any',
  'Intl.Segmenter',
  'navigator.serviceWorker',
  'navigator.clipboard',
  'navigator.wakeLock',
  'navigator.locks',
  'navigator.mediaDevices',
  'navigator.credentials',
];
const newNames = [
  'structuredClone',
  'BroadcastChannel',
  'requestIdleCallback',
  'reportError',
  'CompressionStream',
  'WeakRef',
];

const newAttributes = ['popover', 'popovertarget', 'inert'];

const vagueWords = new Set('manager managers helper helpers util utils data info common misc'.split(' '));

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

/** What in a file an old phone would stumble over. Also asked of the built scripts, whatever package they came from. */
export const tooNewFor = (file: Facts): string[] => [
  ...newMethods.filter((name) => file.methods.has(name)).map((name) => `calls .${name}()`),
  ...newMembers.filter((member) => file.members.has(member)).map((member) => `uses ${member}`),
  ...newNames.filter((name) => file.names.has(name)).map((name) => `uses ${name}`),
  ...newAttributes.filter((name) => file.attributes.has(name)).map((name) => `uses the attribute ${name}`),
  ...file.patterns.filter((pattern) => /\(\?<[=!]/.test(pattern)).map((pattern) => `looks behind in /${pattern}/`),
];

function fileBreaches(file: Facts): Breach[] {
  const found: Breach[] = [];
  const breach = (rule: string, says: string): void => void found.push({ rule, path: file.path, says });

  const may = reachOf(file);
  for (const specifier of file.imports) {
    if (specifier.startsWith('$lib')) breach('no-$lib', `imports ${specifier}: write #lib/… with its ending`);
    const framework = /^\$(app|env)\//.test(specifier);
    if (framework && ['law', 'language', 'office', 'doors'].includes(file.floor))
      breach(
        'framework-upstairs',
        `imports ${specifier}: only rooms, lib/client and lib/components know the framework`,
      );
    const target = resolveImport(file.path, specifier);
    if (target === null) {
      if (file.floor === 'law' && !(file.isTest && specifier === 'vitest'))
        breach('law-is-pure', `imports the package ${specifier}`);
      continue;
    }
    const attaching = file.path === 'src/hooks.server.ts' && target === 'server/attach.ts';
    if (!may.includes(floorOf(target)) && !attaching)
      breach('imports-point-down', `imports ${specifier}: ${file.floor} may not reach ${floorOf(target)}`);
    if (file.inBrowser && (isServerOnly(target) || floorOf(target) === 'office'))
      breach('office-stays-indoors', `imports ${specifier}: nothing in the browser reaches the office`);
    if (specifier.startsWith('../') && file.floor !== 'rooms' && file.floor !== 'tools')
      breach('named-imports', `imports ${specifier}: across folders write #lib/…, #server/… or #tests/…`);
  }

  if (file.floor === 'law' && !file.isTest) {
    for (const name of [...impure, ...timers]) if (file.names.has(name)) breach('law-is-pure', `uses ${name}`);
    for (const member of ['Date.now', 'Math.random'])
      if (file.members.has(member)) breach('law-is-pure', `uses ${member}`);
    if (file.bareNewDate) breach('law-is-pure', 'reads the clock with new Date()');
  }

  if (file.inBrowser) for (const says of tooNewFor(file)) breach('old-phones', says);

  if (!file.opensWithComment) breach('opens-with-comment', 'says nothing about itself in its first lines');

  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const vague = wordsOf(name).filter((word) => vagueWords.has(word));
  if (vague.length > 0) breach('plain-names', `is named with the word ${vague.join(', ')}`);
  const shape = name.startsWith('+')
    ? /^\+[a-z.@()-]+$/
    : name.endsWith('.svelte')
      ? /^[A-Z][A-Za-z0-9]*\.svelte$/
      : /^\.?[a-z0-9]+([-.][a-zA-Z0-9]+)*$/;
  if (!shape.test(name)) breach('plain-names', 'components are PascalCase.svelte, every other file kebab-case');

  return found;
}

/** Circles of imports that remain when types are stripped. */
function circles(files: ReadonlyMap<string, Facts>): Breach[] {
  const found: Breach[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const follow = (path: string): void => {
    const again = trail.indexOf(path);
    if (again >= 0) {
      const circle = trail.slice(again);
      found.push({ rule: 'no-circles', path: [...circle].sort()[0] ?? path, says: [...circle, path].join(' → ') });
      return;
    }
    const file = files.get(path);
    if (done.has(path) || !file) return;
    trail.push(path);
    for (const specifier of file.imports) {
      const target = resolveImport(path, specifier);
      if (target !== null && target !== path && !file.typeImports.has(specifier)) follow(target);
    }
    trail.pop();
    done.add(path);
  };
  for (const path of files.keys()) follow(path);
  return found;
}

/** Every breach in the tree. The order of `sources` does not matter. */
export function inspectHouse(sources: readonly SourceText[]): Breach[] {
  const files = new Map(sources.map((source) => [source.path, readFacts(source)]));
  return [...[...files.values()].flatMap((file) => fileBreaches(file)), ...circles(files)];
}

/** Chinese written outside src/lib/messages where a person would read it: the English reader would meet it too. */
export function strayWords(sources: readonly SourceText[]): Breach[] {
  return sources
    .filter(
      ({ path }) =>
        /^(src|server)\//.test(path) && !path.startsWith('src/lib/messages/') && !/\.(test|contract)\.ts$/.test(path),
    )
    .map(readFacts)
    .filter((file) => file.spoken.length > 0)
    .map((file) => ({
      rule: 'words-in-messages',
      path: file.path,
      says: `says ${file.spoken.slice(0, 3).join(' | ')}`,
    }));
}

/** Rule numbers defined in RULES.md: `[Q1]` at the start of a line, a list item or a table cell, or in bold. */
export const definedRules = (rules: string): string[] => [
  ...new Set(
    [...rules.matchAll(/^(?:[-*|#]+\s*)?(?:\*\*)?\[([A-Z]{1,3}\d{1,3}[a-z]?)\]/gm)].map((match) => match[1] ?? ''),
  ),
];

/** Every rule must be quoted by some test title, and every number a title quotes must be a rule. */
export function ruleBreaches(rules: string, sources: readonly SourceText[]): Breach[] {
  const defined = new Set(definedRules(rules));
  const quoted = new Map<string, string>();
  for (const source of sources.filter(({ path }) => /\.(test|spec|contract)\.ts$/.test(path)))
    for (const title of readFacts(source).titles)
      for (const match of title.matchAll(/\[([A-Z]{1,3}\d{1,3}[a-z]?)\]/g)) quoted.set(match[1] ?? '', source.path);
  return [
    ...[...defined]
      .filter((number) => !quoted.has(number))
      .map((number) => ({
        rule: 'rules-are-tested',
        path: 'RULES.md',
        says: `no test title quotes [${number}]`,
      })),
    ...[...quoted]
      .filter(([number]) => !defined.has(number))
      .map(([number, path]) => ({
        rule: 'quoted-rules-exist',
        path,
        says: `quotes [${number}], which RULES.md does not know`,
      })),
  ];
}

/** Copies of a package in package-lock.json, by where they are installed. */
export const copiesOf = (name: string, lock: { packages: Record<string, unknown> }): string[] =>
  Object.keys(lock.packages).filter(
    (path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`),
  );

/** Keys that one language has and the other lacks, empty texts, and Chinese left standing in the English. */
export function messageBreaches(zh: unknown, en: unknown, path = 'messages'): Breach[] {
  const breach = (says: string): Breach[] => [{ rule: 'both-languages', path, says }];
  if (typeof zh !== typeof en) return breach(`is ${typeof zh} in Chinese, ${typeof en} in English`);
  if (typeof zh === 'object' && zh !== null && typeof en === 'object' && en !== null)
    return [...new Set([...Object.keys(zh), ...Object.keys(en)])].flatMap((key) => {
      if (!(key in en)) return breach(`${key} has no English`);
      if (!(key in zh)) return breach(`${key} has no Chinese`);
      return messageBreaches(
        (zh as Record<string, unknown>)[key],
        (en as Record<string, unknown>)[key],
        `${path}.${key}`,
      );
    });
  if (typeof en === 'function' && typeof zh === 'function' && zh.length !== en.length)
    return breach(`takes ${zh.length} values in Chinese, ${en.length} in English`);
  if (typeof en === 'string' && typeof zh === 'string') {
    if (zh.trim() === '' || en.trim() === '') return breach('is empty');
    if (han.test(en)) return breach('is still Chinese in English');
  }
  return [];
}
