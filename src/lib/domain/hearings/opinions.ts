// Written opinions and their answers: every opinion of a hearing belongs to one group, every group ends with a verdict and a reason. Pure;
// called by the office and by the report. Rules [O…].
import { isDay } from '#lib/domain/calendar-day.ts';
import { likeness } from '#lib/domain/needs/similar.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { personalDataIn } from '#lib/domain/personal-numbers.ts';

/** 采纳, 部分采纳, 不采纳. */
export const verdicts = ['adopted', 'partly', 'declined'] as const;
export type Verdict = (typeof verdicts)[number];

export interface GroupAsked {
  readonly title: string;
  readonly dueOn: string;
}

/** [H9] What may be shown of a resident: a text without anybody's numbers. */
export function checkedOpinion(text: string, most: number): string | Refusal {
  const clean = checkedText(text, most);
  if (typeof clean !== 'string') return clean;
  const found = personalDataIn(clean);
  return found ? refuse('H9', 'personal-number', { kind: found }) : clean;
}

export function checkedGroup({ title, dueOn }: GroupAsked): GroupAsked | Refusal {
  const clean = checkedOpinion(title, 60);
  if (typeof clean !== 'string') return clean;
  return isDay(dueOn) ? { title: clean, dueOn } : refuse('O2', 'day-unfit');
}

/** [O2] A verdict comes with its reason, also where everything was adopted: what will be done with it. */
export function checkedVerdict(verdict: string, reason: string): { verdict: Verdict; reason: string } | Refusal {
  if (!(verdicts as readonly string[]).includes(verdict)) return refuse('O2', 'verdict-missing');
  const clean = checkedOpinion(reason, 1000);
  return typeof clean === 'string' ? { verdict: verdict as Verdict, reason: clean } : clean;
}

export interface Grouped {
  readonly groupId: string;
  readonly title: string;
  readonly texts: readonly string[];
}

/** The groups an opinion may belong to, the likest first: like the group's title or like one of those in it. A suggestion, never a decision. */
export function groupsLike(text: string, groups: readonly Grouped[], most = 3, least = 0.2): string[] {
  return groups
    .map(({ groupId, title, texts }) => ({
      groupId,
      how: Math.max(likeness(text, title), ...texts.map((other) => likeness(text, other))),
    }))
    .filter(({ how }) => how >= least)
    .sort((a, b) => b.how - a.how || (a.groupId < b.groupId ? -1 : 1))
    .slice(0, most)
    .map(({ groupId }) => groupId);
}
