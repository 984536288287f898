// The demo's public hearing (the dataset's MT3): announced eleven days before, three hundred residents enrolled, representatives drawn, benches filled, convened.
// Called by seed.ts and by tests; everything goes through the office, at the times at which it would have happened.
import { isRefusal, type Refusal } from '#lib/domain/meeting/refusal.ts';
import { newId } from '#lib/protocol/ids.ts';
import { announceHearing, drawPublicly, sealIsDue } from '#lib/server/hearings/announce.ts';
import { enrol, type EnrolmentSent } from '#lib/server/hearings/enrol.ts';
import { appoint } from '#lib/server/hearings/roster.ts';
import { act } from '#lib/server/meetings/act.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import type { DemoIds } from './community.ts';
import { additions, dataset } from './dataset.ts';
import { afternoonAfter } from './meeting.ts';

const dayMs = 86_400_000;

export const hearingOfDataset = dataset.meetings.find(({ id }) => id === 'MT3');

export interface DemoHearing {
  readonly meetingId: string;
  /** The private codes of the residents' enrolments, in the dataset's order. */
  readonly lookups: readonly string[];
}

const orThrow = <Value>(value: Value): Exclude<Value, Refusal> => {
  if (isRefusal(value)) throw new Error(`the demo hearing was refused: ${value.rule} ${value.reason}`);
  return value as Exclude<Value, Refusal>;
};

/** Convened; `residents` bounds how many enrol. Throws where the office refuses. */
export async function seedDemoHearing(
  ids: DemoIds,
  { startsAt = afternoonAfter(Date.now(), 4) + 5 * 3_600_000, residents = 300 } = {},
): Promise<DemoHearing> {
  const { hearing } = additions;
  const venue = dataset.community.venues.find(({ id }) => id === hearingOfDataset?.venue);
  const secretary = { kind: 'person', personId: ids.people.M03 ?? '', accountId: null, meetingId: null } as const;
  const { meetingId } = orThrow(
    await createMeeting(
      {
        councilId: ids.councilId,
        format: 'hearing',
        title: hearingOfDataset?.title ?? '',
        place: `${dataset.community.name} ${venue?.name ?? ''}`,
        startsAt,
        plannedMinutes: 120,
        callLink: null,
        agenda: [{ itemId: newId(), kind: 'deliberation', title: hearing.item, minutes: 120, note: hearing.note }],
      },
      { kind: 'system' },
    ),
  );
  const places = Object.entries(hearingOfDataset?.composition ?? {}).map(([name, seats], at) => ({
    key: `p${at + 1}`,
    name,
    seats,
  }));
  const announcedAt = startsAt - 11 * dayMs;
  const enrolBy = startsAt - 6 * dayMs;
  const publicKnownAt = startsAt - 5.5 * dayMs;
  orThrow(
    await announceHearing(
      meetingId,
      {
        matter: hearing.matter,
        how: hearing.how,
        places,
        enrolBy,
        publicSource: hearing.publicSource,
        publicKnownAt,
        contactDays: hearing.contactDays,
      },
      secretary,
      announcedAt,
    ),
  );

  const enrolled = async (sent: Partial<EnrolmentSent>, at: number, personId: string | null = null) =>
    orThrow(
      await enrol(
        meetingId,
        { sentId: newId(), placeKey: null, name: '', contact: '', zone: null, channel: 'phone', ...sent },
        { author: null, enteredBy: secretary.personId, personId, at },
      ),
    );
  const nameOf = (ref: string) => dataset.council.members.find(({ id }) => id === ref)?.display_name ?? '';
  let number = 0;
  const contact = () => `100${String((number += 1)).padStart(8, '0')}`;
  for (const [place, refs] of Object.entries(hearing.delegates))
    for (const ref of refs)
      await enrolled(
        {
          placeKey: places.find(({ name }) => name === place)?.key ?? null,
          name: nameOf(ref) || ref,
          contact: contact(),
          channel: 'assisted',
        },
        announcedAt + dayMs,
        ids.people[ref] ?? null,
      );
  const zoneName = (zone: string) => dataset.community.zones.find(({ id }) => id === zone)?.name ?? null;
  const lookups: string[] = [];
  for (const [at, resident] of dataset.residents_hearing.slice(0, residents).entries()) {
    const placeKey = at < hearing.concerned ? 'p1' : at < hearing.concerned + hearing.others ? 'p2' : null;
    const { lookup } = await enrolled(
      { placeKey, name: resident.display_name, contact: contact(), zone: zoneName(resident.zone) },
      announcedAt + dayMs + at,
    );
    lookups.push(lookup);
  }

  await sealIsDue(meetingId, enrolBy);
  orThrow(await drawPublicly(meetingId, hearing.publicValue, secretary, publicKnownAt));
  for (const [bench, refs] of Object.entries(hearing.benches))
    for (const ref of refs) orThrow(await appoint(meetingId, ids.people[ref] ?? '', bench));
  const command = { type: 'conveneMeeting', rulePackId: ids.rulePacks.R4 ?? '', shortNoticeReason: null };
  const answer = await act(meetingId, { commandId: newId(), command, at: startsAt - 5 * dayMs }, secretary);
  if (!answer.ok) throw new Error(`the demo hearing was not convened: ${answer.refusal.reason}`);
  return { meetingId, lookups };
}
