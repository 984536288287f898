// The words of a language for the office and the doors: refusals in answers, exports, notices. Pages use words.ts instead.
// It holds both languages, so nothing a browser loads may import it.
import type { Lang } from '#lib/messages/lang.ts';
import { messages as en } from '#lib/messages/en.ts';
import { messages as zhCN, type Messages } from '#lib/messages/zh-CN.ts';

export const messagesFor = (lang: Lang): Messages => (lang === 'en' ? en : zhCN);
