// 来文任务: what others ask the community to do, how it is held against the responsibility lists, and which answers that allows.
// Pure; asked by the office's desk and by a meeting that answers one. Rules [RL3]-[RL6].
import { cleaned, lengthOf } from '#lib/domain/free-text.ts';
import { isDay } from '#lib/domain/calendar-day.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';
import type { TaskListing } from './lists.ts';

/** 承接; 不予承办; 费随事转: done if the named money comes, declined otherwise; 上报: the parties do not agree. */
export const taskAnswers = ['accepted', 'declined', 'money_asked', 'sent_up'] as const;
export type TaskAnswer = (typeof taskAnswers)[number];

export interface TaskAsked {
  readonly sentBy: string;
  readonly text: string;
  /** What the asker says obliges the community. */
  readonly basisClaimed: string;
  /** Money that comes with it; null for none. */
  readonly moneyFen: number | null;
  readonly askedDueOn: string | null;
  readonly receivedOn: string;
}

const mostFen = 100_000_000_00;
export const isAmount = (fen: number | null): boolean =>
  fen === null || (Number.isSafeInteger(fen) && fen > 0 && fen <= mostFen);

export function checkedTask(asked: TaskAsked): TaskAsked | ServiceRefusal {
  const [sentBy, text, basisClaimed] = [cleaned(asked.sentBy), cleaned(asked.text), cleaned(asked.basisClaimed)];
  if (sentBy === '' || lengthOf(sentBy) > 60) return refuseService('RL3', 'task-sender-missing', { most: 60 });
  if (text === '' || lengthOf(text) > 300) return refuseService('RL3', 'task-text-missing', { most: 300 });
  if (lengthOf(basisClaimed) > 300) return refuseService('RL3', 'plan-too-long', { most: 300 });
  if (!isAmount(asked.moneyFen)) return refuseService('RL3', 'task-money-unfit');
  if (!isDay(asked.receivedOn) || (asked.askedDueOn !== null && !isDay(asked.askedDueOn)))
    return refuseService('RL3', 'day-unfit');
  return { ...asked, sentBy, text, basisClaimed };
}

/** [RL3] A person's finding, with the item it rests on where the task is on a list, and words where it is not. */
export function checkedFinding(finding: {
  readonly listing: TaskListing;
  readonly itemId: string | null;
  readonly reason: string;
}): { listing: TaskListing; itemId: string | null; reason: string } | ServiceRefusal {
  const reason = cleaned(finding.reason);
  if (lengthOf(reason) > 300) return refuseService('RL3', 'plan-too-long', { most: 300 });
  if (finding.listing === 'on_list' && finding.itemId === null) return refuseService('RL3', 'finding-item-missing');
  if (finding.listing !== 'on_list' && reason === '') return refuseService('RL3', 'finding-reason-missing');
  return { ...finding, itemId: finding.listing === 'on_list' ? finding.itemId : null, reason };
}

/** What of a task decides which answers it may get. */
export interface TaskStanding {
  readonly listing: TaskListing | null;
  readonly moneyFen: number | null;
}

/**
 * [RL4] Off the list it may be declined, or done for named money, or taken on where money came with it. On the list it is not declined.
 * What nobody has held against the lists, and what is unclear, can only be sent up.
 */
export function answersOf({ listing, moneyFen }: TaskStanding): readonly TaskAnswer[] {
  if (listing === 'on_list') return ['accepted', 'sent_up'];
  if (listing === 'off_list')
    return moneyFen === null
      ? ['declined', 'money_asked', 'sent_up']
      : ['declined', 'money_asked', 'accepted', 'sent_up'];
  return ['sent_up'];
}
