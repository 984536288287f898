// A meeting before it begins: its facts, its shared agenda while it is a draft, and after the notice everything that follows from it.
import { fail } from '@sveltejs/kit';
import { formatOf } from '#lib/domain/formats/index.ts';
import { signingTermsAt } from '#lib/domain/minutes/signing.ts';
import { newId } from '#lib/protocol/ids.ts';
import { formatLocalInput } from '#lib/messages/format.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { moneyChoices } from '#lib/server/ledger/agenda-choices.ts';
import { act } from '#lib/server/meetings/act.ts';
import { agendaDraftOf } from '#lib/server/meetings/agenda-draft.ts';
import { describedIn, refusedDescription } from '#lib/server/meetings/description-form.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { papersOf } from '#lib/server/meetings/papers.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state, viewer, may } = await atDesk(event, meetingId, 'editAgendaDraft', 'watchAsHost');
  const [home, papers, draft] = await Promise.all([homeOf(meetingId), papersOf(meetingId), agendaDraftOf(meetingId)]);
  const isDraft = state.phase === 'draft';
  return {
    home,
    papers,
    choices: isDraft ? await moneyChoices(home.communityId) : { envelopes: [], projects: [] },
    meeting: {
      meetingId,
      phase: state.phase,
      hearing: state.format === 'hearing',
      title: state.title?.text ?? '',
      place: state.place?.text ?? '',
      startsAt: state.startsAt,
      startsAtLocal: formatLocalInput(state.startsAt),
      plannedMinutes: state.plannedMinutes,
      callLink: state.callLink,
      joinCode: state.joinCode,
      practice: state.practice,
      signing: signingTermsAt(state),
      cancelReason: state.cancelReason?.text ?? '',
    },
    personId: viewer.personId,
    documentId: draft.documentId,
    items: isDraft
      ? draft.items
      : state.agenda.items.map((item) => ({
          ...item,
          title: item.title.text ?? '',
          presenter: item.presenter?.text ?? '',
          note: item.note?.text ?? '',
          decides: item.decides?.title.text ?? '',
          amountFen: item.decides?.amountFen ?? null,
        })),
    may: {
      editAgenda: isDraft && may('editAgendaDraft'),
      describe: isDraft && may('describeMeeting'),
      pull: isDraft && may('conveneMeeting') && (formatOf(state.format)?.commands.includes('concludeItem') ?? false),
      convene: isDraft && may('conveneMeeting'),
      cancel: ['draft', 'convened', 'check_in'].includes(state.phase) && may('cancelMeeting'),
      attach: may('attachPaper'),
      prepare: may('announceHearing') || may('askFor'),
      host: may('watchAsHost'),
      call: may('putCall'),
      minutes: state.phase === 'adjourned' && may('readMinutesDraft'),
      slips: may('printSlips'),
      rehearse: ['convened', 'check_in'].includes(state.phase) && may('startRehearsal'),
    },
  };
};

export const actions: Actions = {
  describe: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'describeMeeting');
    const form = await event.request.formData();
    const { lang, actor } = event.locals;
    const read = describedIn(form, lang);
    if (!('described' in read)) return fail(400, { at: 'describe' as const, ...read });
    const command = { type: 'describeMeeting', ...read.described };
    const answer = await act(meetingId, { commandId: newId(), command }, actor);
    if (answer.ok) return { at: 'described' as const };
    return fail(409, {
      at: 'describe' as const,
      ...refusedDescription(answer.refusal, read.described, form, lang),
    });
  },

  cancel: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'cancelMeeting');
    const reason = fieldsOf(await event.request.formData()).text('reason');
    const ask = { commandId: newId(), command: { type: 'cancelMeeting', reason } };
    const answer = await act(meetingId, ask, event.locals.actor);
    if (answer.ok) return { at: 'cancelled' as const };
    const sentence = refusalSentence(messagesFor(event.locals.lang), answer.refusal);
    return fail(409, { at: 'cancel' as const, sentence, reason });
  },
};
