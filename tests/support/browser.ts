// The browser the tests and the page bench drive: the system's Chromium if there is one, else the Chromium that the npm package
// @sparticuz/chromium carries, unpacked once beside the other caches. Called by playwright.config.ts and tests/bench/pages.ts, in
// every worker at once: unpacking is atomic. It must never download anything.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createBrotliDecompress } from 'node:zlib';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

export interface Browser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** A plain-http host that is not localhost, so that pages there are not a secure context, as in a hall without a certificate. */
export const hallHost = 'hall.test';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${hallHost} 127.0.0.1`,
];

const inherited = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);

/** Debian's and Ubuntu's packages can leave a program there that does not start. */
function starts(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 15_000 });
    return true;
  } catch {
    return false;
  }
}

/** CHROMIUM names one outright; CHROMIUM=packaged asks for the npm package's. */
function systemChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named === 'packaged') return undefined;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(starts);
}

const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

async function unpackTo(folder: string, packed: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const half = await mkdtemp(`${folder}-`);
  const unpacked = (name: string, file: string, mode = 0o644): Promise<void> =>
    pipeline(
      createReadStream(join(packed, name)),
      createBrotliDecompress(),
      createWriteStream(join(half, file), { mode }),
    );
  await Promise.all([
    unpacked('chromium.br', 'chromium', 0o755),
    unpacked('al2023.tar.br', 'libraries.tar'),
    unpacked('fonts.tar.br', 'fonts.tar'),
  ]);
  for (const archive of ['libraries.tar', 'fonts.tar']) {
    execFileSync('tar', ['-xf', archive, '--no-same-owner'], { cwd: half });
    await rm(join(half, archive));
  }
  await writeFile(join(half, 'fonts.conf'), fontsConf(folder));
  // Another worker may have been quicker; its copy is as good.
  await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }));
}

async function packagedChromium(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No Chromium found. Install one, or name it with CHROMIUM=/path/to/chromium.');
  const root = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(dirname(dirname(root)), '.cache', `chromium-${version}`);
  if (!existsSync(folder)) await unpackTo(folder, join(root, 'bin'));
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    executablePath: join(folder, 'chromium'),
    args,
    env: { ...inherited, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

export async function findBrowser(): Promise<Browser> {
  const system = systemChromium();
  return system ? { executablePath: system, args, env: inherited } : packagedChromium();
}
