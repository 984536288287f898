// The words of writing the minutes together, loaded with those pages only and handed to their components through the context. Provided by the pages
// themselves; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { MinutesTextMessages } from './zh-CN/minutes-text.ts';

const key = Symbol('minutes-text-words');

export const loadMinutesTextMessages = async (lang: Lang): Promise<MinutesTextMessages> =>
  lang === 'en'
    ? (await import('./en/minutes-text.ts')).minutesText
    : (await import('./zh-CN/minutes-text.ts')).minutesText;

export const provideMinutesTextWords = (messages: MinutesTextMessages): MinutesTextMessages =>
  setContext(key, messages);

export const minutesTextWords = (): MinutesTextMessages => getContext<MinutesTextMessages>(key);
