// A refusal of the law as the sentence somebody reads. Called by rooms for refusals that come over the socket, and by the office for
// forms without scripts. Never shows a code alone: every reason has its sentence, or it does not compile.
import type { Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Messages } from './zh-CN.ts';

export function refusalSentence(messages: Messages, refusal: Refusal): string {
  // Each sentence names the parameters the law sends with its reason; refusals.test.ts says every one of them.
  const sentence = messages.refusals[refusal.reason] as string | ((p: Refusal['params']) => string);
  return typeof sentence === 'string' ? sentence : sentence(refusal.params);
}
