// The way into a meeting: a code leads to it, and then there are four ways in. Works without scripts throughout.
// A signed-in member or a slip takes the seat at once; a name picked from the list only asks for it.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isPresent, type EntryWay, type SeatMode } from '#lib/domain/meeting/attendance.ts';
import { formatOf } from '#lib/domain/formats/index.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { newId } from '#lib/protocol/ids.ts';
import { isOfficeRefusal, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { createGuestAt } from '#lib/server/auth/guests.ts';
import { setGuestCookie, setSessionCookie } from '#lib/server/auth/recognise.ts';
import { actorFromCookie } from '#lib/server/auth/actor-from-cookie.ts';
import { sessionCookieName } from '#lib/server/auth/sessions.ts';
import { enterBySlip } from '#lib/server/auth/slips.ts';
import { deviceName } from '#lib/server/device-name.ts';
import { act } from '#lib/server/meetings/act.ts';
import { meetingByCode, meetingView, zoneNamesAt } from '#lib/server/meetings/views.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { Actions, PageServerLoad } from './$types';

const gathering = ['check_in', 'in_session', 'recess'];

export const load: PageServerLoad = async ({ url, locals }) => {
  const typed = url.searchParams.get('code')?.trim() ?? '';
  if (typed === '') return { typed, found: null, wrong: null };
  if (typed.replace(/\D/g, '').length !== 6) return { typed, found: null, wrong: 'code-wrong' as const };
  const meeting = await meetingByCode(typed);
  const view = meeting && (await meetingView(meeting.meetingId, locals.actor));
  if (!view || isRefusal(view)) return { typed, found: null, wrong: 'code-unknown' as const };
  const { state, viewer } = view;
  return {
    typed,
    wrong: null,
    found: {
      meetingId: state.meetingId,
      joinCode: state.joinCode,
      title: state.title?.text ?? '',
      place: state.place?.text ?? '',
      startsAt: state.startsAt,
      phase: state.phase,
      practice: state.practice,
      gathering: gathering.includes(state.phase),
      signedInAs: locals.actor.kind === 'person' || viewer.personId !== null ? viewer.name : null,
      hasPart: viewer.seatId !== null || viewer.roles.length > 0,
      everybodyTakesPart: formatOf(state.format)?.participants?.joining === 'everybody',
      takesPart: viewer.participantId !== null,
      shownName: viewer.name ?? '',
      zones: await zoneNamesAt(state.meetingId),
      seatId: viewer.seatId,
      present: viewer.seatId !== null && isPresent(state, viewer.seatId),
      waiting: view.requestedSeatId !== null,
      sectors: state.sectors.map(({ sectorId, name }) => ({
        name,
        seats: state.seatOrder.flatMap((seatId) => {
          const seat = state.seats[seatId];
          if (seat?.sectorId !== sectorId) return [];
          return [{ seatId, name: seat.name.text ?? '', title: seat.title, taken: isPresent(state, seatId) }];
        }),
      })),
    },
  };
};

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const refusedForm = (event: RequestEvent, way: string, refusal: Refusal | OfficeRefusal) =>
  fail(409, {
    way,
    sentence:
      'rule' in refusal
        ? refusalSentence(messagesFor(event.locals.lang), refusal)
        : sentenceOf(event.locals.lang, refusal),
  });

async function asked(event: RequestEvent): Promise<{ form: FormData; meetingId: string; mode: SeatMode } | Refusal> {
  const form = await event.request.formData();
  const meeting = await meetingByCode(text(form, 'code'));
  if (!meeting) return refuse('L1', 'unknown-meeting');
  const mode = text(form, 'mode');
  if (mode !== 'hall' && mode !== 'remote') return refuse('A1', 'wrong-mode');
  return { form, meetingId: meeting.meetingId, mode };
}

async function takeSeat(meetingId: string, actor: Actor, mode: SeatMode, way: EntryWay): Promise<Refusal | null> {
  const view = await meetingView(meetingId, actor);
  if (isRefusal(view)) return view;
  const { seatId } = view.viewer;
  if (seatId === null) return refuse('A2', 'not-your-seat');
  // Before the check-in opens, and for a seat that is taken already, the room itself says how things stand.
  if (!gathering.includes(view.state.phase) || isPresent(view.state, seatId)) return null;
  const answer = await act(meetingId, { commandId: newId(), command: { type: 'takeSeat', seatId, mode, way } }, actor);
  return answer.ok ? null : answer.refusal;
}

export const actions: Actions = {
  seat: async (event) => {
    const ask = await asked(event);
    if (isRefusal(ask)) return refusedForm(event, 'seat', ask);
    const { actor } = event.locals;
    const bySlip = actor.kind === 'person' && actor.meetingId !== null;
    const refusal = await takeSeat(ask.meetingId, actor, ask.mode, bySlip ? 'slip' : 'password');
    if (refusal) return refusedForm(event, 'seat', refusal);
    redirect(303, `/m/${ask.meetingId}/room`);
  },

  slip: async (event) => {
    const ask = await asked(event);
    if (isRefusal(ask)) return refusedForm(event, 'slip', ask);
    const entered = await enterBySlip(text(ask.form, 'slip'), event.locals.actor, deviceName(event.request));
    if (isOfficeRefusal(entered)) return refusedForm(event, 'slip', entered);
    let { actor } = event.locals;
    if (entered.sessionId !== null) {
      setSessionCookie(event.cookies, event.url, entered.sessionId);
      actor = await actorFromCookie(`${sessionCookieName}=${encodeURIComponent(entered.sessionId)}`);
    }
    // A slip knows its own meeting, whatever code was typed.
    const refusal = await takeSeat(entered.meetingId, actor, ask.mode, 'slip');
    if (refusal) return refusedForm(event, 'slip', refusal);
    redirect(303, `/m/${entered.meetingId}/room`);
  },

  request: async (event) => {
    const ask = await asked(event);
    if (isRefusal(ask)) return refusedForm(event, 'request', ask);
    const { form, meetingId, mode } = ask;
    let { actor } = event.locals;
    if (actor.kind !== 'guest') {
      const guest = await createGuestAt(meetingId, '');
      if (!guest) return refusedForm(event, 'request', refuse('L1', 'unknown-meeting'));
      setGuestCookie(event.cookies, event.url, guest.token);
      actor = { kind: 'guest', guestId: guest.guestId, shownName: '' };
    }
    const command = { type: 'requestSeat', seatId: text(form, 'seatId'), mode };
    const answer = await act(meetingId, { commandId: newId(), command }, actor);
    if (!answer.ok && answer.refusal.reason !== 'seat-requested-already')
      return refusedForm(event, 'request', answer.refusal);
    redirect(303, `/m/${meetingId}/room`);
  },
};
