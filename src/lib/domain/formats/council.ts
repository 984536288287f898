// 共治协商委员会: motions debated and voted by seats, binding.
import { usualSigning } from '#lib/domain/meeting/rules.ts';
import { agendaCommands, floorCommands, gatheringCommands, votingCommands, type MeetingFormat } from './format.ts';

export const council: MeetingFormat = {
  id: 'council',
  commands: [...gatheringCommands, ...agendaCommands, ...floorCommands, ...votingCommands],
  stages: [],
  onlyIn: {},
  seatless: false,
  agendaless: false,
  participants: null,
  floorOrder: ['point_of_order', 'first_time', 'alternate_sides', 'balance_sectors', 'balance_channels', 'arrival'],
  quorum: { base: 'all_seats', operator: '>=', ratio: { numerator: 2, denominator: 3 }, sectorsPresent: null },
  majority: {
    base: 'present_minus_recused',
    operator: '>',
    ratio: { numerator: 1, denominator: 2 },
    abstentionsCount: true,
  },
  binding: true,
  signing: usualSigning,
};
