// Whether those whose absence counts are still connected: remote seats, and residents who wait to be heard. Each process knows its own connections
// and asks the others over the bus; who is nowhere after the pack's grace is reported away, who is seen again is reported back. Rule [A5].
import { setTimeout as pause } from 'node:timers/promises';
import { isAway, presenceOf, waitsRemotely } from '#lib/domain/meeting/attendance.ts';
import { participantOf } from '#lib/domain/meeting/participants.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import type { Viewer } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { act } from '#lib/server/meetings/act.ts';
import { copyOf, freshCopy } from '#lib/server/meetings/copies.ts';
import { reportFailure } from '#lib/server/report-failure.ts';

/** "Whom of this meeting do you see?"; every process answers, the one that asks too. */
const presenceAsked = 'presence-asked';
/** `extra`: ids of seats and participants, some at a time. */
const presenceSeen = 'presence-seen';
const idsPerNotice = 200;
const answerWithinMs = 1_500;
/** A hall full of phones is not back in a moment after a restart: so much longer is waited for each person. */
const comingBackMsEach = 50;

/** The seat or participant a viewer speaks as; a resident may have come in after the connection was made. */
const speakerOf = (viewer: Viewer, state: MeetingState | undefined): string | null =>
  viewer.seatId ?? viewer.participantId ?? (state && participantOf(state, viewer)?.participantId) ?? null;

const counts = (state: MeetingState, speakerId: string): boolean => {
  const presence = presenceOf(state, speakerId);
  return (presence?.status === 'present' && presence.mode === 'remote') || waitsRemotely(state, speakerId);
};

const graceOf = (state: MeetingState | undefined): number => (state?.rules?.awayGraceSeconds ?? 60) * 1000;

export class Presence {
  readonly #viewersHere: (meetingId: string) => Iterable<Viewer>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Meetings that somebody has joined by this process. */
  readonly #met = new Set<string>();
  readonly #searches = new Set<{ readonly meetingId: string; readonly seen: Set<string> }>();
  readonly #unsubscribe: (() => void)[];

  constructor(viewersHere: (meetingId: string) => Iterable<Viewer>) {
    this.#viewersHere = viewersHere;
    this.#unsubscribe = [
      bus().subscribe(presenceAsked, ({ id }) => {
        const here = [...this.#speakersHere(id)];
        for (let at = 0; at < here.length; at += idsPerNotice)
          bus().publish(presenceSeen, id, Date.now(), here.slice(at, at + idsPerNotice).join(' '));
      }),
      bus().subscribe(presenceSeen, ({ id, extra = '' }) => {
        for (const { meetingId, seen } of this.#searches)
          if (meetingId === id) for (const speakerId of extra.split(' ')) seen.add(speakerId);
      }),
    ];
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /**
   * Somebody is connected. The first of a meeting starts one look after the grace for all who should be: whoever was connected to a process that
   * has been killed, and does not come back, would stay present for ever.
   */
  entered(meetingId: string, viewer: Viewer): void {
    const state = copyOf(meetingId)?.state;
    const speakerId = speakerOf(viewer, state);
    if (speakerId !== null) {
      this.#cancel(`${meetingId} ${speakerId}`);
      if (state && isAway(state, speakerId)) this.#report(meetingId, 'regainConnection', speakerId);
    }
    if (this.#met.has(meetingId)) return;
    this.#met.add(meetingId);
    const everybody = (of: MeetingState) => [...of.seatOrder, ...of.participants.order];
    const comingBackMs = state ? everybody(state).length * comingBackMsEach : 0;
    this.#after(graceOf(state) + comingBackMs, meetingId, async () => {
      const { state: now } = await freshCopy(meetingId);
      return everybody(now).filter((id) => counts(now, id) && !isAway(now, id));
    });
  }

  /** [A5] The last connection here of this person is gone: their grace begins. */
  left(meetingId: string, viewer: Viewer): void {
    // As it was last told here: nothing is asked of the database when a crowd leaves, and the law looks again after the grace.
    const state = copyOf(meetingId)?.state;
    const speakerId = speakerOf(viewer, state);
    if (!state || speakerId === null || !counts(state, speakerId)) return;
    this.#after(graceOf(state), `${meetingId} ${speakerId}`, () => Promise.resolve([speakerId]));
  }

  #speakersHere(meetingId: string): Set<string> {
    const state = copyOf(meetingId)?.state;
    return new Set([...this.#viewersHere(meetingId)].flatMap((viewer) => speakerOf(viewer, state) ?? []));
  }

  #cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  /** `key` begins with the meeting's id. */
  #after(graceMs: number, key: string, whom: () => Promise<readonly string[]>): void {
    this.#cancel(key);
    const [meetingId = ''] = key.split(' ');
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      whom()
        .then((ids) => this.#reportAbsent(meetingId, ids))
        .catch(unrecorded);
    }, graceMs);
    this.#timers.set(key, timer.unref());
  }

  async #reportAbsent(meetingId: string, speakerIds: readonly string[]): Promise<void> {
    if (speakerIds.length === 0) return;
    const search = { meetingId, seen: new Set<string>() };
    this.#searches.add(search);
    // With an `extra` it is dropped, not repeated later, where the bus is down: then nobody else is heard of, and whoever is there comes back by itself.
    bus().publish(presenceAsked, meetingId, Date.now(), '?');
    await pause(answerWithinMs, undefined, { ref: false });
    this.#searches.delete(search);
    for (const speakerId of speakerIds)
      if (!search.seen.has(speakerId)) this.#report(meetingId, 'loseConnection', speakerId);
  }

  #report(meetingId: string, type: 'loseConnection' | 'regainConnection', seatId: string): void {
    act(meetingId, { commandId: newId(), command: { type, seatId } }, { kind: 'system' }).catch(unrecorded);
  }
}

/** The database is gone for a moment: whoever comes back is heard of again. */
const unrecorded = (error: unknown): void => reportFailure('The presence of a seat could not be recorded', error);
