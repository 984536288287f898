// The first line of every action on the pages of community affairs: may they, which row was meant, and the answer at that row's form.
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { mayRunAffairs, type Standing } from '#lib/domain/policies.ts';
import { fenOfYuan } from '#lib/protocol/form-command.ts';
import { isOfficeRefusal, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { permitted, refusedForm, type Refused } from './doorkeeper.ts';
import { fieldsOf, type FormFields } from './form-fields.ts';

type Doing = (who: Standing, of: string, fields: FormFields) => Promise<unknown>;

/** One step on a row: `of` is the row its form was sent from, empty for what adds one. */
export const affair =
  (doing: Doing, may: (who: Standing | null, communityId: string) => boolean = mayRunAffairs) =>
  async (event: RequestEvent): Promise<{ done: string; of: string } | ActionFailure<Refused>> => {
    const { who, refused } = await permitted(event, (who) => who !== null && may(who, who.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    const fields = fieldsOf(form);
    const answer: unknown = await doing(who, fields.text('for'), fields);
    if (isOfficeRefusal(answer)) return refusedForm(event, answer satisfies OfficeRefusal, form);
    const action = Array.from(event.url.searchParams.keys()).find((key) => key.startsWith('/')) ?? '';
    return { done: action.slice(1), of: fields.text('for') };
  };

/** Yuan as typed, in fen; null for none, -1 (which the law refuses) for what is no sum. */
export const fenIn = ({ text }: FormFields, name: string): number | null => fenOfYuan(text(name));

export const owingIn = ({ text, textOrNull }: FormFields) => ({
  ownerPersonId: textOrNull('ownerPersonId'),
  ownerName: text('ownerName'),
  dueOn: text('dueOn'),
});
