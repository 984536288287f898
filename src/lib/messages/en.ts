// Every English word a person reads, one file per area under en/; has exactly the keys of zh-CN.ts.
import type { Messages } from './zh-CN.ts';
import { pages } from './en/pages.ts';
import { refusals } from './en/refusals.ts';
import { signing } from './en/signing.ts';
import { ui } from './en/ui.ts';

export const messages: Messages = { pages, refusals, signing, ui };
