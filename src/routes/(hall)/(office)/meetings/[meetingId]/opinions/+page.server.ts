// Answering what residents wrote: opinions into groups, a verdict with its reason for each, then the report. For chair and secretary; a helper takes opinions down.
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { dayAfter } from '#lib/domain/calendar-day.ts';
import { hearingTerms, opinionsClosed, opinionsUntil } from '#lib/domain/meeting/hearing.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refusedByLaw } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { answerGroup, moveOpinions, openGroup, opinionsOf } from '#lib/server/hearings/opinions.ts';
import { act } from '#lib/server/meetings/act.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import { signingView } from '#lib/server/minutes/sign.ts';
import { takeDownFor } from '#lib/server/questions/questions.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import { today } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, may } = await atDesk(event, meetingId, 'askFor', 'publishReport');
  const signing = await signingView(meetingId, 'report');
  return {
    meeting: { meetingId, title: state.title?.text ?? '', adjourned: state.phase === 'adjourned' },
    opinions: await opinionsOf(meetingId),
    today: today(),
    dueOn: dayAfter(today(), hearingTerms(state).answerDays),
    /** Until when opinions may still come in; null once nobody can send one. */
    openUntil: opinionsClosed(state, Date.now()) ? null : opinionsUntil(state),
    signing: signing && { frozenAt: signing.frozenAt, completedAt: signing.completedAt },
    published: state.hearing?.report.published?.at ?? null,
    sentId: newId(),
    may: { answer: may('publishReport'), takeDown: may('askFor') },
  };
};

export const actions: Actions = {
  open: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'publishReport');
    const form = await event.request.formData();
    const { text, all } = fieldsOf(form);
    const made = await openGroup(meetingId, { title: text('title'), dueOn: text('dueOn') }, all('opinionId'));
    return isRefusal(made) ? refusedByLaw(event, made, form) : { done: 'open' };
  },

  move: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'publishReport');
    const form = await event.request.formData();
    const { textOrNull, all } = fieldsOf(form);
    const refusal = await moveOpinions(meetingId, textOrNull('groupId'), all('opinionId'));
    return refusal ? refusedByLaw(event, refusal, form) : { done: 'move' };
  },

  answer: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'publishReport');
    const form = await event.request.formData();
    const { text, lines } = fieldsOf(form);
    const asked = { verdict: text('verdict'), reason: lines('reason') };
    const refusal = await answerGroup(meetingId, text('for'), asked, event.locals.actor);
    return refusal ? refusedByLaw(event, refusal, form) : { done: 'answer', of: text('for') };
  },

  takeDown: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'askFor');
    const form = await event.request.formData();
    const { text, lines } = fieldsOf(form);
    const said = { sentId: text('sentId'), shownName: text('shownName'), text: lines('text') };
    const taken = await takeDownFor(meetingId, said, event.locals.actor);
    if (!taken.ok) return refusedByLaw(event, taken.refusal, form);
    return { done: 'takeDown', address: `${reachableOrigin(event.url)}/m/${meetingId}/question/${taken.lookup}` };
  },

  publish: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'publishReport');
    const ask = { commandId: newId(), command: { type: 'publishReport' } };
    const answer = await act(meetingId, ask, event.locals.actor);
    return answer.ok ? { done: 'publish' } : refusedByLaw(event, answer.refusal);
  },
};
