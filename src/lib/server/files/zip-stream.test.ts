// A ZIP made while it is sent: one file at a time, the same bytes each time, nothing made for whoever has gone away.
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { fileLine, gathered, zipStream, type ZipEntry } from './zip-stream.ts';

const at = Date.UTC(2026, 3, 18);
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function* files(made: string[] = []): AsyncGenerator<ZipEntry> {
  for (const name of ['a.txt', '会议/b.pdf', 'c.json']) {
    made.push(name);
    yield { name, bytes: bytesOf(`${name} `.repeat(500)) };
    await Promise.resolve();
  }
}

test('holds every file under its name, Chinese ones too, and is the same each time', async () => {
  const [one, two] = [await gathered(zipStream(files(), at)), await gathered(zipStream(files(), at))];
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  const read = unzipSync(one);
  expect(Object.keys(read)).toEqual(['a.txt', '会议/b.pdf', 'c.json']);
  expect(strFromU8(read['会议/b.pdf'] ?? new Uint8Array())).toBe('会议/b.pdf '.repeat(500));
});

test('makes the next file only when it is wanted, and none for whoever has left', async () => {
  const made: string[] = [];
  const reader = zipStream(files(made), at).getReader();
  expect(made).toEqual([]);
  await reader.read();
  expect(made).toEqual(['a.txt']);
  await reader.cancel();
  expect(made).toEqual(['a.txt']);
});

test('a file that cannot be made ends the download with an error, never with a short archive', async () => {
  async function* broken(): AsyncGenerator<ZipEntry> {
    yield { name: 'a.txt', bytes: bytesOf('a') };
    await Promise.resolve();
    throw new Error('no second file');
  }
  await expect(gathered(zipStream(broken(), at))).rejects.toThrow('no second file');
});

test('knows size and digest of a file', () => {
  expect(fileLine({ name: 'a', bytes: bytesOf('abc') })).toEqual({
    name: 'a',
    size: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
});
