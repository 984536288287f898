// 督办: what somebody owes by a day. One mechanism for decisions of any meeting, commitments and answers to tasks. Pure; called by the office in
// its transaction, and by a meeting that settles one. Rules [FU…].
import { isDay } from '#lib/domain/calendar-day.ts';
import { cleaned, lengthOf } from '#lib/domain/free-text.ts';
import { refuseService, type ServiceRefusal } from '#lib/domain/service-refusal.ts';

export const followUpStates = ['open', 'done', 'dropped'] as const;
export type FollowUpState = (typeof followUpStates)[number];

export const longestFollowUp = 300;
export const longestOwner = 60;
export const longestNote = 500;

export interface FollowUpAsked {
  readonly text: string;
  /** Somebody of the community, or null where `ownerName` says who: an office, a company. */
  readonly ownerPersonId: string | null;
  readonly ownerName: string;
  readonly dueOn: string;
}

/** [FU1] Never without an owner and a day. */
export function checkedFollowUp(asked: FollowUpAsked): FollowUpAsked | ServiceRefusal {
  const [text, ownerName] = [cleaned(asked.text), cleaned(asked.ownerName)];
  if (text === '' || lengthOf(text) > longestFollowUp)
    return refuseService('FU1', 'follow-up-text-missing', { most: longestFollowUp });
  if (asked.ownerPersonId === null && (ownerName === '' || lengthOf(ownerName) > longestOwner))
    return refuseService('FU1', 'follow-up-owner-missing', { most: longestOwner });
  if (!isDay(asked.dueOn)) return refuseService('FU1', 'follow-up-day-missing');
  return { ...asked, text, ownerName: asked.ownerPersonId === null ? ownerName : '' };
}

export interface FollowUpStanding {
  readonly status: FollowUpState;
  readonly dueOn: string;
}

export type FollowUpDeed =
  | { readonly deed: 'done'; readonly note: string }
  | { readonly deed: 'extended'; readonly dueOn: string; readonly note: string }
  | { readonly deed: 'reopened'; readonly note: string }
  | { readonly deed: 'dropped'; readonly note: string };

/** [FU2] Extended only to a later day and with a reason; [FU3] done, reopened and dropped say how it came. */
export function settledFollowUp(
  standing: FollowUpStanding,
  asked: FollowUpDeed,
): (FollowUpStanding & { readonly note: string }) | ServiceRefusal {
  const note = cleaned(asked.note);
  if (lengthOf(note) > longestNote) return refuseService('FU2', 'plan-too-long', { most: longestNote });
  if ((asked.deed === 'reopened') === (standing.status === 'open'))
    return refuseService('FU3', standing.status === 'open' ? 'follow-up-open' : 'follow-up-closed');
  if (note === '') return refuseService('FU2', 'follow-up-note-missing');
  switch (asked.deed) {
    case 'done':
      return { ...standing, status: 'done', note };
    case 'dropped':
      return { ...standing, status: 'dropped', note };
    case 'reopened':
      return { ...standing, status: 'open', note };
    case 'extended':
      return isDay(asked.dueOn) && asked.dueOn > standing.dueOn
        ? { ...standing, dueOn: asked.dueOn, note }
        : refuseService('FU2', 'follow-up-day-not-later', { until: standing.dueOn });
  }
}

/** [FU4] Overdue from the day after the due day. */
export const isOverdue = ({ status, dueOn }: FollowUpStanding, today: string): boolean =>
  status === 'open' && dueOn < today;
