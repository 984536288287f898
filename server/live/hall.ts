// Who is connected to which meeting in this process, and the telling: hears the bus, reads the rows, sends to the rooms.
// It decides nothing; who is away by now is presence.ts.
import { mayDo } from '#lib/domain/meeting/policy.ts';
import { audiences } from '#lib/domain/meeting/words.ts';
import type { Viewer } from '#lib/protocol/meeting.ts';
import { bus } from '#lib/server/bus.ts';
import { reportFailure } from '#lib/server/report-failure.ts';
import { meetingNotice } from '#lib/server/meetings/notice.ts';
import { dropCopy, freshCopy } from '#lib/server/meetings/copies.ts';
import { crowdNotice, hear, tell, watching } from '#lib/server/meetings/crowd.ts';
import { erasedNotice } from '#lib/server/meetings/erase.ts';
import { turnoutNotice, turnoutOf } from '#lib/server/polls/ballot-box.ts';
import { sheetNotice } from '#lib/server/polls/book.ts';
import { sheetOf } from '#lib/server/polls/sheets.ts';
import { changedQuestion, questionNotice } from '#lib/server/questions/questions.ts';
import { guestRoom, personRoom, roomOf, type LiveConnection, type LiveServer } from './connection.ts';
import { Presence } from './presence.ts';

interface Room {
  /** The last seq told to the rooms. */
  told: number;
  telling: boolean;
  again: boolean;
  readonly viewers: Map<string, Viewer>;
  /** Connections of the hall's screens: they show the meeting to people who are there, and are no residents who watch. */
  readonly screens: Set<string>;
}

/** Turnout and crowd are numbers to look at: four a second are plenty, and one a second where thousands must be told. */
const calmMs = 250;
const calmMsPerConnection = 0.5;
const crowdRepeatMs = 20_000;

export class Hall {
  readonly #io: LiveServer;
  readonly #rooms = new Map<string, Room>();
  readonly #presence = new Presence((meetingId) => this.#rooms.get(meetingId)?.viewers.values() ?? []);
  readonly #calm = new Map<string, NodeJS.Timeout>();
  readonly #lifting = new Set<string>();
  readonly #unsubscribe: (() => void)[];
  readonly #repeat: NodeJS.Timeout;

