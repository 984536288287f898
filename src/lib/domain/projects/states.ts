// The states of a service project, from a collected need to closure, in their order. Read by the schema, the table of transitions and pages.
// What leads from one to the next, and who may, stands in transitions.ts and nowhere else.

/** The straight way. */
export const projectStates = [
  'collecting',
  'analysed',
  'deliberated',
  'plan_published',
  'reviewed',
  'approved',
  'publicised',
  'contracted',
  'in_progress',
  'midterm',
  'completed',
  'resident_appraised',
  'closed',
] as const;

/** Beside it: the council said no, something must be put right by a day, the project ended early. */
export const sideStates = ['not_approved', 'rectifying', 'terminated'] as const;

export const allProjectStates = [...projectStates, ...sideStates] as const;
export type ProjectState = (typeof allProjectStates)[number];
