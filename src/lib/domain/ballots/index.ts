// Every ballot method there is. One file and one line each.
import { forAgainstAbstain } from './for-against-abstain.ts';
import type { BallotMethod } from './method.ts';
import { singleChoice } from './single-choice.ts';

export const methods: readonly BallotMethod[] = [forAgainstAbstain as BallotMethod, singleChoice as BallotMethod];

export const methodOf = (id: string): BallotMethod | undefined => methods.find((method) => method.id === id);
