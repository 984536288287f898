// The facts of a session with an agenda, motions and votes: who came, what was moved, said, voted and corrected. Other formats use those of
// these events they have, and add a table of their own beside this one.
import { votingSeats } from '#lib/domain/meeting/attendance.ts';
import { itemOf } from '#lib/domain/meeting/agenda.ts';
import { envelopeAt } from '#lib/domain/meeting/awards.ts';
import { returnsOf } from '#lib/domain/appraisal/returns.ts';
import { unclaimedTopics } from '#lib/domain/meeting/open-space/space.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { Turn } from '#lib/domain/meeting/floor.ts';
import { followUpsIn, type BroughtFollowUp, type FollowUpOfMeeting } from '#lib/domain/meeting/follow-ups.ts';
import type { PollResult } from '#lib/domain/meeting/poll-state.ts';
import { hasCome, publishedAttendance } from '#lib/domain/meeting/published.ts';
import type { Attendee, FactMakers, FactSaid, OwedFact, Reading, ResultFact, SpeechFact } from './fact.ts';

const peopleWith = ({ end }: Reading, role: 'chair' | 'secretary'): string[] =>
  Object.values(end.people)
    .filter(({ roles }) => roles.includes(role))
    .map(({ personId }) => personId);

function attendees(reading: Reading): Attendee[] {
  const { end } = reading;
  return end.seatOrder.flatMap((seatId) => {
    const seat = end.seats[seatId];
    if (!seat) return [];
    const here = end.attendance.bySeat[seatId];
    const presence = here?.presence;
    const came = hasCome(end, seatId);
    const holder = end.attendance.proxies[seatId];
    return [
      {
        personId: seat.personId,
        sector: end.sectors.find(({ sectorId }) => sectorId === seat.sectorId)?.name ?? '',
        title: seat.title,
        voting: seat.voting,
        status: came ? 'came' : presence?.status === 'on_leave' ? 'on_leave' : 'absent',
        mode: came && presence && 'mode' in presence ? presence.mode : null,
        movements: here?.movements ?? [],
        proxyPersonId: holder === undefined ? null : reading.personAt(holder),
      } satisfies Attendee,
    ];
  });
}

function attendance(reading: Reading): FactSaid['attendance'] {
  const seats = attendees(reading);
  const { expected, came, onLeave, absent } = publishedAttendance(reading.end);
  const remote = seats.filter(({ voting, status, mode }) => voting && status === 'came' && mode === 'remote').length;
  return { seats, expected, came, remote, onLeave, absent };
}

const timesOfItem = ({ events }: Reading, itemId: string): number | null =>
  events.find(({ type, payload }) => type === 'ItemClosed' && (payload as { itemId: string }).itemId === itemId)?.at ??
  null;

const stanceOf = ({ presentation, pointOfOrder, stance }: Turn): SpeechFact['stance'] =>
  presentation ? 'presentation' : pointOfOrder ? 'point_of_order' : stance;

/** Everything said on one matter; told by the first speech on it. */
function speeches(event: Extract<MeetingEvent, { type: 'FloorGiven' }>, reading: Reading): FactSaid['speeches'] | null {
  const { itemId, motionId } = event.payload.request;
  const same = (other: { itemId: string | null; motionId: string | null }): boolean =>
    other.itemId === itemId && other.motionId === motionId;
  const first = reading.events.find((each) => each.type === 'FloorGiven' && same(each.payload.request));
  if (first?.seq !== event.seq) return null;
  const { end } = reading;
  const title = motionId === null ? (itemOf(end, itemId ?? '')?.title ?? null) : end.motions.byId[motionId]?.title;
  return {
    title: reading.said(title ?? null),
    speeches: end.floor.turns
      .filter(same)
      .slice()
      .sort((one, other) => one.startedAt - other.startedAt)
      .map((turn) => ({
        personId: reading.personAt(turn.seatId),
        stance: stanceOf(turn),
        startedAt: turn.startedAt,
        spentMs: turn.spentMs,
      })),
  };
}

interface Version {
  readonly seq: number;
  readonly result: PollResult;
}

/** Every count of a poll there was, oldest first: at its close, and each that replaced one. */
const versionsOf = ({ events }: Reading, pollId: string): Version[] =>
  events.flatMap((event) =>
    (event.type === 'PollClosed' || event.type === 'ResultSuperseded') && event.payload.pollId === pollId
      ? [{ seq: event.seq, result: event.payload.result as PollResult }]
      : [],
  );

