// A resident's ballot by slip. Opening it uses nothing up: messengers fetch links before anybody has seen them. Never indexed, never cached, and the
// code is in no log of ours.
import { fail } from '@sveltejs/kit';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { fundingChoiceOf, jsonOf } from '#lib/protocol/funding-form.ts';
import { castBySlip, slipByCode } from '#lib/server/allocations/slips.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
  const view = await slipByCode(params.code);
  if (isRefusal(view)) return { slip: null, sentence: refusalSentence(messagesFor(locals.lang), view) };
  const { number, meetingId, meetingTitle, allocation, poll, choice, hasVoted } = view;
  return {
    sentence: null,
    slip: {
      number,
      meetingId,
      meetingTitle,
      title: allocation.title,
      call: allocation.call,
      ruleId: allocation.ruleId,
      poll: poll && { pollId: poll.frame.pollId, stage: poll.stage },
      choice,
      hasVoted,
    },
  };
};

export const actions: Actions = {
  choose: async ({ request }) => ({ chosen: fundingChoiceOf(await request.formData()) }),

  cast: async ({ request, params, locals }) => {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? '');
    const ask = { pollId: text('pollId'), castId: text('castId'), choice: jsonOf(text('funding')) };
    const answer = await castBySlip(params.code, ask);
    if (answer.ok) return { cast: true as const };
    return fail(409, { sentence: refusalSentence(messagesFor(locals.lang), answer.refusal) });
  },
};
