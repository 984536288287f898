// The first line of every load and action outside a meeting: who asks, and may they? Whoever is not signed in is led to the sign-in page
// from a load; an action answers with a sentence instead, so that what was typed stays on the page.
import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { personSignedIn } from '#lib/domain/actor.ts';
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Standing } from '#lib/domain/policies.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { standingOf } from '#lib/server/people/standing.ts';
import { sentenceOf } from './refusal-sentences.ts';

/** What a refused form gets back. `values` are its own texts, for a browser without scripts; secrets are left out. */
export interface Refused {
  readonly refused: true;
  /** The action's name, to show the sentence at its form. */
  readonly at: string;
  readonly reason: OfficeRefusal['reason'] | Refusal['reason'];
  readonly sentence: string;
  readonly values: Readonly<Record<string, string>>;
}

const secret = /password/i;

/** The name of the action a form was posted to: `?/addZone` → `addZone`. */
const actionOf = (url: URL): string =>
  Array.from(url.searchParams.keys())
    .find((key) => key.startsWith('/'))
    ?.slice(1) ?? 'default';

/** An action's answer for a refusal of the office. */
export function refusedForm(
  event: RequestEvent,
  refusal: OfficeRefusal,
  form?: FormData,
  status = 400,
): ActionFailure<Refused> {
  const values: Record<string, string> = {};
  form?.forEach((value, name) => {
    if (typeof value === 'string' && !secret.test(name)) values[name] = value;
  });
  const { reason } = refusal;
  return fail(status, {
    refused: true,
    at: actionOf(event.url),
    reason,
    sentence: sentenceOf(event.locals.lang, refusal),
    values,
  });
}

/** The same where the law of meetings refused: its sentence at the form, what was typed given back. */
export function refusedByLaw(event: RequestEvent, refusal: Refusal, form?: FormData): ActionFailure<Refused> {
  const values: Record<string, string> = {};
  form?.forEach((value, name) => {
    if (typeof value === 'string' && !secret.test(name)) values[name] = value;
  });
  const sentence = refusalSentence(messagesFor(event.locals.lang), refusal);
  return fail(409, { refused: true, at: actionOf(event.url), reason: refusal.reason, sentence, values });
}

/** Where to come back to after signing in: a path of this site, never another one's. */
export const safeBack = (back: string | null): string =>
  back !== null && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-') ? back : '/';

const signInFor = ({ pathname, search }: URL): string => `/sign-in?back=${encodeURIComponent(pathname + search)}`;

/** For loads: the standing that may, or the sign-in page, or 403. */
export async function standingThat(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  may: (who: Standing | null) => boolean,
): Promise<Standing> {
  const who = await standingOf(event.locals.actor);
  if (who === null) redirect(303, signInFor(event.url));
  if (!may(who)) error(403, messagesFor(event.locals.lang).pages.forbiddenText);
  return who;
}

/** For actions: the standing that may, or the answer to give. */
export async function permitted(
  event: RequestEvent,
  may: (who: Standing | null) => boolean,
): Promise<{ who: Standing; refused: null } | { who: null; refused: ActionFailure<Refused> }> {
  const who = await standingOf(event.locals.actor);
  if (who !== null && may(who)) return { who, refused: null };
  const form = await event.request.formData().catch(() => undefined);
  const refusal = refuseOffice(who === null ? 'session-expired' : 'not-allowed');
  return { who: null, refused: refusedForm(event, refusal, form, who === null ? 401 : 403) };
}

/** For pages about oneself: an account signed in for everything, or the sign-in page. */
export function ownAccount(event: Pick<RequestEvent, 'locals' | 'url'>): { accountId: string; personId: string } {
  const { actor } = event.locals;
  if (personSignedIn(actor) === null || actor.kind !== 'person' || actor.accountId === null) {
    redirect(303, signInFor(event.url));
  }
  return { accountId: actor.accountId, personId: actor.personId };
}

/** The same for actions: null means answer with `expired`. */
export function ownAccountOrNull({ locals: { actor } }: RequestEvent): { accountId: string; personId: string } | null {
  return actor.kind === 'person' && actor.accountId !== null && actor.meetingId === null
    ? { accountId: actor.accountId, personId: actor.personId }
    : null;
}

export const expired = (event: RequestEvent, form?: FormData): ActionFailure<Refused> =>
  refusedForm(event, refuseOffice('session-expired'), form, 401);
