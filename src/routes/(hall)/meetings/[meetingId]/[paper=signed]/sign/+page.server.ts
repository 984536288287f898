// Freezing and signing a meeting's minutes: what stands, what this reader may do, and every act as a form. Keys sign through the endpoints beside it.
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { partiesRefusing } from '#lib/domain/meeting/consensus.ts';
import { mayDo } from '#lib/domain/meeting/policy.ts';
import type { SignedPaper } from '#lib/domain/minutes/record.ts';
import { signingRuleOf, signingTermsAt } from '#lib/domain/minutes/signing.ts';
import { isOfficeRefusal, refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { freezeReport, reopenReport } from '#lib/server/hearings/freeze-report.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { viewerAt } from '#lib/server/meetings/views.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { completeMinutes, publishedBundle } from '#lib/server/minutes/complete.ts';
import { logOriginOf } from '#lib/server/minutes/council-log.ts';
import { freezeMinutes, recordIn, reopenMinutes, standingRecord } from '#lib/server/minutes/freeze.ts';
import { enterPaperSignature, papersWaiting, settlePaperSignature } from '#lib/server/minutes/paper.ts';
import { signersOf } from '#lib/server/minutes/record-of-meeting.ts';
import { namesOf, personInRecord, signingView } from '#lib/server/minutes/sign.ts';
import { signingSite } from '#lib/server/minutes/site.ts';
import type { Actions, PageServerLoad } from './$types';

type At = RequestEvent<{ meetingId: string; paper: SignedPaper }>;

/** The meeting as its own people see it; nobody else may even know the minutes are being written. */
async function inside(event: Pick<At, 'locals' | 'params' | 'url'>) {
  const copy = await freshCopy(event.params.meetingId);
  const viewer = viewerAt(copy.state, event.locals.actor);
  const words = messagesFor(event.locals.lang).pages;
  if (copy.state.seq === 0) error(404, words.notFoundText);
  if (event.locals.actor.kind === 'nobody') redirect(303, `/sign-in?back=${encodeURIComponent(event.url.pathname)}`);
  if (viewer.personId === null || (viewer.seatId === null && viewer.roles.length === 0))
    error(403, words.forbiddenText);
  if (event.params.paper === 'report' && !copy.state.hearing) error(404, words.notFoundText);
  return { state: copy.state, viewer };
}

export const load: PageServerLoad = async (event) => {
  const { state, viewer } = await inside(event);
  const { meetingId, paper } = event.params;
  const record = await standingRecord(db, meetingId, paper);
  const [view, published] = await Promise.all([signingView(meetingId, paper), publishedBundle(meetingId, db, paper)]);
  const personIds = Object.keys(state.people);
  const names = personIds.map((personId) => state.people[personId]?.name.text ?? '');
  // Before the freeze the rule is shown as it would be now.
  const terms = signingTermsAt(state);
  const planned = signingRuleOf(
    terms,
    signersOf(state, { of: (personId) => personIds.indexOf(personId) }),
    partiesRefusing(state),
  );
  const mayRecord = mayDo(viewer.doers, 'enterPaperSignature');
  return {
    meetingId,
    paper,
    title: state.title?.text ?? '',
    adjourned: state.phase === 'adjourned',
    terms,
    planned: planned.requirements.map(({ eligible, ...rest }) => ({
      ...rest,
      names: eligible.map((at) => names[at] ?? ''),
    })),
    view,
    text: record === null ? [] : recordIn(record).text,
    names: record === null ? [] : await namesOf(record.id, recordIn(record)),
    me: record === null || viewer.personId === null ? null : await personInRecord(db, record.id, viewer.personId),
    mayFreeze: mayDo(viewer.doers, 'freezeMinutes'),
    mayReopen: mayDo(viewer.doers, 'freezeMinutes') && !(paper === 'report' && state.hearing?.report.published),
    mayRecord,
    site: signingSite(event.url),
    pageOrigin: event.url.origin,
    papers: record !== null && mayRecord ? await papersWaiting(record.id) : [],
    own: viewer.personId,
    fingerprint: published?.fingerprint ?? null,
    logId: published === null ? null : (await logOriginOf(db, meetingId)).replace(/^yishi\//, ''),
  };
};

/** One act: who may, what it answers. */
const acting =
  (
    deed: 'freezeMinutes' | 'enterPaperSignature',
    act: (event: At, form: FormData) => Promise<OfficeRefusal | object | null>,
    done: string,
  ) =>
  async (event: At) => {
    const { viewer } = await inside(event);
    const form = await event.request.formData();
    if (!mayDo(viewer.doers, deed)) return refusedForm(event, refuseOffice('not-allowed'), form, 403);
    const answer = await act(event, form);
    return answer !== null && isOfficeRefusal(answer) ? refusedForm(event, answer, form) : { done };
  };

export const actions: Actions = {
  freeze: acting(
    'freezeMinutes',
    ({ params: { meetingId, paper }, locals, url }) =>
      paper === 'report'
        ? freezeReport(meetingId, locals.actor, signingSite(url))
        : freezeMinutes(meetingId, locals.actor, signingSite(url)),
    'freeze',
  ),
  complete: acting('freezeMinutes', ({ params }) => completeMinutes(params.meetingId, params.paper), 'complete'),
  reopen: acting(
    'freezeMinutes',
    ({ params: { meetingId, paper }, locals }, form) => {
      const reason = fieldsOf(form).text('reason');
      return paper === 'report' ? reopenReport(meetingId, reason) : reopenMinutes(meetingId, reason, locals.actor);
    },
    'reopen',
  ),
  enterPaper: acting(
    'enterPaperSignature',
    async ({ params, locals }, form) => {
      const fields = fieldsOf(form);
      const scan = fields.file('scan');
      const entered = {
        person: fields.whole('person') ?? -1,
        statement: fields.text('statement'),
        text: fields.text('text'),
        scan: scan && new Uint8Array(await scan.arrayBuffer()),
      };
      return enterPaperSignature(params.meetingId, locals.actor, entered, params.paper);
    },
    'enterPaper',
  ),
  settlePaper: acting(
    'enterPaperSignature',
    ({ params, locals }, form) => {
      const fields = fieldsOf(form);
      const [paperId, confirms] = [fields.text('paperId'), fields.flag('confirms')];
      return settlePaperSignature(params.meetingId, locals.actor, paperId, confirms, params.paper);
    },
    'settlePaper',
  ),
};
