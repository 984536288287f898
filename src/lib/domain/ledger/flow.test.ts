// The picture of a fund tells the whole sum in every column, for one worked example and for random funds.
import { expect, it } from 'vitest';
import { randomFrom } from '#tests/support/random.ts';
import { flowOf, placed, type Flow } from './flow.ts';

const award = (id: string, envelopeId: string, reservedFen: number, waitingFen = 0, frozenFen = 0, paidFen = 0) => ({
  id,
  name: id,
  envelopeId,
  reservedFen,
  waitingFen,
  frozenFen,
  paidFen,
});

const columnSums = ({ nodes }: Flow) =>
  [0, 1, 2, 3, 4].map((column) =>
    nodes.filter((node) => node.column === column).reduce((sum, { fen }) => sum + fen, 0),
  );

/** Nodes that do not hand on, or did not receive, exactly what they hold. */
const leaks = ({ nodes, links }: Flow) =>
  nodes.filter(({ id, column, fen }) => {
    const out = links.filter(({ from }) => from === id).reduce((sum, link) => sum + link.fen, 0);
    const into = links.filter(({ to }) => to === id).reduce((sum, link) => sum + link.fen, 0);
    return (column < 4 && out !== fen) || (column > 0 && into !== fen);
  });

it('[B1] shows every fen in every column', () => {
  const flow = flowOf({
    fundId: 'F',
    sources: [
      { id: 's1', name: '市级', fen: 200 },
      { id: 's2', name: '区级', fen: 200 },
    ],
    envelopes: [
      { id: 'E1', name: '为老' },
      { id: 'E2', name: '环境' },
      { id: 'E3', name: '空' },
    ],
    awards: [award('a', 'E1', 0, 36, 9, 45), award('b', 'E2', 150)],
  });
  expect(columnSums(flow)).toEqual([400, 400, 400, 400, 400]);
  expect(leaks(flow)).toEqual([]);
  expect(flow.nodes.filter(({ column }) => column === 4).map(({ where, fen }) => [where, fen])).toEqual([
    ['paid', 45],
    ['waiting', 36],
    ['frozen', 9],
    ['reserved', 150],
    ['unspent', 160],
  ]);
});

it('[B1] loses nothing, whatever the fund, and draws no band outside its nodes', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomFrom(seed);
    const envelopes = Array.from({ length: 1 + random.below(5) }, (_, index) => ({
      id: `E${index}`,
      name: `${index}`,
    }));
    const awards = Array.from({ length: random.below(9) }, (_, index) =>
      award(
        `a${index}`,
        random.pick(envelopes).id,
        random.below(50),
        random.below(50),
        random.below(9),
        random.below(90),
      ),
    );
    const held = awards.reduce((sum, a) => sum + a.reservedFen + a.waitingFen + a.frozenFen + a.paidFen, 0);
    const flow = flowOf({
      fundId: 'F',
      sources: [
        { id: 's1', name: '一', fen: held },
        { id: 's2', name: '二', fen: random.below(100) },
      ],
      envelopes,
      awards,
    });
    expect(new Set(columnSums(flow))).toEqual(new Set([flow.totalFen]));
    expect(leaks(flow)).toEqual([]);
    const { nodes, bands } = placed(flow, 400, 6);
    for (const { y, height } of nodes) expect(y + height).toBeLessThanOrEqual(400.001);
    for (const band of bands) {
      const from = nodes.find(({ id }) => id === band.from);
      expect(band.fromY + band.height).toBeLessThanOrEqual((from?.y ?? 0) + (from?.height ?? 0) + 0.001);
    }
  }
});
