// Residents' paper ballots: typed in by one, confirmed by another, each by a plain form. Only while the vote is open.
import { fail, type RequestEvent } from '@sveltejs/kit';
import { choiceWords } from '#lib/messages/allocation-words.ts';
import { actorName } from '#lib/messages/seat-words.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { personAt } from '#lib/domain/actor.ts';
import { voidReasons } from '#lib/domain/appraisal/form.ts';
import { votes, type Allocation } from '#lib/domain/meeting/allocation.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { choiceOfLine } from '#lib/protocol/paper-line.ts';
import {
  enterSlipPaper,
  reconcileSlips,
  settleSlipPaper,
  slipPapersWaiting,
} from '#lib/server/allocations/slip-papers.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { loadConsoleMessages } from '#lib/messages/console-words.ts';
import { atDesk } from '#lib/server/meetings/meeting-door.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

/** The newest funding vote residents take part in. */
function callOfResidents({ allocations }: MeetingState): Allocation | null {
  const calls = allocations.order.flatMap((callId) => allocations.byId[callId] ?? []);
  const ours = calls.filter(({ voters, withdrawn }) => !withdrawn && votes(voters, 'residents'));
  return ours[ours.length - 1] ?? null;
}

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, may } = await atDesk(event, meetingId, 'enterTallySheet', 'settleTallySheet');
  const w = messagesFor(event.locals.lang);
  const allocation = callOfResidents(state);
  const pollId = allocation?.pollId ?? null;
  const isOpen = pollId !== null && state.polls.openId === pollId;
  const me = personAt(event.locals.actor, meetingId);
  return {
    meetingId,
    title: state.title?.text ?? '',
    mayEnter: may('enterTallySheet'),
    maySettle: may('settleTallySheet'),
    isOpen,
    call: allocation && { callId: allocation.callId, title: allocation.title, ...allocation.call },
    slips: allocation && pollId !== null ? await reconcileSlips(allocation.callId, pollId) : null,
    waiting:
      allocation && isOpen
        ? (await slipPapersWaiting(pollId)).map(({ number, choice, voidReason, enteredBy }) => ({
            number,
            said: choice === null ? w.vote.spoiled : choiceWords(w, event.locals.lang, allocation.call, choice),
            voidReason,
            by: actorName(w, state, enteredBy),
            isMine: enteredBy === me,
          }))
        : [],
  };
};

type Event = RequestEvent<RouteParams>;
const asked = async (event: Event) => {
  const { state } = await atDesk(event, event.params.meetingId, 'enterTallySheet', 'settleTallySheet');
  return { state, fields: fieldsOf(await event.request.formData()) };
};

const settle = (confirm: boolean) => async (event: Event) => {
  const { state, fields } = await asked(event);
  const number = fields.whole('number') ?? 0;
  const callId = callOfResidents(state)?.callId ?? '';
  const refusal = await settleSlipPaper(event.params.meetingId, callId, { number, confirm }, event.locals.actor);
  if (!refusal) return { done: 'settled' as const, number };
  return fail(409, { at: 'settle' as const, sentence: refusalSentence(messagesFor(event.locals.lang), refusal) });
};

export const actions: Actions = {
  enter: async (event) => {
    const { state, fields } = await asked(event);
    const allocation = callOfResidents(state);
    const typed = { slip: fields.text('slip'), line: fields.text('line'), reason: fields.text('void') };
    const refused = (sentence: string) => fail(409, { at: 'enter' as const, sentence, typed });
    const reason = voidReasons.find((each) => each === typed.reason);
    const read = reason || !allocation ? null : choiceOfLine(allocation.call, typed.line);
    if (read && 'unknown' in read) {
      const { paperLineUnknown } = await loadConsoleMessages(event.locals.lang);
      return refused(paperLineUnknown({ part: read.unknown }));
    }
    const entered = await enterSlipPaper(
      event.params.meetingId,
      allocation?.callId ?? '',
      { typed: typed.slip, content: reason ? { void: reason } : (read?.choice ?? { listed: [] }) },
      event.locals.actor,
    );
    if (isRefusal(entered)) return refused(refusalSentence(messagesFor(event.locals.lang), entered));
    return { done: 'entered' as const, number: entered.number };
  },
  confirm: settle(true),
  reject: settle(false),
};
