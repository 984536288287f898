// Papers as PDF, set and sealed on a thread of their own so that a meeting never waits for a page: GB/T 9704 body layout by typst with the packaged Noto Serif
// SC, or with the installation's own fonts from YISHI_DATA/fonts. The same paper and the same moment give the same bytes.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { codeSvg } from './code-images.ts';
import { pageTemplate } from './page-template.ts';
import { pictureWidthMm, type Printed } from './printed.ts';
import { typesetThread } from './typeset-thread.ts';

const longestMs = 60_000;
/** The thread goes when nobody has set a page for so long: its fonts take some tens of megabytes. */
const idleMs = 120_000;

interface Answer {
  readonly job: number;
  readonly pdf?: Uint8Array;
  readonly pages?: number;
  readonly fault?: string;
}

interface Waiting {
  readonly resolve: (set: { pdf: Uint8Array; pages: number }) => void;
  readonly reject: (error: Error) => void;
}

let thread: Worker | null = null;
let jobs = 0;
const waiting = new Map<number, Waiting>();
let idle: NodeJS.Timeout | undefined;

function fontPaths(from: NodeJS.Require): string[] {
  const packaged = path.dirname(from.resolve('@expo-google-fonts/noto-serif-sc/package.json'));
  const own = path.join(process.env.YISHI_DATA ?? 'data', 'fonts');
  return [
    ...['400Regular', '600SemiBold', '700Bold'].map((weight) => path.join(packaged, weight)),
    ...(existsSync(own) ? [path.resolve(own)] : []),
  ];
}

function drop(error: Error): void {
  const gone = thread;
  thread = null;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
  void gone?.terminate();
}

function theThread(): Worker {
  if (thread) return thread;
  const from = import.meta.url;
  const require = createRequire(from);
  const made = new Worker(typesetThread, {
    eval: true,
    workerData: {
      from,
      fontPaths: fontPaths(require),
      template: pageTemplate,
      sealer: pathToFileURL(require.resolve('@libpdf/core')).href,
    },
  });
  made.on('message', ({ job, pdf, pages, fault }: Answer) => {
    const asker = waiting.get(job);
    waiting.delete(job);
    if (pdf && pages !== undefined) asker?.resolve({ pdf, pages });
    else asker?.reject(new Error(`the typesetter says: ${fault}`));
  });
  made.on('error', (error) => made === thread && drop(error as Error));
  made.on('exit', () => made === thread && drop(new Error('the typesetter went away')));
  // Whoever waits for a page keeps the program alive, not the thread.
  made.unref();
  return (thread = made);
}

/** A paper as PDF with its number of pages. `at` is the date the file carries, so that setting it again gives the same bytes. */
export async function typeset(paper: Printed, at: number): Promise<{ pdf: Uint8Array; pages: number }> {
  const pictures: { name: string; content: Uint8Array }[] = [];
  const doc = JSON.stringify({
    lang: paper.lang,
    title: paper.title,
    above: paper.above ?? null,
    landscape: paper.landscape ?? false,
    closing: paper.closing ?? [],
    blocks: paper.blocks.map((block) => {
      if (block.kind === 'picture') {
        const name = `picture-${pictures.length}`;
        pictures.push({ name, content: block.content });
        const format = block.mediaType === 'image/png' ? 'png' : 'jpg';
        return { kind: block.kind, text: block.text, file: `/${name}`, format, widthMm: pictureWidthMm(block) };
      }
      if (block.kind === 'code') return { ...block, svg: codeSvg(block.address) };
      if (block.kind !== 'signatures') return block;
      const cells = block.cells.map(({ image, ...cell }) =>
        image === undefined ? cell : { ...cell, image: Array.from(Buffer.from(image, 'base64')) },
      );
      return { ...block, cells };
    }),
  });
  return asked({ doc, at, pictures });
}

export interface Sealing {
  readonly pdf: Uint8Array;
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array; readonly mimeType: string }[];
  readonly certificate: Uint8Array;
  /** PKCS #8, DER. */
  readonly key: Uint8Array;
}

/** A finished PDF with its attachments under one PAdES signature. */
export const sealOnThread = async (seal: Sealing): Promise<Uint8Array> => (await asked({ seal })).pdf;

/** One job for the thread, and its answer. */
async function asked(task: object): Promise<{ pdf: Uint8Array; pages: number }> {
  clearTimeout(idle);
  const worker = theThread();
  worker.ref();
  jobs += 1;
  const job = jobs;
  let limit: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      waiting.set(job, { resolve, reject });
      limit = setTimeout(() => drop(new Error('the typesetter took too long')), longestMs);
      worker.postMessage({ job, ...task });
    });
  } finally {
    clearTimeout(limit);
    waiting.delete(job);
    if (waiting.size === 0) {
      worker.unref();
      idle = setTimeout(() => drop(new Error('idle')), idleMs).unref();
    }
  }
}
