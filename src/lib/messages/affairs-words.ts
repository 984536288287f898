// The words of the pages about community affairs: tasks, lists, follow-ups, feedback, loaded with those pages only and handed to their components through the context.
// Provided by their layouts; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { AffairsMessages } from './zh-CN/affairs.ts';

const key = Symbol('affairs-words');

export const loadAffairsMessages = async (lang: Lang): Promise<AffairsMessages> =>
  lang === 'en' ? (await import('./en/affairs.ts')).affairs : (await import('./zh-CN/affairs.ts')).affairs;

export const provideAffairsWords = (messages: AffairsMessages): AffairsMessages => setContext(key, messages);

export const affairsWords = (): AffairsMessages => getContext<AffairsMessages>(key);
