// The words of an open space, loaded with its screens only and handed to their components through the context.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { OpenSpaceMessages } from './zh-CN/open-space.ts';

const key = Symbol('open-space-words');

export const loadOpenSpaceMessages = async (lang: Lang): Promise<OpenSpaceMessages> =>
  lang === 'en' ? (await import('./en/open-space.ts')).openSpace : (await import('./zh-CN/open-space.ts')).openSpace;

export const provideOpenSpaceWords = (messages: OpenSpaceMessages): OpenSpaceMessages => setContext(key, messages);

export const openSpaceWords = (): OpenSpaceMessages => getContext<OpenSpaceMessages>(key);
