// A refusal of the law as the sentence somebody reads. Called by rooms for refusals that come over the socket, and by the office for
// forms without scripts. Never shows a code alone: every reason has its sentence, or it does not compile.
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import { formatYuan } from './format.ts';
import type { Messages } from './zh-CN.ts';

export function refusalSentence(messages: Messages, refusal: Refusal): string {
  const unsound = unsoundSentence(messages, refusal);
  if (unsound !== null) return unsound;
  // Each sentence names the parameters the law sends with its reason; refusals.test.ts says every one of them.
  const sentence = messages.refusals[refusal.reason] as string | ((p: Refusal['params']) => string);
  return typeof sentence === 'string' ? sentence : sentence(refusal.params);
}

/** What is wrong with a funding ballot or its call, in the words the counting itself uses; null for anything else. */
function unsoundSentence({ funding }: Messages, { reason, params }: Refusal): string | null {
  if (reason !== 'ballot-unsound' && reason !== 'call-unsound') return null;
  const words: Readonly<Record<string, unknown>> =
    reason === 'ballot-unsound' ? funding.ballotRefusals : funding.callRefusals;
  const kind = String(params.kind);
  if (!Object.prototype.hasOwnProperty.call(words, kind)) return null;
  const sentence = words[kind] as string | ((p: object) => string);
  if (typeof sentence === 'string') return sentence;
  const yuan = (fen: string | number | undefined): string => formatYuan(Number(fen ?? 0));
  const of = String(params.of ?? '');
  return sentence({
    ...params,
    cost: yuan(params.costFen),
    budget: yuan(params.budgetFen),
    limit: yuan(params.limitFen),
    atMost: params.atMost ?? params.atMostEach,
    project: params.project ?? params.projectId,
    what: of === '' ? funding.callRefusals.theBudget : funding.callRefusals.named({ id: of }),
  });
}
