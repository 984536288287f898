// Every meeting format there is. One file and one line each.
import { appraisalMeeting } from './appraisal-meeting.ts';
import { consultation } from './consultation.ts';
import { council } from './council.ts';
import { deliberationCommittee } from './deliberation-committee.ts';
import { hearing } from './hearing.ts';
import { jointMeeting } from './joint-meeting.ts';
import { openSpace } from './open-space.ts';
import type { MeetingFormat } from './format.ts';

export const formats: readonly MeetingFormat[] = [
  council,
  openSpace,
  jointMeeting,
  hearing,
  deliberationCommittee,
  consultation,
  appraisalMeeting,
];

export const formatOf = (id: string): MeetingFormat | undefined => formats.find((format) => format.id === id);
