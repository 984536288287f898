// One resident's form, opened by the code of a slip. Whoever holds the slip may send it once; nothing is asked about who that is.
import { isServiceRefusal } from '#lib/domain/service-refusal.ts';
import { answerBySlip, formForSlip } from '#lib/server/appraisals/forms.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const found = await formForSlip(params.code);
  return isServiceRefusal(found)
    ? { fill: null, sentence: sentenceOf(locals.lang, found) }
    : { fill: found, sentence: null };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const { text, lines, whole } = fieldsOf(form);
    const found = await formForSlip(event.params.code);
    if (isServiceRefusal(found)) return refusedForm(event, found, form);
    const refused = await answerBySlip(event.params.code, {
      answer: text('answer'),
      marks: found.items.map((_item, at) => whole(`mark${at}`)),
      comment: lines('comment'),
    });
    return refused ? refusedForm(event, refused, form) : { sent: true };
  },
};
