// The demo community's eight projects decided by a funding ballot of the 21 seats present: the pool, the envelopes, the recusals and the number of
// votes for each project are those of its council session, so the outcome can be held against what the session decided one by one.
import { describe, expect, it } from 'vitest';
import { checkElection, electionOf, type FundingCall } from './checks.ts';
import { countElection } from './count.ts';
import type { FundingBallot } from './election.ts';
import { parsePb, writePb } from './pb.ts';
import { countingRules } from './rules.ts';

const call: FundingCall = {
  budgetFen: 400_000_00,
  envelopes: [
    { id: 'E1', name: '为老服务', capFen: 125_000_00 },
    { id: 'E2', name: '青少年与文化', capFen: 88_000_00 },
    { id: 'E3', name: '环境与安全', capFen: 150_000_00 },
    { id: 'E4', name: '民主自治', capFen: 37_000_00 },
  ],
  projects: [
    { id: 'P1', name: '银龄守护·独居老人探访与助餐', costFen: 90_000_00, envelopeId: 'E1' },
    { id: 'P2', name: '青苗课堂·四点半托管与暑期营', costFen: 58_000_00, envelopeId: 'E2' },
    {
      id: 'P3',
      name: '平安充电·非机动车棚与充电桩整治（70,000）',
      costFen: 70_000_00,
      envelopeId: 'E3',
      variantGroup: 'P3',
    },
    {
      id: 'P3X',
      name: '平安充电·非机动车棚与充电桩整治（92,000）',
      costFen: 92_000_00,
      envelopeId: 'E3',
      variantGroup: 'P3',
    },
    { id: 'P4', name: '楼道微更新·适老扶手与照明', costFen: 80_000_00, envelopeId: 'E3' },
    { id: 'P5', name: '邻里调解室·居民调解协会能力建设', costFen: 36_000_00, envelopeId: 'E4' },
    { id: 'P6', name: '绿色锦里·分类督导与小小督导员', costFen: 42_000_00, envelopeId: 'E3' },
    { id: 'P7', name: '剪纸与非遗手作坊', costFen: 28_000_00, envelopeId: 'E2' },
    { id: 'P8', name: '第八个项目', costFen: 33_000_00, envelopeId: 'E1' },
  ],
  ties: { kind: 'draw', seed: '2026-04-18 公开抽签 7-19-23' },
  terms: { kind: 'approve', atMost: null, withinBudget: false },
};

// P3X, the full amount, has the 8 votes it had in the session. Starred choices are recused and do not count.
const sheet = `
M01 P1 P2 P3 P3X P4 P5 P8        M11 P1 P2 P3 P3X P4 P5 P6 P7
M02 P1 P2 P3 P3X P4 P5 P8        M13 P1 P2 P3 P3X P4 P5 P6 P7
M03 P1 P3 P3X P4 P5 P8           M14 *P1 P2 P3 P3X P4 P5 P6 P7
M04 P1 P3 P3X P4 P5 P8           M15 P1 *P2 P3 P5 P7
M05 P1 P3 P3X P4 P5 P6 *P7 P8    M16 P1 P2 P3 *P5 P7 P8
M06 P1 P2 P4 P5 P6 P8            M17 P1 P2 P3 P4 *P6 P7 P8
M07 P1 P2 P4 P5 P6 P8            M18 P1 P2 P3 P4 P7 P8
M08 P1 P2 P4 P5 P6 P8            M20 P1 P2 P3 P4 P7 P8
M09 P1 P2 P4 P5 P6 P8            M21 P1 P2 *P3 P4 P7 P8
M10 P1 P2 P4 P5 P6 P7            M22 P2 *P3 P4 P7 P8
                                 M23 P2 P3 P4 P5 P7 P8`;
const ballots = sheet
  .split(/\s+(?=M)/)
  .map((row) => row.trim().split(/\s+/))
  .filter(([seat]) => seat?.startsWith('M'))
  .map(([seat, ...choices]): FundingBallot => ({
    seat: seat!,
    listed: choices.map((choice) => choice.replace('*', '')),
    recused: choices.filter((choice) => choice.startsWith('*')).map((choice) => choice.slice(1)),
  }));
