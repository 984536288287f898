// The forms of a meeting's pages without scripts: coming in, acting, choosing and casting a ballot, asking and supporting a question. The actions of
// the room and of the public page. Each is one call into the office; a refusal comes back to the page that asked.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { checkedText } from '#lib/domain/meeting/text.ts';
import { fundingChoiceOf, jsonOf } from '#lib/protocol/funding-form.ts';
import { commandOfForm } from '#lib/protocol/form-command.ts';
import { newId } from '#lib/protocol/ids.ts';
import { createGuestAt, renameGuest } from '#lib/server/auth/guests.ts';
import { setGuestCookie } from '#lib/server/auth/recognise.ts';
import { attendHearing, attendingAs } from '#lib/server/hearings/enrol.ts';
import { act } from './act.ts';
import { freshCopy } from './copies.ts';
import { castBallot } from '#lib/server/polls/ballot-box.ts';
import { askQuestion, supportQuestion } from '#lib/server/questions/questions.ts';
import type { Actor } from '#lib/domain/actor.ts';

type MeetingEvent = RequestEvent<{ meetingId: string }>;

const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** A choice, and after it what a form of several answers marks in each of its places. */
function markedOf(form: FormData): string {
  const whole = field(form, 'choice');
  const places = Number(field(form, 'places')) || 0;
  return (
    whole && whole + Array.from({ length: Math.min(places, 12) }, (_, at) => field(form, `mark${at}`) || '-').join('')
  );
}

const refusedForm = (refusal: Refusal) => fail(409, { refusal });

/** Back to the page without the action in its address. */
const again = (event: MeetingEvent): never => redirect(303, event.url.pathname);

/** Somebody without an account gets a cookie the moment they say something; `shownName` null keeps the name they had. */
async function asSomebody(event: MeetingEvent, shownName: string | null): Promise<Actor> {
  const { actor } = event.locals;
  if (actor.kind === 'guest' && shownName !== null && shownName !== actor.shownName) {
    await renameGuest(actor.guestId, shownName);
    return { ...actor, shownName };
  }
  if (actor.kind !== 'nobody') return actor;
  const guest = await createGuestAt(event.params.meetingId, shownName ?? '');
  if (!guest) return actor;
  setGuestCookie(event.cookies, event.url, guest.token);
  return { kind: 'guest', guestId: guest.guestId, shownName: shownName ?? '' };
}

export const pageActions = {
  /** Coming in without a seat: [A8] by a name of one's own choosing. Leads to the room, also when one has come in already. */
  enter: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const { meetingId } = event.params;
    const name = checkedText(field(form, 'name'), 20);
    if (typeof name !== 'string') return refusedForm(name);
    const command = {
      type: 'enterParticipant',
      name,
      zone: field(form, 'zone') || null,
      channel: field(form, 'channel'),
      assisted: false,
    };
    const answer = await act(meetingId, { commandId: newId(), command }, await asSomebody(event, name));
    if (!answer.ok && answer.refusal.reason !== 'already-done') return refusedForm(answer.refusal);
    redirect(303, `/m/${meetingId}/room`);
  },

  /** A resident's device comes to a hearing: a name to be called by, and the part of the community. */
  attend: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const asked = { shownName: field(form, 'shownName'), zone: field(form, 'zone') || null, lookup: null };
    const here = await attendHearing(event.params.meetingId, asked, event.locals.actor);
    if (isRefusal(here)) return refusedForm(here);
    if (here.token !== null) setGuestCookie(event.cookies, event.url, here.token);
    return again(event);
  },

  /** [H8] A resident asks to speak from where they are: comes in as a participant where they had not, and waits in the queue. */
  speak: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const { meetingId } = event.params;
    const { actor } = event.locals;
    const shownName = actor.kind === 'guest' ? actor.shownName : '';
    // Where they said they live when they came in: areas take turns, so it is not asked anew with every request.
    const zone = (await attendingAs(meetingId, actor))?.zone ?? null;
    const enter = { type: 'enterParticipant', name: shownName, zone, channel: 'remote', assisted: false };
    const entered = await act(meetingId, { commandId: newId(), command: enter }, actor);
    if (!entered.ok && entered.refusal.reason !== 'already-done') return refusedForm(entered.refusal);
    const { participants } = (await freshCopy(meetingId)).state;
    const seatId = actor.kind === 'guest' ? (participants.idOf[`guest:${actor.guestId}`] ?? '') : '';
    const ask = { type: 'askToSpeak', seatId, stance: field(form, 'stance') };
    const answer = await act(meetingId, { commandId: newId(), command: ask }, actor);
    return answer.ok ? again(event) : refusedForm(answer.refusal);
  },

  act: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const ask = { commandId: field(form, 'commandId'), command: commandOfForm(form) };
    const answer = await act(event.params.meetingId, ask, event.locals.actor);
    return answer.ok ? again(event) : refusedForm(answer.refusal);
  },

  /** The read-back: nothing is sent yet, and the choice stays out of the address. */
  choose: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const marked = form.has('funding') ? JSON.stringify(fundingChoiceOf(form)) : markedOf(form);
    const choice = field(form, 'again') === '' ? marked : null;
    return { chosen: { pollId: field(form, 'pollId'), seatId: field(form, 'seatId'), choice: choice || null } };
  },

  cast: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const { meetingId } = event.params;
    const [pollId, seatId, castId] = ['pollId', 'seatId', 'castId'].map((name) => field(form, name));
    const choice = form.has('funding') ? jsonOf(field(form, 'funding')) : field(form, 'choice');
    const answer = await castBallot({ meetingId, pollId, seatId, castId, choice }, event.locals.actor);
    return answer.ok ? again(event) : refusedForm(answer.refusal);
  },

  /** Leads to the author's own page, which is where the answer will be. */
  ask: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const { meetingId } = event.params;
    const unnamed = event.locals.actor.kind === 'nobody' || event.locals.actor.kind === 'guest';
    const named = unnamed && form.has('shownName') ? checkedText(field(form, 'shownName'), 20) : null;
    if (named !== null && typeof named !== 'string') return refusedForm(named);
    if (checkedText(field(form, 'text'), 300, true) === '') return refusedForm(refuse('C2', 'text-missing'));
    const actor = await asSomebody(event, named);
    const ask = { meetingId, sentId: field(form, 'sentId'), text: field(form, 'text') };
    const answer = await askQuestion(ask, actor);
    if (!answer.ok) return refusedForm(answer.refusal);
    redirect(303, `/m/${meetingId}/question/${answer.lookup}`);
  },

  support: async (event: MeetingEvent) => {
    const form = await event.request.formData();
    const { meetingId } = event.params;
    const ask = { meetingId, questionId: field(form, 'questionId'), support: field(form, 'support') !== '' };
    const answer = await supportQuestion(ask, await asSomebody(event, null));
    return answer.ok ? again(event) : refusedForm(answer.refusal);
  },
};
