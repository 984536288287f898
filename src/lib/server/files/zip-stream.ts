// A ZIP made file by file while it is being sent: at no time is more than one file of it in memory. Each is made only when the one before has gone
// out. The same files at the same moment are the same bytes.
import { createHash } from 'node:crypto';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ZippedFile {
  readonly name: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** What is compressed already is only stored. */
const isPacked = (name: string): boolean => /\.(pdf|docx|xlsx|png|jpg|zip)$/.test(name);

/** ZIP knows no years before 1980. */
const earliest = Date.UTC(1980, 0, 2);

/** `entries` is asked for the next file only when the receiver wants more. */
export function zipStream(entries: AsyncIterable<ZipEntry>, at: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const files = entries[Symbol.asyncIterator]();
  const ready: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else if (chunk.length > 0) ready.push(chunk);
  });
  const mtime = new Date(Math.max(at, earliest));
  let ended = false;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        while (ready.length === 0 && !ended) {
          const next = await files.next();
          if (next.done === true) {
            zip.end();
            ended = true;
            break;
          }
          const { name, bytes } = next.value;
          const file = isPacked(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
          file.mtime = mtime;
          zip.add(file);
          file.push(bytes, true);
        }
        if (failed) throw failed;
        for (let chunk = ready.shift(); chunk; chunk = ready.shift()) controller.enqueue(new Uint8Array(chunk));
        if (ended) controller.close();
      },
      async cancel() {
        zip.terminate();
        await files.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

export const fileLine = ({ name, bytes }: ZipEntry): ZippedFile => ({
  name,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** The whole stream as bytes, for tests and for measuring. */
export async function gathered(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
  return new Uint8Array(Buffer.concat(chunks));
}
