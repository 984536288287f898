// Typing the code of an appraisal slip where no camera is at hand. Leads to the form.
import { redirect } from '@sveltejs/kit';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { readSlipCode } from '#lib/protocol/slip-code.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const code = readSlipCode(fieldsOf(form).text('code'));
    if (code === null) return refusedForm(event, refuseService('AP1', 'appraisal-slip-unknown'), form);
    redirect(303, `/a/${code}`);
  },
};
