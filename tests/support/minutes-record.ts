// A small record with every kind of part, for tests of what is signed, rendered and verified. Names are in `exampleNames`, nowhere else.
import { personDigest } from '#lib/domain/minutes/canonical.ts';
import type { MinutesRecord } from '#lib/domain/minutes/record.ts';
import { maskName } from '#lib/domain/meeting/words.ts';

export const exampleNames = ['沈书兰', '闻人静', '唐小满', '何守义', '罗家和'] as const;
export const exampleSalts = exampleNames.map((_, index) => new Uint8Array(16).fill(index + 1));
const roles = ['chair', 'secretary', 'member', 'member', 'member'];

const figures = {
  counts: { for: 3, against: 1, abstain: 0 },
  base: 4,
  threshold: 3,
  present: 5,
  quorumNeeded: 4,
  electorate: 4,
  voted: 4,
  spoiled: 0,
  notVoted: 0,
  recused: [4],
  channels: { phone: 3, assisted: 0, paper: 1, hand_count: 0 },
  outcome: 'passed',
} as const;

export const exampleRecord = (changed: Partial<MinutesRecord> = {}): MinutesRecord => ({
  format: 'yishi.minutes',
  version: 1,
  site: 'https://yishi.test',
  edition: 1,
  frozenAt: 1_779_000_000_000,
  documentId: 'd0c0000000000000000000000d',
  frozenSeq: 42,
  documentHead: 'a'.repeat(64),
  log: { seq: 120, head: 'b'.repeat(64) },
  meeting: {
    meetingId: 'm0000000000000000000000001',
    community: '云锦里社区',
    council: '云锦里社区共治协商委员会',
    format: 'council',
    title: [{ text: '2026 年第一次议事会' }],
    place: [{ text: '社区会议室' }],
    plannedAt: 1_778_990_000_000,
    openedAt: 1_778_990_100_000,
    adjournedAt: 1_778_999_000_000,
    rules: '议事会规则',
    chair: 0,
    secretary: 1,
  },
  persons: exampleNames.map((name, index) => ({
    role: roles[index] ?? 'member',
    mask: maskName(name),
    digest: personDigest(exampleSalts[index] ?? new Uint8Array(16), name),
  })),
  agenda: [
    {
      itemId: 'item-1',
      kind: 'motion',
      title: [{ text: '加装扶手' }],
      minutes: 20,
      done: true,
      presenter: [{ mention: 2 }],
    },
  ],
  attendance: {
    expected: 5,
    came: 5,
    onLeave: 0,
    absent: 0,
    quorumNeeded: 4,
    seats: exampleNames.map((_, person) => ({
      person,
      sector: '居民代表',
      title: '委员',
      voting: true,
      status: 'present',
      mode: 'hall',
      movements: [{ what: 'arrived', at: 1_778_990_000_000 + person }],
    })),
  },
  motions: [
    {
      motionId: 'motion-1',
      itemId: 'item-1',
      title: [{ text: '为 3 号楼加装扶手' }],
      outcome: 'passed',
      ownersMatter: 'none',
      contractLocked: false,
      recusals: [{ person: 4, declaredByMember: true }],
      amendments: [{ text: [{ text: '改为不锈钢' }], outcome: 'adopted', mover: 2, seconder: 3 }],
      reductions: [{ fromFen: 3_000_000, toFen: 2_800_000 }],
      pollIds: ['poll-1'],
      mover: 2,
      amountFen: 2_800_000,
      originalAmountFen: 3_000_000,
    },
  ],
  results: [
    {
      pollId: 'poll-1',
      kind: 'formal',
      subject: 'motion',
      motionId: 'motion-1',
      question: [{ text: '为 3 号楼加装扶手' }],
      method: 'for-against-abstain',
      secrecy: 'named',
      openedAt: 1_778_995_000_000,
      closedAt: 1_778_995_060_000,
      announcedAt: 1_778_995_090_000,
      figures,
      ballots: 'c'.repeat(64),
      superseded: [
        { figures: { ...figures, outcome: 'failed' }, reason: [{ text: '漏计一票' }], at: 1_778_995_080_000 },
      ],
    },
  ],
  decisions: [{ seq: 110, text: [{ text: '物业十日内施工' }], owners: [3], dueOn: '2026-06-01' }],
  text: [
    { kind: 'heading', level: 1, inlines: [{ text: '会议记录' }] },
    { kind: 'paragraph', inlines: [{ mention: 2 }, { text: '说:老人上下楼' }, { text: '不安全', bold: true }] },
    { kind: 'list', ordered: true, items: [[{ kind: 'paragraph', inlines: [{ text: '先做 3 号楼' }] }]] },
    {
      kind: 'table',
      header: true,
      rows: [
        [[{ text: '事项' }], [{ text: '负责' }]],
        [[{ text: '施工' }], [{ mention: 3 }]],
      ],
    },
    { kind: 'fact', seq: 100, blocks: [{ kind: 'paragraph', inlines: [{ text: '同意 3,反对 1,通过' }] }] },
  ],
  contributors: [1, 2],
  signing: {
    kind: 'council',
    requirements: [
      { key: 'chair', label: '', eligible: [0], least: 1 },
      { key: 'secretary', label: '', eligible: [1], least: 1 },
      { key: 'members', label: '', eligible: [2, 3, 4], least: 2 },
    ],
  },
  ...changed,
});