/** The count that stood at event `seq`, as a fact. */
function resultAt(seq: number, pollId: string, reading: Reading): ResultFact | null {
  const poll = reading.end.polls.byId[pollId];
  const versions = versionsOf(reading, pollId);
  const standing = versions.filter((version) => version.seq <= seq);
  const result = standing[standing.length - 1]?.result;
  if (!poll || !result) return null;
  const choices: Record<string, string[]> = {};
  for (const [seatId, choice] of Object.entries(result.choices ?? {}))
    if (typeof choice === 'string') (choices[choice] ??= []).push(reading.personAt(seatId));
  return {
    poll,
    result,
    question: reading.said(poll.frame.question),
    recused: result.recusedSeatIds.map(reading.personAt),
    choices: result.choices === null ? null : choices,
    returns: returnsOf({ ...poll, result }),
    supersededBy: versions[standing.length]?.seq ?? null,
  };
}

const announcedBefore = ({ events }: Reading, pollId: string, seq: number): number | null =>
  events.find((event) => event.type === 'ResultAnnounced' && event.payload.pollId === pollId && event.seq < seq)?.seq ??
  null;

function motion(motionId: string, reading: Reading): FactSaid['motion'] | null {
  const { end, said, personAt } = reading;
  const found = end.motions.byId[motionId];
  if (!found) return null;
  const at = (seatId: string | null): string | null => (seatId === null ? null : personAt(seatId));
  const renewed = found.renewsMotionId === null ? undefined : end.motions.byId[found.renewsMotionId];
  const envelope = envelopeAt(end, found.envelopeId)?.envelope.name.text ?? '';
  return {
    motionId,
    title: said(found.title),
    text: found.text && said(found.text),
    mover: at(found.moverSeatId),
    seconder: at(found.seconderSeatId),
    originalAmountFen: found.originalAmountFen,
    amountFen: found.amountFen,
    ownersMatter: found.ownersMatter,
    listing: found.listing,
    renews: renewed ? said(renewed.title) : null,
    amendments: found.amendments.map(({ text, amountFen, moverSeatId, seconderSeatId, outcome }) => ({
      text: said(text),
      amountFen,
      mover: personAt(moverSeatId),
      seconder: at(seconderSeatId),
      outcome,
    })),
    reductions: found.reductions.map(({ fromFen, toFen, reason }) => ({ fromFen, toFen, reason: said(reason) })),
    recusals: Object.entries(found.recusals).map(([seatId, { reason, declaredByMember }]) => ({
      personId: personAt(seatId),
      reason: said(reason),
      declaredByMember,
    })),
    stage: found.stage,
    outcome: found.outcome,
    contractLocked: found.contractLocked,
    closingReason: found.closingReason && said(found.closingReason),
    award: found.award ? { ...found.award, envelope } : null,
  };
}

function owed(followUp: BroughtFollowUp | FollowUpOfMeeting, { end, said }: Reading): OwedFact {
  const { followUpId, text, ownerPersonId, owner, dueOn } = followUp;
  const settled = followUpsIn(end).settled[followUpId];
  return {
    text: said(text),
    owner: ownerPersonId === null ? said(owner) : [{ personId: ownerPersonId }],
    dueOn,
    overdue: 'overdue' in followUp && followUp.overdue,
    settled: settled ? { outcome: settled.outcome, dueOn: settled.dueOn, note: said(settled.note) } : null,
  };
}

const course = 'course' as const;

