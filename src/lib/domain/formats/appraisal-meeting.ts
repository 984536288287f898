// 民主评议会: those appraised give account, are asked, then everybody with a seat fills in a form by the scale; what came back is told as issued,
// returned, valid and void. Nothing is moved and nothing decided: the forms are the meeting's voice.
import { usualAppraisal, usualSigning } from '#lib/domain/meeting/rules.ts';
import { agendaCommands, floorCommands, gatheringCommands, stageCommands, type MeetingFormat } from './format.ts';

export const appraisalStages = ['account', 'inquiry', 'forms', 'verdict'] as const;

export const appraisalMeeting: MeetingFormat = {
  id: 'appraisal_meeting',
  commands: [
    ...gatheringCommands,
    ...agendaCommands,
    ...floorCommands,
    ...stageCommands,
    'openPoll',
    'closePoll',
    'voidPoll',
    'announceResult',
    'supersedeResult',
  ],
  stages: appraisalStages,
  // Forms are given out after the questions, and told only once all of them are back.
  onlyIn: { openPoll: ['forms'], closePoll: ['forms'], announceResult: ['verdict'] },
  seatless: false,
  agendaless: false,
  participants: null,
  floorOrder: ['point_of_order', 'first_time', 'balance_sectors', 'arrival'],
  quorum: { base: 'all_seats', operator: '>', ratio: { numerator: 1, denominator: 2 }, sectorsPresent: null },
  // The line: of those with an opinion four fifths are satisfied. It appraises, and decides nothing.
  majority: { base: 'votes_cast', operator: '>=', ratio: { numerator: 4, denominator: 5 }, abstentionsCount: false },
  binding: false,
  signing: usualSigning,
  appraisal: usualAppraisal,
};
