// What personal facts there are to forget, and after how many days at the latest. The office knows where each stands (server/retention); a
// community may choose its own periods within the bounds. Rules [RT…].

export interface Matter {
  readonly id: MatterId;
  /** Days after it has served its purpose. */
  readonly days: number;
  /** A community's own period is between these. */
  readonly least: number;
  readonly most: number;
}

export const matterIds = [
  /** Names and contacts of who brought a need that is answered. */
  'need_contacts',
  /** What a micro-wish tells of somebody's health or family, and its photograph, once it is kept or taken back. */
  'wish_details',
  /** How a giver of a wish is reached. */
  'wish_givers',
  /** Names and contacts of who objected, once answered. */
  'objection_contacts',
  /** How somebody who enrolled for a hearing is reached: as long as its announcement says, and no longer than this. */
  'hearing_contacts',
  /** Names and contacts under an opinion, once answered. */
  'feedback_contacts',
  /** Scans of hand-signed pages and drawn signatures that stand for nothing: of an erased person, a page sent back, a text that was opened anew. */
  'signature_images',
  /** The telephone number of somebody who holds no seat and no office any more. */
  'member_phones',
  /** Why somebody took leave from a meeting. */
  'leave_reasons',
  /** Which hand cast which ballot by name, from which sending. */
  'ballot_links',
  /** Printed slips: for entering, for funding ballots, for appraisals. */
  'slips',
  /** Devices of residents without an account, and the names they showed. */
  'guests',
  /** Sessions and half-finished sign-ins. */
  'sessions',
  /** Who downloaded a file with personal facts. Kept half a year at least, as logs must be. */
  'downloads',
] as const;
export type MatterId = (typeof matterIds)[number];

const matter = (id: MatterId, days: number, least: number, most: number): Matter => ({ id, days, least, most });

export const matters: readonly Matter[] = [
  matter('need_contacts', 365, 30, 1095),
  matter('wish_details', 180, 30, 730),
  matter('wish_givers', 90, 7, 365),
  matter('objection_contacts', 90, 30, 365),
  matter('hearing_contacts', 90, 7, 365),
  matter('feedback_contacts', 90, 30, 365),
  matter('signature_images', 90, 7, 365),
  matter('member_phones', 365, 30, 1095),
  matter('leave_reasons', 180, 30, 730),
  matter('ballot_links', 365, 30, 1095),
  matter('slips', 30, 7, 365),
  matter('guests', 180, 30, 730),
  matter('sessions', 30, 1, 180),
  matter('downloads', 1095, 183, 3650),
];

/** [RT1] The community's own period where it is within the bounds, else the program's. */
export function periodOf(id: MatterId, own: Readonly<Partial<Record<MatterId, number>>>): number {
  const found = matters.find((each) => each.id === id);
  if (!found) throw new Error(`no such matter: ${id}`);
  const days = own[id];
  return days !== undefined && Number.isSafeInteger(days) && days >= found.least && days <= found.most
    ? days
    : found.days;
}
