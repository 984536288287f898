// The words of the pages before and after a meeting, loaded with those pages only and handed to their components through the context, so
// that a phone in a meeting never downloads them. Provided by the page itself; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { MeetingsMessages } from './zh-CN/meetings.ts';

const key = Symbol('meetings-words');

export const loadMeetingsMessages = async (lang: Lang): Promise<MeetingsMessages> =>
  lang === 'en' ? (await import('./en/meetings.ts')).meetings : (await import('./zh-CN/meetings.ts')).meetings;

export const provideMeetingsWords = (messages: MeetingsMessages): MeetingsMessages => setContext(key, messages);

export const meetingsWords = (): MeetingsMessages => getContext<MeetingsMessages>(key);
