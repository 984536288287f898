// What may be attached is told by its bytes, never by its name.
import { describe, expect, it } from 'vitest';
import { kindOfPaper, paperName } from './papers.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const zip = (...names: string[]) => bytes([0x50, 0x4b, 3, 4], ...names);

describe('the kind of a paper', () => {
  it.each([
    ['pdf', bytes('%PDF-1.7')],
    ['png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
    ['jpg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['webp', bytes('RIFF....WEBPVP8 ')],
    ['docx', zip('[Content_Types].xml', 'word/document.xml')],
    ['xlsx', zip('[Content_Types].xml', 'xl/workbook.xml')],
  ])('%s is known', (extension, content) => expect(kindOfPaper(content)?.extension).toBe(extension));

  it.each([
    ['nothing', bytes('')],
    ['a web page', bytes('<!doctype html><script>')],
    ['a drawing that can hold scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['a program', bytes('MZ')],
    ['any archive', zip('photos/1.jpg')],
    ['a document with macros', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')],
  ])('%s is refused', (_, content) => expect(kindOfPaper(content)).toBeNull());
});

it('gives a paper a plain name with the ending its bytes call for', () => {
  expect(paperName('C:\\files\\预算.PDF', 'pdf')).toBe('预算.pdf');
  expect(paperName('../../etc/passwd', 'png')).toBe('passwd.png');
  expect(paperName('a"b\r\n.exe', 'pdf')).toBe('ab.pdf');
  expect(paperName('', 'pdf')).toBe('paper.pdf');
  expect(Array.from(paperName('长'.repeat(300), 'pdf'))).toHaveLength(84);
});
