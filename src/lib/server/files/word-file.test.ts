// Papers as .docx: opened by another program as it is, with every word in its place, and with real styles and tables.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { plain, wordsOf, type Printed } from './printed.ts';
import { wordFile } from './word-file.ts';

const paper: Printed = {
  lang: 'zh-CN',
  title: '云锦里社区共治协商委员会\n会议纪要',
  above: '议决〔2026〕2 号',
  blocks: [
    { kind: 'heading', level: 1, text: '一、基本情况' },
    { kind: 'named', label: '出席：', text: '沈**、王**' },
    {
      kind: 'paragraph',
      indent: true,
      runs: [{ text: '会议认为 <w:b/> & "可行"，' }, { text: '一致同意', bold: true }],
    },
    { kind: 'list', ordered: true, items: [plain('五月底前签约'), plain('每月公布')] },
    {
      kind: 'table',
      heads: ['项目', '金额（元）'],
      widths: [3, 1],
      figures: [1],
      rows: [['银龄守护', '90,000']],
    },
    { kind: 'signatures', cells: [{ name: '王**', under: '主持人 · 已签' }] },
    {
      kind: 'code',
      address: 'https://yishi.test/c/1/decisions/2',
      text: '扫码查看\nhttps://yishi.test/c/1/decisions/2',
    },
    { kind: 'small', text: '指纹 9f2c 41ab' },
  ],
  closing: ['云锦里社区居民委员会', '2026 年 4 月 20 日'],
};

const hasOffice = spawnSync('soffice', ['--version']).error === undefined;
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
const said = hasOffice && hasPoppler ? '' : ' (not run: LibreOffice or poppler-utils is not here)';
const close = (text: string) => text.replace(/\s/g, '');

test('headings are headings, tables tables, lists lists, and the fonts are named for Chinese', async () => {
  const parts = unzipSync(await wordFile(paper));
  const [body, styles] = ['word/document.xml', 'word/styles.xml'].map((name) =>
    strFromU8(parts[name] ?? new Uint8Array()),
  );
  expect(body).toContain('<w:pStyle w:val="Heading1"/>');
  expect(body).toContain('<w:pStyle w:val="Title"/>');
  expect(body).toContain('<w:tblHeader/>');
  expect(body).toContain('<w:numPr>');
  // The code to scan is a picture, and says in words where it leads.
  expect(body).toContain('descr="https://yishi.test/c/1/decisions/2"');
  const picture = Object.entries(parts).find(([name]) => name.startsWith('word/media/') && name.endsWith('.gif'));
  expect(strFromU8(picture?.[1].subarray(0, 6) ?? new Uint8Array(), true)).toBe('GIF87a');
  expect(body).toContain('会议认为 &lt;w:b/&gt; &amp; ');
  expect(styles).toContain('w:eastAsia="仿宋"');
  expect(styles).toContain('w:eastAsia="黑体"');
});

test.skipIf(!hasOffice || !hasPoppler)(`another office program reads the same words${said}`, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yishi-docx-'));
  writeFileSync(path.join(folder, 'a.docx'), await wordFile(paper));
  const own = `-env:UserInstallation=file://${folder}/profile`;
  execFileSync('soffice', [own, '--headless', '--convert-to', 'pdf', '--outdir', folder, path.join(folder, 'a.docx')], {
    stdio: 'pipe',
  });
  const text = close(execFileSync('pdftotext', ['-raw', path.join(folder, 'a.pdf'), '-'], { encoding: 'utf8' }));
  for (const words of wordsOf(paper)) expect(text).toContain(close(words));
});
