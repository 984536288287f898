// What Excel, WPS and hands put on a clipboard must come apart into the same cells, and back.
import { describe, expect, it } from 'vitest';
import { joinRows, splitPasted } from './pasted-rows.ts';

describe('splitting pasted text', () => {
  it.each([
    [
      'tabs',
      '姓名\t界别\n张三\t居民代表',
      [
        ['姓名', '界别'],
        ['张三', '居民代表'],
      ],
    ],
    [
      'windows and old mac line ends',
      'a\tb\r\nc\td\re\tf',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    [
      'commas of both kinds when no tab is there',
      '姓名,界别\n张三，居民代表',
      [
        ['姓名', '界别'],
        ['张三', '居民代表'],
      ],
    ],
    ['a comma stays inside a cell where tabs separate', '张三\t一楼,二楼', [['张三', '一楼,二楼']]],
    ['empty cells stay in their place', '\t张三\t\t居民代表\t', [['', '张三', '', '居民代表', '']]],
    ['empty rows stay, so that row numbers agree', 'a\tb\n\n\nc\td', [['a', 'b'], [], [], ['c', 'd']]],
    ['a byte order mark is no letter', '\ufeff姓名\t界别', [['姓名', '界别']]],
    ['a quoted cell holds tabs, line ends and quotes', 'a\t"x\ty\n""z"""\tb', [['a', 'x\ty\n"z"', 'b']]],
    [
      'a quote nobody closed is a sign somebody typed',
      'a\t"x\tb\nc\td',
      [
        ['a', '"x', 'b'],
        ['c', 'd'],
      ],
    ],
    ['blanks around cells go', ' a \t b ', [['a', 'b']]],
    ['nothing', '', []],
    ['one word', '张三', [['张三']]],
  ])('%s', (_name, text, rows) => {
    expect(splitPasted(text)).toEqual(rows);
  });

  it('reads back what it wrote, whatever is in the cells', () => {
    const rows = [
      ['姓名', '备注'],
      ['张,三', '说"好"\n再见\t完'],
      ['', 'x'],
      ['"', 'a"b'],
    ];
    expect(splitPasted(joinRows(rows))).toEqual(rows);
  });

  it('keeps a lone cell with a comma in one piece', () => {
    expect(splitPasted(joinRows([['一,二']]))[0]?.[0]).toBe('一,二');
  });
});
