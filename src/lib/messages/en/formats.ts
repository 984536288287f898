// English words for ../zh-CN/formats.ts.
import type { formats as zhCN } from '#lib/messages/zh-CN/formats.ts';

export const formats: typeof zhCN = {
  council: 'Co-governance council',
  open_space: 'Open-space meeting',
  joint_meeting: 'Tripartite joint meeting',
  deliberation_committee: 'Deliberation committee',
  consultation: 'Civil consultation',
  appraisal_meeting: 'Democratic appraisal',
  hearing: 'Public hearing',
};
