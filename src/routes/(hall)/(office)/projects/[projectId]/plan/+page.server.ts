// The plan while it is written together, its submission, and every submitted version beside the one before it.
import { comparePlans } from '#lib/domain/projects/plan.ts';
import { isOfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { planOf } from '#lib/protocol/plan-document.ts';
import { mayWritePlan } from '#lib/domain/policies.ts';
import { permitted, refusedForm } from '#lib/server/doorkeeper.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import { notThere, planWriter } from '#lib/server/projects/desk-door.ts';
import { draftedPlan, planDocument, submitPlan, versionsOf, writersOf } from '#lib/server/projects/plans.ts';
import { projectAtDesk } from '#lib/server/projects/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { projectId } = event.params;
  const { who, leads } = await planWriter(event, projectId);
  const project = await projectAtDesk(who.communityId, projectId);
  if (!project) notThere(event);
  const documentId = await planDocument(projectId);
  const [draft, versions] = await Promise.all([draftedPlan(projectId), versionsOf(projectId)]);
  return {
    project: {
      projectId,
      code: project.code,
      name: project.name,
      askedFen: project.askedFen,
      isDraft: project.isDraft,
    },
    documentId,
    personId: who.personId,
    leads,
    draft: planOf(draft),
    versions: versions.map(({ version, plan, askedFen, note, submittedAt }, at) => ({
      version,
      plan,
      askedFen,
      note,
      submittedAt,
      changes: at === 0 ? null : comparePlans(versions[at - 1]?.plan ?? plan, plan),
    })),
  };
};

export const actions: Actions = {
  submit: async (event) => {
    const { projectId } = event.params;
    const writers = await writersOf(projectId);
    const { who, refused } = await permitted(
      event,
      (who) => who !== null && mayWritePlan(who, { communityId: who.communityId, writers }),
    );
    if (refused) return refused;
    const form = await event.request.formData();
    const submitted = await submitPlan(who.communityId, projectId, fieldsOf(form).text('note'), who.personId);
    return isOfficeRefusal(submitted)
      ? refusedForm(event, submitted, form)
      : { done: 'submit', version: submitted.version };
  },
};
