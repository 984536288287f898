// A council in memory for tests of the law alone: decide → seal → evolve for the 25 seats of the demo community, with a ballot box that
// keeps the office's promises (one ballot a seat, none from a recused seat, names unlinked where they are hidden).
// Called by the pure tests of src/lib/domain and src/lib/messages. It must never soften what the law says: a refusal is handed on as it is.
import { createHash } from 'node:crypto';
import { methodOf } from '#lib/domain/ballots/index.ts';
import type { AgendaItemSaid } from '#lib/domain/meeting/agenda.ts';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { actorAt, decide } from '#lib/domain/meeting/decide.ts';
import { versionOf, type MeetingEvent } from '#lib/domain/meeting/events.ts';
import { evolve, evolveAll } from '#lib/domain/meeting/evolve.ts';
import type { Facts } from '#lib/domain/meeting/facts.ts';
import type { RosterFact } from '#lib/domain/meeting/lifecycle.ts';
import { castFault } from '#lib/domain/meeting/casting.ts';
import type { BallotChannel, PollFact } from '#lib/domain/meeting/poll-state.ts';
import { isRefusal, type Refusal } from '#lib/domain/meeting/refusal.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import type { RulePack } from '#lib/domain/meeting/rules.ts';
import type { Draft } from '#lib/domain/meeting/slice.ts';
import { emptyMeeting, type MeetingState } from '#lib/domain/meeting/state.ts';
import { isSaid, mayRead, official, type Audience, type Said, type Words } from '#lib/domain/meeting/words.ts';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly present: 'hall' | 'remote' | 'leave' | 'absent';
  readonly smartphone: boolean;
}

const member = (
  id: string,
  name: string,
  sector: string,
  present: Member['present'] = 'hall',
  smartphone = true,
): Member => ({ id, name, sector, present, smartphone });

/** The 25 members of 云锦里 in their seven sectors of 4/9/4/3/2/2/1, and how each came to the session of 18 April. */
export const members: readonly Member[] = [
  member('M01', '沈书记', 'staff'),
  member('M02', '陆主任', 'staff'),
  member('M03', '吴社工', 'staff'),
  member('M04', '许站长', 'staff'),
  member('M05', '顾老师', 'resident_rep'),
  member('M06', '钱阿姨', 'resident_rep'),
  member('M07', '周师傅', 'resident_rep', 'hall', false),
  member('M08', '徐女士', 'resident_rep', 'remote'),
  member('M09', '朱先生', 'resident_rep', 'remote'),
  member('M10', '蒋阿姨', 'resident_rep', 'hall', false),
  member('M11', '姚女士', 'resident_rep'),
  member('M12', '潘大爷', 'resident_rep', 'leave', false),
  member('M13', '俞女士', 'resident_rep'),
  member('M14', '金社长', 'org_rep'),
  member('M15', '严老师', 'org_rep'),
  member('M16', '华会长', 'org_rep'),
  member('M17', '范队长', 'org_rep'),
  member('M18', '唐主任', 'owners_committee_rep'),
  member('M19', '汤女士', 'owners_committee_rep', 'leave'),
  member('M20', '曹先生', 'owners_committee_rep'),
  member('M21', '袁经理', 'property_rep'),
  member('M22', '邵主管', 'property_rep'),
  member('M23', '倪代表', 'npc_deputy', 'remote'),
  member('M24', '殷代表', 'npc_deputy', 'absent'),
  member('M25', '程委员', 'cppcc_member', 'absent'),
];

const rolesOf: Readonly<Record<string, readonly Role[]>> = {
  M01: ['chair'],
  M02: ['moderator'],
  M03: ['secretary'],
  M13: ['vote_monitor'],
};

/** People at the session without a vote of their own. N1 has a seat (列席), the others none. */
export const others = { helper: 'A1', teller: 'T1', observer: 'O1', attendee: 'N1' } as const;

export const personOf = (id: string): string => `person-${id}`;
export const seatOf = (id: string): string => `seat-${id}`;
/** `seat-M07` → `M07`. */
export const memberOf = (seatId: string): string => seatId.replace('seat-', '');

export const roster: RosterFact = {
  sectors: [...new Set(members.map(({ sector }) => sector))].map((sectorId) => ({
    sectorId,
    name: sectorId,
    seats: members.filter(({ sector }) => sector === sectorId).length,
  })),
  seats: [
    ...members.map(({ id, sector, smartphone }) => ({
      seatId: seatOf(id),
      personId: personOf(id),
      sectorId: sector,
      title: id === 'M01' ? '主任委员' : '委员',
      voting: true,
      hasSmartphone: smartphone,
    })),
    {
      seatId: seatOf(others.attendee),
      personId: personOf(others.attendee),
      sectorId: 'staff',
      title: '列席',
      voting: false,
      hasSmartphone: true,
    },
  ],
  people: [
    ...members.map(({ id, name }) => ({
      personId: personOf(id),
      name,
      publicName: `${name.charAt(0)}**`,
      roles: rolesOf[id] ?? [],
    })),
    { personId: personOf('A1'), name: '何引导', publicName: '何**', roles: ['helper'] },
    { personId: personOf('T1'), name: '田计票', publicName: '田**', roles: ['teller'] },
    { personId: personOf('O1'), name: '欧旁听', publicName: '欧**', roles: ['observer'] },
    { personId: personOf('N1'), name: '宁科员', publicName: '宁**', roles: [] },
  ],
};

