// The answer to a rule pack form that was refused or only previewed: the rules as typed, what they mean, and which field is unfit. Called by
// the two pages that edit packs, so that nothing typed is lost.
import { fail, type RequestEvent } from '@sveltejs/kit';
import type { OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { faultOfRulePack } from '#lib/domain/meeting/rules.ts';
import { refusedForm } from '#lib/server/doorkeeper.ts';
import type { RulesWithoutId } from './rule-packs.ts';
import { ruleSentenceFor } from './rule-sentence.ts';

export function previewedRules(event: RequestEvent, rules: RulesWithoutId) {
  const unfit = faultOfRulePack({ ...rules, packId: '' });
  return { rules, unfit, preview: unfit === null ? ruleSentenceFor(event.locals.lang, rules) : null };
}

export function refusedRules(event: RequestEvent, refusal: OfficeRefusal, rules: RulesWithoutId) {
  const { status, data } = refusedForm(event, refusal);
  const unfit = refusal.reason === 'rules-unfit' ? String(refusal.params['field']) : null;
  return fail(status, { ...data, rules, unfit, preview: null });
}
