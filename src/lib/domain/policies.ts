// Who may do what outside a meeting: one total function per matter, denying by default. Loads and actions ask as their first line.
// Inside a meeting its own table decides (domain/meeting); these functions never look at an actor, only at a standing the office read.
import type { Role } from './meeting/roles.ts';

/** What a signed-in person is in their community. Null stands for everybody else: guests, slips, nobody. */
export interface Standing {
  readonly personId: string;
  readonly communityId: string;
  /** Work for the community as a whole. */
  readonly staffRoles: readonly Role[];
  readonly councilRoles: readonly { readonly councilId: string; readonly role: Role }[];
  /** Councils in which this person holds a living seat. */
  readonly seatIn: readonly string[];
}

const office: readonly Role[] = ['chair', 'secretary'];

/** The community's own office: its chair and its secretary. */
const inOffice = (who: Standing | null, communityId: string): boolean =>
  who !== null && who.communityId === communityId && who.staffRoles.some((role) => office.includes(role));

/** Chair or secretary of this council. */
const leads = (who: Standing | null, council: Council): boolean =>
  who !== null &&
  who.communityId === council.communityId &&
  who.councilRoles.some(({ councilId, role }) => councilId === council.councilId && office.includes(role));

/** Chair or secretary of at least one council of the community. */
const leadsSome = (who: Standing | null, communityId: string): boolean =>
  who !== null && who.communityId === communityId && who.councilRoles.some(({ role }) => office.includes(role));

export interface Council {
  readonly councilId: string;
  readonly communityId: string;
}

/** Names of zones and building groups are no secret within the community. */
export const maySeeCommunity = (who: Standing | null, communityId: string): boolean =>
  who !== null && who.communityId === communityId;

export const mayManageCommunity = (who: Standing | null, communityId: string): boolean => inOffice(who, communityId);

/** Names and phone numbers of the whole community. */
export const maySeePeople = (who: Standing | null, communityId: string): boolean =>
  inOffice(who, communityId) || leadsSome(who, communityId);

export const mayManagePeople = (who: Standing | null, communityId: string): boolean =>
  inOffice(who, communityId) || leadsSome(who, communityId);

/** Staff roles give power over the whole community: a council's own secretary cannot hand them out, least of all to themselves. */
export const mayGiveStaffRoles = (who: Standing | null, communityId: string): boolean => inOffice(who, communityId);

/** Accounts: opening one, giving a new password. A council's secretary may not reset the office's passwords and so become it. */
export const mayManageAccountOf = (
  who: Standing | null,
  of: { readonly communityId: string; readonly holdsOffice: boolean },
): boolean => inOffice(who, of.communityId) || (leadsSome(who, of.communityId) && !of.holdsOffice);

/** Erasing cannot be undone: the community's office only. */
export const mayErasePeople = (who: Standing | null, communityId: string): boolean => inOffice(who, communityId);

/** The list of a council's members, without phone numbers. */
export const maySeeCouncil = (who: Standing | null, council: Council): boolean =>
  who !== null &&
  who.communityId === council.communityId &&
  (who.staffRoles.length > 0 ||
    who.seatIn.includes(council.councilId) ||
    who.councilRoles.some(({ councilId }) => councilId === council.councilId));

export const mayFoundCouncil = (who: Standing | null, communityId: string): boolean => inOffice(who, communityId);

/** Sectors, seats, titles, council roles, roster import. */
export const mayManageCouncil = (who: Standing | null, council: Council): boolean =>
  inOffice(who, council.communityId) || leads(who, council);

/** Rules are shown to whoever they bind. */
export const maySeeRulePacks = (who: Standing | null, communityId: string): boolean =>
  who !== null && who.communityId === communityId;

export const mayManageRulePacks = (who: Standing | null, communityId: string): boolean =>
  inOffice(who, communityId) || leadsSome(who, communityId);

/** Printing and revoking entry slips of a meeting: whoever prints a slip could enter as that person, so the hosts only. */
export const mayIssueSlips = (
  who: Standing | null,
  meeting: { readonly communityId: string; readonly councilId: string | null },
): boolean =>
  inOffice(who, meeting.communityId) ||
  (meeting.councilId !== null && leads(who, { councilId: meeting.councilId, communityId: meeting.communityId }));

/** The triage desk, authors' contacts, collection notices: the community's office and its councils' own. */
export const mayTriageNeeds = (who: Standing | null, communityId: string): boolean =>
  inOffice(who, communityId) || leadsSome(who, communityId);

/** Typing needs in for others, from paper or beside them: helpers too, who never read the contacts of anybody else. */
export const mayTypeNeeds = (who: Standing | null, communityId: string): boolean =>
  mayTriageNeeds(who, communityId) ||
  (who !== null && who.communityId === communityId && who.staffRoles.includes('helper'));

/** Projects from their first day: steps, checks, marks, publicity, contracts. */
export const mayRunProjects = (who: Standing | null, communityId: string): boolean =>
  inOffice(who, communityId) || leadsSome(who, communityId);

/** Funds, ceilings, awards by hand and payments: money is the community's office alone. */
export const mayKeepBooks = (who: Standing | null, communityId: string): boolean => inOffice(who, communityId);

/** A plan's draft and the applicant's contact: its writers and whoever runs projects. Nobody else, council members neither. */
export const mayWritePlan = (
  who: Standing | null,
  project: { readonly communityId: string; readonly writers: readonly string[] },
): boolean =>
  mayRunProjects(who, project.communityId) ||
  (who !== null && who.communityId === project.communityId && project.writers.includes(who.personId));

/** Incoming tasks and the lists they are held against, follow-ups, feedback: the community's office and its councils' own. */
export const mayRunAffairs = (who: Standing | null, communityId: string): boolean =>
  inOffice(who, communityId) || leadsSome(who, communityId);

/** The responsibility lists themselves: the community's office alone. */
export const mayKeepLists = (who: Standing | null, communityId: string): boolean => inOffice(who, communityId);

/** A letter that says no in the community's name is its chair's to confirm. */
export const mayConfirmLetters = (who: Standing | null, communityId: string): boolean =>
  who !== null && who.communityId === communityId && who.staffRoles.includes('chair');

/** The first community and its first secretary: only while the installation holds no community at all. */
export const maySetUp = (communitiesKept: number): boolean => communitiesKept === 0;
