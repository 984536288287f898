// Answers of the few endpoints that speak JSON with a page's own script. A body that is not JSON, or is too large, reads as null.
import { json, type RequestEvent } from '@sveltejs/kit';
import type { OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { sentenceOf } from './refusal-sentences.ts';

const longestBody = 64 * 1024;

export async function jsonBody(request: Request): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await request.text().catch(() => '');
  if (text === '' || text.length > longestBody) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export const refusedJson = (event: RequestEvent, refusal: OfficeRefusal, status = 400): Response =>
  json({ ok: false, reason: refusal.reason, sentence: sentenceOf(event.locals.lang, refusal) }, { status });