const election = electionOf(call, ballots);
const counted = (rule: string) => {
  const result = countElection(election, rule);
  if (!result.ok) throw new Error(result.refusal.kind);
  return { ...result, ...result.explain() };
};
const approved = ['P1', 'P2', 'P3', 'P4', 'P5', 'P7', 'P8'];

describe('the demo projects by a funding ballot', () => {
  it('[FU16] is a sound call with 21 sound ballots', () => {
    expect(ballots).toHaveLength(21);
    expect(checkElection(call, ballots)).toEqual([]);
  });

  it('[FU1] [FU7] greedy_votes: the votes of the session, without the recused', () => {
    const { winners, reasons, costFen } = counted('greedy_votes');
    expect(Object.fromEntries(reasons.map(({ projectId, supporters }) => [projectId, supporters]))).toEqual({
      ...{ P1: 18, P2: 17, P3: 14, P3X: 8, P4: 19, P5: 15, P6: 9, P7: 12, P8: 16 },
    });
    // P4 leaves E3 70,000; P1 leaves E1 35,000; P2 leaves E2 30,000; P8 fits in E1, P5 in E4, P3 uses up E3, P7 fits in E2; P6 finds E3 empty.
    expect(winners).toEqual(['P4', 'P1', 'P2', 'P8', 'P5', 'P3', 'P7']);
    expect(costFen).toBe(395_000_00);
    expect(reasons[6]).toMatchObject({
      projectId: 'P6',
      obstacles: [{ kind: 'envelope-full', envelopeId: 'E3', remainingFen: 0, missingFen: 42_000_00 }],
    });
    expect(reasons[3]).toMatchObject({ projectId: 'P3X', obstacles: [{ kind: 'variant-taken', projectId: 'P3' }] });
  });

  it('[FU10] mes_cost_add1u funds the same seven for 395,000, and 5,000 remain', () => {
    const { winners, costFen, reasons, steps } = counted('mes_cost_add1u');
    expect([...winners].sort()).toEqual(approved);
    expect(election.budgetFen - costFen).toBe(5_000_00);
    // While nobody is short the price is cost / supporters: 80,000/19, 90,000/18, 58,000/17, 33,000/16, 36,000/15.
    const paid = Object.fromEntries(
      reasons.flatMap((reason) =>
        reason.funded && reason.how.kind === 'by-shares' ? [[reason.projectId, reason.how]] : [],
      ),
    );
    expect(paid).toMatchObject({
      P4: { payFen: 4_210_53, inFull: 19, withTheirRest: 0 },
      P1: { payFen: 5_000_00, inFull: 18, withTheirRest: 0 },
      P2: { payFen: 3_411_76, inFull: 17, withTheirRest: 0 },
      P8: { payFen: 2_062_50, inFull: 16, withTheirRest: 0 },
      P5: { payFen: 2_400_00, inFull: 15, withTheirRest: 0 },
    });
    expect(paid.P3).toMatchObject({ withTheirRest: 7 });
    expect(steps[0]).toMatchObject({ kind: 'shares', raisedYuan: 586 });
  });

  it('[FU8] with 19,047.62 each the supporters of P3 cannot pay for it', () => {
    const { winners, reasons } = counted('mes_cost');
    expect(winners).not.toContain('P3');
    const reason = reasons[2]!;
    expect(reason).toMatchObject({ projectId: 'P3', funded: false, supporters: 14 });
    expect(reason.funded || reason.obstacles).toMatchObject([{ kind: 'supporters-short' }]);
  });

  it('[FU15] written as a file without names and read again, counts the same under every rule', () => {
    const text = writePb(
      election,
      [
        ['description', '云锦里社区'],
        ['rule', 'mes_cost_add1u'],
      ],
      false,
    );
    expect(text).not.toMatch(/M\d\d/);
    const reading = parsePb(text);
    if (!reading.ok) throw new Error(JSON.stringify(reading.refusal));
    for (const { id, needsPoints } of countingRules) {
      if (needsPoints) continue;
      const again = countElection(reading.election, id);
      const before = counted(id);
      expect(again).toMatchObject({ winners: before.winners, costFen: before.costFen, ties: before.ties });
      expect(again.ok && again.explain()).toEqual({ steps: before.steps, reasons: before.reasons });
    }
  });
});