export const councilFacts: FactMakers = {
  MeetingConvened: (_event, reading) => {
    const { title, place, startsAt, openedAt, adjournedAt, shortNotice, rules } = reading.end;
    return {
      part: 'opening',
      kind: 'meeting',
      said: {
        title: reading.said(title),
        place: reading.said(place),
        plannedAt: startsAt,
        openedAt,
        adjournedAt,
        chairs: peopleWith(reading, 'chair'),
        secretaries: peopleWith(reading, 'secretary'),
        shortNotice: shortNotice && reading.said(shortNotice),
        rules: rules?.name ?? '',
      },
    };
  },
  CheckInOpened: (_event, reading) =>
    reading.end.seatOrder.length === 0 ? null : { part: 'opening', kind: 'attendance', said: attendance(reading) },
  SessionOpened: ({ payload, at }, { end }) =>
    votingSeats(end).length === 0
      ? null
      : {
          part: 'opening',
          kind: 'quorum',
          said: { ...payload, at, sectorsNeeded: end.rules?.quorum?.sectorsPresent ?? null },
        },
  AgendaAdopted: (_event, { end, said }) => ({
    part: 'opening',
    kind: 'agenda',
    said: {
      items: end.agenda.items.map(({ itemId, title, presenter, minutes }) => ({
        title: said(title),
        presenter: presenter && said(presenter),
        minutes,
        done: end.agenda.progress[itemId] !== undefined,
      })),
    },
  }),
  AgendaChangeDecided: ({ payload }, { end, said, events }) => {
    const proposal = end.agenda.proposals.find(({ proposalId }) => proposalId === payload.proposalId);
    if (!proposal) return null;
    const { change } = proposal;
    // Of an item that was taken off, only the notice still knows the title.
    const convened = events.find((event) => event.type === 'MeetingConvened');
    const titleOf = (itemId: string) =>
      itemOf(end, itemId)?.title ?? convened?.payload.items.find((item) => item.itemId === itemId)?.title ?? null;
    const title = change.kind === 'add' ? change.item.title : titleOf(change.itemId);
    return {
      part: course,
      kind: 'agenda-change',
      said: { what: change.kind, title: said(title), adopted: payload.adopted },
    };
  },
  ItemOpened: ({ payload: { itemId }, at }, reading) => {
    const item = itemOf(reading.end, itemId);
    if (!item) return null;
    const n = reading.end.agenda.items.indexOf(item) + 1;
    const presenter = item.presenter && reading.said(item.presenter);
    const to = timesOfItem(reading, itemId);
    return {
      part: course,
      kind: 'item',
      said: { itemId, n, title: reading.said(item.title), presenter, from: at, to },
    };
  },
  MotionMoved: ({ payload }, reading) => {
    const said = motion(payload.motionId, reading);
    return said && { part: course, kind: 'motion', said };
  },
  FloorGiven: (event, reading) => {
    const said = speeches(event, reading);
    return said && { part: course, kind: 'speeches', said };
  },
  ResultAnnounced: ({ seq, payload: { pollId, count } }, reading) => {
    const said = resultAt(seq, pollId, reading);
    return (
      said && { part: course, kind: 'result', said: { ...said, count: (count as FactSaid['result']['count']) ?? null } }
    );
  },
  ResultSuperseded: ({ seq, payload }, reading) => {
    const { pollId, reason } = payload;
    const said = resultAt(seq, pollId, reading);
    const versions = versionsOf(reading, pollId);
    const before = versions[versions.findIndex((version) => version.seq === seq) - 1]?.result;
    if (!said || !before) return null;
    const corrects = announcedBefore(reading, pollId, seq);
    return {
      part: course,
      kind: 'correction',
      said: { ...said, reason: reading.said(reason), corrects, before },
      ...(corrects === null ? {} : { after: corrects }),
    };
  },
  PollVoided: ({ payload: { pollId, reason } }, { end, said }) => ({
    part: course,
    kind: 'voided',
    said: { question: said(end.polls.byId[pollId]?.frame.question ?? null), reason: said(reason) },
  }),
  RecessCalled: ({ seq, at }, { events }) => ({
    part: course,
    kind: 'recess',
    said: { from: at, to: events.find((event) => event.type === 'SessionResumed' && event.seq > seq)?.at ?? null },
  }),
  QuestionBrought: ({ payload }, { end, said, personAt }) => ({
    part: course,
    kind: 'question',
    said: {
      text: said(payload.text),
      by: personAt(payload.seatId),
      answer: said(end.questions.brought.find(({ questionId }) => questionId === payload.questionId)?.answer ?? null),
    },
  }),
  QuestionsSummed: ({ seq, payload }, { events }) => {
    const again = events.some((event) => event.type === 'QuestionsSummed' && event.seq > seq);
    if (again || payload.asked === 0) return null;
    return { part: 'closing', kind: 'questions', said: { asked: payload.asked, answered: payload.answered } };
  },
  FollowUpsBrought: (_event, reading) => ({
    part: 'opening',
    kind: 'follow-ups',
    said: { owed: followUpsIn(reading.end).brought.map((each) => owed(each, reading)) },
  }),
  FollowUpSet: ({ payload }, reading) => {
    const followUp = followUpsIn(reading.end).set.find(({ followUpId }) => followUpId === payload.followUpId);
    if (!followUp) return null;
    const item = followUp.itemId === null ? undefined : itemOf(reading.end, followUp.itemId);
    return {
      part: 'decisions',
      kind: 'decision',
      said: { ...owed(followUp, reading), item: item ? reading.said(item.title) : null },
    };
  },
  /** Told once, by whoever came first. */
  ParticipantEntered: ({ seq }, { end, events }) => {
    if (events.find(({ type }) => type === 'ParticipantEntered')?.seq !== seq) return null;
    const all = Object.values(end.participants.byId);
    const hall = all.filter(({ channel }) => channel === 'hall').length;
    const assisted = all.filter(({ assistedBy }) => assistedBy !== null).length;
    return {
      part: 'opening',
      kind: 'participants',
      said: { people: all.length, hall, remote: all.length - hall, assisted },
    };
  },
  MeetingAdjourned: ({ payload, at }, { end, said }) => ({
    part: 'closing',
    kind: 'adjourned',
    said: {
      at,
      present: end.seatOrder.length === 0 ? null : payload.present,
      unclaimed: end.openSpace ? unclaimedTopics(end.openSpace).map(({ title }) => said(title)) : [],
      unfinished: payload.unfinished.map((id) =>
        said(end.motions.byId[id]?.title ?? end.polls.byId[id]?.frame.question ?? null),
      ),
    },
  }),
};
