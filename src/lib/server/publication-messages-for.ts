// The words of publications for the office itself: papers, feeds, archives. Holds both languages, so no browser may load it.
import type { Lang } from '#lib/messages/lang.ts';
import { publication as en } from '#lib/messages/en/publication.ts';
import { publication as zhCN, type PublicationMessages } from '#lib/messages/zh-CN/publication.ts';

export const publicationMessagesFor = (lang: Lang): PublicationMessages => (lang === 'en' ? en : zhCN);
