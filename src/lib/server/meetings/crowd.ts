// How many watch a meeting without a seat: counted, not listed. Each process knows its own and hears the others' over the bus.
// Only a number to show: nothing is ever decided by it.
import { bus } from '#lib/server/bus.ts';
import { newId } from '#lib/protocol/ids.ts';

/** The bus kind for "this process has so many watching"; `extra` is `process count`. */
export const crowdNotice = 'crowd';

/** A process that has not been heard of for this long is gone. */
const staleMs = 60_000;

export const processId = newId();
const counts = new Map<string, Map<string, { count: number; at: number }>>();

export function watching(meetingId: string): number {
  let sum = 0;
  const freshest = Date.now() - staleMs;
  for (const [from, { count, at }] of counts.get(meetingId) ?? [])
    if (from === processId || at >= freshest) sum += count;
  return sum;
}

/** True when the sum has changed by it. */
export function hear(meetingId: string, from: string, count: number): boolean {
  const before = watching(meetingId);
  const known = counts.get(meetingId) ?? new Map<string, { count: number; at: number }>();
  if (count === 0) known.delete(from);
  else known.set(from, { count, at: Date.now() });
  if (known.size === 0) counts.delete(meetingId);
  else counts.set(meetingId, known);
  return watching(meetingId) !== before;
}

export function tell(meetingId: string, count: number): void {
  hear(meetingId, processId, count);
  bus().publish(crowdNotice, meetingId, Date.now(), `${processId} ${count}`);
}