/** R1 of the demo community: quorum two thirds of all seats, majority of those present less recusals, abstentions counting. */
export const fundingRules: RulePack = {
  packId: 'R1',
  name: '共治协商委员会·资金议决',
  format: 'council',
  quorum: { base: 'all_seats', operator: '>=', ratio: { numerator: 2, denominator: 3 }, sectorsPresent: null },
  majority: {
    base: 'present_minus_recused',
    operator: '>',
    ratio: { numerator: 1, denominator: 2 },
    abstentionsCount: true,
  },
  binding: true,
  secrecy: 'named',
  noticeDays: 3,
  speech: { seconds: 120, timesPerMotion: 2 },
  presentationSeconds: 180,
  floorOrder: ['point_of_order', 'first_time', 'alternate_sides', 'balance_sectors', 'balance_channels', 'arrival'],
  seconding: true,
  recusal: true,
  proxies: false,
  publicity: { days: 5, dayType: 'calendar' },
  awayGraceSeconds: 60,
  basis: '深圳罗湖莲塘社区议事会实例；罗伯特规则限时两分钟限两次',
  checkedOn: '2026-01-15',
};

export const agendaItem = (itemId: string, change: Partial<AgendaItemSaid> = {}): AgendaItemSaid => ({
  itemId,
  kind: 'deliberation',
  title: official(`议题 ${itemId}`),
  presenter: null,
  minutes: 10,
  note: null,
  paperIds: [],
  decides: null,
  ownersMatter: 'none',
  listing: null,
  ...change,
});

export const votingItem = (
  itemId: string,
  amountFen: number | null,
  change: Partial<AgendaItemSaid> = {},
): AgendaItemSaid =>
  agendaItem(itemId, { kind: 'motion', decides: { title: official(`关于 ${itemId} 的表决`), amountFen }, ...change });

interface Ballot {
  readonly choice: unknown;
  readonly channel: BallotChannel;
}

export interface WorldOptions {
  readonly rules?: Partial<RulePack>;
  readonly items?: readonly AgendaItemSaid[];
  readonly practice?: boolean;
  readonly format?: string;
  /** Who sits; the council's 25 where nothing else is said. */
  readonly roster?: RosterFact;
}

/** 14:00 on 18 April 2026 in Shanghai. */
export const sessionAt = Date.UTC(2026, 3, 18, 6, 0);
const dayMs = 86_400_000;

/** `Who` is a member or other person by short id (`M01`, `A1`), `guest:<id>` for a resident, or `system`. */
export type Who = string;

export class LawWorld {
  state: MeetingState = emptyMeeting('meeting-1');
  readonly log: MeetingEvent[] = [];
  now = sessionAt - 7 * dayMs;
  /** What the next command's facts are, besides those the world reads itself. */
  facts: Facts;
  #made = 0;
  readonly #words = new Map<string, Said>();
  readonly #box = new Map<string, Map<string, Ballot>>();
  readonly #bundles = new Map<string, PollFact['bundles'][number][]>();
  unsettledSheets = 0;
  spoiled = 0;

  constructor(options: WorldOptions = {}) {
    const rules = { ...fundingRules, ...(options.format ? { format: options.format } : {}), ...options.rules };
    const agenda = options.items ?? [agendaItem('open'), votingItem('P1', 9_600_000), votingItem('P2', 5_800_000)];
    this.facts = { roster: options.roster ?? roster, rulePack: rules, agenda };
    this.do('M03', {
      type: 'draftMeeting',
      format: options.format ?? 'council',
      title: '共治协商委员会 2026 年第 2 次会议',
      place: '社区活动中心',
      startsAt: sessionAt,
      plannedMinutes: 150,
      callLink: null,
      joinCode: '738204',
      practice: options.practice ?? false,
    });
  }

  // ── acting ────────────────────────────────────────────────────────────────────────────────────

  id(prefix: string): string {
    this.#made += 1;
    return `${prefix}-${this.#made}`;
  }

