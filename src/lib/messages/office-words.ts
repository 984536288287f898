// The words of the office's pages, handed down from their layout through Svelte's context: `const o = officeWords()` while a component
// starts. Only below the layout of the office's pages.
import { getContext, setContext } from 'svelte';
import type { OfficeMessages } from './zh-CN/office.ts';

const key = Symbol('office words');

/** Called once, by the layout of the office's pages. */
export function provideOfficeWords(messages: OfficeMessages): void {
  setContext(key, messages);
}

export const officeWords = (): OfficeMessages => getContext<OfficeMessages>(key);
