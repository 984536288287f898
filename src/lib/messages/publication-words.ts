// The words of published decisions and of the desk that publishes them, loaded with those pages only and handed to their components through the
// context. A component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { PublicationMessages } from './zh-CN/publication.ts';

const key = Symbol('publication-words');

export const loadPublicationMessages = async (lang: Lang): Promise<PublicationMessages> =>
  lang === 'en'
    ? (await import('./en/publication.ts')).publication
    : (await import('./zh-CN/publication.ts')).publication;

export const providePublicationWords = (messages: PublicationMessages): PublicationMessages =>
  setContext(key, messages);

export const publicationWords = (): PublicationMessages => getContext<PublicationMessages>(key);

/** For a page that loaded the words itself: they are handed to its components as well. */
export const loadedPublicationWords = providePublicationWords;
