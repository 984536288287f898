// Follow-ups in the office, on a real PostgreSQL: steps and their history, whom they belong to, what a session books and opens with.
import { describe, expect, it } from 'vitest';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { db } from '#lib/server/db/client.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { aSession, asPerson, must } from '#tests/support/session.ts';
import { aCommunity, aCouncil, aPerson } from '#tests/support/world.ts';
import {
  followUpsAtDesk,
  followUpsOfMeeting,
  openFollowUp,
  openOfCouncil,
  owedBy,
  stepFollowUp,
} from './follow-ups.ts';

const occasion = (byPersonId: string | null = null) => ({ at: Date.now(), byPersonId });
const asked = { text: '更新公开栏', ownerPersonId: null, ownerName: '社区居委会', dueOn: '2026-04-20' };

describe('follow-ups', () => {
  it('[FU1] belong to an owner of the same community', async () => {
    const { communityId } = await aCommunity();
    const owner = await aPerson({ communityId, name: '许站长' });
    const stranger = await aPerson();
    const set = (ownerPersonId: string) =>
      openFollowUp(db, { communityId, councilId: null, ...asked, ownerPersonId }, occasion());
    expect(await set(stranger.personId)).toMatchObject({ reason: 'not-there' });
    expect(await set(owner.personId)).toHaveProperty('followUpId');
    expect(await owedBy(owner.personId)).toMatchObject([{ owner: '许站长', overdue: true }]);
    expect(await owedBy(stranger.personId)).toEqual([]);
  });

  it('[FU2] [FU3] keep every step with who and why', async () => {
    const { communityId } = await aCommunity();
    const by = await aPerson({ communityId, name: '吴社工' });
    const { followUpId } = orThrow(await openFollowUp(db, { communityId, councilId: null, ...asked }, occasion()));
    const step = (deed: Parameters<typeof stepFollowUp>[3]) =>
      db.transaction((tx) => stepFollowUp(tx, communityId, followUpId, deed, occasion(by.personId)));
    expect(await step({ deed: 'extended', dueOn: '2026-05-29', note: '等材料' })).toBeNull();
    expect(await step({ deed: 'done', note: '办好' })).toBeNull();
    expect(await step({ deed: 'done', note: '再办' })).toMatchObject({ reason: 'follow-up-closed' });
    expect(await step({ deed: 'reopened', note: '又掉了' })).toBeNull();
    const [row] = await followUpsAtDesk(communityId);
    expect(row).toMatchObject({ status: 'open', dueOn: '2026-05-29' });
    expect(row?.steps.map(({ deed, by }) => `${deed} ${by ?? ''}`)).toEqual([
      'reopened 吴社工',
      'done 吴社工',
      'extended 吴社工',
      'set ',
    ]);
    const elsewhere = (await aCommunity()).communityId;
    expect(
      await db.transaction((tx) => stepFollowUp(tx, elsewhere, followUpId, { deed: 'done', note: '好' }, occasion())),
    ).toMatchObject({ reason: 'not-there' });
  });

  it('[FU5] what a session sets and settles is booked with its event, and stays when the event is refused', async () => {
    const { meetingId, council, secretary } = await aSession({ members: 5 });
    const owner = council.members[2];
    const set = { type: 'setFollowUp', itemId: null, text: '公布停放办法', ownerName: '', dueOn: '2030-05-20' };
    await must(meetingId, { ...set, ownerPersonId: owner?.personId }, secretary);
    await expect(must(meetingId, { ...set, ownerPersonId: 'nobody' }, secretary)).rejects.toThrow('FU1 unknown-person');
    await expect(
      must(meetingId, { ...set, ownerPersonId: owner?.personId }, asPerson(owner?.personId ?? '')),
    ).rejects.toThrow('P1');
    expect(await followUpsOfMeeting(meetingId)).toMatchObject([{ text: '公布停放办法', owner: owner?.name }]);
    const [made] = await openOfCouncil(db, council.councilId);
    const settle = { type: 'settleFollowUp', followUpId: made?.followUpId, note: '已公布', dueOn: null };
    await must(meetingId, { ...settle, outcome: 'done' }, secretary);
    expect(await openOfCouncil(db, council.councilId)).toEqual([]);
    expect((await freshCopy(meetingId)).state.followUps?.settled[made?.followUpId ?? '']?.outcome).toBe('done');
  });

  it("[FU4] a council's open ones are told by due day, and no other council's", async () => {
    const [one, other] = [await aCouncil({ members: 2 }), await aCouncil({ members: 2 })];
    const { communityId, councilId } = one;
    for (const dueOn of ['2030-01-02', '2026-01-01'])
      orThrow(await openFollowUp(db, { communityId, councilId, ...asked, dueOn }, occasion()));
    expect((await openOfCouncil(db, councilId)).map(({ dueOn, overdue }) => [dueOn, overdue])).toEqual([
      ['2026-01-01', true],
      ['2030-01-02', false],
    ]);
    expect(await openOfCouncil(db, other.councilId)).toEqual([]);
  });
});
