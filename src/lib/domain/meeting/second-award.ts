// Nobody is asked to vote a project its money a second time: what changes an award is done where the project is carried out. Asked when a motion
// is put and when its vote opens; an award made while the vote was open is seen by what the announcement books. Rule [B12].
import type { Facts } from './facts.ts';
import { refuse, type Refusal } from './refusal.ts';

export const secondAward = ({ projectHoldsFen = 0 }: Facts): Refusal | null =>
  projectHoldsFen > 0 ? refuse('B12', 'project-awarded') : null;
