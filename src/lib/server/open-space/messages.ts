// The words of an open space for the office: the booklet and what a need made from a topic says. Pages load theirs through open-space-words.ts.
import type { Lang } from '#lib/messages/lang.ts';
import { openSpace as en } from '#lib/messages/en/open-space.ts';
import { openSpace as zhCN, type OpenSpaceMessages } from '#lib/messages/zh-CN/open-space.ts';

export const openSpaceMessagesFor = (lang: Lang): OpenSpaceMessages => (lang === 'en' ? en : zhCN);
