// Fetches the words of one language, so that a phone never downloads the other. Called by the root layout's load, in the browser and on
// the server alike; everything else on a page gets the words from words.ts.
import type { Lang } from './lang.ts';
import type { Messages } from './zh-CN.ts';

export async function loadMessages(lang: Lang): Promise<Messages> {
  return lang === 'en' ? (await import('./en.ts')).messages : (await import('./zh-CN.ts')).messages;
}
