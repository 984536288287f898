// Every Chinese word a person reads, one file per area under zh-CN/. This is the type source: en.ts must have the same keys.
// A message is a string, or a function of one flat object of strings and numbers; lists are joined with formatList before.
// Loaded by the browser only where Chinese is read (load-messages.ts); the office takes it from server/messages-for.ts.
import { allocation } from './zh-CN/allocation.ts';
import { formats } from './zh-CN/formats.ts';
import { funding } from './zh-CN/funding.ts';
import { meeting } from './zh-CN/meeting.ts';
import { pages } from './zh-CN/pages.ts';
import { questions } from './zh-CN/questions.ts';
import { refusals } from './zh-CN/refusals.ts';
import { room } from './zh-CN/room.ts';
import { signing } from './zh-CN/signing.ts';
import { stages } from './zh-CN/stages.ts';
import { ui } from './zh-CN/ui.ts';
import { vote } from './zh-CN/vote.ts';

export const messages = {
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

export type Messages = typeof messages;
