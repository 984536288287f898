// 三方联席会议: parties agree on each item or send it up; no vote, no item without owner and date, countersigned before it ends.
import { currentConcluded, signedByAll } from '#lib/domain/meeting/consensus.ts';
import { countersigning } from '#lib/domain/meeting/rules.ts';
import { agendaCommands, consensusCommands, floorCommands, gatheringCommands, type MeetingFormat } from './format.ts';

export const jointMeeting: MeetingFormat = {
  id: 'joint_meeting',
  commands: [...gatheringCommands, ...agendaCommands, ...floorCommands, ...consensusCommands],
  stages: [],
  onlyIn: {},
  seatless: false,
  agendaless: false,
  participants: null,
  floorOrder: ['point_of_order', 'first_time', 'balance_sectors', 'arrival'],
  // Every party is here; how many parties there are, a community's own pack says.
  quorum: { base: 'all_seats', operator: '>=', ratio: { numerator: 0, denominator: 1 }, sectorsPresent: 3 },
  majority: null,
  binding: false,
  signing: countersigning,
  guards: { openItem: currentConcluded, closeItem: currentConcluded, adjournMeeting: signedByAll },
};
