// The words of the residents' appraisal, loaded with its own pages only and handed to them as data.
import type { Lang } from './lang.ts';
import type { AppraisalMessages } from './zh-CN/appraisal.ts';

export const loadAppraisalMessages = async (lang: Lang): Promise<AppraisalMessages> =>
  lang === 'en' ? (await import('./en/appraisal.ts')).appraisal : (await import('./zh-CN/appraisal.ts')).appraisal;
