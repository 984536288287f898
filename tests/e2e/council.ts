// The demo community's council meeting as its officers lead it, for end-to-end tests: the chair, the secretary and the helper sign in as
// people do and act over sockets of their own, so that a test can watch what a phone makes of it. Imported by specs of the room.
// It never reaches into the program: only what a browser of these people could send.
import { io, type Socket } from 'socket.io-client';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { evolveAll } from '#lib/domain/meeting/evolve.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import {
  PROTOCOL_VERSION,
  type Answer,
  type ClientToServer,
  type EventsMessage,
  type MeetingView,
  type ServerToClient,
  type SheetAsk,
} from '#lib/protocol/meeting.ts';
import { demoPeople, test as base, type Hall } from './fixtures.ts';

/** A spec that takes `council` has a program, a database and a meeting in session of its own, shared by its tests in their order. */
export const test = base.extend<object, { council: Council }>({
  council: [
    async ({ hall }, use) => {
      const council = await openCheckIn(hall);
      await seatEverybody(council);
      await openSession(council);
      await use(council);
      council.end();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Somebody at the meeting with a socket instead of a page. */
export class Officer {
  state!: MeetingState;
  view!: MeetingView;
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly meetingId: string;

  private constructor(socket: Socket<ServerToClient, ClientToServer>, meetingId: string) {
    this.#socket = socket;
    this.meetingId = meetingId;
  }

  static async at(hall: Hall, loginName: string, meetingId: string): Promise<Officer> {
    return Officer.with(hall, await cookieOf(hall, loginName), meetingId);
  }

  /** Somebody whom this Cookie header names. */
  static async with(hall: Hall, cookie: string, meetingId: string): Promise<Officer> {
    const socket: Socket<ServerToClient, ClientToServer> = io(hall.localUrl, {
      transports: ['websocket'],
      extraHeaders: { cookie },
    });
    const officer = new Officer(socket, meetingId);
    const answer = await socket.timeout(10_000).emitWithAck('meeting:join', {
      version: PROTOCOL_VERSION,
      meetingId,
      since: null,
    });
    if (!answer.ok || !('view' in answer)) throw new Error(`could not join: ${JSON.stringify(answer)}`);
    officer.view = JSON.parse(answer.view) as MeetingView;
    officer.state = officer.view.state;
    socket.on('meeting:events', (message: EventsMessage) => {
      const fresh = message.events.filter((event) => event.seq > officer.state.seq);
      officer.state = { ...evolveAll(officer.state, fresh), seq: message.to };
    });
    return officer;
  }

  /** Acts and waits until this officer has heard of it; throws when refused. */
  async act(command: Command): Promise<void> {
    const ask = { meetingId: this.meetingId, commandId: newId(), command };
    const answer = await this.#socket.timeout(10_000).emitWithAck('meeting:act', ask);
    if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.rule} ${answer.refusal.reason}`);
    await this.until((state) => state.seq >= answer.seq);
  }

  async until(condition: (state: MeetingState) => boolean): Promise<MeetingState> {
    for (let heard = condition(this.state); !heard; heard = condition(this.state))
      await new Promise((resolve) => this.#socket.once('meeting:events', () => setImmediate(resolve)));
    return this.state;
  }

  async cast(seatId: string, choice: unknown): Promise<Answer> {
    const pollId = this.state.polls.openId ?? '';
    const ask = { meetingId: this.meetingId, pollId, seatId, choice, castId: newId() };
    return this.#socket.timeout(10_000).emitWithAck('ballot:cast', ask);
  }

  async enterSheet(sheet: Omit<SheetAsk, 'meetingId' | 'sheetId' | 'pollId' | 'replaces' | 'reason'>): Promise<Answer> {
    const pollId = this.state.polls.openId ?? '';
    const ask = { ...sheet, meetingId: this.meetingId, pollId, sheetId: newId(), replaces: null, reason: null };
    return this.#socket.timeout(10_000).emitWithAck('sheet:enter', ask);
  }

  async moderate(questionId: string, show: boolean, reason: string | null): Promise<Answer> {
    const ask = { meetingId: this.meetingId, questionId, show, reason };
    return this.#socket.timeout(10_000).emitWithAck('question:moderate', ask);
  }

  /** The questions of the meeting as the desk reads them now. */
  async questions(): Promise<MeetingView['questions']> {
    const ask = { version: PROTOCOL_VERSION, meetingId: this.meetingId, since: null };
    const answer = await this.#socket.timeout(10_000).emitWithAck('meeting:join', ask);
    if (!answer.ok || !('view' in answer)) throw new Error('could not join again');
    return (JSON.parse(answer.view) as MeetingView).questions;
  }

  seatNamed(name: string): string {
    const seat = Object.values(this.state.seats).find((each) => each.name.text === name);
    if (!seat) throw new Error(`nobody is called ${name}`);
    return seat.seatId;
  }

  leave(): void {
    this.#socket.close();
  }
}

/** The Cookie header of a demo person who signed in with their password. */
export async function cookieOf(hall: Hall, loginName: string): Promise<string> {
  const person = demoPeople.find((one) => one.loginName === loginName);
  const answer = await fetch(`${hall.localUrl}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: hall.localUrl },
    body: new URLSearchParams({ loginName, password: person?.password ?? '' }),
  });
  return sessionOf(answer, loginName);
}

function sessionOf(answer: Response, who: string): string {
  const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('yishi_session='));
  if (!cookie) throw new Error(`${who} could not sign in: ${answer.status}`);
  return cookie.split(';')[0] ?? '';
}

