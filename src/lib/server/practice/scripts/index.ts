// Which meeting formats play by themselves on the practice page, by the format's id. One file and one line each; any other is practised by hand.
import { council } from './council.ts';
import { hearing } from './hearing.ts';
import { jointMeeting } from './joint-meeting.ts';
import { openSpace } from './open-space.ts';
import type { PracticeScript } from './step.ts';

const scripts: Readonly<Record<string, PracticeScript>> = {
  council,
  hearing,
  joint_meeting: jointMeeting,
  open_space: openSpace,
};

export const scriptOf = (format: string): PracticeScript | undefined => scripts[format];