  /** Drafts, or the refusal; nothing is folded. */
  ask(who: Who, command: Command): readonly Draft[] | Refusal {
    const actor = actorAt(this.state, {
      kind: who === 'system' ? 'system' : who.startsWith('guest:') ? 'guest' : 'person',
      personId: who === 'system' || who.startsWith('guest:') ? null : personOf(who),
      guestId: who.startsWith('guest:') ? who.slice('guest:'.length) : null,
    });
    const poll = 'pollId' in command ? this.#factOf(command.pollId) : null;
    const facts: Facts = { ...this.facts, ...(this.facts.poll === undefined ? { poll } : {}) };
    return decide(this.state, command, { actor, now: this.now, facts, newId: () => this.id('id') });
  }

  /** Acts, seals, folds; throws when refused. A second passes first. */
  do(who: Who, command: Command): MeetingEvent[] {
    this.now += 1_000;
    const drafts = this.ask(who, command);
    if (isRefusal(drafts)) throw new Error(`${who} ${command.type}: ${drafts.rule} ${drafts.reason}`);
    return drafts.map((draft) => this.#append(who, draft));
  }

  /** Expects a refusal and hands it on; throws when the command would have been accepted. */
  refusal(who: Who, command: Command): Refusal {
    const answer = this.ask(who, command);
    if (!isRefusal(answer)) throw new Error(`${who} ${command.type} was accepted`);
    return answer;
  }

  /** `Q1 no-quorum`: what most tests compare. */
  why(who: Who, command: Command): string {
    const { rule, reason } = this.refusal(who, command);
    return `${rule} ${reason}`;
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  #append(who: Who, draft: Draft): MeetingEvent {
    const event = {
      seq: this.state.seq + 1,
      type: draft.type,
      version: versionOf(draft.type),
      at: this.now,
      actorId: who === 'system' || who.startsWith('guest:') ? who : personOf(who),
      audience: draft.audience,
      payload: this.#seal(draft.payload),
    } as MeetingEvent;
    this.state = evolve(this.state, event);
    this.log.push(event);
    if (event.type === 'RecusalDeclared' && this.state.polls.openId)
      this.#box.get(this.state.polls.openId)?.delete(event.payload.seatId);
    return event;
  }

  #seal(value: unknown): unknown {
    if (isSaid(value)) {
      const wordsId = this.id('words');
      this.#words.set(wordsId, value);
      const digest = createHash('sha256').update(`${wordsId} ${value.said}`).digest('hex');
      return { wordsId, digest, text: value.said } satisfies Words;
    }
    if (Array.isArray(value)) return value.map((each) => this.#seal(each));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#seal(each)]));
    return value;
  }

  /** The log as an audience reads it: its events only, and words outside their scope replaced. */
  readAs(viewer: Audience): MeetingEvent[] {
    const read = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(read);
      if (typeof value !== 'object' || value === null) return value;
      const said = 'wordsId' in value ? this.#words.get(String(value.wordsId)) : undefined;
      if (said) return { ...value, text: mayRead(viewer, said.scope) ? said.said : said.elsewhere };
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, read(each)]));
    };
    return this.log.filter(({ audience }) => mayRead(viewer, audience)).map((event) => read(event) as MeetingEvent);
  }

  /** The log as it reads after a person was erased: ids and digests stay, words are gone. */
  readErased(personId: string): MeetingEvent[] {
    const read = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(read);
      if (typeof value !== 'object' || value === null) return value;
      const said = 'wordsId' in value ? this.#words.get(String(value.wordsId)) : undefined;
      if (said?.personId === personId) return { ...value, text: null };
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, read(each)]));
    };
    return this.log.map((event) => read(event) as MeetingEvent);
  }

  fold(events: readonly MeetingEvent[] = this.log): MeetingState {
    return evolveAll(emptyMeeting('meeting-1'), events);
  }

  // ── the ballot box ────────────────────────────────────────────────────────────────────────────

  /** Casts for a seat (by short id) in the open poll; the refusal where the law has one. */
  cast(id: string, choice: unknown, channel: BallotChannel = 'phone'): Refusal | null {
    const pollId = this.state.polls.openId ?? this.lastPollId();
    const fault = castFault(this.state, pollId, seatOf(id));
    if (fault) return fault;
    const box = this.#box.get(pollId) ?? new Map<string, Ballot>();
    this.#box.set(pollId, box.set(seatOf(id), { choice, channel }));
    return null;
  }

  /** A confirmed count of raised hands, or of unlinked paper. */
  addBundle(channel: 'paper' | 'hand_count', counts: Readonly<Record<string, number>>): void {
    const pollId = this.state.polls.openId ?? this.lastPollId();
    this.#bundles.set(pollId, [...(this.#bundles.get(pollId) ?? []), { channel, counts }]);
  }

  /** Replaces a ballot in the box after the close, as a confirmed correction does. */
  correct(pollId: string, id: string, choice: unknown): void {
    this.#box.get(pollId)?.set(seatOf(id), { choice, channel: 'paper' });
  }

  #factOf(pollId: string): PollFact | null {
    const frame = this.state.polls.byId[pollId]?.frame;
    if (!frame) return null;
    const ballots = [...(this.#box.get(pollId) ?? new Map<string, Ballot>())];
    const hidden = frame.secrecy === 'hidden';
    return {
      turnout: ballots.map(([seatId, { channel }]) => ({ seatId, channel })),
      choices: ballots.map(([, { choice }]) => choice),
      choicesBySeat: hidden ? null : Object.fromEntries(ballots.map(([seatId, { choice }]) => [seatId, choice])),
      bundles: this.#bundles.get(pollId) ?? [],
      spoiled: this.spoiled,
      unsettledSheets: this.unsettledSheets,
    };
  }

  lastPollId(): string {
    const id = this.state.polls.order[this.state.polls.order.length - 1];
    if (!id) throw new Error('no vote yet');
    return id;
  }

  // ── short ways ────────────────────────────────────────────────────────────────────────────────

  convene(): this {
    this.do('M03', { type: 'conveneMeeting', rulePackId: 'R1', shortNoticeReason: null });
    return this;
  }

  /** Convened, check-in open, and these members in their seats. Hall and remote as in the demo data. */
  checkIn(ids: readonly string[] = present): this {
    if (this.state.phase === 'draft') this.convene();
    if (this.now < sessionAt) this.now = sessionAt - 20 * 60_000;
    if (this.state.phase === 'convened') this.do('M03', { type: 'openCheckIn' });
    for (const id of ids) this.arrive(id);
    return this;
  }

  arrive(id: string, mode = members.find((each) => each.id === id)?.present === 'remote' ? 'remote' : 'hall'): this {
    const assisted = id === 'M10' || id === 'M07';
    this.do(assisted ? others.helper : id, {
      type: 'takeSeat',
      seatId: seatOf(id),
      mode: mode === 'remote' ? 'remote' : 'hall',
      way: 'slip',
    });
    return this;
  }

  leave(id: string): this {
    this.do(id, { type: 'recordDeparture', seatId: seatOf(id) });
    return this;
  }

  /** In session with the agenda adopted. */
  open(ids: readonly string[] = present): this {
    this.checkIn(ids);
    this.do('M01', { type: 'openSession' });
    this.do('M01', { type: 'adoptAgenda' });
    return this;
  }

  /** The item open and its motion under debate. */
  debate(itemId = 'P1'): this {
    this.do('M01', { type: 'openItem', itemId });
    this.do('M01', { type: 'putItemMotion' });
    this.do('M01', { type: 'openDebate' });
    return this;
  }

  motionId(): string {
    const id = this.state.motions.currentId ?? this.state.motions.order[this.state.motions.order.length - 1];
    if (!id) throw new Error('no motion yet');
    return id;
  }

  recuse(...ids: readonly string[]): this {
    for (const id of ids)
      this.do(id, {
        type: 'declareRecusal',
        motionId: this.motionId(),
        seatId: seatOf(id),
        reason: '与承接单位有利害关系',
      });
    return this;
  }

  openVote(subject: 'motion' | 'amendment' = 'motion', secrecy: 'named' | 'hidden' | null = null): string {
    this.do('M01', { type: 'openPoll', subject: { kind: subject }, secrecy, plannedMs: 60_000 });
    return this.lastPollId();
  }

  /** Casts so many of each, in roster order, M07 on paper and M10 through the helper. */
  castCounts(counts: Readonly<Record<string, number>>): this {
    const frame = this.state.polls.byId[this.lastPollId()]?.frame;
    const wishes = Object.entries(counts).flatMap(([choice, count]) => Array<string>(count).fill(choice));
    const voters = (frame?.electorate ?? []).map(memberOf).slice(0, wishes.length);
    voters.forEach((id, index) => {
      const channel = id === 'M07' ? 'paper' : id === 'M10' ? 'assisted' : 'phone';
      const fault = this.cast(id, methodOf(frame?.method ?? '')?.parseChoice(frame?.config, wishes[index]), channel);
      if (fault) throw new Error(`${id} may not cast: ${fault.reason}`);
    });
    return this;
  }

  closeVote(): this {
    this.do('M01', { type: 'closePoll', pollId: this.lastPollId() });
    return this;
  }

  announce(): this {
    this.do('M01', { type: 'announceResult', pollId: this.lastPollId() });
    return this;
  }

  /** A whole vote on what is before the meeting. */
  vote(counts: Readonly<Record<string, number>>, subject: 'motion' | 'amendment' = 'motion'): this {
    this.openVote(subject);
    return this.castCounts(counts).closeVote().announce();
  }
}

/** The 21 of the demo session. */
export const present: readonly string[] = members
  .filter(({ present: how }) => how === 'hall' || how === 'remote')
  .map(({ id }) => id);
