// The pre-check of a submitted plan: which questions there are, and which of them the program answers by itself. Pure. Rule [J5].

/** Asked of a person of the office, one by one. The last four are what this money may never be used for. */
export const askedChecks = [
  'feasible',
  'no-office-expenses',
  'no-wages',
  'no-private-costs',
  'no-others-liability',
] as const;

/** What the program can see for itself. */
export const seenChecks = ['serves-needs', 'has-organisation', 'not-owners-assembly'] as const;

export type CheckQuestion = (typeof askedChecks)[number] | (typeof seenChecks)[number];

export interface CheckAnswer {
  readonly question: CheckQuestion;
  /** Null while nobody has answered. */
  readonly passed: boolean | null;
  readonly reason: string;
}

export interface CheckedProject {
  readonly needs: number;
  readonly organisationName: string;
  readonly ownersMatter: string;
}

/** All questions in their order, with what the program sees and what people have answered. */
export function answersOf(
  project: CheckedProject,
  answered: readonly { readonly question: string; readonly passed: boolean; readonly reason: string }[],
): CheckAnswer[] {
  const seen: Readonly<Record<(typeof seenChecks)[number], boolean>> = {
    'serves-needs': project.needs > 0,
    'has-organisation': project.organisationName.trim() !== '',
    'not-owners-assembly': project.ownersMatter !== 'owners_assembly',
  };
  return [
    ...seenChecks.map((question) => ({ question, passed: seen[question], reason: '' })),
    ...askedChecks.map((question) => {
      const answer = answered.find((each) => each.question === question);
      return { question, passed: answer?.passed ?? null, reason: answer?.reason ?? '' };
    }),
  ];
}

export const sumOfChecks = (answers: readonly CheckAnswer[]): { open: number; failed: number } => ({
  open: answers.filter(({ passed }) => passed === null).length,
  failed: answers.filter(({ passed }) => passed === false).length,
});
