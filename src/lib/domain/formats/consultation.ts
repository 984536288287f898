// 民事协商会: the sides of a dispute (residents, a company, the committee) seek one word together; no vote, the agreement is signed by every
// side, and what they do not agree on goes to mediation or up. Two sides are enough.
import { currentConcluded, signedByAll } from '#lib/domain/meeting/consensus.ts';
import { countersigning } from '#lib/domain/meeting/rules.ts';
import { agendaCommands, consensusCommands, floorCommands, gatheringCommands, type MeetingFormat } from './format.ts';

export const consultation: MeetingFormat = {
  id: 'consultation',
  commands: [...gatheringCommands, ...agendaCommands, ...floorCommands, ...consensusCommands],
  stages: [],
  onlyIn: {},
  seatless: false,
  agendaless: false,
  participants: null,
  // Each side is heard in turn, whoever has not spoken first.
  floorOrder: ['point_of_order', 'balance_sectors', 'first_time', 'arrival'],
  quorum: { base: 'all_seats', operator: '>=', ratio: { numerator: 0, denominator: 1 }, sectorsPresent: 2 },
  majority: null,
  binding: false,
  signing: countersigning,
  guards: { openItem: currentConcluded, closeItem: currentConcluded, adjournMeeting: signedByAll },
};
