// One council in one term: sectors, seats, titles, roles; its next term. Members may look, its office may change.
import { error, redirect } from '@sveltejs/kit';
import { mayFoundCouncil, mayManageCouncil, maySeeCouncil, type Standing } from '#lib/domain/policies.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import { isOfficeRefusal, OfficeRefused, orThrow, refuseOffice } from '#lib/protocol/office-refusals.ts';
import {
  addSector,
  copyRoster,
  councilOf,
  councilRolesOffered,
  endSeat,
  foundCouncil,
  giveCouncilRole,
  listCouncils,
  readCouncil,
  removeSector,
  renameCouncil,
  seatPerson,
  takeCouncilRole,
  updateSeat,
  updateSector,
} from '#lib/server/councils/councils.ts';
import { db } from '#lib/server/db/client.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { namesOf } from '#lib/server/people/register.ts';
import type { OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const council = await councilOf(event.params.councilId);
  const who = await standingThat(event, (who) => council !== null && maySeeCouncil(who, council));
  const found = council && (await readCouncil(council.councilId));
  if (!council || !found) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const mayEdit = mayManageCouncil(who, council);
  const [people, councils] = mayEdit
    ? await Promise.all([namesOf(council.communityId), listCouncils(council.communityId)])
    : [[], []];
  return {
    council: mayEdit ? found : withoutCircumstances(found),
    people,
    rolesOffered: councilRolesOffered,
    earlier: councils.filter(({ councilId, held }) => councilId !== found.councilId && held > 0),
    mayEdit,
    mayFound: mayFoundCouncil(who, council.communityId),
  };
};

/** What members need not know of each other: who has no smartphone or asks for large type. */
const withoutCircumstances = <Found extends NonNullable<Awaited<ReturnType<typeof readCouncil>>>>(
  found: Found,
): Found => ({
  ...found,
  sectors: found.sectors.map((sector) => ({
    ...sector,
    held: sector.held.map((seat) => ({ ...seat, hasSmartphone: true, largeType: false, consentPublishName: false })),
  })),
});

/** The asker, if this council's roster is theirs to change. */
const mayManage = async (event: RequestEvent) => {
  const council = await councilOf(event.params.councilId);
  return permitted(event, (who: Standing | null) => council !== null && mayManageCouncil(who, council));
};

/** An action that changes the roster: asks first, then does one thing. */
const change =
  (name: string, doIt: (councilId: string, fields: FormFields) => Promise<OfficeRefusal | object | null>) =>
  async (event: RequestEvent) => {
    const { refused } = await mayManage(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const fields = fieldsOf(form);
    const answer = await doIt(event.params.councilId, fields);
    if (isOfficeRefusal(answer)) return refusedForm(event, answer, form);
    return { done: name, of: fields.text('for'), ...answer };
  };

const seatsTyped = (fields: FormFields): number => fields.whole('seats') ?? 0;

export const actions: Actions = {
  settings: change('settings', (councilId, { text }) => renameCouncil(councilId, text('name'), text('term'))),

  addSector: change('addSector', (councilId, fields) => addSector(councilId, fields.text('name'), seatsTyped(fields))),
  saveSector: change('saveSector', (councilId, fields) =>
    updateSector(councilId, fields.text('for'), fields.text('name'), seatsTyped(fields)),
  ),
  removeSector: change('removeSector', (councilId, { text }) => removeSector(councilId, text('for'))),

  seat: change('seat', (councilId, { text, flag }) =>
    seatPerson(councilId, {
      sectorId: text('for'),
      personId: text('personId'),
      title: text('title'),
      voting: flag('voting'),
    }),
  ),
  saveSeat: change('saveSeat', (councilId, { text, flag }) =>
    updateSeat(councilId, text('for'), text('title'), flag('voting')),
  ),
  endSeat: change('endSeat', (councilId, { text }) => endSeat(councilId, text('for'))),

  giveRole: change('giveRole', (councilId, { text }) =>
    giveCouncilRole(councilId, text('personId'), text('role') as Role),
  ),
  takeRole: change('takeRole', async (councilId, { text }) => {
    await takeCouncilRole(councilId, text('personId'), text('role'));
    return null;
  }),

  copy: change('copy', async (councilId, { text }) => {
    const copied = await copyRoster(text('from'), councilId);
    return isOfficeRefusal(copied) ? copied : { seats: copied.seats };
  }),

  nextTerm: async (event) => {
    const council = await councilOf(event.params.councilId);
    const { refused } = await permitted(event, (who) => council !== null && mayFoundCouncil(who, council.communityId));
    if (refused) return refused;
    const form = await event.request.formData();
    if (!council) return refusedForm(event, refuseOffice('not-there'), form, 404);
    const { text, flag } = fieldsOf(form);
    const next = await db
      .transaction(async (tx) => {
        const follows = council.councilId;
        const founded = orThrow(
          await foundCouncil(council.communityId, { name: text('name'), term: text('term'), follows }, tx),
        );
        if (flag('copy')) orThrow(await copyRoster(follows, founded.councilId, tx));
        return founded;
      })
      .catch((failure: unknown) => {
        if (failure instanceof OfficeRefused) return failure.refusal;
        throw failure;
      });
    if (isOfficeRefusal(next)) return refusedForm(event, next, form);
    redirect(303, `/councils/${next.councilId}`);
  },
};
