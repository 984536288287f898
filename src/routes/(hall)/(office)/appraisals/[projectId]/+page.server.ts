// The desk of one project's appraisal. Codes of slips are in the answer of the printing form only; they exist nowhere else.
import { error } from '@sveltejs/kit';
import { mayRunProjects } from '#lib/domain/policies.ts';
import { isServiceRefusal } from '#lib/domain/service-refusal.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import {
  announceAppraisal,
  appraisalsOf,
  closeAppraisal,
  draftAppraisal,
  openAppraisal,
  progressOf,
  projectToAppraise,
  withdrawDraft,
} from '#lib/server/appraisals/appraisals.ts';
import { enterPaperForm, takeEntryBack } from '#lib/server/appraisals/forms.ts';
import { callBackSlips, issueAppraisalSlips } from '#lib/server/appraisals/slips.ts';
import { permitted, refusedForm, standingThat } from '#lib/server/doorkeeper.ts';
import { fieldsOf, type FormFields } from '#lib/server/form-fields.ts';
import { messagesFor } from '#lib/server/messages-for.ts';
import { reachableOrigin } from '#lib/server/reachable-origin.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const slipsAtOnce = 400;

export const load: PageServerLoad = async (event) => {
  const project = await projectToAppraise(event.params.projectId);
  await standingThat(event, (who) => project !== null && mayRunProjects(who, project.communityId));
  if (!project) error(404, messagesFor(event.locals.lang).pages.notFoundText);
  const rounds = await appraisalsOf(event.params.projectId);
  const [latest] = rounds;
  return {
    project: { code: project.code, name: project.name, completed: project.status === 'completed' },
    rounds: rounds.map(({ id, round, status, rules, groups, items, result }) => ({
      appraisalId: id,
      round,
      status,
      rules,
      groups,
      items,
      // Not before the close: the desk sees heads, never answers.
      result,
    })),
    progress: latest && latest.status !== 'announced' ? await progressOf(latest.id) : null,
    site: reachableOrigin(event.url),
  };
};

interface Asked {
  readonly fields: FormFields;
  readonly appraisalId: string;
  readonly personId: string;
}

/** One deed of the desk: who may, on the project's latest appraisal; what `deed` returns is the answer. */
const deed =
  (perform: (asked: Asked, event: RequestEvent) => Promise<unknown>) =>
  async (event: RequestEvent): Promise<unknown> => {
    const project = await projectToAppraise(event.params.projectId);
    const { who, refused } = await permitted(
      event,
      (who) => project !== null && mayRunProjects(who, project.communityId),
    );
    if (refused) return refused;
    const form = await event.request.formData();
    const [latest] = await appraisalsOf(event.params.projectId);
    const outcome = await perform(
      { fields: fieldsOf(form), appraisalId: latest?.id ?? '', personId: who.personId },
      event,
    );
    if (isServiceRefusal(outcome) || isOfficeRefusal(outcome)) return refusedForm(event, outcome, form);
    const action = Array.from(event.url.searchParams.keys())
      .find((key) => key.startsWith('/'))
      ?.slice(1);
    return { done: action, ...(typeof outcome === 'object' ? outcome : {}) };
  };

const linesOf = (text: string): string[] => text.split(/\r?\n/);

/** `54500` for five items: one digit each, 0 for no mark. Null when it is something else. */
const marksOf = (typed: string): (number | null)[] =>
  Array.from(typed, (digit) => (digit === '0' ? null : Number(digit)));

export const actions: Actions = {
  draft: deed(({ fields, personId }, { params }) =>
    draftAppraisal(
      params.projectId,
      {
        rules: {
          passRatio: { numerator: fields.whole('passPercent') ?? 0, denominator: 100 },
          minValid: fields.whole('minValid') ?? 0,
        },
        groups: linesOf(fields.lines('groups')),
        items: linesOf(fields.lines('items')),
      },
      personId,
    ),
  ),
  withdraw: deed(({ appraisalId }) => withdrawDraft(appraisalId)),
  issue: deed(async ({ fields, appraisalId }) => {
    const howMany = fields.whole('howMany') ?? 0;
    const printed = await issueAppraisalSlips(appraisalId, fields.text('for'), Math.min(howMany, slipsAtOnce));
    return isServiceRefusal(printed) || isOfficeRefusal(printed)
      ? printed
      : { printed, onPaper: fields.flag('onPaper') };
  }),
  callBack: deed(async ({ fields, appraisalId }) => {
    await callBackSlips(appraisalId, fields.text('for'));
  }),
  open: deed(({ appraisalId }) => openAppraisal(appraisalId)),
  paper: deed(async ({ fields, appraisalId, personId }) => {
    const spoiled = fields.text('void');
    const content = spoiled
      ? { void: spoiled }
      : { answer: fields.text('answer'), marks: marksOf(fields.text('marks')), comment: fields.lines('comment') };
    const entered = await enterPaperForm(appraisalId, fields.text('code'), content, personId);
    return entered === 'first' || entered === 'counted' ? { entered } : entered;
  }),
  takeBack: deed(({ fields, appraisalId }) => takeEntryBack(appraisalId, fields.text('code'))),
  close: deed(({ appraisalId }) => closeAppraisal(appraisalId)),
  announce: deed(({ fields, appraisalId, personId }) =>
    announceAppraisal(appraisalId, { why: fields.text('why'), rectifyBy: fields.text('rectifyBy') }, personId),
  ),
};
