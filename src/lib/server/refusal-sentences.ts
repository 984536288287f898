// A refusal of the office as a sentence in the reader's language. Called by actions and endpoints, so that the words of all refusals stay
// on the server. A reason without a sentence does not compile.
import type { Lang } from '#lib/messages/lang.ts';
import { officeRefusals as en } from '#lib/messages/en/office-refusals.ts';
import { officeRefusals as zhCN } from '#lib/messages/zh-CN/office-refusals.ts';
import type { OfficeRefusal, OfficeRefusalReason } from '#lib/protocol/office-refusals.ts';

type Sentences = Readonly<Record<OfficeRefusalReason, (params: never) => string>>;

const sentences: Readonly<Record<Lang, Sentences>> = { en, 'zh-CN': zhCN };

export const sentenceOf = (lang: Lang, { reason, params }: OfficeRefusal): string =>
  // Each sentence names the parameters its refusal carries; a test renders every one of them.
  (sentences[lang][reason] as (params: OfficeRefusal['params']) => string)(params);
