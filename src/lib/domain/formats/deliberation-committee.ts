// 议事委员会: motions as in the council, decided by more than half of all its members, whoever is there.
import { usualSigning } from '#lib/domain/meeting/rules.ts';
import { agendaCommands, floorCommands, gatheringCommands, votingCommands, type MeetingFormat } from './format.ts';

export const deliberationCommittee: MeetingFormat = {
  id: 'deliberation_committee',
  commands: [...gatheringCommands, ...agendaCommands, ...floorCommands, ...votingCommands],
  stages: [],
  onlyIn: {},
  seatless: false,
  agendaless: false,
  participants: null,
  floorOrder: ['point_of_order', 'first_time', 'alternate_sides', 'balance_sectors', 'arrival'],
  quorum: { base: 'all_seats', operator: '>', ratio: { numerator: 1, denominator: 2 }, sectorsPresent: null },
  majority: {
    base: 'all_seats',
    operator: '>',
    ratio: { numerator: 1, denominator: 2 },
    abstentionsCount: true,
  },
  binding: true,
  signing: usualSigning,
};
