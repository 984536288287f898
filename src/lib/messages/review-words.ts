// Fetches the words of a 民主评议会's screens in one language; handed to the screens with them (components/formats).
import type { Lang } from './lang.ts';
import type { ReviewMessages } from './zh-CN/review.ts';

export const loadReviewMessages = async (lang: Lang): Promise<ReviewMessages> =>
  lang === 'en' ? (await import('./en/review.ts')).review : (await import('./zh-CN/review.ts')).review;
