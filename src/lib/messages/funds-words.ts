// The words of the fund pages, loaded with those pages only and handed to their components through the context. Provided by the pages
// themselves; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { FundsMessages } from './zh-CN/funds.ts';

const key = Symbol('funds-words');

export const loadFundsMessages = async (lang: Lang): Promise<FundsMessages> =>
  lang === 'en' ? (await import('./en/funds.ts')).funds : (await import('./zh-CN/funds.ts')).funds;

export const provideFundsWords = (messages: FundsMessages): FundsMessages => setContext(key, messages);

export const fundsWords = (): FundsMessages => getContext<FundsMessages>(key);
