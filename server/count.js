// `npm run --silent count -- --rule RULE [--explain] FILE.pb`: counts a funding ballot anew and prints the result as JSON. Anyone runs it, on a plain Node
// and before anything is built, so the law's TypeScript is bundled in memory by the bundler that Vite brings. It must never print anything but the
// result on standard output. Exit 2: the file, the rule or the arguments cannot be used, with the reason (and the line) on standard error.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.js';

/**
 * What the command needs of the program, bundled.
 * @type {() => Promise<{
 *   countElection: typeof import('#lib/domain/funding/count.ts').countElection,
 *   countJson: typeof import('#lib/domain/funding/count.ts').countJson,
 *   parsePb: typeof import('#lib/domain/funding/pb.ts').parsePb,
 *   FundingSentences: typeof import('#lib/messages/funding-sentences.ts').FundingSentences,
 *   zh: typeof import('#lib/messages/zh-CN/funding.ts').funding,
 *   en: typeof import('#lib/messages/en/funding.ts').funding,
 * }>}
 */
const loadProgram = () =>
  /** @type {Promise<any>} */ (
    bundled(`export { countElection, countJson } from '#lib/domain/funding/count.ts';
           export { parsePb } from '#lib/domain/funding/pb.ts';
           export { FundingSentences } from '#lib/messages/funding-sentences.ts';
           export { funding as zh } from '#lib/messages/zh-CN/funding.ts';
           export { funding as en } from '#lib/messages/en/funding.ts';`)
  );

const program = await loadProgram();
const names = { project: (/** @type {string} */ id) => id, envelope: (/** @type {string} */ id) => id };

/** @param {(words: typeof program.zh, sentences: InstanceType<typeof program.FundingSentences>) => string} say @returns {never} */
function refuse(say) {
  for (const [lang, words] of /** @type {const} */ ([
    ['zh-CN', program.zh],
    ['en', program.en],
  ]))
    process.stderr.write(`${say(words, new program.FundingSentences(lang, { funding: words }, names))}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { rule: { type: 'string' }, explain: { type: 'boolean', default: false } },
    });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1 && values.rule !== undefined)
      return { file, rule: values.rule, explain: values.explain };
  } catch {
    // An option that does not exist.
  }
  return refuse(({ command }) => command.usage);
}

/** @param {string} file */
function readText(file) {
  try {
    // npm runs commands in the project's folder and says where it was called from.
    return readFileSync(path.resolve(process.env.INIT_CWD ?? '.', file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return refuse(({ command }) => command.unreadable({ file, reason }));
  }
}

const { file, rule, explain } = readArguments();
const reading = program.parsePb(readText(file));
if (!reading.ok) refuse((_, sentences) => sentences.pb(reading.refusal));
else {
  try {
    const result = program.countElection(reading.election, rule);
    if (!result.ok) refuse((_, sentences) => sentences.count(result.refusal));
    else process.stdout.write(`${program.countJson(reading.election, result, explain)}\n`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse(({ command }) => command.uncountable({ reason: error.message }));
  }
}
