// Convening in two steps that work without scripts: choose the rules, then read back what will be frozen and give notice.
import { error, fail, redirect } from '@sveltejs/kit';
import { formatOf } from '#lib/domain/formats/index.ts';
import { noticeDaysLeft } from '#lib/domain/meeting/lifecycle.ts';
import { newId } from '#lib/protocol/ids.ts';
import { refusalSentence } from '#lib/messages/refusal-sentence.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { db } from '#lib/server/db/client.ts';
import { act } from '#lib/server/meetings/act.ts';
import { agendaDraftOf } from '#lib/server/meetings/agenda-draft.ts';
import { readFacts } from '#lib/server/meetings/facts.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { ruleSentenceFor } from '#lib/server/rule-packs/rule-sentence.ts';
import { listRulePacks } from '#lib/server/rule-packs/rule-packs.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'conveneMeeting');
  if (state.phase !== 'draft') redirect(303, `/meetings/${meetingId}`);
  const home = await homeOf(meetingId);
  const chosen = event.url.searchParams.get('pack');
  const asked = { type: 'conveneMeeting', rulePackId: chosen ?? '', shortNoticeReason: null } as const;
  const [packs, facts, draft] = await Promise.all([
    listRulePacks(home.communityId),
    readFacts(db, meetingId, asked, state),
    agendaDraftOf(meetingId),
  ]);
  const seats = facts.roster?.seats ?? [];
  const voting = seats.filter((seat) => seat.voting).length;
  const fitting = packs.filter(({ rules }) => rules.format === state.format);
  const pack = fitting.find(({ packId }) => packId === chosen) ?? null;
  if (chosen !== null && pack === null) error(404, messagesFor(event.locals.lang).refusals['no-rules']);
  return {
    home,
    meetingId,
    hasSeats: !(formatOf(state.format)?.seatless ?? false),
    hasAgenda: !(formatOf(state.format)?.agendaless ?? false),
    title: state.title?.text ?? '',
    place: state.place?.text ?? '',
    startsAt: state.startsAt,
    plannedMinutes: state.plannedMinutes,
    packs: fitting.map(({ packId, rules }) => ({
      packId,
      name: rules.name,
      sentence: ruleSentenceFor(event.locals.lang, rules, voting),
      basis: rules.basis,
      checkedOn: rules.checkedOn,
      noticeDays: rules.noticeDays,
    })),
    chosen: pack?.packId ?? null,
    daysLeft: Math.max(0, noticeDaysLeft(state.startsAt, Date.now())),
    short: pack !== null && !state.practice && noticeDaysLeft(state.startsAt, Date.now()) < pack.rules.noticeDays,
    seats: { voting, other: seats.length - voting },
    sectors: (facts.roster?.sectors ?? []).map(({ sectorId, name }) => ({
      name,
      seats: seats.filter((seat) => seat.sectorId === sectorId).length,
    })),
    items: draft.items.filter(({ title }) => title.trim() !== ''),
    seq: draft.seq,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { meetingId } = event.params;
    await atDesk(event, meetingId, 'conveneMeeting');
    const fields = fieldsOf(await event.request.formData());
    const { lang, actor } = event.locals;
    const reason = fields.textOrNull('reason');
    const command = {
      type: 'conveneMeeting',
      rulePackId: fields.text('pack'),
      shortNoticeReason: reason,
      agendaSeq: fields.whole('seq') ?? -1,
    };
    const answer = await act(meetingId, { commandId: newId(), command }, actor);
    if (!answer.ok) return fail(409, { sentence: refusalSentence(messagesFor(lang), answer.refusal), reason });
    redirect(303, `/meetings/${meetingId}`);
  },
};
