// Papers as .docx that WPS and Word open and people go on writing in: real styles, real tables with a repeated head row, East Asian fonts named
// first and a fallback behind them. Measures as in page-template.ts.
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip as mm,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable as VerticalAlign,
  WidthType,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx';
import { codeGif } from './code-images.ts';
import { paperFaces, paperMaker } from '#lib/messages/paper-faces.ts';
import { pictureWidthMm, type Printed, type PrintedBlock, type Run } from './printed.ts';

/** Word takes the named face where it is installed and its own nearest where not; Latin letters and figures are set in Times New Roman. */
const face = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});
const [song, hei, kai, titles] = [
  face(paperFaces.song),
  face(paperFaces.hei),
  face(paperFaces.kai),
  face(paperFaces.title),
];

const pitch = 579;
const points = (size: number) => size * 2;
/** Two characters of 3号. */
const indent = 640;

const runsOf = (runs: readonly Run[], more: IRunOptions = {}): TextRun[] =>
  runs.map(
    ({ text, bold, italic }) => new TextRun({ ...more, text, ...(bold && { bold }), ...(italic && { font: kai }) }),
  );

const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4];
const sides = { left: AlignmentType.BOTH, center: AlignmentType.CENTER, right: AlignmentType.RIGHT };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

const para = (style: string, text: string, more: IParagraphOptions = {}) =>
  new Paragraph({ style, children: [new TextRun(text)], ...more });

function tableOf(block: Extract<PrintedBlock, { kind: 'table' }>, widthMm: number): Table {
  const whole = block.widths.reduce((sum, share) => sum + share, 0);
  const columns = block.widths.map((share) => Math.round((mm(widthMm) * share) / whole));
  const cell = (text: string, column: number, head: boolean) =>
    new TableCell({
      width: { size: columns[column] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      children: [
        para(head ? 'TableHead' : 'TableText', text, {
          ...(block.figures?.includes(column) && { alignment: AlignmentType.RIGHT }),
        }),
      ],
    });
  const height = block.rowMm === undefined ? {} : { height: { value: mm(block.rowMm), rule: 'atLeast' as const } };
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(widthMm), type: WidthType.DXA },
    columnWidths: columns,
    margins: { top: 60, bottom: 60, left: 80, right: 80 },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: block.heads.map((text, at) => cell(text, at, true)),
      }),
      ...block.rows.map(
        (row) => new TableRow({ cantSplit: true, ...height, children: row.map((text, at) => cell(text, at, false)) }),
      ),
    ],
  });
}

/** Lines to sign on, three a row, each under a rule. */
function signaturesOf(block: Extract<PrintedBlock, { kind: 'signatures' }>, widthMm: number): Table {
  const columns = Array.from({ length: 3 }, () => Math.round(mm(widthMm) / 3));
  const rows = Array.from({ length: Math.ceil(block.cells.length / 3) }, (_, row) =>
    block.cells.slice(row * 3, row * 3 + 3),
  );
  const picture = (image: string) =>
    new Paragraph({
      style: 'Signature',
      children: [
        new ImageRun({ type: 'png', data: Buffer.from(image, 'base64'), transformation: { width: 110, height: 40 } }),
      ],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(widthMm), type: WidthType.DXA },
    columnWidths: columns,
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: columns.map((width, at) => {
            const cell = cells[at];
            return new TableCell({
              width: { size: width, type: WidthType.DXA },
              margins: { top: 120, bottom: 200, left: 40, right: 240 },
              children: cell
                ? [
                    cell.image === undefined ? para('Signature', cell.name) : picture(cell.image),
                    para('TableText', cell.under, {
                      border: { top: { style: BorderStyle.SINGLE, size: 4, color: '000000', space: 2 } },
                    }),
                  ]
                : [para('TableText', '')],
            });
          }),
        }),
    ),
  });
}

/** A code with its words beside it, as on the PDF. */
function codeOf({ address, text }: Extract<PrintedBlock, { kind: 'code' }>, widthMm: number): Table {
  const [left, right] = [mm(34), mm(widthMm - 34)];
  const picture = new ImageRun({
    type: 'gif',
    data: codeGif(address),
    transformation: { width: 113, height: 113 },
    altText: { name: 'QR', description: address },
  });
  const cell = (size: number, children: Paragraph[]) =>
    new TableCell({ width: { size, type: WidthType.DXA }, verticalAlign: VerticalAlign.CENTER, children });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: left + right, type: WidthType.DXA },
    columnWidths: [left, right],
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        cantSplit: true,
        children: [
          cell(left, [new Paragraph({ style: 'Picture', children: [picture] })]),
          cell(
            right,
            text.split('\n').map((line) => para('TableText', line)),
          ),
        ],
      }),
    ],
  });
}

