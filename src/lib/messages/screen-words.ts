// The words of the hall's big screen, loaded with that page and handed to it as data, so that a phone in a meeting never downloads them.
import type { Lang } from './lang.ts';
import type { ScreenMessages } from './zh-CN/screen.ts';

export const loadScreenMessages = async (lang: Lang): Promise<ScreenMessages> =>
  lang === 'en' ? (await import('./en/screen.ts')).screen : (await import('./zh-CN/screen.ts')).screen;
