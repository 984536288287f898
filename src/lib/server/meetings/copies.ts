// This process's folded copies of meetings: the log in memory, the whole state for deciding, and one state per audience for viewing.
// Copies are caches: the log in the database decides, and any copy may be dropped at any moment.
import { evolve } from '#lib/domain/meeting/evolve.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { emptyMeeting, type MeetingState } from '#lib/domain/meeting/state.ts';
import { audiences, type Audience } from '#lib/domain/meeting/words.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { entryFor, readEntries, type Entry } from './log.ts';

export class MeetingCopy {
  readonly meetingId: string;
  readonly #entries: Entry[] = [];
  readonly #states = new Map<Audience, MeetingState>();
  readonly #encoded = new Map<Audience, { seq: number; json: string }>();

  constructor(meetingId: string) {
    this.meetingId = meetingId;
    for (const audience of audiences) this.#states.set(audience, emptyMeeting(meetingId));
  }

  get seq(): number {
    return this.#entries.length;
  }

  /** Everything, as the law decides on it; hosts read the same. */
  get state(): MeetingState {
    return this.stateFor('hosts');
  }

  stateFor(audience: Audience): MeetingState {
    return this.#states.get(audience) ?? emptyMeeting(this.meetingId);
  }

  /** The folded state as JSON, encoded once per audience and seq, shared by all who join. */
  encodedFor(audience: Audience): string {
    const known = this.#encoded.get(audience);
    if (known?.seq === this.seq) return known.json;
    const json = JSON.stringify(this.stateFor(audience));
    this.#encoded.set(audience, { seq: this.seq, json });
    return json;
  }

  /** Folds entries that follow the last one; others are ignored, so telling it twice is harmless. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.event.seq !== this.seq + 1) continue;
      this.#entries.push(entry);
      for (const audience of audiences) {
        const event = entryFor(entry, audience);
        const before = this.stateFor(audience);
        this.#states.set(audience, event ? evolve(before, event) : { ...before, seq: entry.event.seq });
      }
    }
  }

  /** What `audience` reads of (since, seq]. */
  eventsFor(audience: Audience, since: number): MeetingEvent[] {
    return this.#entries.slice(since).flatMap((entry) => entryFor(entry, audience) ?? []);
  }
}

const copies = new Map<string, MeetingCopy>();
const catchingUp = new Map<string, Promise<MeetingCopy>>();
/** Meetings nobody looks at any more are let go beyond this many. */
const keepAtMost = 200;

/** The copy as it stands in this process, possibly behind the log; null when there is none. */
export const copyOf = (meetingId: string): MeetingCopy | null => copies.get(meetingId) ?? null;

/** The copy, caught up with the log as `store` sees it. Inside a transaction that holds the meeting's lock it is exact. */
export async function caughtUp(meetingId: string, store: Queryable): Promise<MeetingCopy> {
  const copy = copies.get(meetingId) ?? new MeetingCopy(meetingId);
  copy.add(await readEntries(store, meetingId, copy.seq));
  copies.delete(meetingId);
  copies.set(meetingId, copy);
  for (const oldest of copies.keys()) {
    if (copies.size <= keepAtMost) break;
    copies.delete(oldest);
  }
  return copy;
}

/** Catches up outside any transaction, at most once at a time per meeting. */
export function freshCopy(meetingId: string): Promise<MeetingCopy> {
  const running = catchingUp.get(meetingId);
  if (running) return running;
  const started = caughtUp(meetingId, db).finally(() => catchingUp.delete(meetingId));
  catchingUp.set(meetingId, started);
  return started;
}

/** Throws a copy away: after an erasure, or when a transaction that had folded into it was rolled back. */
export const dropCopy = (meetingId: string): void => {
  copies.delete(meetingId);
};
