// Importing a roster: a file becomes text, the text is checked, its good rows are imported. Each step answers with the whole text, so that
// nothing typed is lost, with or without scripts.
import { error } from '@sveltejs/kit';
import { joinRows } from '#lib/domain/councils/pasted-rows.ts';
import { mayManageCouncil } from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { councilOf, readCouncil } from '#lib/server/councils/councils.ts';
import { rowsOfFile } from '#lib/server/councils/roster-file.ts';
import { importRoster, previewRoster } from '#lib/server/councils/roster-import.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const council = await councilOf(event.params.councilId);
  await standingThat(event, (who) => council !== null && mayManageCouncil(who, council));
  const found = council && (await readCouncil(council.councilId));
  if (!found) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return {
    councilId: found.councilId,
    name: found.name,
    term: found.term,
    hasSectors: found.sectors.length > 0,
  };
};

const mayManage = async (event: RequestEvent) => {
  const council = await councilOf(event.params.councilId);
  return permitted(event, (who) => council !== null && mayManageCouncil(who, council));
};

export const actions: Actions = {
  read: async (event) => {
    const { refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { file, lines, flag } = fieldsOf(form);
    const uploaded = file('file');
    const rows = uploaded ? await rowsOfFile(Buffer.from(await uploaded.arrayBuffer())) : refuseOffice('roster-empty');
    if (isOfficeRefusal(rows)) return refusedForm(event, rows, form);
    const text = joinRows(rows);
    const newSectors = flag('newSectors') ? 'create' : 'refuse';
    return {
      text,
      newSectors,
      before: lines('text'),
      reading: await previewRoster(event.params.councilId, text, newSectors),
    };
  },

  check: async (event) => {
    const { refused } = await mayManage(event);
    if (refused) return refused;
    const { lines, flag } = fieldsOf(await event.request.formData());
    const newSectors = flag('newSectors') ? 'create' : 'refuse';
    const text = lines('text');
    return { text, newSectors, reading: await previewRoster(event.params.councilId, text, newSectors) };
  },

  import: async (event) => {
    const { refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { lines, flag } = fieldsOf(form);
    const newSectors = flag('newSectors') ? 'create' : 'refuse';
    const done = await importRoster(event.params.councilId, lines('text'), newSectors);
    if (isOfficeRefusal(done)) return refusedForm(event, done, form);
    return { text: done.remaining, newSectors, imported: done.imported, reading: done.reading };
  },
};
