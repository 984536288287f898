// The demo council's roster as the sheet a secretary would import: for the story's first step, for tests and for trying the import.
import { rosterColumns, rosterHeadings, type RosterColumn } from '#lib/domain/councils/roster.ts';
import { dataset, organisationOf, type DemoMember } from './dataset.ts';

const yesNo = (answer: boolean): string => (answer ? 'yes' : 'no');

const cellOf: Readonly<Record<RosterColumn, (member: DemoMember, at: number) => string>> = {
  order: (_member, at) => String(at + 1),
  name: ({ display_name }) => display_name,
  gender: () => '',
  birthMonth: () => '',
  sector: ({ sector }) => dataset.sectors.find(({ id }) => id === sector)?.name ?? '',
  unit: ({ org_id, role_note }) => organisationOf(org_id) ?? role_note,
  title: ({ title }) => title,
  phone: ({ mobile_demo }) => mobile_demo,
  voting: () => yesNo(true),
  largeType: ({ elder_mode }) => yesNo(elder_mode),
  consentPublishName: ({ consent_publish_name }) => yesNo(consent_publish_name),
  note: ({ note }) => note ?? '',
};

/** Headings and 25 rows. */
export const demoRosterSheet = (): string[][] => [
  rosterColumns.map((column) => rosterHeadings[column]),
  ...dataset.council.members.map((member, at) => rosterColumns.map((column) => cellOf[column](member, at))),
];
