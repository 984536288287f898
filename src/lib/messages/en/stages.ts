// English words for ../zh-CN/stages.ts.
import type { stages as zhCN } from '#lib/messages/zh-CN/stages.ts';

export const stages: typeof zhCN = {
  opening: 'Opening',
  topics: 'Topics',
  market: 'Marketplace',
  rounds: 'Table rounds',
  reports: 'Reports',
  dots: 'Dot voting',
  commitments: 'Commitments',
  presentation: 'Presentation',
  representatives: 'Representatives speak',
  residents: 'Residents speak',
  closing: 'Closing circle',
  ending: 'Closing',
  account: 'Account',
  inquiry: 'Questions',
  forms: 'Forms',
  verdict: 'Results',
};
