// The places of a hearing as a secretary types them, one a line: `利害关系居民 7`. Called by the announcing form. What has no number gets none, which
// the law then names.
import type { HearingPlace } from '#lib/domain/hearings/draw.ts';

export const placesOfLines = (typed: string): HearingPlace[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, at) => {
      const found = /^(.*?)[\s:：,，、]*(\d{1,4})\s*[席人名]?$/.exec(line);
      return { key: `p${at + 1}`, name: found?.[1]?.trim() ?? line, seats: Number(found?.[2] ?? 0) };
    });
