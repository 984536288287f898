// The words of the pages about service projects, loaded with those pages only and handed to their components through the context.
// Provided by their layouts; a component asks while it starts.
import { getContext, setContext } from 'svelte';
import type { Lang } from './lang.ts';
import type { ProjectsMessages } from './zh-CN/projects.ts';

const key = Symbol('projects-words');

export const loadProjectsMessages = async (lang: Lang): Promise<ProjectsMessages> =>
  lang === 'en' ? (await import('./en/projects.ts')).projects : (await import('./zh-CN/projects.ts')).projects;

export const provideProjectsWords = (messages: ProjectsMessages): ProjectsMessages => setContext(key, messages);

export const projectsWords = (): ProjectsMessages => getContext<ProjectsMessages>(key);
