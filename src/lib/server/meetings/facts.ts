// Reads the facts a command declares, inside the deciding transaction and under the right locks: meeting, then poll, then fund.
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { awardsOfMeeting, envelopesOfAgenda } from '#lib/domain/meeting/awards.ts';
import { itemOf } from '#lib/domain/meeting/agenda.ts';
import { booksAwards, factsNeeded } from '#lib/domain/meeting/commands.ts';
import type { FactName, Facts } from '#lib/domain/meeting/facts.ts';
import type { RosterFact } from '#lib/domain/meeting/lifecycle.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { maskName } from '#lib/domain/meeting/words.ts';
import type { Queryable } from '#lib/server/db/client.ts';
import {
  councilRoles,
  meetings,
  people,
  projects,
  rulePacks,
  seats,
  sectors,
  staffRoles,
} from '#lib/server/db/schema/index.ts';
import { openFollowUpsFact } from '#lib/server/follow-ups/in-session.ts';
import { matterOf } from '#lib/server/joint/agenda-sources.ts';
import { awardsOfProject } from '#lib/server/ledger/awards.ts';
import { fundsFact } from '#lib/server/ledger/in-session.ts';
import { seatsTiedTo } from '#lib/server/projects/in-session.ts';
import { draftedAgenda, lockAgendaDocument } from '#lib/server/meetings/drafted-agenda.ts';
import { pollFact, sheetFact } from '#lib/server/polls/count.ts';
import { enrolmentFact } from '#lib/server/hearings/enrol.ts';
import { hearingMessagesFor } from '#lib/server/hearings/messages.ts';
import { reportFact } from '#lib/server/hearings/opinions.ts';
import { hearingRoster } from '#lib/server/hearings/roster.ts';
import { questionFact, questionsSummary } from '#lib/server/questions/questions.ts';

/** `state` is the meeting before the command; `soFar` the facts read before this one, in the order `factsNeeded` has them. */
type Reader<Name extends FactName> = (
  tx: Queryable,
  meetingId: string,
  command: Command,
  state: MeetingState,
  soFar: Facts,
) => Promise<Facts[Name]>;

const pollIdOf = (command: Command): string => ('pollId' in command ? command.pollId : '');
const questionIdOf = (command: Command): string => ('questionId' in command ? command.questionId : '');

/** The project whose money the command is about; undefined for none. */
function projectAsked(command: Command, state: MeetingState): string | undefined {
  if (command.type === 'putItemMotion') return itemOf(state, state.agenda.currentItemId ?? '')?.decides?.projectId;
  if (command.type === 'openPoll')
    return command.subject.kind === 'motion' ? state.motions.byId[state.motions.currentId ?? '']?.projectId : undefined;
  const subject = state.polls.byId[pollIdOf(command)]?.frame.subject;
  return subject?.kind === 'motion' ? state.motions.byId[subject.motionId]?.projectId : undefined;
}

const readers: { [Name in FactName]: Reader<Name> } = {
  roster: (tx, meetingId, _command, state) => rosterFact(tx, meetingId, state),
  rulePack: async (tx, meetingId, command) => {
    const packId = command.type === 'conveneMeeting' ? command.rulePackId : '';
    const [row] = await tx
      .select({ rules: rulePacks.rules })
      .from(rulePacks)
      .innerJoin(meetings, eq(meetings.communityId, rulePacks.communityId))
      .where(and(eq(meetings.id, meetingId), eq(rulePacks.id, packId), isNull(rulePacks.retiredAt)));
    return row?.rules ?? null;
  },
  agendaSeq: (tx, meetingId) => lockAgendaDocument(tx, meetingId),
  agenda: (tx, meetingId) => draftedAgenda(tx, meetingId),
  poll: (tx, _meetingId, command) => pollFact(tx, pollIdOf(command)),
  sheet: (tx, _meetingId, command) => sheetFact(tx, command.type === 'supersedeResult' ? command.sheetId : ''),
  question: (tx, meetingId, command) => questionFact(tx, meetingId, questionIdOf(command)),
  questionsSummary: (tx, meetingId) => questionsSummary(tx, meetingId),
  followUps: (tx, meetingId) => openFollowUpsFact(tx, meetingId),
  matter: (tx, meetingId, command, state) =>
    matterOf(tx, meetingId, command.type === 'openItem' ? command.itemId : (state.agenda.currentItemId ?? '')),
  projectHoldsFen: async (tx, _meetingId, command, state) => {
    const projectId = projectAsked(command, state);
    if (projectId === undefined) return 0;
    if (booksAwards.includes(command.type))
      await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for('update');
    return (await awardsOfProject(projectId, tx)).reduce((sum, { amountFen }) => sum + amountFen, 0);
  },
  tied: (tx, _meetingId, command, state) => {
    const { byId, currentId } = state.motions;
    if (command.type === 'moveMotion') return seatsTiedTo(tx, byId[command.renewsMotionId ?? '']?.projectId);
    if (command.type !== 'putItemMotion')
      return seatsTiedTo(tx, byId[('motionId' in command ? command.motionId : currentId) ?? '']?.projectId);
    const item = state.agenda.items.find(({ itemId }) => itemId === state.agenda.currentItemId);
    return seatsTiedTo(tx, item?.decides?.projectId);
  },
  enrolment: (tx, meetingId, _command, { hearing }) =>
    hearing ? enrolmentFact(tx, meetingId, hearing.enrolBy) : Promise.resolve(null),
  report: (tx, meetingId) => reportFact(tx, meetingId),
  funds: (tx, meetingId, command, state, { agenda }) =>
    fundsFact(tx, meetingId, {
      envelopeIds: agenda ? agenda.flatMap(({ decides }) => decides?.envelopeId ?? []) : envelopesOfAgenda(state),
      awardIds: awardsOfMeeting(state),
      lock: booksAwards.includes(command.type),
    }),
};

