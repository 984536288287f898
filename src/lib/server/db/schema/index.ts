// The whole schema, for the client and for generating migrations.
export * from './community.ts';
export * from './accounts.ts';
export * from './meetings.ts';
export * from './polls.ts';
export * from './open-space.ts';
export * from './projects.ts';
export * from './documents.ts';
export * from './ledger.ts';
export * from './allocations.ts';
export * from './appraisals.ts';
export * from './publications.ts';
export * from './follow-ups.ts';
export * from './tasks.ts';
export * from './feedback.ts';
export * from './hearings.ts';
export * from './signed-minutes.ts';
