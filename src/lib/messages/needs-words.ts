// The words of the pages about needs and micro-wishes, loaded with those pages only and handed to their components through the context.
// Provided by their layouts; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { NeedsMessages } from './zh-CN/needs.ts';

const key = Symbol('needs-words');

export const loadNeedsMessages = async (lang: Lang): Promise<NeedsMessages> =>
  lang === 'en' ? (await import('./en/needs.ts')).needs : (await import('./zh-CN/needs.ts')).needs;

export const provideNeedsWords = (messages: NeedsMessages): NeedsMessages => setContext(key, messages);

export const needsWords = (): NeedsMessages => getContext<NeedsMessages>(key);
