// The words of the page being shown, handed down from the root layout through Svelte's context: `const w = words()` while a component
// starts, then `w.ui.save`. Changing the language loads a new page, so the words of a page never change under a component.
// Never called outside a component's start; code without components takes `Messages` as a parameter.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { Messages } from './zh-CN.ts';

const key = Symbol('words');

interface Spoken {
  readonly lang: Lang;
  readonly messages: Messages;
}

/** Called once, by the root layout. */
export function provideWords(lang: Lang, messages: Messages): void {
  setContext<Spoken>(key, { lang, messages });
}

export const words = (): Messages => getContext<Spoken>(key).messages;

export const lang = (): Lang => getContext<Spoken>(key).lang;