export async function readFacts(
  tx: Queryable,
  meetingId: string,
  command: Command,
  state: MeetingState,
): Promise<Facts> {
  const facts: Record<string, unknown> = {};
  for (const name of factsNeeded[command.type] ?? [])
    facts[name] = await readers[name](tx, meetingId, command, state, facts as Facts);
  return facts;
}

/** People, sectors and seats as they stand now: of the meeting's council, or of the hearing where one was announced. Ended and vacant seats are not called. */
async function rosterFact(tx: Queryable, meetingId: string, state: MeetingState): Promise<RosterFact | undefined> {
  const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!meeting?.councilId) return undefined;
  const { councilId, communityId } = meeting;
  const { sectors: sectorsCalled, seats: seatsCalled } = state.hearing
    ? await hearingRoster(tx, meetingId, state.hearing, hearingMessagesFor('zh-CN').benches)
    : await councilRoster(tx, councilId);
  const seated = await tx
    .select()
    .from(people)
    .where(
      inArray(
        people.id,
        seatsCalled.map(({ personId }) => personId),
      ),
    );
  const officers = [
    ...(await tx
      .select({ person: people, role: councilRoles.role })
      .from(councilRoles)
      .innerJoin(people, eq(people.id, councilRoles.personId))
      .where(and(eq(councilRoles.councilId, councilId), isNull(people.erasedAt)))),
    ...(await tx
      .select({ person: people, role: staffRoles.role })
      .from(staffRoles)
      .innerJoin(people, eq(people.id, staffRoles.personId))
      .where(and(eq(staffRoles.communityId, communityId), isNull(people.erasedAt)))),
  ];
  const roles = new Map<string, Set<Role>>();
  const known = new Map<string, typeof people.$inferSelect>();
  const grant = (person: typeof people.$inferSelect, role: Role) => {
    known.set(person.id, person);
    roles.set(person.id, (roles.get(person.id) ?? new Set<Role>()).add(role));
  };
  const byId = new Map(seated.map((person) => [person.id, person]));
  for (const { personId, voting } of seatsCalled) {
    const person = byId.get(personId);
    if (person) grant(person, voting ? 'member' : 'non_voting');
  }
  for (const { person, role } of officers) grant(person, role);
  return {
    sectors: sectorsCalled,
    seats: seatsCalled,
    people: [...known.values()].map((person) => ({
      personId: person.id,
      name: person.name ?? '',
      publicName: person.consentPublishName ? (person.name ?? '') : maskName(person.name ?? ''),
      roles: [...(roles.get(person.id) ?? [])],
    })),
  };
}

async function councilRoster(tx: Queryable, councilId: string): Promise<Pick<RosterFact, 'sectors' | 'seats'>> {
  const sectorRows = await tx
    .select()
    .from(sectors)
    .where(eq(sectors.councilId, councilId))
    .orderBy(asc(sectors.position));
  const seatRows = await tx
    .select({ seat: seats, person: people, sectorPosition: sectors.position })
    .from(seats)
    .innerJoin(people, eq(people.id, seats.personId))
    .innerJoin(sectors, eq(sectors.id, seats.sectorId))
    .where(and(eq(seats.councilId, councilId), isNull(seats.endedAt), isNull(people.erasedAt)))
    .orderBy(asc(sectors.position), asc(seats.position));
  return {
    sectors: sectorRows.map(({ id, name, seats: count }) => ({ sectorId: id, name, seats: count })),
    seats: seatRows.map(({ seat, person }) => ({
      seatId: seat.id,
      personId: person.id,
      sectorId: seat.sectorId,
      title: seat.title,
      voting: seat.voting,
      hasSmartphone: person.hasSmartphone,
    })),
  };
}