/** Somebody in the hall or from afar scans their slip: the seat is theirs at once. The Cookie header of their phone. */
export async function enterBySlip(
  hall: Hall,
  joinCode: string,
  slip: string,
  mode: 'hall' | 'remote',
): Promise<string> {
  const answer = await fetch(`${hall.localUrl}/join?/slip`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: hall.localUrl },
    body: new URLSearchParams({ code: joinCode, slip, mode }),
  });
  return sessionOf(answer, `slip ${slip}`);
}

export interface Council {
  readonly meetingId: string;
  readonly joinCode: string;
  readonly chair: Officer;
  readonly secretary: Officer;
  readonly helper: Officer;
  /** The room's address. */
  readonly room: string;
  end(): void;
}

/** The demo's meeting with its check-in open and its three officers connected. */
export async function openCheckIn(hall: Hall): Promise<Council> {
  const landing = await (await fetch(hall.localUrl)).text();
  const meetingId = /\/m\/([0-9a-z]{26})/.exec(landing)?.[1];
  if (!meetingId) throw new Error('the landing page leads to no meeting');
  const [chair, secretary, helper] = await Promise.all(
    ['chair', 'secretary', 'helper'].map((loginName) => Officer.at(hall, loginName, meetingId)),
  );
  if (!chair || !secretary || !helper) throw new Error('the officers did not come');
  await secretary.act({ type: 'openCheckIn' });
  return {
    meetingId,
    joinCode: chair.state.joinCode,
    chair,
    secretary,
    helper,
    room: `/m/${meetingId}/room`,
    end: () => [chair, secretary, helper].forEach((officer) => officer.leave()),
  };
}

/** Seats these members, by name, through the helper; all but the given ones where none are named. */
export async function seatEverybody(
  { helper }: Pick<Council, 'helper'>,
  except: readonly string[] = [],
): Promise<void> {
  const seats = Object.values(helper.state.seats).filter(
    ({ seatId, name }) => !except.includes(name.text ?? '') && !helper.state.attendance.bySeat[seatId],
  );
  await Promise.all(seats.map(({ seatId }) => helper.act({ type: 'takeSeat', seatId, mode: 'hall', way: 'helper' })));
}

/** In session with the agenda adopted. */
export async function openSession({ chair }: Pick<Council, 'chair'>): Promise<void> {
  await chair.act({ type: 'openSession' });
  await chair.act({ type: 'adoptAgenda' });
}

/** The next item that decides something, its motion in debate. Whatever was on the table is taken off it first. */
export async function nextMotion({ chair }: Council): Promise<void> {
  const { agenda, polls, floor } = chair.state;
  if (polls.openId) await chair.act({ type: 'voidPoll', pollId: polls.openId, reason: '下一个测试' });
  const last = polls.byId[polls.order[polls.order.length - 1] ?? ''];
  if (last?.stage === 'closed') await chair.act({ type: 'announceResult', pollId: last.frame.pollId });
  if (floor.speech) await chair.act({ type: 'endSpeech' });
  const { currentId } = chair.state.motions;
  if (currentId) await chair.act({ type: 'withdrawMotion', motionId: currentId, reason: '' });
  const item = agenda.items.find(({ itemId, decides }) => decides !== null && !agenda.progress[itemId]);
  if (!item) throw new Error('the agenda has no further item to vote on');
  await chair.act({ type: 'openItem', itemId: item.itemId });
  await chair.act({ type: 'putItemMotion' });
  await chair.act({ type: 'openDebate' });
}

/** The last vote, as the log has it. */
export function lastPoll({ chair }: Council): Poll {
  const { order, byId } = chair.state.polls;
  const poll = byId[order[order.length - 1] ?? ''];
  if (!poll) throw new Error('no vote yet');
  return poll;
}

/** Opens the vote on the motion; the helper has heard of it too and can cast. */
export async function openVote({ chair, helper }: Council, secrecy: 'named' | 'hidden' | null = null): Promise<void> {
  await chair.act({ type: 'openPoll', subject: { kind: 'motion' }, secrecy, plannedMs: 120_000 });
  await helper.until(({ seq }) => seq >= chair.state.seq);
}

export async function closeVote(council: Council): Promise<void> {
  await council.chair.act({ type: 'closePoll', pollId: council.chair.state.polls.openId ?? '' });
}

export async function announce(council: Council): Promise<void> {
  await council.chair.act({ type: 'announceResult', pollId: lastPoll(council).frame.pollId });
}
