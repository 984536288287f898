// English words for ../zh-CN/meeting.ts.
import { plural } from '#lib/messages/format.ts';
import type { meeting as zhCN } from '#lib/messages/zh-CN/meeting.ts';

export const meeting: typeof zhCN = {
  phases: {
    draft: 'In preparation',
    convened: 'Convened',
    check_in: 'Check-in',
    in_session: 'In session',
    recess: 'In recess',
    adjourned: 'Adjourned',
    cancelled: 'Cancelled',
  },
  signersTitle: 'Who signs the minutes',
  signers: ({ kind, least }) =>
    kind === 'joint'
      ? 'each party countersigns'
      : least === 0
        ? 'chair and secretary sign'
        : kind === 'council'
          ? `chair, secretary and at least ${plural(least, 'member')} sign`
          : `chair, secretary and at least ${least} of each sector sign`,
  signersSentence: (terms) => {
    const clause = meeting.signers(terms);
    return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)} the minutes.`;
  },
  toSigning: 'See who has signed',
  practice: 'Practice meeting: nothing counts, and everything is wiped afterwards.',
  erased: '(name removed)',
  vacantWords: '(text removed)',

  expected: 'Expected',
  present: 'Present',
  quorum: 'Quorum',
  watching: 'Watching',
  onLeave: 'On leave',
  absent: 'Absent',
  away: 'Disconnected',
  left: 'Left',
  quorumMet: 'Quorum reached',
  quorumMissing: (p) => `${p.missing} more needed`,
  sectorsMissing: (p) => `${plural(p.missing, 'more sector')} needed`,
  quorumEdge: 'Just at the quorum: if one more leaves, no vote can be held.',
  quorumLost: (p) => `${p.present} present, fewer than the quorum of ${p.needed}: no vote can be held for now.`,
  sectorPresence: (p) => `${p.sector}: ${p.present} of ${p.seats}`,

  modes: { hall: 'In the hall', remote: 'Remote' },
  nonVoting: 'Attending without vote',

  itemOf: (p) => `Item ${p.n} of ${p.of}`,
  itemKinds: {
    opening: 'Opening',
    report: 'Report',
    deliberation: 'Deliberation',
    motion: 'Decision',
    straw: 'Straw poll',
    closing: 'Closing',
    other: 'Other',
  },
  presenter: (p) => `Presented by ${p.name}`,
  minutes: (p) => plural(p.minutes, 'minute'),
  itemStatus: { open: 'Now', done: 'Done', coming: 'To come' },
  ownersMatters: {
    touches_common_parts: "Touches the owners' common parts",
    owners_assembly: "For the owners' assembly",
  },
  ownersMatterMeans: {
    touches_common_parts: "May be voted; if it passes, no contract is signed until the owners' decision is filed.",
    owners_assembly: "Not ours to vote: it is referred to the owners' assembly.",
  },
  pulled: {
    needs: (p) => `Needs referred here: ${p.count}`,
    followUps: (p) => `Follow-ups of earlier meetings: ${p.count}`,
  },
  formatKind: 'For which kind of meeting',
  partyPositions: { agree: 'agrees', reserve: 'with reserve', oppose: 'opposes' },
  outcomes: {
    agreed: 'agreed',
    accepted: 'taken on',
    declined: 'declined',
    money_asked: 'for its money',
    sent_up: 'disagreement recorded and sent up',
  },
  listings: { on_list: 'On the list', off_list: 'Off the list', unclear: 'List to be checked' },
  listingMeans: {
    on_list: "The matter is on the community's responsibility lists.",
    off_list:
      'The matter is not on the responsibility lists: the council may say no, or take it on if the money follows the task.',
    unclear: 'Whether it is on the responsibility lists still has to be checked.',
  },

  amount: 'Amount asked for',
  amountWas: (p) => `was ${p.amount}`,

  money: {
    title: 'Money left',
    pool: 'Left in the pool',
    ofTotal: (p) => `of ${p.total}`,
    ofCap: (p) => `ceiling ${p.cap}`,
    poolLeft: (p) => `${p.left} left in the pool, of ${p.total}`,
    left: (p) => `${p.left} left / ceiling ${p.cap}`,
    asks: (p) => `this item ${p.amount}`,
    doesNotFit: 'More than is left',
    takenFrom: (p) => `Taken from “${p.envelope}”; if it passes, ${p.room} is left there.`,
    overEnvelope: (p) =>
      `“${p.envelope}” has only ${p.room} left, not ${p.amount}: ${p.missing} is missing; ${p.pool} is left in the pool. You may vote all the same, but even if it passes nothing is booked.`,
    overPool: (p) =>
      `Only ${p.pool} is left in the pool, not ${p.amount}: ${p.missing} is missing. You may vote all the same, but even if it passes nothing is booked.`,
    inEnvelope: (p) => `“${p.envelope}”`,
    inPool: 'The pool',
    overInShort: (p) =>
      `${p.where} has only ${p.left} left, ${p.missing} is missing: you may vote, but even if it passes nothing is booked.`,
    booked: (p) => `${p.amount} booked, from “${p.envelope}”.`,
    notBooked: {
      envelope: (p) => `Passed, but nothing is booked: “${p.envelope}” has only ${p.room} left, not ${p.amount}.`,
      pool: (p) => `Passed, but nothing is booked: only ${p.pool} is left in the pool, not ${p.amount}.`,
      awarded: (p) =>
        `Passed, but ${p.amount} is not booked a second time: the project was awarded elsewhere while the vote was open. Change its amount on the project's page.`,
    },
    released: (p) => `Result corrected: ${p.released} went back to the pool.`,
    partlyReleased: (p) =>
      `Result corrected: ${p.released} went back to the pool; ${p.kept} is under contract and must be dealt with apart.`,
  },

  stances: { for: 'For', against: 'Against', question: 'Question', add: 'Addition' },
  pointOfOrder: 'Point of order',
  queueReasons: {
    point_of_order: 'Points of order go first',
    in_turn: 'Representatives in turn',
    first_time: 'First-time speakers go first',
    alternate_sides: 'Sides alternate',
    balance_sectors: 'Sectors take turns',
    balance_areas: 'Areas take turns',
    balance_channels: 'Hall and remote balance',
    arrival: 'In order of asking',
    override: 'Changed by the chair',
    presentation: 'Presentation',
    away: 'Disconnected: called once connected again',
  },
  overrideSaid: (p) => `The chair changed the order: ${p.reason}`,

  motionStages: {
    moved: 'Waiting for a second',
    ready: 'Waiting to be put',
    presenting: 'Presentation',
    debating: 'Debate',
    voting: 'Vote',
    decided: 'Voted',
    withdrawn: 'Withdrawn',
    referred: 'Referred',
  },
  motionOutcomes: { passed: 'Passed', failed: 'Not passed' },
  amendmentOutcomes: { adopted: 'Adopted', rejected: 'Not adopted', withdrawn: 'Withdrawn' },
  ownersLetter: (p) => `Letter to the owners: ${p.title}`,
  contractLocked: "Passed; no contract until the owners' decision is filed.",
  moverAndSeconder: (p) => `Moved by ${p.mover}, seconded by ${p.seconder}`,
  mover: (p) => `Moved by ${p.mover}`,
  putByAgenda: 'On the agenda as notified; needs no second',
  renewed: 'Moved anew',
  amendment: 'Amendment',
  amendmentAmount: (p) => `amount becomes ${p.amount}`,
  reduced: (p) => `Reduced from ${p.from} to ${p.to} with the applicant's consent: ${p.reason}`,
  recused: 'Recused',
  recusedNames: (p) => `Recused: ${p.names}`,
  recusalReason: (p) => `${p.name} is recused: ${p.reason}`,

  secrecy: { named: 'Names shown', hidden: 'Names hidden' },
  options: { for: 'For', against: 'Against', abstain: 'Abstain' },
  channels: { phone: 'Own phone', assisted: 'Assisted', paper: 'Paper', hand_count: 'Raised hands' },
  baseAndThreshold: (p) => `Base ${p.base}; passes with ${p.threshold} votes for`,
  baseOnly: (p) => `${plural(p.base, 'seat')} may vote`,
  straw: 'Straw poll',
  strawMeans: 'It only asks what people think. It is not a decision.',
};
