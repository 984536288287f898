// The whole schema, for the client and for generating migrations.
export * from './community.ts';
export * from './accounts.ts';
export * from './meetings.ts';
export * from './polls.ts';
export * from './projects.ts';
export * from './documents.ts';
export * from './ledger.ts';
<<<<<<< HEAD
export * from './allocations.ts';
=======
export * from './appraisals.ts';
>>>>>>> a9c9f30 (Appraise finished projects by residents: bearers' slips, phones and paper typed twice, exact figures, small groups hidden)
