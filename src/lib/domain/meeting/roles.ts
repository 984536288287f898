// The roles a person can hold in a community or at a meeting. One person may hold several.
export const roles = [
  'chair',
  'secretary',
  'moderator',
  'teller',
  'vote_monitor',
  'helper',
  'member',
  'non_voting',
  'observer',
] as const;

export type Role = (typeof roles)[number];
