// The words around a funding ballot, loaded with its pages only. Given to the page as data by its load.
import type { Lang } from './lang.ts';
import type { AllocationDeskMessages } from './zh-CN/allocation-desk.ts';

export const loadAllocationDesk = async (lang: Lang): Promise<AllocationDeskMessages> =>
  lang === 'en'
    ? (await import('./en/allocation-desk.ts')).allocationDesk
    : (await import('./zh-CN/allocation-desk.ts')).allocationDesk;
