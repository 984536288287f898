// Every English word a person reads, one file per area under en/; has exactly the keys of zh-CN.ts.
import type { Messages } from './zh-CN.ts';
import { allocation } from './en/allocation.ts';
import { formats } from './en/formats.ts';
import { funding } from './en/funding.ts';
import { meeting } from './en/meeting.ts';
import { pages } from './en/pages.ts';
import { questions } from './en/questions.ts';
import { refusals } from './en/refusals.ts';
import { room } from './en/room.ts';
import { signing } from './en/signing.ts';
import { stages } from './en/stages.ts';
import { ui } from './en/ui.ts';
import { vote } from './en/vote.ts';

export const messages: Messages = {
  allocation,
  formats,
  funding,
  meeting,
  pages,
  questions,
  refusals,
  room,
  signing,
  stages,
  ui,
  vote,
};
