// The console's words, loaded with its page and handed to its components through the context, as words.ts does for everybody's.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { ConsoleMessages } from './zh-CN/console.ts';

const key = Symbol('console-words');

export const loadConsoleMessages = async (lang: Lang): Promise<ConsoleMessages> =>
  lang === 'en' ? (await import('./en/console.ts')).console : (await import('./zh-CN/console.ts')).console;

export const provideConsoleWords = (messages: ConsoleMessages): ConsoleMessages => setContext(key, messages);

export const consoleWords = (): ConsoleMessages => getContext<ConsoleMessages>(key);
