// Who sits at a hearing: representatives as they were drawn, and the benches the office fills (officers, supervisor, presenter). Read as the roster
// when the hearing is convened; booked with the draw in the same transaction. Rules [H5], [H7].
import { and, asc, eq, inArray, max } from 'drizzle-orm';
import { benches, type Bench, type HearingState } from '#lib/domain/meeting/hearing.ts';
import type { RosterFact } from '#lib/domain/meeting/lifecycle.ts';
import { refuse, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { enrolments, hearingSeats, meetings, people, zones } from '#lib/server/db/schema/index.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';

export interface HearingSeat {
  readonly seatId: string;
  readonly personId: string;
  readonly name: string;
  readonly sectorKey: string;
  readonly hasSmartphone: boolean;
}

const isBench = (key: string): boolean => (benches as readonly string[]).includes(key);

export async function hearingSeatsOf(meetingId: string, store: Queryable = db): Promise<HearingSeat[]> {
  const rows = await store
    .select({ seat: hearingSeats, name: people.name, hasSmartphone: people.hasSmartphone })
    .from(hearingSeats)
    .innerJoin(people, eq(people.id, hearingSeats.personId))
    .where(eq(hearingSeats.meetingId, meetingId))
    .orderBy(asc(hearingSeats.position));
  return rows.map(({ seat, name, hasSmartphone }) => ({
    seatId: seat.id,
    personId: seat.personId,
    name: name ?? '',
    sectorKey: seat.sectorKey,
    hasSmartphone,
  }));
}

/** Sectors and seats of a hearing: the benches first, then the places in the order they were announced. */
export async function hearingRoster(
  tx: Queryable,
  meetingId: string,
  hearing: HearingState,
  benchNames: Readonly<Record<Bench, string>>,
): Promise<Pick<RosterFact, 'sectors' | 'seats'>> {
  const seats = await hearingSeatsOf(meetingId, tx);
  const count = (key: string) => seats.filter(({ sectorKey }) => sectorKey === key).length;
  const sectors = [
    ...benches
      .map((key) => ({ sectorId: key, name: benchNames[key], seats: count(key) }))
      .filter((each) => each.seats > 0),
    ...hearing.places.map(({ key, name, seats: of }) => ({ sectorId: key, name, seats: of })),
  ];
  const place = (key: string) => sectors.findIndex(({ sectorId }) => sectorId === key);
  return {
    sectors,
    seats: seats
      .map(({ seatId, personId, sectorKey, hasSmartphone }) => ({
        seatId,
        personId,
        sectorId: sectorKey,
        title: sectors[place(sectorKey)]?.name ?? '',
        voting: !isBench(sectorKey),
        hasSmartphone,
      }))
      .sort((left, right) => place(left.sectorId) - place(right.sectorId)),
  };
}

/** [H5] Books the draw: whoever was drawn becomes a person of the community and has a seat; who withdrew is passed over for the next. */
export async function bookDrawn(tx: Queryable, meetingId: string, hearing: HearingState, at: number): Promise<void> {
  const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, meetingId));
  if (!meeting || !hearing.draw) return;
  const rows = await tx.select().from(enrolments).where(eq(enrolments.meetingId, meetingId));
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const zoneRows = await tx.select().from(zones).where(eq(zones.communityId, meeting.communityId));
  let position = 100;
  for (const { placeKey, seated, reserves } of hearing.draw.drawn) {
    const places = hearing.places.find(({ key }) => key === placeKey)?.seats ?? 0;
    const coming = [...seated, ...reserves]
      .flatMap((number) => byNumber.get(number) ?? [])
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .slice(0, places);
    for (const row of coming) {
      let { personId } = row;
      if (personId === null) {
        personId = newId();
        await tx.insert(people).values({
          id: personId,
          communityId: meeting.communityId,
          name: row.name,
          zoneId: zoneRows.find(({ name }) => name === row.zone)?.id ?? null,
          hasSmartphone: row.channel === 'phone',
          createdAt: at,
        });
        await tx.update(enrolments).set({ personId }).where(eq(enrolments.id, row.id));
      }
      position += 1;
      await tx
        .insert(hearingSeats)
        .values({ id: newId(), meetingId, personId, sectorKey: placeKey, position })
        .onConflictDoNothing();
    }
  }
}

async function beforeConvening(meetingId: string): Promise<Refusal | null> {
  const { state } = await freshCopy(meetingId);
  if (!state.hearing) return refuse('H1', 'not-announced');
  return state.phase === 'draft' ? null : refuse('L1', 'wrong-phase', { phase: state.phase });
}

/** Gives somebody of the community a seat on a bench; one seat a person. The caller has asked whether the actor may. */
export async function appoint(meetingId: string, personId: string, bench: string): Promise<Refusal | null> {
  const closed = await beforeConvening(meetingId);
  if (closed) return closed;
  if (!isBench(bench)) return refuse('H7', 'hearing-unfit', { field: 'bench' });
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .innerJoin(meetings, eq(meetings.communityId, people.communityId))
      .where(and(eq(meetings.id, meetingId), eq(people.id, personId)));
    if (!person) return refuse('H7', 'unknown-person');
    const [{ last } = { last: null }] = await tx
      .select({ last: max(hearingSeats.position) })
      .from(hearingSeats)
      .where(and(eq(hearingSeats.meetingId, meetingId), inArray(hearingSeats.sectorKey, [...benches])));
    const [made] = await tx
      .insert(hearingSeats)
      .values({ id: newId(), meetingId, personId, sectorKey: bench, position: (last ?? 0) + 1 })
      .onConflictDoNothing()
      .returning();
    return made ? null : refuse('H7', 'already-done');
  });
}

/** Takes somebody from a bench again; a drawn representative stays. */
export async function dismiss(meetingId: string, seatId: string): Promise<Refusal | null> {
  const closed = await beforeConvening(meetingId);
  if (closed) return closed;
  await db
    .delete(hearingSeats)
    .where(
      and(
        eq(hearingSeats.meetingId, meetingId),
        eq(hearingSeats.id, seatId),
        inArray(hearingSeats.sectorKey, [...benches]),
      ),
    );
  return null;
}
