// The words of the office's pages for the office itself: the roster's template. Holds both languages, so no browser may load it.
import type { Lang } from '#lib/messages/lang.ts';
import { office as en } from '#lib/messages/en/office.ts';
import { office as zhCN, type OfficeMessages } from '#lib/messages/zh-CN/office.ts';

export const officeMessagesFor = (lang: Lang): OfficeMessages => (lang === 'en' ? en : zhCN);
