// The words of signing and verifying minutes, loaded with those pages only.
import type { Lang } from './lang.ts';
import type { MinutesSigningMessages } from './zh-CN/minutes-signing.ts';
import type { VerifyMessages } from './zh-CN/verify.ts';

export const loadMinutesSigningMessages = async (lang: Lang): Promise<MinutesSigningMessages> =>
  lang === 'en'
    ? (await import('./en/minutes-signing.ts')).minutesSigning
    : (await import('./zh-CN/minutes-signing.ts')).minutesSigning;

export const loadVerifyMessages = async (lang: Lang): Promise<VerifyMessages> =>
  lang === 'en' ? (await import('./en/verify.ts')).verify : (await import('./zh-CN/verify.ts')).verify;
