// Where a resident's need stands and where it was sent. Read by the schema, the triage rules and pages. Nothing is ever deleted:
// an author's link tells these words for ever.

export const needStates = [
  /** Taken down; only its author and the office read it. */
  'received',
  /** Shown to everybody, gathers support. */
  'open',
  /** Goes on inside another need; its author is told which. */
  'merged',
  /** Sent to a destination. */
  'routed',
  /** What was asked for has been done. */
  'done',
  /** Answered with a no and a reason. */
  'declined',
] as const;
export type NeedState = (typeof needStates)[number];

export const destinations = ['project', 'micro_wish', 'residents_committee', 'workstation', 'owners_assembly'] as const;
export type Destination = (typeof destinations)[number];

/** How a need came in. */
export const needChannels = [
  'phone',
  'assisted',
  'paper',
  'open_space',
  'micro_wish',
  'hotline',
  'grid_visit',
] as const;
export type NeedChannel = (typeof needChannels)[number];

/** A micro-wish on its way: open → claimed → fulfilled, or taken back. */
export const wishStates = ['open', 'claimed', 'fulfilled', 'withdrawn'] as const;
export type WishState = (typeof wishStates)[number];
