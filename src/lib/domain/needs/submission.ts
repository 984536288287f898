// What a need must be to be taken down, and what a collection notice must say. Pure; called by the office for phones, helpers and paper.
// Rules [N1], [N9], [W1].
import { isDay } from '#lib/domain/calendar-day.ts';
import { cleaned, lengthOf } from '#lib/domain/free-text.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

export const longestTitle = 60;
export const longestDetail = 1000;
export const longestName = 40;
export const longestContact = 60;

export interface NeedAsked {
  readonly title: string;
  readonly detail: string;
  readonly category: string;
  readonly name: string;
  readonly contact: string;
}

/** The need with its texts cleaned. Where only details were typed, their first words become the title. */
export function checkedNeed(asked: NeedAsked, categories: readonly string[]): NeedAsked | ServiceRefusal {
  const detail = cleaned(asked.detail);
  const title =
    cleaned(asked.title) ||
    Array.from(detail.split('\n')[0] ?? '')
      .slice(0, longestTitle)
      .join('');
  if (title === '') return refuseService('N9', 'need-title-missing', { most: longestTitle });
  if (lengthOf(title) > longestTitle) return refuseService('N9', 'need-title-missing', { most: longestTitle });
  if (lengthOf(detail) > longestDetail) return refuseService('N9', 'plan-too-long', { most: longestDetail });
  if (!categories.includes(asked.category)) return refuseService('N9', 'need-category-unknown');
  const [name, contact] = [cleaned(asked.name), cleaned(asked.contact)];
  if (lengthOf(name) > longestName) return refuseService('N9', 'plan-too-long', { most: longestName });
  if (lengthOf(contact) > longestContact) return refuseService('N9', 'plan-too-long', { most: longestContact });
  return { title, detail, category: asked.category, name, contact };
}

export interface NoticeAsked {
  readonly title: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly categories: readonly string[];
  readonly postingPoints: readonly string[];
}

const mostNames = 30;

const names = (typed: readonly string[]): string[] =>
  typed.map(cleaned).filter((name, at, all) => name !== '' && all.indexOf(name) === at);

export function checkedNotice<Asked extends NoticeAsked>(asked: Asked): Asked | ServiceRefusal {
  const title = cleaned(asked.title);
  if (title === '' || lengthOf(title) > 100) return refuseService('N9', 'need-title-missing', { most: 100 });
  if (!isDay(asked.fromDay) || !isDay(asked.toDay) || asked.fromDay > asked.toDay)
    return refuseService('N1', 'collection-days-unfit');
  const [categories, postingPoints] = [names(asked.categories), names(asked.postingPoints)];
  if (categories.length === 0 || categories.length > mostNames || postingPoints.length > mostNames)
    return refuseService('N1', 'collection-categories-missing', { most: mostNames });
  if ([...categories, ...postingPoints].some((name) => lengthOf(name) > 40))
    return refuseService('N9', 'plan-too-long', { most: 40 });
  return { ...asked, title, categories, postingPoints };
}
