// Papers as PDF: the measures of GB/T 9704, and that no wording is ever markup.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { plain, type Printed } from './printed.ts';
import { typeset } from './typeset.ts';

const at = Date.UTC(2026, 3, 18, 8);
const paperOf = (blocks: Printed['blocks'], more: Partial<Printed> = {}): Printed => ({
  lang: 'zh-CN',
  title: '',
  blocks,
  ...more,
});
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
const said = hasPoppler ? '' : ' (not run: poppler-utils is not here)';

function read(pdf: Uint8Array, ...options: string[]): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'yishi-pdf-')), 'a.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdftotext', [...options, file, '-'], { encoding: 'utf8' });
}

test('the same paper at the same moment is the same file', async () => {
  const paper = paperOf([{ kind: 'paragraph', runs: plain('同意。'), indent: true }], { title: '会议记录' });
  const [one, two] = [await typeset(paper, at), await typeset(paper, at)];
  expect(one.pages).toBe(1);
  expect(Buffer.from(one.pdf).equals(Buffer.from(two.pdf))).toBe(true);
});

test.skipIf(!hasPoppler)(`a full page holds 22 lines of 28 characters inside the margins${said}`, async () => {
  const { pdf, pages } = await typeset(paperOf([{ kind: 'paragraph', runs: plain('议'.repeat(28 * 22 + 1)) }]), at);
  expect(pages).toBe(2);
  const [first = ''] = read(pdf, '-layout').split('\f');
  const lines = first
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('议'));
  expect(lines).toHaveLength(22);
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([28]));
  const boxes = read(pdf, '-bbox');
  expect(boxes).toMatch(/<page width="595\.\d+" height="841\.\d+">/);
  const left = Math.min(...Array.from(boxes.matchAll(/xMin="([\d.]+)"[^>]*>议/g), ([, x]) => Number(x)));
  expect(left).toBeCloseTo((28 / 25.4) * 72, 0);
  expect(first).toMatch(/—\s*1\s*—/);
});

test.skipIf(!hasPoppler)(`wording that looks like markup is set as it is written${said}`, async () => {
  const sly = '#panic("x") *不加粗* $1$ \\u{41} @label <a> `码` [x] //注';
  const text = read(
    (await typeset(paperOf([{ kind: 'paragraph', runs: plain(sly) }], { title: '#sys.inputs' }), at)).pdf,
    '-raw',
  );
  expect(text.replace(/\s/g, '')).toContain(sly.replace(/\s/g, ''));
  expect(text).toContain('#sys.inputs');
});

test('a paper that cannot be set says so and the next one is set', async () => {
  const broken = paperOf([{ kind: 'signatures', cells: [{ name: '', under: '', image: btoa('no picture') }] }]);
  await expect(typeset(broken, at)).rejects.toThrow('the typesetter says');
  expect((await typeset(paperOf([{ kind: 'small', text: '好' }]), at)).pages).toBe(1);
});
