// The languages the product speaks, and what a reader may choose. Chinese is the first language and the default.
// Used by pages, the office and messages; holds no state.
export const langs = ['zh-CN', 'en'] as const;
export type Lang = (typeof langs)[number];

/** `auto` follows the reader's system. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** `large` is 大字版: 24 px text and 60 px targets. */
export const typeSizes = ['normal', 'large'] as const;
export type TypeSize = (typeof typeSizes)[number];

/** How somebody wants to read, kept in a cookie of the device. */
export interface Preferences {
  readonly lang: Lang;
  readonly theme: Theme;
  readonly type: TypeSize;
}

export const defaultPreferences: Preferences = { lang: 'zh-CN', theme: 'auto', type: 'normal' };
