// The facts of a meeting as a posted form: read here, judged by the law, and a refusal as a sentence at its field.
// Called by the actions that make a meeting and change one.
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Lang } from '#lib/messages/lang.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { meetings as en } from '#lib/messages/en/meetings.ts';
import { meetings as zhCN } from '#lib/messages/zh-CN/meetings.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { instantOfLocal } from '#lib/server/local-instant.ts';
import { messagesFor } from '#lib/server/messages-for.ts';

export interface Described {
  readonly title: string;
  readonly place: string;
  readonly startsAt: number;
  readonly plannedMinutes: number;
  readonly callLink: string | null;
}

/** What goes back to the page: its own texts, and where to show the sentence. */
export interface FormFault {
  readonly values: Readonly<Record<string, string>>;
  readonly fault: { readonly field: string | null; readonly sentence: string };
}

export function describedIn(form: FormData, lang: Lang): { described: Described } | FormFault {
  const fields = fieldsOf(form);
  const words = lang === 'en' ? en : zhCN;
  const values: Record<string, string> = {};
  for (const name of ['councilId', 'title', 'place', 'startsAt', 'plannedMinutes', 'callLink'])
    values[name] = fields.text(name);
  const faulty = (field: string, sentence: string): FormFault => ({ values, fault: { field, sentence } });
  const startsAt = instantOfLocal(fields.text('startsAt'));
  if (startsAt === null) return faulty('startsAt', words.timeUnfit);
  const plannedMinutes = fields.whole('plannedMinutes');
  if (plannedMinutes === null || plannedMinutes < 1 || plannedMinutes > 1440)
    return faulty('plannedMinutes', words.minutesUnfit);
  const callLink = fields.textOrNull('callLink');
  if (callLink !== null && !/^https?:\/\/\S{1,500}$/.test(callLink)) return faulty('callLink', words.linkUnfit);
  return {
    described: { title: fields.text('title'), place: fields.text('place'), startsAt, plannedMinutes, callLink },
  };
}

/** The law's refusal, at the title where it is about a text: that is the one that must not be empty. */
export const refusedDescription = (refusal: Refusal, { title }: Described, form: FormData, lang: Lang): FormFault => {
  const values: Record<string, string> = {};
  form.forEach((value, name) => {
    if (typeof value === 'string') values[name] = value;
  });
  const field = refusal.reason === 'text-missing' || (refusal.reason === 'text-too-long' && title.length > 200);
  return { values, fault: { field: field ? 'title' : null, sentence: refusalSentence(messagesFor(lang), refusal) } };
};
