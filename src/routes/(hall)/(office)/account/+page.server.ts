// One's own account: password, passkeys, devices, what is kept about oneself, asking to be forgotten. Signed in by account only: a slip
// opens no account.
import { cookieValue } from '#lib/server/auth/actor-from-cookie.ts';
import { changePassword, readAccount } from '#lib/server/auth/accounts.ts';
import { removePasskey } from '#lib/server/auth/passkeys.ts';
import { digestOf } from '#lib/server/auth/secrets.ts';
import { endSessionOf, sessionCookieName, sessionsOf } from '#lib/server/auth/sessions.ts';
import { expired, ownAccount, ownAccountOrNull, refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { askForErasure, withdrawErasureRequest } from '#lib/server/people/register.ts';
import { readOwnFacts } from '#lib/server/people/own-facts.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const sessionIdOf = ({ request }: Pick<RequestEvent, 'request'>): string =>
  cookieValue(request.headers.get('cookie'), sessionCookieName) ?? '';

export const load: PageServerLoad = async (event) => {
  const { accountId, personId } = ownAccount(event);
  const [account, opened, facts] = await Promise.all([
    readAccount(accountId),
    sessionsOf(personId),
    readOwnFacts(personId),
  ]);
  if (!account || !facts) redirect(303, '/sign-in');
  const here = digestOf(sessionIdOf(event));
  return {
    loginName: account.loginName,
    hasPassword: account.hasPassword,
    passkeys: account.passkeys.map(({ id, label, createdAt, lastUsedAt }) => ({ id, label, createdAt, lastUsedAt })),
    sessions: opened.map(({ id, device, openedAt, meetingId }) => ({
      id,
      device,
      openedAt,
      bySlip: meetingId !== null,
      isHere: id === here,
    })),
    facts,
  };
};

export const actions: Actions = {
  password: async (event) => {
    const own = ownAccountOrNull(event);
    if (!own) return expired(event);
    const form = await event.request.formData();
    const { text } = fieldsOf(form);
    const refusal = await changePassword(own.accountId, text('oldPassword'), text('newPassword'), sessionIdOf(event));
    return refusal ? refusedForm(event, refusal, form) : { done: 'password' };
  },

  removePasskey: async (event) => {
    const own = ownAccountOrNull(event);
    if (!own) return expired(event);
    const form = await event.request.formData();
    const refusal = await removePasskey(own.accountId, fieldsOf(form).text('for'));
    return refusal ? refusedForm(event, refusal, form) : { done: 'removePasskey' };
  },

  endSession: async (event) => {
    const own = ownAccountOrNull(event);
    if (!own) return expired(event);
    await endSessionOf(own.personId, fieldsOf(await event.request.formData()).text('for'));
    return { done: 'endSession' };
  },

  askErasure: async (event) => {
    const own = ownAccountOrNull(event);
    if (!own) return expired(event);
    await askForErasure(own.personId);
    return { done: 'askErasure' };
  },

  withdrawErasure: async (event) => {
    const own = ownAccountOrNull(event);
    if (!own) return expired(event);
    await withdrawErasureRequest(own.personId);
    return { done: 'withdrawErasure' };
  },
};
