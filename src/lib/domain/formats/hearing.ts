// 民主听证会: representatives drawn in public are heard in turn, residents from where they are, everybody may write; nothing here binds.
import { benchFault, drawFirst } from '#lib/domain/meeting/hearing.ts';
import { usualSigning, usualTerms } from '#lib/domain/meeting/rules.ts';
import {
  agendaCommands,
  floorCommands,
  gatheringCommands,
  hearingCommands,
  participantCommands,
  stageCommands,
  strawPollCommands,
  type MeetingFormat,
} from './format.ts';

export const hearingStages = [
  /** Officers, supervisor, rules; 结果不具约束力. */
  'opening',
  'presentation',
  'representatives',
  'residents',
  'ending',
] as const;

export const hearing: MeetingFormat = {
  id: 'hearing',
  commands: [
    // An opinion is answered with its group, never by itself.
    ...gatheringCommands.filter((type) => type !== 'answerQuestion'),
    ...agendaCommands,
    ...floorCommands,
    ...stageCommands,
    ...participantCommands,
    ...strawPollCommands,
    ...hearingCommands,
  ],
  stages: hearingStages,
  onlyIn: { lineUpRepresentatives: ['representatives'] },
  guards: { conveneMeeting: drawFirst, openSession: benchFault },
  seatless: false,
  agendaless: false,
  participants: { joining: 'on_request', names: 'members' },
  floorOrder: [
    'point_of_order',
    'in_turn',
    'first_time',
    'alternate_sides',
    'balance_areas',
    'balance_channels',
    'arrival',
  ],
  quorum: { base: 'all_seats', operator: '>=', ratio: { numerator: 2, denominator: 3 }, sectorsPresent: null },
  majority: null,
  binding: false,
  signing: usualSigning,
  hearing: usualTerms,
};
