// Preparing a funding vote: the call as it stands or a suggestion for a new one, and residents' slips. Codes are in the answer of the printing form only.
import { fail } from '@sveltejs/kit';
import { fundingMethod } from '#lib/domain/ballots/index.ts';
import { countingRules } from '#lib/domain/funding/rules.ts';
import { callReady, votes } from '#lib/domain/meeting/allocation.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { callOfForm } from '#lib/protocol/call-form.ts';
import { newId } from '#lib/protocol/ids.ts';
import { printSlips, revokeSlip, slipsOfCall } from '#lib/server/allocations/slips.ts';
import { suggestedCall } from '#lib/server/allocations/suggestion.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { act } from '#lib/server/meetings/act.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, may } = await atDesk(event, meetingId, 'putCall');
  const standing = callReady(state);
  const home = await homeOf(meetingId);
  const suggested = standing ? null : await suggestedCall(home.communityId, state);
  const tiedOf = (id: string) => Object.keys(standing?.tied[id] ?? {});
  return {
    meetingId,
    title: state.title?.text ?? '',
    standing: standing && {
      callId: standing.callId,
      ruleId: standing.ruleId,
      ties: standing.call.ties,
      kind: standing.call.terms.kind,
    },
    call: standing
      ? {
          itemId: standing.itemId,
          title: standing.title,
          budgetFen: standing.call.budgetFen,
          projects: standing.call.projects.map((project) => ({
            ...project,
            projectId: standing.links?.projects[project.id],
            tiedSeatIds: tiedOf(project.id),
          })),
          envelopes: standing.call.envelopes.map((each) => ({
            ...each,
            envelopeId: standing.links?.envelopes[each.id],
          })),
          terms: standing.call.terms,
          method: fundingMethod(standing.call.terms).id,
          ties: standing.call.ties,
          ruleId: standing.ruleId,
          voters: standing.voters,
        }
      : null,
    suggested,
    voted: state.allocations.order.length > 0 && standing === null,
    /** The residents' papers of the vote that is open now. */
    mayEnterPaper: may('enterTallySheet') || may('settleTallySheet'),
    residentsVote: state.allocations.order.some((callId) => {
      const each = state.allocations.byId[callId];
      return each && !each.withdrawn && votes(each.voters, 'residents');
    }),
    rules: countingRules.map(({ id }) => id),
    items: state.agenda.items.map(({ itemId, title }) => ({ itemId, title: title.text ?? '' })),
    seats: state.seatOrder.flatMap((seatId) => {
      const seat = state.seats[seatId];
      return seat?.voting ? [{ seatId, name: seat.name.text ?? '' }] : [];
    }),
    slips: standing && votes(standing.voters, 'residents') ? await slipsOfCall(standing.callId) : null,
    mayPrint: may('printBallotSlips'),
    site: reachableOrigin(event.url),
  };
};

export const actions: Actions = {
  put: async (event) => {
    await atDesk(event, event.params.meetingId, 'putCall');
    const form = await event.request.formData();
    const callId = fieldsOf(form).textOrNull('callId');
    const ask = { commandId: newId(), command: { type: 'putCall', callId, call: callOfForm(form) } };
    const answer = await act(event.params.meetingId, ask, event.locals.actor);
    if (answer.ok) return { done: 'put' as const };
    return fail(409, { at: 'put' as const, sentence: refusalSentence(messagesFor(event.locals.lang), answer.refusal) });
  },
  withdraw: async (event) => {
    await atDesk(event, event.params.meetingId, 'withdrawCall');
    const callId = fieldsOf(await event.request.formData()).text('callId');
    const ask = { commandId: newId(), command: { type: 'withdrawCall', callId } };
    const answer = await act(event.params.meetingId, ask, event.locals.actor);
    if (answer.ok) return { done: 'withdraw' as const };
    return fail(409, { at: 'put' as const, sentence: refusalSentence(messagesFor(event.locals.lang), answer.refusal) });
  },
  print: async (event) => {
    await atDesk(event, event.params.meetingId, 'printBallotSlips');
    const form = fieldsOf(await event.request.formData());
    const printed = await printSlips(
      event.params.meetingId,
      form.text('callId'),
      form.whole('copies') ?? 0,
      event.locals.actor,
    );
    if (!isRefusal(printed)) return { done: 'print' as const, printed, onPaper: form.flag('onPaper') };
    return fail(409, { at: 'slips' as const, sentence: refusalSentence(messagesFor(event.locals.lang), printed) });
  },
  revoke: async (event) => {
    await atDesk(event, event.params.meetingId, 'printBallotSlips');
    const form = fieldsOf(await event.request.formData());
    const refusal = await revokeSlip(
      event.params.meetingId,
      form.text('callId'),
      form.whole('number') ?? 0,
      event.locals.actor,
    );
    if (!refusal) return { done: 'revoke' as const };
    return fail(409, { at: 'slips' as const, sentence: refusalSentence(messagesFor(event.locals.lang), refusal) });
  },
};
