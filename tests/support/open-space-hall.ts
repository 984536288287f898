// The demo's open space with its 46 people: 33 with a phone over real sockets, 13 through a helper, as the dataset has them. Called by the
// scenario of script 6.2, by crash tests and by the bench. It does what phones do and never reaches into the office.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { WebSocket } from 'ws';
import { documentsDoor } from '#server/documents/documents-door.ts';
import { liveDoor } from '#server/live/live-door.ts';
import { DocumentLink } from '#lib/client/document-link.ts';
import type { Command } from '#lib/domain/meeting/commands.ts';
import type { OpenSpaceState } from '#lib/domain/meeting/open-space/space.ts';
import { noteText, type NotePart } from '#lib/protocol/notes-document.ts';
import { bus } from '#lib/server/bus.ts';
import type { DemoIds } from '#lib/server/demo/community.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { aGuest, enteredBySlip } from './world.ts';

export const demoMeeting = dataset.meetings.find(({ id }) => id === 'MT2') as (typeof dataset.meetings)[number] & {
  participants: number;
  with_phone: number;
  assisted: number;
  topics: { id: string; title: string; convener: string; table: number; round: number; dots: number }[];
  topics_posted_list: { id: string; title: string; convener: string; merged_into: string | null }[];
  dots_total: number;
  commitments: { topic: string; action: string; owner: string; due: string }[];
  topic_to_need: Record<string, string[]>;
};

