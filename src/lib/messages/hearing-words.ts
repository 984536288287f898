// The words of hearings, loaded with the pages that speak of them only and handed to components through the context. Provided by layouts and
// by a hearing's own screens; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { HearingMessages } from './zh-CN/hearing.ts';

const key = Symbol('hearing-words');

export const loadHearingMessages = async (lang: Lang): Promise<HearingMessages> =>
  lang === 'en' ? (await import('./en/hearing.ts')).hearing : (await import('./zh-CN/hearing.ts')).hearing;

export const provideHearingWords = (messages: HearingMessages): HearingMessages => setContext(key, messages);

export const hearingWords = (): HearingMessages => getContext<HearingMessages>(key);
