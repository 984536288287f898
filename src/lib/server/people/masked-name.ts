// How a person is named outside the council: whole where they consented in writing, else the first character and two stars.
// Everything published goes through here; the erased have no name at all.
import { maskName } from '#lib/domain/meeting/words.ts';

export const maskedName = (person: { readonly name: string | null; readonly consentPublishName: boolean }): string =>
  person.name === null ? '' : person.consentPublishName ? person.name : maskName(person.name);