/** The live door and the document door on one port, as the program has them. */
export async function openHallWithDocuments(): Promise<string> {
  const server = createServer();
  const live = await liveDoor(server);
  const documents = await documentsDoor(server);
  await bus().listening();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(async () => {
    await live.close();
    await documents.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A link to a table's notes from a phone with this cookie. `drop` and `back` are the network going and coming. */
export function notesLink(url: string, documentId: string, cookie: string) {
  let dead = false;
  class PhoneSocket extends WebSocket {
    constructor(address: string) {
      super(dead ? 'ws://127.0.0.1:1' : address, { headers: { cookie } });
      this.on('error', () => {});
      sockets.add(this);
    }
  }
  const sockets = new Set<WebSocket>();
  const link = new DocumentLink({
    documentId,
    personId: 'phone',
    serverUrl: url.replace('http', 'ws'),
    WebSocket: PhoneSocket as unknown as typeof globalThis.WebSocket,
    storage: null,
    page: null,
    maxBackoffTime: 200,
  });
  return {
    link,
    write: (part: NotePart, text: string) =>
      link.edit((doc) => noteText(doc, part).insert(noteText(doc, part).length, text)),
    read: (part: NotePart): string => noteText(link.doc, part).toString(),
    drop() {
      dead = true;
      for (const socket of sockets) socket.terminate();
    },
    back() {
      dead = false;
    },
  };
}

export interface Person {
  /** Null for somebody without a phone. */
  readonly phone: Participant | null;
  readonly cookie: string;
  participantId: string;
}

export class OpenSpaceHall {
  readonly url: string;
  readonly meetingId: string;
  readonly #ids: DemoIds;
  secretary!: Participant;
  chair!: Participant;
  helper!: Participant;
  readonly people: Person[] = [];
  /** By the dataset's topic id. */
  readonly topics: Record<string, string> = {};
  /** By the dataset's member id, for those who convene. */
  readonly #conveners = new Map<string, Person>();

  constructor(url: string, meetingId: string, ids: DemoIds) {
    this.url = url;
    this.meetingId = meetingId;
    this.#ids = ids;
  }

  async phone(cookie: string): Promise<Participant> {
    return new Participant({ url: this.url, meetingId: this.meetingId, cookie }).enter();
  }

  async member(ref: string): Promise<Participant> {
    return this.phone(await this.cookieOf(ref));
  }

  cookieOf = (ref: string): Promise<string> => enteredBySlip(this.#ids.people[ref] ?? '', this.meetingId);

  /** Acts or throws with the refusal. */
  async do(who: Participant, command: Command): Promise<void> {
    const refusal = await who.act(command);
    if (refusal) throw new Error(`${command.type}: ${refusal.rule} ${refusal.reason}`);
  }

  get open(): OpenSpaceState {
    const open = this.secretary.state.openSpace;
    if (!open) throw new Error('no open space');
    return open;
  }

  /** Hosts and the helper at their desks, check-in open. */
  async begin(): Promise<this> {
    this.secretary = await this.member('M03');
    this.chair = await this.member('M01');
    this.helper = await this.member('S01');
    await this.do(this.secretary, { type: 'openCheckIn' });
    return this;
  }

  /** Everybody comes in at once: 33 phones for themselves, 13 people through the helper. */
  async comeIn(): Promise<void> {
    const conveners = [...new Set(demoMeeting.topics_posted_list.map(({ convener }) => convener))];
    const withoutPhone = new Set(['M12']);
    const own = conveners.filter((ref) => !withoutPhone.has(ref));
    const guests = demoMeeting.with_phone - own.length;
    const cookies = [
      ...(await Promise.all(own.map(async (ref) => ({ ref, name: ref, cookie: await this.cookieOf(ref) })))),
      ...(await Promise.all(
        Array.from({ length: guests }, async (_, index) => {
          const name = `居民${String(index + 1).padStart(3, '0')}`;
          const guest = await aGuest({ communityId: this.#ids.communityId, shownName: name });
          return { ref: '', name, cookie: guest.cookie };
        }),
      )),
    ];
    await Promise.all(
      cookies.map(async ({ ref, name, cookie }) => {
        const phone = await this.phone(cookie);
        await this.do(phone, { type: 'enterParticipant', name, zone: null, channel: 'hall', assisted: false });
        const key =
          phone.viewer.personId === null ? `guest:${phone.viewer.guestId}` : `person:${phone.viewer.personId}`;
        const person = { phone, cookie, participantId: phone.state.participants.idOf[key] ?? '' };
        this.people.push(person);
        if (ref !== '') this.#conveners.set(ref, person);
      }),
    );
    for (let index = 0; index < demoMeeting.assisted; index += 1) {
      const name = index === 0 ? '潘大爷' : index % 3 === 0 ? '匿名' : `没有手机的居民${index}`;
      await this.do(this.helper, { type: 'enterParticipant', name, zone: null, channel: 'hall', assisted: true });
      const { order } = this.helper.state.participants;
      const person = { phone: null, cookie: '', participantId: order[order.length - 1] ?? '' };
      this.people.push(person);
      if (index === 0) this.#conveners.set('M12', person);
    }
  }

  convener(ref: string): Person {
    const person = this.#conveners.get(ref);
    if (!person) throw new Error(`nobody convenes as ${ref}`);
    return person;
  }

  /** On their own phone, or the helper for them. */
  hand = (person: Person): Participant => person.phone ?? this.helper;

  async enter(stage: string): Promise<void> {
    await this.do(this.secretary, { type: 'enterStage', stage, allowedMs: null, reason: null });
  }

  /** The eleven topics of the dataset, all at once. */
  async nameTopics(): Promise<void> {
    await Promise.all(
      demoMeeting.topics_posted_list.map(({ title, convener }) => {
        const person = this.convener(convener);
        const command = { type: 'proposeTopic', participantId: person.participantId, title } as const;
        return this.do(this.hand(person), command);
      }),
    );
    await this.secretary.until(() => this.open.topicOrder.length === demoMeeting.topics_posted_list.length);
    for (const { id, title } of demoMeeting.topics_posted_list)
      this.topics[id] = Object.values(this.open.topics).find((topic) => topic.title.text === title)?.topicId ?? '';
  }

  /** 11 → 6: the host asks, both conveners agree. */
  async mergeTopics(): Promise<void> {
    for (const { id, convener, merged_into: into } of demoMeeting.topics_posted_list) {
      if (into === null) continue;
      const [topicId = '', intoTopicId = ''] = [this.topics[id], this.topics[into]];
      await this.do(this.secretary, { type: 'proposeMerge', topicId, intoTopicId });
      const mergeId = Object.keys(this.open.merges)[0] ?? '';
      const other = demoMeeting.topics.find((topic) => topic.id === into)?.convener ?? '';
      for (const ref of [convener, other]) {
        const person = this.convener(ref);
        const command = { type: 'answerMerge', mergeId, participantId: person.participantId, consent: true } as const;
        await this.do(this.hand(person), command);
      }
      await this.secretary.until(() => this.open.topics[topicId]?.mergedInto === intoTopicId);
    }
  }

  async placeTopics(): Promise<void> {
    for (const { id, table, round } of demoMeeting.topics) {
      const tableId = this.open.space.tables[table - 1]?.tableId ?? '';
      await this.do(this.secretary, {
        type: 'placeTopic',
        topicId: this.topics[id] ?? '',
        tableId,
        round,
        from: null,
        swap: false,
      });
    }
  }

  /** Everybody chooses a table of the round, spread evenly. */
  async sitDown(round: number): Promise<void> {
    const here = demoMeeting.topics.filter((topic) => topic.round === round);
    await Promise.all(
      this.people.map((person, index) =>
        this.do(this.hand(person), {
          type: 'chooseTable',
          participantId: person.participantId,
          round,
          topicId: this.topics[here[index % here.length]?.id ?? ''] ?? '',
        }),
      ),
    );
  }

  /** Three dots each so that the sums are the dataset's: dot i of the line goes to person i mod 46, so nobody has two on one topic. */
  dotsOf(person: number): Record<string, number> {
    const line = demoMeeting.topics.flatMap(({ id, dots }) => Array<string>(dots).fill(this.topics[id] ?? ''));
    const mine: Record<string, number> = {};
    for (let at = person; at < line.length; at += this.people.length)
      mine[line[at] ?? ''] = (mine[line[at] ?? ''] ?? 0) + 1;
    return mine;
  }

  leave(): void {
    for (const phone of [this.secretary, this.chair, this.helper, ...this.people.map((person) => person.phone)])
      phone?.leave();
  }
}
