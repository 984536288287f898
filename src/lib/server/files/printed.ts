// A paper as it leaves the house, before anybody knows whether it will be a PDF or a Word file: what is written, in which order, with which
// part it plays. Composed from a record or a decision, with every name already masked or not; written by typeset.ts and word-file.ts.
// It holds plain texts only: a writer must never read markup out of them.

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}

export type PrintedBlock =
  /** 一、 (一) 1. (1): the number belongs to the text. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | {
      readonly kind: 'paragraph';
      readonly runs: readonly Run[];
      /** Two characters at its beginning, as a Chinese paragraph has; never for centred or right-hand lines. */
      readonly indent?: boolean;
      readonly align?: 'left' | 'center' | 'right';
    }
  /** 出席: and the names after it, hanging below one another. */
  | { readonly kind: 'named'; readonly label: string; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Run[])[] }
  | {
      readonly kind: 'table';
      readonly heads: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Shares of the width, one a column. */
      readonly widths: readonly number[];
      /** Columns of figures, set to the right. */
      readonly figures?: readonly number[];
      /** Rows one writes in by hand are at least this high. */
      readonly rowMm?: number;
    }
  /** Lines to sign on, three a row; `under` says as whom and how. `image` is a drawn signature, PNG in base64. */
  | {
      readonly kind: 'signatures';
      readonly cells: readonly { readonly name: string; readonly under: string; readonly image?: string }[];
    }
  /** A code that leads to an address, with the words beside it. */
  | { readonly kind: 'code'; readonly address: string; readonly text: string }
  /** A photograph, as large as half a page allows. */
  | {
      readonly kind: 'picture';
      readonly mediaType: 'image/jpeg' | 'image/png';
      readonly content: Uint8Array;
      /** In pixels, as its own head says. */
      readonly width: number;
      readonly height: number;
      readonly text: string;
    }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'break' };

export interface Printed {
  readonly lang: 'zh-CN' | 'en';
  /** Two or more lines where the title has them. */
  readonly title: string;
  /** 议决〔2026〕3号 and the like, small, above the title. */
  readonly above?: string;
  readonly landscape?: boolean;
  readonly blocks: readonly PrintedBlock[];
  /** 落款: who and when, at the right below the text. */
  readonly closing?: readonly string[];
}

/** How wide a picture is set, in mm: within the text's width and half a page's height. */
export function pictureWidthMm({ width, height }: Extract<PrintedBlock, { kind: 'picture' }>): number {
  const [most, highest] = [150, 105];
  return Math.min(most, (highest * width) / height);
}

/** The same paper without its pictures, for a reader that cannot take one of them. */
export const withoutPictures = (paper: Printed): Printed => ({
  ...paper,
  blocks: paper.blocks.filter(({ kind }) => kind !== 'picture'),
});

export const plain = (text: string): Run[] => [{ text }];

/** All the words of a paper in reading order, for tests and for reading aloud. */
export function wordsOf(paper: Printed): string[] {
  const runs = (list: readonly Run[]) => list.map(({ text }) => text).join('');
  const inBlock = (block: PrintedBlock): string[] => {
    switch (block.kind) {
      case 'heading':
      case 'small':
      case 'code':
      case 'picture':
        return [block.text];
      case 'paragraph':
        return [runs(block.runs)];
      case 'named':
        return [block.label, block.text];
      case 'list':
        return block.items.map(runs);
      case 'table':
        return [...block.heads, ...block.rows.flat()];
      case 'signatures':
        return block.cells.flatMap(({ name, under }) => [name, under]);
      case 'break':
        return [];
    }
  };
  return [
    ...(paper.above ? [paper.above] : []),
    paper.title,
    ...paper.blocks.flatMap(inBlock),
    ...(paper.closing ?? []),
  ];
}
