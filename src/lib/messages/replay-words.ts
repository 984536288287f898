// The words of the replay, loaded with that page and handed to it as data, so that a phone in a meeting never downloads them.
import type { Lang } from './lang.ts';
import type { ReplayMessages } from './zh-CN/replay.ts';

export const loadReplayMessages = async (lang: Lang): Promise<ReplayMessages> =>
  lang === 'en' ? (await import('./en/replay.ts')).replay : (await import('./zh-CN/replay.ts')).replay;
