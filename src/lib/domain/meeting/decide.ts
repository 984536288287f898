// Deciding: state and one command give events, or a refusal. Pure: the clock, new ids and facts come with the context.
import { agendaDeciders } from './agenda.ts';
import { allocationDeciders } from './allocation.ts';
import { fundsNews } from './awards.ts';
import { amendmentDeciders } from './amendment.ts';
import { attendanceDeciders } from './attendance.ts';
import { consensusDeciders, matterNews, withMatter } from './consensus.ts';
import type { Command } from './commands.ts';
import { floorDeciders } from './floor.ts';
import { followUpDeciders } from './follow-ups.ts';
import { formatOf } from '#lib/domain/formats/index.ts';
import { hearingDeciders } from './hearing.ts';
import { lifecycleDeciders } from './lifecycle.ts';
import { motionDeciders } from './motion.ts';
import { numberSaid } from './numbers-said.ts';
import { openSpaceDeciders } from './open-space/index.ts';
import { isParticipantHere, participantDeciders, participantOf } from './participants.ts';
import { mayDo, type Doer } from './policy.ts';
import { pollDeciders } from './poll.ts';
import { questionDeciders } from './questions.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import type { Context, Draft, MeetingActor } from './slice.ts';
import { recusalDeciders } from './recusal.ts';
import { stageDeciders } from './stages.ts';
import type { MeetingState } from './state.ts';
import type { Audience } from './words.ts';

const deciders = {
  ...lifecycleDeciders,
  ...agendaDeciders,
  ...attendanceDeciders,
  ...floorDeciders,
  ...motionDeciders,
  ...amendmentDeciders,
  ...recusalDeciders,
  ...pollDeciders,
  ...allocationDeciders,
  ...questionDeciders,
  ...stageDeciders,
  ...participantDeciders,
  ...followUpDeciders,
  ...consensusDeciders,
  ...openSpaceDeciders,
  ...hearingDeciders,
};

/** An actor as this meeting knows it: roles from its own roster, a seat only where the person holds one. */
export function actorAt(
  state: MeetingState,
  who: { kind: 'person' | 'guest' | 'system'; personId: string | null; guestId: string | null },
): MeetingActor {
  const person = who.personId === null ? undefined : state.people[who.personId];
  const participant = participantOf(state, who);
  return {
    ...who,
    roles: new Set(person?.roles ?? []),
    seatId: person?.seatId ?? null,
    participantId:
      participant && isParticipantHere(state, participant.participantId) ? participant.participantId : null,
  };
}

/** Everybody is at least a resident; a person without a role at this meeting is an observer. */
export function doersOf(state: MeetingState, actor: MeetingActor): Set<Doer> {
  if (actor.kind === 'system') return new Set<Doer>(['system']);
  const doers = new Set<Doer>(['resident', ...actor.roles]);
  const seat = actor.seatId === null ? undefined : state.seats[actor.seatId];
  if (seat) doers.add(seat.voting ? 'member' : 'non_voting');
  else if (actor.kind === 'person' && actor.roles.size === 0) doers.add('observer');
  if (actor.participantId !== null) doers.add('participant');
  return doers;
}

/** What this actor reads: as a host, at the desk, as a member (anybody with a seat here), or what everyone reads. */
export function audienceOf(state: MeetingState, actor: MeetingActor): Audience {
  const doers = doersOf(state, actor);
  if (actor.kind === 'system' || mayDo(doers, 'readPrivateReasons')) return 'hosts';
  if (mayDo(doers, 'watchAsHost')) return 'desk';
  return doers.has('member') || doers.has('non_voting') ? 'members' : 'everyone';
}

export function decide(state: MeetingState, command: Command, context: Context): readonly Draft[] | Refusal {
  // The very first command has no state to read roles from: the office checks who may draft in this community.
  if (command.type !== 'draftMeeting' && !mayDo(doersOf(state, context.actor), command.type))
    return refuse('P1', 'not-entitled', { deed: command.type });
  const format = formatOf(state.format);
  if (command.type !== 'draftMeeting' && !format?.commands.includes(command.type))
    return refuse('L4', 'not-in-format', { deed: command.type });
  // [L8] What belongs to a stage is not possible in another.
  const stages = format?.onlyIn[command.type];
  if (stages && (state.phase !== 'in_session' || state.stage === null))
    return refuse('L8', 'wrong-phase', { phase: state.phase });
  if (stages && state.stage && !stages.includes(state.stage.stage))
    return refuse('L8', 'wrong-stage', { stage: state.stage.stage });
  const held = format?.guards?.[command.type]?.(state);
  if (held) return held;
  const { funds, matter } = context.facts;
  // What the open item is about may have been held against the lists while it was open: everybody sees it before anything rests on it.
  const itemId = command.type === 'openItem' ? command.itemId : (state.agenda.currentItemId ?? '');
  const decider = deciders[command.type] as (
    state: MeetingState,
    command: Command,
    context: Context,
  ) => readonly Draft[] | Refusal;
  const decided = decider(withMatter(state, itemId, matter), command, context);
  if (isRefusal(decided)) return decided;
  const number = numberSaid(command, decided);
  if (number) return number;
  // [B10] Whatever is decided on the books, everybody sees first how they stand.
  return [...(funds ? fundsNews(state, funds) : []), ...matterNews(state, itemId, matter), ...decided];
}
