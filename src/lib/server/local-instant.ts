// A date and time as a form sends it, on the clock of the community's home zone, as an instant. The counterpart of formatLocalInput.
// China has had one offset and no summer time since 1991, so no time zone tables are asked.
const offsetMs = 8 * 3_600_000;

/** `2026-11-20T14:00` at home → ms since 1970; null for anything that is not a real date and time. */
export function instantOfLocal(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text.trim());
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute));
  // 31 February would slide into March.
  const isReal =
    utc.getUTCFullYear() === year &&
    utc.getUTCMonth() === month - 1 &&
    utc.getUTCDate() === day &&
    utc.getUTCHours() === hour &&
    utc.getUTCMinutes() === minute;
  return isReal ? utc.getTime() - offsetMs : null;
}
