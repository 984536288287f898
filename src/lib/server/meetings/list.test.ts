// What the landing page may show: meetings of kept realms that have been announced, in the order a visitor looks for them.
import { describe, expect, it } from 'vitest';
import type { Phase } from '#lib/domain/meeting/state.ts';
import { newId } from '#lib/protocol/ids.ts';
import { db } from '#lib/server/db/client.ts';
import { meetings, type RealmKind } from '#lib/server/db/schema/index.ts';
import { aCommunity } from '#tests/support/world.ts';
import { listPublicMeetings } from './list.ts';

async function aMeeting(title: string, phase: Phase, startsAt: number, realm: RealmKind = 'kept'): Promise<void> {
  const { realmId, communityId } = await aCommunity({ name: `${title}的社区`, realm });
  const id = newId();
  await db.insert(meetings).values({
    id,
    realmId,
    communityId,
    format: 'council',
    title,
    place: '议事厅',
    startsAt,
    joinCode: id.slice(0, 6),
    phase,
    headHash: new Uint8Array(32),
    createdAt: 0,
  });
}

describe('the public list of meetings', () => {
  it('leaves out drafts, cancelled meetings, practice and rehearsal, and sorts the rest', async () => {
    await aMeeting('草稿', 'draft', 1);
    await aMeeting('取消的', 'cancelled', 1);
    await aMeeting('练习', 'in_session', 1, 'practice');
    await aMeeting('演练', 'adjourned', 1, 'rehearsal');
    await aMeeting('下月的', 'convened', 30);
    await aMeeting('明天的', 'convened', 20);
    await aMeeting('签到中的', 'check_in', 11);
    await aMeeting('休会的', 'recess', 10);
    await aMeeting('进行中的', 'in_session', 12);
    await aMeeting('去年的', 'adjourned', 1);
    await aMeeting('上周的', 'adjourned', 5);

    const list = await listPublicMeetings();
    const titles = (of: readonly { readonly title: string }[]) => of.map(({ title }) => title);
    expect(titles(list.live)).toEqual(['休会的', '签到中的', '进行中的']);
    expect(titles(list.upcoming)).toEqual(['明天的', '下月的']);
    expect(titles(list.ended)).toEqual(['上周的', '去年的']);
    expect(list.upcoming[0]).toMatchObject({
      community: '明天的的社区',
      place: '议事厅',
      phase: 'convened',
      startsAt: 20,
    });
    expect(titles((await listPublicMeetings(1)).ended)).toEqual(['上周的']);
  });
});
