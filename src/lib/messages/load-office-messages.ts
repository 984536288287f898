// Fetches the words of the office's pages in one language, beside those of load-messages.ts. Called by the loads of those pages only, so
// that a phone in a meeting never downloads them; the components get them from office-words.ts.
import type { Lang } from './lang.ts';
import type { OfficeMessages } from './zh-CN/office.ts';

export async function loadOfficeMessages(lang: Lang): Promise<OfficeMessages> {
  return lang === 'en' ? (await import('./en/office.ts')).office : (await import('./zh-CN/office.ts')).office;
}
