// The demo's council session (the dataset's MT1): drafted with its eight projects as motions and convened for the coming days.
// Called by seed.ts after the community is there, and by tests; everything goes through the office, as a secretary would do it.
import type { OwnersMatter } from '#lib/domain/meeting/agenda.ts';
import { isRefusal } from '#lib/domain/meeting/refusal.ts';
import type { NewItem } from '#lib/protocol/agenda-document.ts';
import { newId } from '#lib/protocol/ids.ts';
import { act } from '#lib/server/meetings/act.ts';
import { createMeeting } from '#lib/server/meetings/create.ts';
import type { DemoIds } from './community.ts';
import { dataset } from './dataset.ts';

const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** 14:00 in Shanghai, `days` days after `now`. */
export function afternoonAfter(now: number, days: number): number {
  const midnight = Math.floor((now + shanghaiOffsetMs) / dayMs) * dayMs - shanghaiOffsetMs;
  return midnight + days * dayMs + 14 * 3_600_000;
}

/** Order in which the session takes the projects: the dataset's own. */
export function demoAgenda({ projects, envelopes }: Pick<DemoIds, 'projects' | 'envelopes'>): NewItem[] {
  const item = (kind: NewItem['kind'], title: string, minutes: number, more: Partial<NewItem> = {}): NewItem => ({
    itemId: newId(),
    kind,
    title,
    minutes,
    ...more,
  });
  return [
    item('opening', '宣布到会人数与议事规则', 5, { presenter: '沈书记' }),
    item('report', '通报资金池与类别上限', 5, { presenter: '吴社工' }),
    ...dataset.projects.map((project) =>
      item('motion', `${project.id} ${project.name}`, 14, {
        presenter: organisationName(project.org_id),
        note: project.need,
        decides: `同意资助“${project.name}”`,
        amountFen: project.requested * 100,
        projectId: projects[project.id] ?? null,
        envelopeId: envelopes[project.envelope_id] ?? null,
        ownersMatter: (project.legal_grade ?? 'none') as OwnersMatter,
        listing: 'off_list',
      }),
    ),
    item('closing', '宣布结果，确认记录', 8, { presenter: '沈书记' }),
  ];
}

const organisationName = (orgId: string): string => dataset.organizations.find(({ id }) => id === orgId)?.name ?? '';

/** Drafts the meeting; `convene` also freezes it with rule pack R1. Throws where the office refuses. */
export async function seedDemoMeeting(
  ids: DemoIds,
  { startsAt = afternoonAfter(Date.now(), 4), convene = true }: { startsAt?: number; convene?: boolean } = {},
): Promise<string> {
  const meeting = dataset.meetings.find(({ id }) => id === 'MT1');
  const venue = dataset.community.venues.find(({ id }) => id === meeting?.venue);
  const created = await createMeeting(
    {
      councilId: ids.councilId,
      format: 'council',
      title: meeting?.title ?? '',
      place: `${dataset.community.name} ${venue?.name ?? ''}`,
      startsAt,
      plannedMinutes: 150,
      callLink: null,
      agenda: demoAgenda(ids),
    },
    { kind: 'system' },
  );
  if (isRefusal(created)) throw new Error(`the demo meeting was refused: ${created.reason}`);
  if (convene) {
    const secretary = ids.people.M03 ?? '';
    const answer = await act(
      created.meetingId,
      {
        commandId: newId(),
        command: { type: 'conveneMeeting', rulePackId: ids.rulePacks.R1 ?? '', shortNoticeReason: null },
      },
      { kind: 'person', personId: secretary, accountId: null, meetingId: null },
    );
    if (!answer.ok) throw new Error(`the demo meeting was not convened: ${answer.refusal.reason}`);
  }
  return created.meetingId;
}
