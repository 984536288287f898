// What a new call starts from: the community's projects that are due for a decision and the fund that would pay for most of them, or, where there
// are none, the meeting's own agenda. A suggestion only; the secretary changes what is wrong before anything is announced.
import { asc, eq, inArray } from 'drizzle-orm';
import type { CallAsked } from '#lib/domain/meeting/allocation.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { db } from '#lib/server/db/client.ts';
import { projectSeatsTied, projects } from '#lib/server/db/schema/index.ts';
import { fundsOfCommunity } from '#lib/server/ledger/funds.ts';

type Suggested = Pick<CallAsked, 'budgetFen' | 'projects' | 'envelopes'>;

const due = ['plan_published', 'reviewed', 'not_approved'] as const;

export async function suggestedCall(communityId: string, state: MeetingState): Promise<Suggested> {
  const rows = (
    await db.select().from(projects).where(eq(projects.communityId, communityId)).orderBy(asc(projects.code))
  ).filter(({ status, askedFen }) => (due as readonly string[]).includes(status) && askedFen > 0);
  if (rows.length === 0) return fromAgenda(state);
  const tied = await db
    .select()
    .from(projectSeatsTied)
    .where(
      inArray(
        projectSeatsTied.projectId,
        rows.map(({ id }) => id),
      ),
    );
  const funds = await fundsOfCommunity(communityId);
  const [fund] = funds
    .map((each) => ({
      each,
      used: rows.filter(({ envelopeId }) => each.envelopes.some((envelope) => envelope.envelopeId === envelopeId))
        .length,
    }))
    .sort((left, right) => right.used - left.used)
    .flatMap(({ each, used }) => (used > 0 ? [each] : []));
  const envelopes = (fund?.envelopes ?? [])
    .filter(({ roomFen }) => roomFen > 0)
    .map(({ envelopeId, name, roomFen }, index) => ({ id: `E${index + 1}`, name, capFen: roomFen, envelopeId }));
  return {
    budgetFen: fund?.poolFen ?? 0,
    envelopes,
    projects: rows.map(({ id, code, name, askedFen, envelopeId }) => {
      const envelope = envelopes.find((each) => each.envelopeId === envelopeId);
      return {
        id: code,
        name,
        costFen: askedFen,
        projectId: id,
        ...(envelope && { envelopeId: envelope.id }),
        tiedSeatIds: tied.flatMap(({ projectId, seatId }) => (projectId === id && state.seats[seatId] ? [seatId] : [])),
      };
    }),
  };
}

const fromAgenda = (state: MeetingState): Suggested => ({
  budgetFen: 0,
  envelopes: [],
  projects: state.agenda.items.flatMap(({ decides }, index) =>
    decides && decides.amountFen !== null
      ? [{ id: `P${index + 1}`, name: decides.title.text ?? '', costFen: decides.amountFen, tiedSeatIds: [] }]
      : [],
  ),
});
