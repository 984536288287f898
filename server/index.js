// The program: one process is a whole installation. Starts PostgreSQL (unless DATABASE_URL names one), serves the built pages, has the doors
// attached to the same http server, and stops everything in order. Started by server/start.sh; plain JavaScript for a plain Node.
// It imports nothing of the office itself: the built handler holds the one copy of every module, and hands out `attach`.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { terminal, unable } from '#lib/messages/terminal.js';
import { gzipAnswer } from './gzip.js';
import { originOf } from './origin.js';
import { startPostgres } from './postgres/start.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const finishWithinMs = 5_000;
const databaseStartsWithinMs = 60_000;

/** What must be undone when the program ends, the newest first. @type {(() => Promise<void>)[]} */
const undo = [];
let ending = false;

/** Idempotent: whoever comes second waits for nobody. @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      code = 1;
      console.error(error);
    }
  }
  if (code === 0) console.info(terminal.stopped());
  process.exit(code);
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error && error.name === 'Unable' ? `\n${error.message}\n` : error);
  return end(1);
}

function readSettings() {
  let empty = false;
  try {
    ({ empty = false } = parseArgs({ options: { empty: { type: 'boolean' } } }).values);
  } catch (error) {
    throw unable(terminal.unknownOption(/** @type {Error} */ (error).message.split('. ')[0] ?? ''));
  }
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw unable(terminal.badSetting('PORT', process.env.PORT));
  const { ORIGIN } = process.env;
  if (
    ORIGIN &&
    !originOf({ headers: { host: 'host', forwarded: 'yes' } })?.origin.startsWith(ORIGIN.replace(/\/$/, ''))
  ) {
    throw unable(terminal.badSetting('ORIGIN', ORIGIN));
  }
  if (empty) process.env.YISHI_DEMO = '0';
  return { port, host: process.env.HOST || '0.0.0.0', dataFolder: path.resolve(process.env.YISHI_DATA || 'data') };
}

/** Where a browser on this machine, and one on the same network, finds us. @param {string} host @param {number} port */
function addresses(host, port) {
  if (host !== '0.0.0.0' && host !== '::')
    return { local: [`http://${host.includes(':') ? `[${host}]` : host}:${port}`], lan: [] };
  const lan = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`);
  return { local: [`http://localhost:${port}`], lan };
}

/** The page handler, told by two private headers under which origin each request came, so that forms work at every address. */
async function loadHandler() {
  if (!existsSync(path.join(root, 'build/handler.js'))) throw unable(terminal.notBuilt());
  const { ORIGIN, PROTOCOL_HEADER, HOST_HEADER } = process.env;
  const settings = { ORIGIN, PROTOCOL_HEADER, HOST_HEADER };
  // The handler reads these when it is imported.
  delete process.env.ORIGIN;
  delete process.env.PORT_HEADER;
  process.env.PROTOCOL_HEADER = 'x-yishi-protocol';
  process.env.HOST_HEADER = 'x-yishi-host';
  process.env.BODY_SIZE_LIMIT ||= '12M';
  const { handler } = await import(path.join(root, 'build/handler.js'));
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  /** @type {import('node:http').RequestListener} */
  return (request, response) => {
    const origin = originOf(request);
    if (!origin) {
      response.writeHead(400).end();
      return;
    }
    request.headers['x-yishi-protocol'] = origin.protocol.slice(0, -1);
    request.headers['x-yishi-host'] = origin.host;
    gzipAnswer(request, response, origin);
    handler(request, response);
  };
}

/** @param {import('node:http').Server} server @param {number} port @param {string} host @returns {Promise<number>} */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const taken = error.code === 'EADDRINUSE';
      reject(unable(taken ? terminal.portInUse(port) : terminal.cannotListen(host, port, error.message), error));
    });
    server.listen(port, host, () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve(address.port);
    });
  });
}

/** What PostgreSQL answers while it starts, recovers or stops. */
const cannotConnectNow = '57P03';

/**
 * A PostgreSQL that somebody else runs is asked first, so that a wrong address is told as such. One that says it is on its way up, as after a
 * power cut that hit both, is waited for.
 * @param {string} url
 */
async function requireDatabase(url) {
  const deadline = Date.now() + databaseStartsWithinMs;
  let where = '';
  for (;;) {
    try {
      where = new URL(url).host;
      const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
      return await sql`select 1`.finally(() => sql.end({ timeout: 1 }));
    } catch (error) {
      const { code, message } = /** @type {Error & { code?: string }} */ (error);
      if (code !== cannotConnectNow || Date.now() > deadline)
        throw unable(terminal.databaseUnreachable(where, message), error);
      await pause(250);
    }
  }
}

async function run() {
  const { port, host, dataFolder } = readSettings();
  process.env.YISHI_MIGRATIONS ??= path.join(root, 'drizzle');
  if (process.env.DATABASE_URL) {
    await requireDatabase(process.env.DATABASE_URL);
  } else {
    const running = await startPostgres({ dataFolder });
    undo.push(running.stop);
    process.env.DATABASE_URL = running.url;
    void running.lost.then((error) => {
      console.error(error.message);
      return fail(unable(terminal.postgresLost()));
    });
  }

  const server = createServer(await loadHandler());
  const { close, signIns } = await Reflect.get(globalThis, Symbol.for('yishi.attach'))(server);
  undo.push(async () => {
    // No new visitors; those being answered are answered while the doors write everything down.
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const impatience = setTimeout(() => server.closeAllConnections(), finishWithinMs);
    await close();
    server.closeIdleConnections();
    await closed;
    clearTimeout(impatience);
  });

  const bound = await listen(server, port, host);
  const { local, lan } = addresses(host, bound);
  console.info(terminal.ready(local, lan));
  if (signIns.length > 0) console.info(terminal.signIns(signIns));
}

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
  process.on(signal, () => {
    // Asked twice, somebody is in a hurry: PostgreSQL is stopped by its watchdog.
    if (ending) process.exit(1);
    console.info(terminal.stopping());
    void end(0);
  });
}
// One request's mistake must not end a meeting, nor what the database driver rejects by itself when its server dies while it connects;
// what is stored is safe either way.
process.on('unhandledRejection', (error) => console.error(error));
process.on('uncaughtException', fail);

run().catch(fail);
