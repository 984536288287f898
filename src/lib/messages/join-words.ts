// The words of the way in, loaded with that page and handed to it as data, so that a phone in a meeting never downloads them.
import type { Lang } from './lang.ts';
import type { JoinMessages } from './zh-CN/join.ts';

export const loadJoinMessages = async (lang: Lang): Promise<JoinMessages> =>
  lang === 'en' ? (await import('./en/join.ts')).join : (await import('./zh-CN/join.ts')).join;
