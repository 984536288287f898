// How needs and projects of a topic stand, in words: for the pages that tell what became of it.
import type { Lang } from '#lib/messages/lang.ts';
import { needs as enNeeds } from '#lib/messages/en/needs.ts';
import { projects as enProjects } from '#lib/messages/en/projects.ts';
import { needs as zhNeeds } from '#lib/messages/zh-CN/needs.ts';
import { projects as zhProjects } from '#lib/messages/zh-CN/projects.ts';
import type { TopicFate } from './onward.ts';

export function withStands(lang: Lang, { needs, plans, ...fate }: TopicFate) {
  const [needStates, planStates] =
    lang === 'en' ? [enNeeds.states, enProjects.states] : [zhNeeds.states, zhProjects.states];
  return {
    ...fate,
    needs: needs.map(({ status, ...need }) => ({ ...need, stands: needStates[status] })),
    plans: plans.map(({ projectId, code, name, status }) => ({ projectId, code, name, stands: planStates[status] })),
  };
}
