// Where a resident types the code of a slip. Leads to the ballot.
import { redirect } from '@sveltejs/kit';
import { refuse } from '#lib/domain/meeting/refusal.ts';
import { readSlipCode } from '#lib/protocol/slip-code.ts';
import { refusedByLaw } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const code = readSlipCode(fieldsOf(form).text('code'));
    if (code === null) return refusedByLaw(event, refuse('D8', 'unknown-slip'), form);
    redirect(303, `/ballot/${code}`);
  },
};
