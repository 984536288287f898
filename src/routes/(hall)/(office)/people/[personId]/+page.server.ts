// One person: details, roles, account, erasure. Each action asks its own policy; the person must be of the asker's community.
import { error } from '@sveltejs/kit';
import {
  mayErasePeople,
  mayGiveStaffRoles,
  mayManageAccountOf,
  mayManagePeople,
  maySeePeople,
  type Standing,
} from '#lib/domain/policies.ts';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { createAccount, giveNewPassword } from '#lib/server/auth/accounts.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { readCommunity } from '#lib/server/people/communities.ts';
import { erasePerson } from '#lib/server/people/erasure.ts';
import { personFactsOf } from '#lib/server/people/person-form.ts';
import { readPerson, setStaffRoles, staffRolesOffered, updatePerson } from '#lib/server/people/register.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await standingThat(event, (who) => who !== null && maySeePeople(who, who.communityId));
  const { communityId } = who;
  const [found, community] = await Promise.all([
    readPerson(communityId, event.params.personId),
    readCommunity(communityId),
  ]);
  if (!found) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const { person, holdsOffice, ...rest } = found;
  return {
    ...rest,
    person,
    zones: community?.zones ?? [],
    staffRolesOffered,
    may: {
      edit: mayManagePeople(who, communityId),
      giveStaffRoles: mayGiveStaffRoles(who, communityId),
      manageAccount: mayManageAccountOf(who, { communityId, holdsOffice }),
      erase: mayErasePeople(who, communityId),
    },
  };
};

const may = (event: RequestEvent, policy: (who: Standing, communityId: string) => boolean) =>
  permitted(event, (who) => who !== null && policy(who, who.communityId));

/** The asker, if they may manage this very person's account. */
async function mayManageAccount(event: RequestEvent) {
  const asked = await may(event, mayManagePeople);
  if (asked.refused) return asked;
  const { communityId } = asked.who;
  const found = await readPerson(communityId, event.params.personId);
  if (!found || found.person.erasedAt !== null) {
    return { who: null, refused: refusedForm(event, refuseOffice('not-there'), undefined, 404) };
  }
  if (!mayManageAccountOf(asked.who, { communityId, holdsOffice: found.holdsOffice })) {
    return { who: null, refused: refusedForm(event, refuseOffice('not-allowed'), undefined, 403) };
  }
  return asked;
}

export const actions: Actions = {
  edit: async (event) => {
    const { who, refused } = await may(event, mayManagePeople);
    if (refused) return refused;
    const form = await event.request.formData();
    const refusal = await updatePerson(who.communityId, event.params.personId, personFactsOf(form));
    return refusal ? refusedForm(event, refusal, form) : { done: 'edit' };
  },

  staffRoles: async (event) => {
    const { who, refused } = await may(event, mayGiveStaffRoles);
    if (refused) return refused;
    const form = await event.request.formData();
    const refusal = await setStaffRoles(who.communityId, event.params.personId, fieldsOf(form).all('role'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'staffRoles' };
  },

  openAccount: async (event) => {
    const { refused } = await mayManageAccount(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const { personId } = event.params;
    const opened = await createAccount({ personId, loginName: text('loginName'), password: text('password') });
    return isOfficeRefusal(opened) ? refusedForm(event, opened, form) : { done: 'openAccount' };
  },

  newPassword: async (event) => {
    const { refused } = await mayManageAccount(event);
    if (refused) return refused;
    const form = await event.request.formData();
    const refusal = await giveNewPassword(event.params.personId, fieldsOf(form).text('password'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'newPassword' };
  },

  erase: async (event) => {
    const { who, refused } = await may(event, mayErasePeople);
    if (refused) return refused;
    const form = await event.request.formData();
    const found = await readPerson(who.communityId, event.params.personId);
    if (!found) return refusedForm(event, refuseOffice('not-there'), form, 404);
    if (fieldsOf(form).text('confirm') !== found.person.name) {
      return refusedForm(event, refuseOffice('confirmation-differs'), form);
    }
    const refusal = await erasePerson(who.communityId, event.params.personId);
    return refusal ? refusedForm(event, refusal, form) : { done: 'erase' };
  },
};
