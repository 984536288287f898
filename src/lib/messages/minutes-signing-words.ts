// The words of signing and verifying minutes, loaded with those pages only.
import type { SignedPaper } from '#lib/domain/minutes/record.ts';
import type { Lang } from './lang.ts';
import type { MinutesSigningMessages } from './zh-CN/minutes-signing.ts';
import type { VerifyMessages } from './zh-CN/verify.ts';

export async function loadMinutesSigningMessages(
  lang: Lang,
  paper: SignedPaper = 'minutes',
): Promise<MinutesSigningMessages> {
  const { minutesSigning, reportSigning } =
    lang === 'en' ? await import('./en/minutes-signing.ts') : await import('./zh-CN/minutes-signing.ts');
  return paper === 'report' ? { ...minutesSigning, ...reportSigning } : minutesSigning;
}

export const loadVerifyMessages = async (lang: Lang): Promise<VerifyMessages> =>
  lang === 'en' ? (await import('./en/verify.ts')).verify : (await import('./zh-CN/verify.ts')).verify;
