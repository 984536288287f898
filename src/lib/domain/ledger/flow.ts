// Where each fen of a fund went, as a picture's measures: five columns that each hold the whole fund, and the bands between them. Pure; the
// public statement draws it. Whatever is given, every column sums to the same and every node hands on exactly what it received.

export interface FlowSource {
  readonly id: string;
  readonly name: string;
  readonly fen: number;
}

export interface FlowAward {
  readonly id: string;
  readonly name: string;
  readonly envelopeId: string;
  readonly reservedFen: number;
  readonly waitingFen: number;
  readonly frozenFen: number;
  readonly paidFen: number;
}

export const whereabouts = ['paid', 'waiting', 'frozen', 'reserved', 'unspent'] as const;
export type Whereabouts = (typeof whereabouts)[number];

export interface FlowNode {
  readonly id: string;
  readonly column: number;
  readonly fen: number;
  /** Empty where the node stands for the fund, or for one of `whereabouts`: the page knows those words. */
  readonly name: string;
  readonly where: Whereabouts | null;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly fen: number;
  /** Where the money of this band is now; null for bands that carry several kinds. */
  readonly where: Whereabouts | null;
}

export interface Flow {
  readonly totalFen: number;
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

/** Sources → the fund → envelopes → awards → where the money is. What no award holds passes straight through as `unspent`. */
export function flowOf({
  fundId,
  sources,
  envelopes,
  awards,
}: {
  readonly fundId: string;
  readonly sources: readonly FlowSource[];
  readonly envelopes: readonly { readonly id: string; readonly name: string }[];
  readonly awards: readonly FlowAward[];
}): Flow {
  const nodes: FlowNode[] = [];
  const links: FlowLink[] = [];
  const totalFen = sources.reduce((sum, { fen }) => sum + fen, 0);
  const heldBy = ({ reservedFen, waitingFen, frozenFen, paidFen }: FlowAward) =>
    reservedFen + waitingFen + frozenFen + paidFen;
  const add = (id: string, column: number, fen: number, name = '', where: Whereabouts | null = null) => {
    if (fen > 0) nodes.push({ id, column, fen, name, where });
  };
  const link = (from: string, to: string, fen: number, where: Whereabouts | null = null) => {
    if (fen > 0) links.push({ from, to, fen, where });
  };

  add(fundId, 1, totalFen);
  for (const { id, name, fen } of sources) {
    add(id, 0, fen, name);
    link(id, fundId, fen);
  }
  const sums: Record<Whereabouts, number> = { paid: 0, waiting: 0, frozen: 0, reserved: 0, unspent: totalFen };
  for (const envelope of envelopes) {
    const own = awards.filter(({ envelopeId }) => envelopeId === envelope.id);
    const usedFen = own.reduce((sum, award) => sum + heldBy(award), 0);
    add(envelope.id, 2, usedFen, envelope.name);
    link(fundId, envelope.id, usedFen);
    for (const award of own) {
      const heldFen = heldBy(award);
      add(award.id, 3, heldFen, award.name);
      link(envelope.id, award.id, heldFen);
      for (const [where, fen] of [
        ['paid', award.paidFen],
        ['waiting', award.waitingFen],
        ['frozen', award.frozenFen],
        ['reserved', award.reservedFen],
      ] as const) {
        link(award.id, `where:${where}`, fen, where);
        sums[where] += fen;
        sums.unspent -= fen;
      }
    }
  }
  for (const where of whereabouts) add(`where:${where}`, 4, sums[where], '', where);
  for (const column of [2, 3]) add(`unspent:${column}`, column, sums.unspent, '', 'unspent');
  link(fundId, 'unspent:2', sums.unspent, 'unspent');
  link('unspent:2', 'unspent:3', sums.unspent, 'unspent');
  link('unspent:3', 'where:unspent', sums.unspent, 'unspent');
  return { totalFen, nodes, links };
}

export interface Placed extends FlowNode {
  readonly y: number;
  readonly height: number;
}

export interface Band extends FlowLink {
  /** Upper edges at both ends and the band's height. */
  readonly fromY: number;
  readonly toY: number;
  readonly height: number;
}

/** Every node and band with its place on a picture `height` units high; nodes of a column keep at least `gap` apart. */
export function placed(
  { totalFen, nodes, links }: Flow,
  height: number,
  gap: number,
): { nodes: Placed[]; bands: Band[] } {
  const columns = [0, 1, 2, 3, 4].map((column) => nodes.filter((node) => node.column === column));
  const most = Math.max(1, ...columns.map((column) => column.length));
  const scale = totalFen > 0 ? (height - gap * (most - 1)) / totalFen : 0;
  const at = new Map<string, Placed>();
  for (const column of columns) {
    let y = 0;
    for (const node of column) {
      at.set(node.id, { ...node, y, height: node.fen * scale });
      y += node.fen * scale + gap;
    }
  }
  const left = new Map<string, number>();
  const right = new Map<string, number>();
  const bands = links.flatMap((link): Band[] => {
    const [from, to] = [at.get(link.from), at.get(link.to)];
    if (!from || !to) return [];
    const [out, into] = [right.get(link.from) ?? 0, left.get(link.to) ?? 0];
    const thick = link.fen * scale;
    right.set(link.from, out + thick);
    left.set(link.to, into + thick);
    return [{ ...link, fromY: from.y + out, toY: to.y + into, height: thick }];
  });
  return { nodes: [...at.values()], bands };
}
