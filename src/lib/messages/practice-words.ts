// The words of practice and rehearsal pages, loaded with them; handed to the pages as data.
import type { Lang } from './lang.ts';
import type { PracticeMessages } from './zh-CN/practice.ts';

export const loadPracticeMessages = async (lang: Lang): Promise<PracticeMessages> =>
  lang === 'en' ? (await import('./en/practice.ts')).practice : (await import('./zh-CN/practice.ts')).practice;
