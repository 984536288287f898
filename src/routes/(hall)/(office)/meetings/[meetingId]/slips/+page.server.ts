// A meeting's entry slips: printing, revoking. Codes are in the answer of the printing form only; they exist nowhere else.
import { error } from '@sveltejs/kit';
import { mayIssueSlips } from '#lib/domain/policies.ts';
import { meetingForSlips, slipCandidates } from '#lib/server/auth/slip-candidates.ts';
import { issueSlips, revokeSlip } from '#lib/server/auth/slips.ts';
import { permitted, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const meeting = await meetingForSlips(event.params.meetingId);
  await standingThat(event, (who) => meeting !== null && mayIssueSlips(who, meeting));
  if (!meeting) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  return { meeting, people: await slipCandidates(meeting), site: reachableOrigin(event.url) };
};

async function mayIssue(event: RequestEvent) {
  const meeting = await meetingForSlips(event.params.meetingId);
  const asked = await permitted(event, (who) => meeting !== null && mayIssueSlips(who, meeting));
  return { meeting, refused: asked.refused };
}

/** Issues slips and answers with what is to be printed. `whom` reads from the form for whom; null for everybody. */
const print = (whom: (form: FormData) => string | null) => async (event: RequestEvent) => {
  const { meeting, refused } = await mayIssue(event);
  if (refused) return refused;
  if (!meeting) error(404);
  const only = whom(await event.request.formData());
  const wanted = (await slipCandidates(meeting)).filter(({ personId }) => only === null || personId === only);
  const issued = await issueSlips(
    meeting.meetingId,
    wanted.map(({ personId }) => personId),
    { replaceUsed: only !== null },
  );
  const printed = issued.map(({ personId, code }) => {
    const person = wanted.find((candidate) => candidate.personId === personId);
    return { personId, code, name: person?.name ?? '', beside: person?.beside ?? '' };
  });
  return { done: 'print', printed };
};

export const actions: Actions = {
  all: print(() => null),
  one: print((form) => fieldsOf(form).text('for')),

  revoke: async (event) => {
    const { meeting, refused } = await mayIssue(event);
    if (refused) return refused;
    if (!meeting) error(404);
    await revokeSlip(meeting.meetingId, fieldsOf(await event.request.formData()).text('for'));
    return { done: 'revoke' };
  },
};