  constructor(io: LiveServer) {
    this.#io = io;
    const resync = () => {
      for (const meetingId of this.#rooms.keys()) void this.#tell(meetingId);
    };
    this.#unsubscribe = [
      bus().subscribe(meetingNotice, ({ id }) => void this.#tell(id), resync),
      bus().subscribe(turnoutNotice, ({ id }) => this.#calmly(`turnout ${id}`, () => this.#tellTurnout(id))),
      bus().subscribe(sheetNotice, ({ id }) => void this.#tellSheet(id)),
      bus().subscribe(questionNotice, ({ id }) => void this.#tellQuestion(id)),
      bus().subscribe(erasedNotice, ({ id }) => this.#forget(id)),
      bus().subscribe(crowdNotice, ({ id, extra, own }) => {
        const [from, count] = (extra ?? '').split(' ');
        if (own || (from && hear(id, from, Number(count)))) this.#calmly(`crowd ${id}`, () => this.#tellCrowd(id));
      }),
    ];
    this.#repeat = setInterval(() => {
      for (const [meetingId, room] of this.#rooms) tell(meetingId, residentsIn(room));
    }, crowdRepeatMs);
    this.#repeat.unref();
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#presence.close();
    for (const timer of this.#calm.values()) clearTimeout(timer);
    clearInterval(this.#repeat);
  }

  /** `seq` is that of the state the connection was given in the same turn: it hears everything after it. */
  entered(meetingId: string, connection: string, viewer: Viewer, seq: number, screen = false): void {
    const room = this.#rooms.get(meetingId) ?? {
      told: seq,
      telling: false,
      again: false,
      viewers: new Map(),
      screens: new Set(),
    };
    this.#rooms.set(meetingId, room);
    room.viewers.set(connection, viewer);
    if (screen) room.screens.add(connection);
    this.#presence.entered(meetingId, viewer);
    if (viewer.seatId === null) tell(meetingId, residentsIn(room));
    void this.#tell(meetingId);
  }

  left(meetingId: string, connection: string, viewer: Viewer): void {
    const room = this.#rooms.get(meetingId);
    if (!room) return;
    room.viewers.delete(connection);
    if (this.#lifting.delete(connection))
      this.#io.to(deskRooms(meetingId)).emit('wall:lifted', { meetingId, by: connection, name: '', topicId: null });
    room.screens.delete(connection);
    if (viewer.seatId === null) tell(meetingId, residentsIn(room));
    const isSame = viewer.seatId !== null ? sameSeat(viewer) : sameResident(viewer);
    if (![...room.viewers.values()].some(isSame)) this.#presence.left(meetingId, viewer);
    if (room.viewers.size === 0) this.#rooms.delete(meetingId);
  }

  /** Who holds a card of the wall: for those who look at it, from this process only, and gone with the connection. */
  lifts(meetingId: string, connection: LiveConnection, topicId: string | null): void {
    const viewer = this.#rooms.get(meetingId)?.viewers.get(connection.id);
    if (!viewer || !mayDo(viewer.doers, 'placeTopic')) return;
    if (topicId === null) this.#lifting.delete(connection.id);
    else this.#lifting.add(connection.id);
    const name = viewer.name ?? '';
    connection.to(deskRooms(meetingId)).emit('wall:lifted', { meetingId, by: connection.id, name, topicId });
  }

  // ── telling ─────────────────────────────────────────────────────────────────────────────────────

  /** Sends what the rooms have not been told yet, in order, whoever asks and however often. */
  async #tell(meetingId: string): Promise<void> {
    const room = this.#rooms.get(meetingId);
    if (!room) return;
    if (room.telling) {
      room.again = true;
      return;
    }
    room.telling = true;
    try {
      do {
        room.again = false;
        const copy = await freshCopy(meetingId);
        const from = room.told;
        if (copy.seq <= from) continue;
        room.told = copy.seq;
        for (const audience of audiences) {
          const events = copy.eventsFor(audience, from);
          this.#io
            .to(roomOf(meetingId, audience))
            .emit('meeting:events', { meetingId, from: from + 1, to: copy.seq, events });
        }
        for (const event of copy.eventsFor('hosts', from))
          if (event.type === 'SeatAdmitted' || event.type === 'SeatDeclined')
            this.#io.to(guestRoom(event.payload.guestId)).emit('viewer:changed', {
              meetingId,
              reason: event.type === 'SeatAdmitted' ? 'admitted' : 'declined',
            });
      } while (room.again);
    } catch (error) {
      reportFailure('A meeting could not be told', error);
    } finally {
      room.telling = false;
    }
  }

  #calmly(key: string, send: () => Promise<void>): void {
    if (this.#calm.has(key)) return;
    this.#calm.set(
      key,
      setTimeout(
        () => {
          this.#calm.delete(key);
          send().catch((error: unknown) => reportFailure('A count could not be told', error));
        },
        Math.max(calmMs, this.#io.engine.clientsCount * calmMsPerConnection),
      ),
    );
  }

  async #tellTurnout(id: string): Promise<void> {
    const [meetingId = '', pollId = ''] = id.split(' ');
    if (!this.#rooms.has(meetingId)) return;
    const turnout = await turnoutOf(pollId);
    if (turnout) this.#toAll(meetingId).emit('poll:turnout', { meetingId, ...turnout });
  }

  async #tellCrowd(meetingId: string): Promise<void> {
    this.#toAll(meetingId).emit('crowd:count', { meetingId, watching: watching(meetingId) });
    return Promise.resolve();
  }

  async #tellSheet(id: string): Promise<void> {
    const [meetingId = '', sheetId = ''] = id.split(' ');
    if (!this.#rooms.has(meetingId)) return;
    const sheet = await sheetOf(sheetId);
    if (sheet) this.#io.to(deskRooms(meetingId)).emit('sheet:changed', { meetingId, sheet });
  }

  /** Hidden and waiting questions leave no copy in anybody's page but the desk's and their author's. */
  async #tellQuestion(id: string): Promise<void> {
    const [meetingId = '', questionId = ''] = id.split(' ');
    if (!this.#rooms.has(meetingId)) return;
    const changed = await changedQuestion(questionId);
    if (!changed) return;
    const { author, forAuthor, forDesk, forEveryone } = changed;
    const [kind = '', authorId = ''] = author.split(':');
    const authorRoom = kind === 'person' ? personRoom(meetingId, authorId) : guestRoom(authorId);
    if (forDesk) this.#io.to(deskRooms(meetingId)).emit('question:changed', { meetingId, question: forDesk });
    const others = this.#io.to([roomOf(meetingId, 'members'), roomOf(meetingId, 'everyone')]).except(authorRoom);
    if (forEveryone) others.emit('question:changed', { meetingId, question: forEveryone });
    else others.emit('question:removed', { meetingId, questionId });
    if (forAuthor)
      this.#io.to(authorRoom).except(deskRooms(meetingId)).emit('question:changed', { meetingId, question: forAuthor });
  }

  /** After an erasure every copy goes and every screen folds anew. */
  #forget(meetingId: string): void {
    dropCopy(meetingId);
    this.#toAll(meetingId).emit('viewer:changed', { meetingId, reason: 'reload' });
  }

  #toAll(meetingId: string) {
    return this.#io.to(audiences.map((audience) => roomOf(meetingId, audience)));
  }
}

const sameSeat =
  ({ seatId }: Viewer) =>
  (other: Viewer): boolean =>
    other.seatId === seatId;

const sameResident =
  ({ guestId, personId }: Viewer) =>
  (other: Viewer): boolean =>
    (personId !== null && other.personId === personId) || (guestId !== null && other.guestId === guestId);

const deskRooms = (meetingId: string): string[] => [roomOf(meetingId, 'desk'), roomOf(meetingId, 'hosts')];

const residentsIn = ({ viewers, screens }: Pick<Room, 'viewers' | 'screens'>): number =>
  [...viewers].filter(
    ([connection, { seatId, roles }]) => seatId === null && roles.length === 0 && !screens.has(connection),
  ).length;
