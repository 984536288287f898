// The fields of PersonFields.svelte as facts about a person. Called by the actions that add and correct somebody.
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { PersonFacts } from './register.ts';

export function personFactsOf(form: FormData): PersonFacts {
  const { text, textOrNull, flag } = fieldsOf(form);
  // One list holds zones and groups: `zone:…` or `group:…`.
  const [kind, id] = text('place').split(':');
  return {
    name: text('name'),
    phone: textOrNull('phone'),
    gender: textOrNull('gender'),
    birthMonth: textOrNull('birthMonth'),
    roleNote: textOrNull('roleNote'),
    organisation: textOrNull('organisation'),
    zoneId: kind === 'zone' && id ? id : null,
    buildingGroupId: kind === 'group' && id ? id : null,
    largeType: flag('largeType'),
    hasSmartphone: flag('hasSmartphone'),
    consentPublishName: flag('consentPublishName'),
    note: textOrNull('note'),
  };
}
