// `npm run --silent verify -- FILE(.json|.zip|.pdf)`: verifies completed minutes, prints each check in Chinese or English (LANG) and exits 0 when all
// hold, 1 when one does not, 2 when the arguments or files cannot be used. `--checkpoint OLD` holds an earlier or later checkpoint against it, `--log
// council-log.json` brings the council's list, `--key FINGERPRINT` the key somebody noted. Anyone runs it, without network and before a build.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.js';

/**
 * What the command needs of the program, bundled.
 * @type {() => Promise<{
 *   verifyFile: typeof import('#lib/protocol/verify-file.ts').verifyFile,
 *   verdictLines: typeof import('#lib/messages/verdict-lines.ts').verdictLines,
 *   zh: typeof import('#lib/messages/zh-CN/verify.ts').verify,
 *   en: typeof import('#lib/messages/en/verify.ts').verify,
 * }>}
 */
const loadProgram = () =>
  /** @type {Promise<any>} */ (
    bundled(`export { verifyFile } from '#lib/protocol/verify-file.ts';
             export { verdictLines } from '#lib/messages/verdict-lines.ts';
             export { verify as zh } from '#lib/messages/zh-CN/verify.ts';
             export { verify as en } from '#lib/messages/en/verify.ts';`)
  );

const program = await loadProgram();
const words = /^en/i.test(process.env.LC_ALL || process.env.LANG || '') ? program.en : program.zh;

/** @param {string} sentence @returns {never} */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { checkpoint: { type: 'string' }, log: { type: 'string' }, key: { type: 'string' } },
    });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { file, ...values };
  } catch {
    // An option that does not exist.
  }
  return refuse(words.usage);
}

/** @param {string} file */
function read(file) {
  try {
    // npm runs commands in the project's folder and says where it was called from.
    return readFileSync(path.resolve(process.env.INIT_CWD ?? '.', file));
  } catch (error) {
    return refuse(
      words.unreadable({
        file,
        reason: error instanceof Error && 'code' in error ? String(error.code) : String(error),
      }),
    );
  }
}

const { file, checkpoint, log, key } = readArguments();
const verdict = program.verifyFile(read(file), {
  checkpoint: checkpoint === undefined ? null : read(checkpoint).toString('utf8'),
  councilLog: log === undefined ? null : read(log).toString('utf8'),
  fingerprint: key ?? null,
});
for (const { ok, what, fault } of program.verdictLines(words, verdict))
  process.stdout.write(
    `${ok ? `✓ ${words.holds}` : `✗ ${words.breaks}`}  ${what}${fault === '' ? '' : ` — ${fault}`}\n`,
  );
if (verdict.docHash !== null) process.stdout.write(`${words.docHash}: ${verdict.docHash}\n`);
process.stdout.write(`${verdict.ok ? words.passed : words.failed}\n`);
process.exit(verdict.ok ? 0 : 1);
