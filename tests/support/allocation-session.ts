// The demo community's eight projects put to one funding ballot instead of eight motions, with ballots that give each project as many supporters
// as the council's own vote did. Called by the tests of the law, of its log and of the live meeting; the figures are funding-session.ts's.
import { countElection } from '#lib/domain/funding/count.ts';
import { electionOf, type FundingCall } from '#lib/domain/funding/checks.ts';
import type { FundingBallot } from '#lib/domain/funding/election.ts';
import type { CallAsked, ChamberCount } from '#lib/domain/meeting/allocation.ts';
import { firstVoteOnP3, projects } from './funding-session.ts';
import { LawWorld, present, seatOf } from './law-world.ts';

/** Which envelope pays for which project, and what each may give. */
const envelopeOf: Readonly<Record<string, string>> = {
  P1: 'E1',
  P2: 'E2',
  P3: 'E3',
  P4: 'E3',
  P5: 'E4',
  P6: 'E3',
  P7: 'E2',
  P8: 'E1',
};
export const envelopes = [
  { id: 'E1', name: '为老服务', capFen: 125_000_00 },
  { id: 'E2', name: '青少年与文化', capFen: 88_000_00 },
  { id: 'E3', name: '环境与安全', capFen: 150_000_00 },
  { id: 'E4', name: '民主自治', capFen: 37_000_00 },
];

interface Offered {
  readonly id: string;
  readonly name: string;
  readonly costFen: number;
  readonly recused: readonly string[];
  readonly supporters: number;
  readonly envelopeId: string;
  readonly variantGroup?: string;
}

/** P3 is offered as first asked for and, as its variant, at the smaller workable amount. */
const offered: readonly Offered[] = projects.flatMap((project): Offered[] => {
  const { id, name, recused, votes, reduceToFen, requestedFen } = project;
  const common = { recused, envelopeId: envelopeOf[id] ?? '' };
  const whole = { ...common, id, name, costFen: reduceToFen ?? requestedFen, supporters: votes.for };
  if (id !== 'P3') return [whole];
  return [
    { ...whole, supporters: firstVoteOnP3.for, variantGroup: 'P3' },
    {
      ...common,
      id: 'P3b',
      name: `${name}（物业自筹一部分）`,
      costFen: project.approvedFen,
      supporters: votes.for,
      variantGroup: 'P3',
    },
  ];
});

export const eightProjects = (
  seat: (member: string) => string = seatOf,
  change: Partial<CallAsked> = {},
): CallAsked => ({
  itemId: null,
  title: '2026 年社区服务项目资金表决',
  budgetFen: 400_000_00,
  projects: offered.map(({ recused, supporters: _votes, ...project }) => ({
    ...project,
    tiedSeatIds: recused.map(seat),
  })),
  envelopes,
  terms: { kind: 'approve', atMost: null, withinBudget: false },
  ties: { kind: 'draw', seed: '738204' },
  ruleId: 'mes_cost_add1u',
  voters: 'seats',
  ...change,
});

/** member → the projects they approve: nobody one they are tied to, and nobody none. */
export const approvals: ReadonlyMap<string, readonly string[]> = new Map(
  present.map((member) => [
    member,
    offered.flatMap((project, index) => (approves(member, project, index) ? [project.id] : [])),
  ]),
);

/** As many supporters as the council's own vote gave, beginning with another member for each project. */
function approves(member: string, { recused, supporters }: Offered, index: number): boolean {
  const from = (index * 3) % present.length;
  const inTurn = [...present.slice(from), ...present.slice(0, from)].filter((id) => !recused.includes(id));
  return inTurn.slice(0, supporters).includes(member);
}

/** What the eight projects come to. Of the dataset: 395,000 funded, 5,000 left, P6 without room in its envelope. */
export const fundedIds = ['P1', 'P2', 'P3b', 'P4', 'P5', 'P7', 'P8'];

/** The count of these ballots as the office hands it to the law. */
export function countOf(call: FundingCall, ruleId: string, ballots: readonly FundingBallot[]): ChamberCount {
  const result = countElection(electionOf(call, ballots), ruleId);
  if (!result.ok) throw new Error(result.refusal.kind);
  const { winners, costFen, ties } = result;
  const { reasons } = result.explain();
  const remainderFen = call.budgetFen - costFen;
  const fileDigest = '0'.repeat(64);
  return { chamber: 'seats', ballots: ballots.length, winners, costFen, remainderFen, ties, reasons, fileDigest };
}

/** A whole session with the ballot, every event of an allocation in it. */
export function playAllocation(): LawWorld {
  const world = new LawWorld().open();
  world.do('M03', { type: 'putCall', callId: null, call: eightProjects(seatOf, { ruleId: 'greedy_votes' }) });
  const discarded = world.state.allocations.order[0] ?? '';
  world.do('M03', { type: 'withdrawCall', callId: discarded });
  world.do('M03', { type: 'putCall', callId: null, call: eightProjects() });
  const callId = world.state.allocations.order[1] ?? '';
  world.do('M01', { type: 'openPoll', subject: { kind: 'allocation', callId }, secrecy: null, plannedMs: 300_000 });
  const pollId = world.lastPollId();
  for (const [member, listed] of approvals) world.cast(member, { listed });
  world.do('M06', {
    type: 'declareTie',
    callId,
    projectId: 'P6',
    seatId: seatOf('M06'),
    reason: '家人在承接单位工作',
  });
  world.closeVote();
  const allocation = world.state.allocations.byId[callId];
  if (!allocation) throw new Error('no call');
  const ballots = [...approvals].map(([member, listed]) => ({
    seat: seatOf(member),
    listed,
    recused: offered.filter(({ id }) => allocation.tied[id]?.[seatOf(member)] !== undefined).map(({ id }) => id),
  }));
  const counts = [countOf(allocation.call, allocation.ruleId, ballots)];
  world.do('system', { type: 'recordCount', pollId, outcome: { kind: 'counted', counts } });
  return world.announce();
}