function childrenOf(block: PrintedBlock, widthMm: number, list: number): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: headings[block.level - 1] ?? HeadingLevel.HEADING_4,
          children: [new TextRun(block.text)],
        }),
      ];
    case 'paragraph':
      return [
        new Paragraph({
          alignment: sides[block.align ?? 'left'],
          ...(block.indent && { indent: { firstLine: indent } }),
          children: runsOf(block.runs),
        }),
      ];
    case 'named':
      return [
        new Paragraph({
          indent: { left: 960, hanging: 960 },
          children: [new TextRun({ text: block.label, font: hei }), new TextRun(block.text)],
        }),
      ];
    case 'list':
      return block.items.map(
        (item) =>
          new Paragraph({
            numbering: {
              reference: block.ordered ? 'numbers' : 'points',
              level: 0,
              ...(block.ordered && { instance: list }),
            },
            children: runsOf(item),
          }),
      );
    case 'table':
      return [tableOf(block, widthMm), para('Small', '')];
    case 'signatures':
      return [signaturesOf(block, widthMm)];
    case 'picture': {
      const widthPx = Math.round((pictureWidthMm(block) / 25.4) * 96);
      const size = { width: widthPx, height: Math.round((widthPx * block.height) / block.width) };
      const type = block.mediaType === 'image/png' ? 'png' : 'jpg';
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          keepNext: true,
          children: [new ImageRun({ type, data: block.content, transformation: size })],
        }),
        para('Small', block.text),
      ];
    }
    case 'code':
      return [codeOf(block, widthMm)];
    case 'small':
      return [para('Small', block.text)];
    case 'break':
      return [new Paragraph({ pageBreakBefore: true })];
  }
}

const lineOf = (line: number) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 });
const black = '000000';
const headingStyle = (font: ReturnType<typeof face>, bold: boolean) => ({
  run: { font, size: points(16), bold, color: black },
  paragraph: { spacing: lineOf(pitch), indent: { firstLine: indent }, keepNext: true },
});

/** The bytes of a .docx. */
export async function wordFile(paper: Printed): Promise<Uint8Array> {
  const widthMm = paper.landscape ? 257 : 156;
  let lists = 0;
  const document = new Document({
    title: paper.title.replace(/\n/g, ' '),
    creator: paperMaker,
    styles: {
      default: {
        document: {
          run: { font: song, size: points(16), language: { value: 'en-US', eastAsia: 'zh-CN' } },
          paragraph: { spacing: lineOf(pitch) },
        },
        title: {
          run: { font: titles, size: points(22), bold: true, color: black },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { ...lineOf(660), before: 0, after: 0 } },
        },
        heading1: headingStyle(hei, true),
        heading2: headingStyle(kai, true),
        heading3: headingStyle(song, true),
        heading4: headingStyle(song, false),
      },
      paragraphStyles: [
        {
          id: 'TableText',
          name: 'Table Text',
          basedOn: 'Normal',
          run: { size: points(12) },
          paragraph: { spacing: lineOf(340) },
        },
        { id: 'TableHead', name: 'Table Head', basedOn: 'TableText', run: { size: points(12), bold: true, font: hei } },
        {
          id: 'Small',
          name: 'Small',
          basedOn: 'Normal',
          run: { size: points(11) },
          paragraph: { spacing: lineOf(320) },
        },
        {
          // A picture is as high as it is, whatever the lines around it are.
          id: 'Picture',
          name: 'Picture',
          basedOn: 'Normal',
          paragraph: { spacing: { line: 240, lineRule: LineRuleType.AUTO } },
        },
        {
          id: 'Signature',
          name: 'Signature Line',
          basedOn: 'Normal',
          run: { font: kai, size: points(17) },
          paragraph: { spacing: { line: 560, lineRule: LineRuleType.AT_LEAST } },
        },
      ],
    },
    numbering: {
      config: [
        {
          reference: 'numbers',
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 1120, hanging: 480 } } },
            },
          ],
        },
        {
          reference: 'points',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '·',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 1120, hanging: 480 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: mm(210),
              height: mm(297),
              ...(paper.landscape && { orientation: PageOrientation.LANDSCAPE }),
            },
            margin: paper.landscape
              ? { top: mm(24), bottom: mm(22), left: mm(20), right: mm(20) }
              : { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), footer: mm(25) },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ font: titles, size: points(14), children: ['— ', PageNumber.CURRENT, ' —'] })],
              }),
            ],
          }),
        },
        children: [
          ...(paper.above ? [para('Small', paper.above)] : []),
          ...paper.title
            .split('\n')
            .map((line) => new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(line)] })),
          new Paragraph({}),
          ...paper.blocks.flatMap((block) => {
            if (block.kind === 'list') lists += 1;
            return childrenOf(block, widthMm, lists);
          }),
          ...(paper.closing?.length ? [new Paragraph({})] : []),
          ...(paper.closing ?? []).map(
            (line) =>
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                indent: { right: indent },
                children: [new TextRun(line)],
              }),
          ),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
