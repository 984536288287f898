// The desk that puts a meeting's results before everybody: what is missing, publishing, withdrawing, answering objections. For the hosts.
import { personAt } from '#lib/domain/actor.ts';
import { publishFault, publicationKinds } from '#lib/domain/publication/publication.ts';
import { publishedMotions } from '#lib/domain/meeting/published.ts';
import { isOfficeRefusal, refuseOffice } from '#lib/protocol/office-refusals.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { atDesk, homeOf } from '#lib/server/meetings/meeting-door.ts';
import { answerObjection, objectionsTo } from '#lib/server/objections.ts';
import { publicationDesk, publish, withdraw } from '#lib/server/publications/publications.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import { sentenceOf } from '#lib/server/refusal-sentences.ts';
import type { RequestEvent } from './$types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { meetingId } = event.params;
  const { state } = await atDesk(event, meetingId, 'watchAsHost');
  const [home, desk] = await Promise.all([homeOf(meetingId), publicationDesk(meetingId)]);
  const lines = publishedMotions(state).flatMap(({ motion, vote }) =>
    vote?.result
      ? [
          {
            title: motion.title.text ?? '',
            outcome: vote.result.outcome,
            amountFen: motion.amountFen,
            contractLocked: motion.contractLocked,
          },
        ]
      : [],
  );
  const objections = await Promise.all(
    desk.rows
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(async ({ id }) => objectionsTo({ publicationId: id })),
  );
  return {
    meetingId,
    home,
    title: state.title?.text ?? '',
    facts: desk.facts,
    kinds: publicationKinds.map((kind) => {
      const fault = publishFault(kind, desk.facts);
      return { kind, why: fault ? sentenceOf(event.locals.lang, fault) : null };
    }),
    period: desk.period,
    lines,
    publications: desk.rows.map((row) => ({
      publicationId: row.id,
      kind: row.kind,
      year: row.year,
      number: row.number,
      title: row.title,
      fromDay: row.fromDay,
      untilDay: row.untilDay,
      withdrawnReason: row.withdrawnReason,
    })),
    objections: objections.flat().map(({ id, name, contact, text, raisedAt, answer, answerReason }) => ({
      objectionId: id,
      name,
      contact,
      text,
      raisedAt,
      answer,
      answerReason,
    })),
  };
};

/** The person acting at this desk; else the answer. */
async function host(event: RequestEvent) {
  await atDesk(event, event.params.meetingId, 'watchAsHost');
  return personAt(event.locals.actor, event.params.meetingId);
}

export const actions: Actions = {
  publish: async (event) => {
    const personId = await host(event);
    const form = await event.request.formData();
    if (personId === null) return refusedForm(event, refuseOffice('not-allowed'), form, 403);
    const { text, lines } = fieldsOf(form);
    const kind = publicationKinds.find((each) => each === text('kind'));
    if (!kind) return refusedForm(event, refuseOffice('not-there'), form);
    const asked = {
      kind,
      title: text('title'),
      conclusions: lines('conclusions'),
      contact: text('contact'),
      from: text('from'),
      until: text('until'),
      origin: reachableOrigin(event.url),
    };
    const made = await publish(event.params.meetingId, asked, personId);
    return isOfficeRefusal(made) ? refusedForm(event, made, form) : { done: 'publish' };
  },

  withdraw: async (event) => {
    const personId = await host(event);
    const form = await event.request.formData();
    if (personId === null) return refusedForm(event, refuseOffice('not-allowed'), form, 403);
    const { text } = fieldsOf(form);
    const refusal = await withdraw(event.params.meetingId, text('for'), text('why'), personId);
    return refusal ? refusedForm(event, refusal, form) : { done: 'withdraw', of: text('for') };
  },

  answer: async (event) => {
    const personId = await host(event);
    const form = await event.request.formData();
    if (personId === null) return refusedForm(event, refuseOffice('not-allowed'), form, 403);
    const { text } = fieldsOf(form);
    const { communityId } = await homeOf(event.params.meetingId);
    const said = { answer: text('answer'), reason: text('reason') };
    const refusal = await answerObjection(communityId, text('for'), said, personId);
    return refusal ? refusedForm(event, refusal, form) : { done: 'answer', of: text('for') };
  },
};
