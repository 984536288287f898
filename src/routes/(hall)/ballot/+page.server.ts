// Where a resident types the code of a slip.
import { redirect } from '@sveltejs/kit';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request }) => {
    redirect(303, `/ballot/${encodeURIComponent(fieldsOf(await request.formData()).text('code') || '-')}`);
  },
};
