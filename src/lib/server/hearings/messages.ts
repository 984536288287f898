// The words of hearings for the office: the roster's benches, the report and its papers. Pages load theirs through hearing-words.ts.
import type { Lang } from '#lib/messages/lang.ts';
import { hearing as en } from '#lib/messages/en/hearing.ts';
import { hearing as zhCN, type HearingMessages } from '#lib/messages/zh-CN/hearing.ts';

export const hearingMessagesFor = (lang: Lang): HearingMessages => (lang === 'en' ? en : zhCN);
