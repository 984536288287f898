// `npm run --silent draw -- FILE.json`: draws a hearing's representatives anew from the published record and prints them. Anyone runs it, on a plain Node and
// before anything is built. Exit 0: the same as published. Exit 1: it differs, with what does on standard error. Exit 2: no such record.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundled } from './bundled.js';

/**
 * @type {{
 *   readDrawFile: typeof import('#lib/domain/hearings/draw.ts').readDrawFile,
 *   drawFault: typeof import('#lib/domain/hearings/draw.ts').drawFault,
 *   zh: typeof import('#lib/messages/zh-CN/hearing.ts').hearing,
 *   en: typeof import('#lib/messages/en/hearing.ts').hearing,
 * }}
 */
const program = /** @type {any} */ (
  await bundled(`export { readDrawFile, drawFault } from '#lib/domain/hearings/draw.ts';
                 export { hearing as zh } from '#lib/messages/zh-CN/hearing.ts';
                 export { hearing as en } from '#lib/messages/en/hearing.ts';`)
);

/** @param {number} code @param {(words: typeof program.zh.drawCommand) => string} say @returns {never} */
function refuse(code, say) {
  for (const { drawCommand } of [program.zh, program.en]) process.stderr.write(`${say(drawCommand)}\n`);
  process.exit(code);
}

/** @param {string} file @returns {unknown} */
function readJson(file) {
  let text = '';
  try {
    // npm runs commands in the project's folder and says where it was called from.
    text = readFileSync(path.resolve(process.env.INIT_CWD ?? '.', file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    refuse(2, ({ unreadable }) => unreadable({ file, reason }));
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const [file, ...more] = process.argv.slice(2);
if (file === undefined || more.length > 0) refuse(2, ({ usage }) => usage);
const record = program.readDrawFile(readJson(file));
if (!record) refuse(2, ({ notDraw }) => notDraw);
const fault = program.drawFault(record);
if (fault && fault !== 'unreadable') refuse(1, ({ faults }) => faults[fault]);
for (const { key, name } of record.places) {
  const place = record.drawn.find(({ placeKey }) => placeKey === key);
  process.stdout.write(`${name}\t${(place?.seated ?? []).join(' ')}\t(${(place?.reserves ?? []).join(' ')})\n`);
}
