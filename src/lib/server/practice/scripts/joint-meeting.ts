// Script 6.5 of a joint meeting of three parties for the practice page, every owner, position and outcome as in the dataset: who does what in
// which order. Pure: it holds no sockets and no clock. Days are counted from the day of the practice as the dataset's from its own meeting.
import { dayAfter, daysBetween } from '#lib/domain/calendar-day.ts';
import {
  consensusIn,
  isConcluded,
  partiesUnsigned,
  partyOfSeat,
  positionsOn,
  unsettled,
  type Outcome,
  type Position,
} from '#lib/domain/meeting/consensus.ts';
import { followUpIn } from '#lib/domain/meeting/follow-ups.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatIsoDate } from '#lib/messages/format.ts';
import { additions, dataset, type DemoRef } from '#lib/server/demo/dataset.ts';
import { chair, secretary, step, type PracticeScript, type Step } from './step.ts';

const { joint } = additions;
const meeting = dataset.meetings.find(({ id }) => id === 'MT5');

interface Agreed {
  readonly title: string;
  readonly outcome: string;
  readonly owner: DemoRef;
  readonly due: string;
  readonly reply?: string;
  readonly positions: Readonly<Record<string, string>>;
}
const agreed = (meeting?.items ?? []) as unknown as readonly Agreed[];
const { positions: positionOf, outcomes: outcomeOf } = joint.read as {
  readonly positions: Readonly<Record<string, Position>>;
  readonly outcomes: Readonly<Record<string, Outcome>>;
};
const speakerOf: Readonly<Record<string, DemoRef>> = Object.fromEntries(
  Object.entries(joint.parties).map(([party, refs]) => [party, refs[0] ?? '']),
);
const speakers = Object.values(speakerOf);

/** An item is known by how its title begins; what is written of needs and follow-ups changes with their number. */
const itemFor = (state: MeetingState, title: string) =>
  state.agenda.items.find((item) => item.title.text?.startsWith(title.slice(0, 2)));
const isOpen = (state: MeetingState, title: string): boolean => {
  const item = itemFor(state, title);
  return item !== undefined && state.agenda.currentItemId === item.itemId && !isConcluded(state, item);
};
const due = (state: MeetingState, day: string): string =>
  dayAfter(formatIsoDate(state.startsAt), daysBetween(meeting?.date ?? day, day));

function* item({ title, outcome, owner, due: dueOn, reply = '', positions }: Agreed): Generator<Step> {
  yield step('open-item', secretary, 1_200, (state) => {
    const found = itemFor(state, title);
    return !found || isConcluded(state, found) || state.agenda.currentItemId === found.itemId
      ? null
      : { type: 'openItem', itemId: found.itemId };
  });
  for (const [party, stated] of Object.entries(positions)) {
    const by = speakerOf[party] ?? '';
    yield step('state-position', by, 900, (state, { seats }) => {
      const seatId = seats[by] ?? '';
      const itemId = itemFor(state, title)?.itemId ?? '';
      const position = positionOf[stated] ?? 'agree';
      return !isOpen(state, title) || positionsOn(state, itemId)[partyOfSeat(state, seatId)?.sectorId ?? '']
        ? null
        : { type: 'statePosition', seatId, position, text: position === 'agree' ? '' : joint.said.reserved };
    });
  }
  // What was owed is settled one by one, the last of them put off.
  for (const last of [false, false, true])
    yield step('settle-follow-up', secretary, 900, (state) => {
      const [followUpId] = unsettled(state, itemFor(state, title)?.itemId ?? '');
      if (followUpId === undefined || !isOpen(state, title) || !followUpIn(state, followUpId)) return null;
      return last
        ? {
            type: 'settleFollowUp',
            followUpId,
            outcome: 'extended',
            dueOn: due(state, dueOn),
            note: joint.said.extended,
          }
        : { type: 'settleFollowUp', followUpId, outcome: 'done', dueOn: null, note: joint.said.done };
    });
  yield step('conclude', secretary, 1_200, (state, { people }) =>
    isOpen(state, title)
      ? {
          type: 'concludeItem',
          outcome: outcomeOf[outcome] ?? 'agreed',
          text: reply,
          amountFen: outcome === 'say_no_unless_funded' ? joint.said.moneyFen : null,
          ownerPersonId: people[owner] ?? '',
          ownerName: '',
          dueOn: due(state, dueOn),
        }
      : null,
  );
}

function* jointScript(): Generator<Step> {
  yield step('open-check-in', secretary, 500, (state) => (state.phase === 'convened' ? { type: 'openCheckIn' } : null));
  for (const by of [...(meeting?.attendees ?? []), ...(meeting?.invited ?? [])])
    yield step('take-seat', by, 400, (state, { seats }) => {
      const seatId = seats[by] ?? '';
      return state.attendance.bySeat[seatId] ? null : { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' };
    });
  yield step('open-session', chair, 1_500, (state) => (state.phase === 'check_in' ? { type: 'openSession' } : null));
  yield step('adopt-agenda', chair, 800, (state) => (state.agenda.adoptedAt === null ? { type: 'adoptAgenda' } : null));
  for (const each of agreed) yield* item(each);
  yield* item({
    title: joint.said.needs,
    outcome: 'agreed',
    owner: secretary,
    due: agreed.at(-1)?.due ?? '',
    reply: joint.said.needsReply,
    positions: Object.fromEntries(Object.keys(speakerOf).map((party) => [party, joint.said.agreed])),
  });
  yield step('put-minutes', secretary, 1_500, (state) =>
    consensusIn(state).minutes === null ? { type: 'putMinutes' } : null,
  );
  for (const by of speakers)
    yield step('countersign', by, 1_000, (state, { seats }) => {
      const seatId = seats[by] ?? '';
      const { minutes } = consensusIn(state);
      return !minutes ||
        !partiesUnsigned(state).some(({ sectorId }) => sectorId === partyOfSeat(state, seatId)?.sectorId)
        ? null
        : { type: 'countersign', seatId, digest: minutes.digest, statement: 'agreed', text: '', way: 'phone' };
    });
  yield step('adjourn', chair, 1_500, (state) =>
    state.phase === 'in_session' ? { type: 'adjournMeeting', leaveUnfinished: false } : null,
  );
}

export const jointMeeting: PracticeScript = {
  steps: jointScript,
  players: ({ seats }) => Object.keys(seats),
};
