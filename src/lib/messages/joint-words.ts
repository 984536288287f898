// Fetches the words of the screens of parties in one language; handed to their screens with them (components/formats), and to their papers.
import type { Lang } from './lang.ts';
import type { JointMessages } from './zh-CN/joint.ts';

export const loadJointMessages = async (lang: Lang): Promise<JointMessages> =>
  lang === 'en' ? (await import('./en/joint.ts')).joint : (await import('./zh-CN/joint.ts')).joint;
