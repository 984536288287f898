// Script 6.5 from the pulled agenda to the countersigned page: the dataset's people over real sockets against a real PostgreSQL, every owner,
// day and position as in the dataset's MT5.
import { afterAll, describe, expect, test } from 'vitest';
import type { Command } from '#lib/domain/meeting/commands.ts';
import { consensusIn, disputed, type Outcome, type Position } from '#lib/domain/meeting/consensus.ts';
import { followUpsIn } from '#lib/domain/meeting/follow-ups.ts';
import { verify } from '#lib/domain/minutes/verify.ts';
import { db } from '#lib/server/db/client.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import { seedDemoAffairs, seedDemoJointMeeting } from '#lib/server/demo/joint.ts';
import { openOfCouncil } from '#lib/server/follow-ups/follow-ups.ts';
import { candidatesFor } from '#lib/server/joint/agenda-sources.ts';
import { freshCopy } from '#lib/server/meetings/copies.ts';
import { checkChain } from '#lib/server/meetings/log.ts';
import { archivePapers, completeMinutes } from '#lib/server/minutes/complete.ts';
import { freezeMinutes, recordIn, standingRecord } from '#lib/server/minutes/freeze.ts';
import { signingView, waitingForSignature } from '#lib/server/minutes/sign.ts';
import { needAtDesk } from '#lib/server/needs/desk.ts';
import { Participant } from '#lib/server/practice/participant.ts';
import { keepLetter, tasksAtDesk, taskWithLetter } from '#lib/server/tasks/tasks.ts';
import { openHall } from '#tests/support/hall.ts';
import { asPerson, must } from '#tests/support/session.ts';
import { enteredBySlip, theDemo } from '#tests/support/world.ts';

const meeting = dataset.meetings.find(({ id }) => id === 'MT5');
interface Agreed {
  readonly no: number;
  readonly title: string;
  readonly outcome: string;
  readonly owner: string;
  readonly due: string;
  readonly reply?: string;
  readonly positions: Readonly<Record<string, string>>;
}
const agreed = (meeting?.items ?? []) as unknown as readonly Agreed[];
const day = meeting?.date ?? '';
const positionOf: Readonly<Record<string, Position>> = { 同意: 'agree', 保留: 'reserve', 反对: 'oppose' };
const outcomeOf: Readonly<Record<string, Outcome>> = {
  say_no: 'declined',
  accept: 'accepted',
  agreed: 'agreed',
  '2办结1延期': 'agreed',
  say_no_unless_funded: 'money_asked',
};

describe('a tripartite joint meeting, live from end to end', () => {
  test('script 6.5: Q1 declined with its letter, Q2 taken on, Q3 for its money, countersigned before it closes', async () => {
    const url = await openHall();
    const ids = await theDemo({ realm: 'practice' });
    const joint = await seedDemoAffairs(ids, day);
    const startsAt = Date.parse(`${day}T15:00:00+08:00`);
    const meetingId = await seedDemoJointMeeting(ids, joint, { startsAt, convene: false });
    const secretary = asPerson(ids.people.M03 ?? '');
    const convene = { type: 'conveneMeeting', rulePackId: ids.rulePacks.R7, shortNoticeReason: '当日临时召集' };
    await must(meetingId, convene, secretary);

    // 1. The agenda holds the three tasks, the needs that were referred and the follow-ups that are open; nothing is left to pull.
    const titles = (await freshCopy(meetingId)).state.agenda.items.map(({ title }) => title.text ?? '');
    expect(titles[0]).toContain('宣布到会');
    expect(titles.slice(1, -1)).toEqual([
      'P3施工期停放引导',
      'Q1 要求社区下载并每日打卡某工作APP',
      'Q2 协助低保年审入户核查',
      'Q3 要求社区承办区级宣传活动并自筹经费',
      '转办居民需求 3 项',
      '上次会议督办 3 项',
    ]);
    const left = await candidatesFor(meetingId);
    expect([left.tasks, left.followUps, left.needs.filter(({ code }) => ['N15', 'N16', 'N18'].includes(code))]).toEqual(
      [[], [], []],
    );

    // Three phones and one laptop, and the two invitees.
    const hands: Record<string, Participant> = {};
    for (const ref of [...(meeting?.attendees ?? []), ...(meeting?.invited ?? [])]) {
      const cookie = await enteredBySlip(ids.people[ref] ?? '', meetingId);
      hands[ref] = await new Participant({ url, meetingId, cookie }).enter();
    }
    const guest = await new Participant({ url, meetingId, cookie: null }).enter();
    afterAll(() => [...Object.values(hands), guest].forEach((hand) => hand.leave()));
    const by = (ref: string): Participant => {
      const hand = hands[ref];
      if (!hand) throw new Error(`nobody holds the place of ${ref}`);
      return hand;
    };
    const say = async (ref: string, command: Command) => {
      const refused = await by(ref).act(command);
      if (refused) throw new Error(`${ref} ${command.type}: ${refused.rule} ${refused.reason}`);
    };
    const why = async (ref: string, command: Command) => {
      const refused = await by(ref).act(command);
      return refused && `${refused.rule} ${refused.reason}`;
    };
    const seat = (ref: string) => joint.seats[ref] ?? '';

    await say('M03', { type: 'openCheckIn' });
    for (const ref of ['M02', 'M03', 'M04', 'M18', 'M21'])
      await say(ref, { type: 'takeSeat', seatId: seat(ref), mode: 'hall', way: 'slip' });
    // All three parties, or none of it.
    expect(await why('M01', { type: 'openSession' })).toBe('Q1 no-quorum');
    await say('M01', { type: 'takeSeat', seatId: seat('M01'), mode: 'hall', way: 'slip' });
    await say('M01', { type: 'openSession' });
    expect(followUpsIn(by('M01').state).brought.map(({ dueOn }) => dueOn)).toEqual([
      '2026-05-02',
      '2026-05-06',
      '2026-05-11',
    ]);
    await say('M01', { type: 'adoptAgenda' });

    const representative: Readonly<Record<string, string>> = {
      社区党组织: 'M01',
      社区居委会: 'M02',
      社区工作站: 'M04',
    };
    const items = (await freshCopy(meetingId)).state.agenda.items;
    const itemFor = (title: string) =>
      items.find((item) => item.title.text?.includes(title.startsWith('上次') ? '上次会议督办' : title.slice(0, 2)));
    for (const { no, title, outcome, owner, due, positions, reply = '' } of agreed) {
      const item = itemFor(title);
      expect(item, title).toBeDefined();
      await say('M03', { type: 'openItem', itemId: item?.itemId ?? '' });
      const conclusion: Command = {
        type: 'concludeItem',
        outcome: outcomeOf[outcome] ?? 'agreed',
        text: reply,
        amountFen: outcome === 'say_no_unless_funded' ? 12_000_00 : null,
        ownerPersonId: ids.people[owner] ?? '',
        ownerName: '',
        dueOn: due,
      };
      // No item is concluded before every party has spoken, and none is left without a conclusion.
      expect(await why('M03', conclusion), title).toBe('K3 positions-missing');
      expect(await why('M03', { type: 'closeItem' }), title).toBe('K3 item-not-concluded');
      expect(await why('M21', { type: 'statePosition', seatId: seat('M21'), position: 'agree', text: '' })).toBe(
        'P1 not-entitled',
      );
      for (const [party, position] of Object.entries(positions))
        await say(representative[party] ?? '', {
          type: 'statePosition',
          seatId: seat(representative[party] ?? ''),
          position: positionOf[position] ?? 'agree',
          text: position === '同意' ? '' : '并表需要街道统一口径，建议再延一个月',
        });
      if (no === 4) {
        expect(await why('M03', conclusion)).toBe('K3 follow-ups-open');
        const [first, second, third] = joint.followUps;
        for (const followUpId of [first, second])
          await say('M03', {
            type: 'settleFollowUp',
            followUpId: followUpId ?? '',
            outcome: 'done',
            dueOn: null,
            note: '已办结',
          });
        await say('M03', {
          type: 'settleFollowUp',
          followUpId: third ?? '',
          outcome: 'extended',
          dueOn: due,
          note: '街道模板未下发',
        });
      }
      if (no === 1) expect(await why('M03', { ...conclusion, dueOn: '' })).toBe('FU1 day-missing');
      if (no === 2) expect(await why('M03', { ...conclusion, outcome: 'declined' })).toBe('K5 outcome-unfit');
      await say('M03', conclusion);
    }

    // The needs that were referred: the workstation opposes one way of it, so it goes up with everybody's words.
    const referred = items.find((item) => item.title.text?.startsWith('转办'));
    await say('M03', { type: 'openItem', itemId: referred?.itemId ?? '' });
    for (const [ref, position, text] of [
      ['M01', 'agree', ''],
      ['M02', 'reserve', '停车与加梯须业主大会决定'],
      ['M04', 'oppose', '低保年审一次办完需区级系统授权'],
    ] as const)
      await say(ref, { type: 'statePosition', seatId: seat(ref), position, text });
    const up = { type: 'concludeItem', amountFen: null, ownerPersonId: ids.people.M02 ?? '', ownerName: '' } as const;
    const sentUp = { ...up, text: '系统授权意见不一致，报街道协调', dueOn: '2026-05-15' } as const;
    expect(await why('M03', { ...sentUp, outcome: 'agreed' })).toBe('K4 not-agreed');
    await say('M03', { ...sentUp, outcome: 'sent_up' });
    await say('M03', { type: 'closeItem' });

    // 6. Countersigned by each party's own phone before anybody goes home.
    const adjourn = { type: 'adjournMeeting', leaveUnfinished: false } as const;
    expect(await why('M01', adjourn)).toBe('K8 minutes-not-put');
    await say('M03', { type: 'putMinutes' });
    await guest.until(() => consensusIn(guest.state).minutes !== null);
    const { digest } = consensusIn(guest.state).minutes ?? { digest: '' };
    const sign = (ref: string, statement: 'agreed' | 'reserved', text: string): Command => ({
      type: 'countersign',
      seatId: seat(ref),
      digest,
      statement,
      text,
      way: 'phone',
    });
    // Two hands at once: both are signed, whoever comes first.
    await Promise.all([say('M01', sign('M01', 'agreed', '')), say('M02', sign('M02', 'agreed', ''))]);
    expect(await why('M01', adjourn)).toBe('K8 not-countersigned');
    await say('M04', sign('M04', 'reserved', '并表一项保留意见'));
    await say('M01', adjourn);

    // What the dataset says of it, read back from the log of a stranger, from the office and from the chain.
    await guest.until(() => guest.state.phase === 'adjourned');
    for (const { title, outcome, due, positions } of agreed) {
      const itemId = itemFor(title)?.itemId ?? '';
      const concluded = consensusIn(guest.state).conclusions[itemId];
      expect(concluded, title).toMatchObject({ outcome: outcomeOf[outcome], dueOn: due });
      const said = Object.values(consensusIn(guest.state).positions[itemId] ?? {}).map(({ position }) => position);
      expect(said.sort(), title).toEqual(
        Object.values(positions)
          .map((each) => positionOf[each])
          .sort(),
      );
    }
    expect(disputed(guest.state).map(({ title }) => title.text)).toEqual(['转办居民需求 3 项', '上次会议督办 3 项']);
    expect(Object.values(consensusIn(guest.state).minutes?.signatures ?? {}).map(({ statement }) => statement)).toEqual(
      ['agreed', 'agreed', 'reserved'],
    );
    // The countersigned page is the minutes: frozen they need no other signature, and anybody can verify them.
    const site = 'https://yishi.test';
    const frozen = await freezeMinutes(meetingId, secretary, site);
    expect(frozen).toHaveProperty('docHash');
    const view = await signingView(meetingId);
    const standing = await standingRecord(db, meetingId);
    const record = standing && recordIn(standing);
    const signedInSession = view?.conditions.map(({ label, met, signers }) => [
      ...[label, met],
      ...signers.flatMap(({ kind }) => kind ?? []),
    ]);
    expect(signedInSession).toEqual(
      ['社区党组织', '社区居委会', '社区工作站'].map((label) => [label, true, 'session']),
    );
    expect(view?.conditions[2]?.signers[0]).toMatchObject({ statement: 'reserve', text: '并表一项保留意见' });
    const decisions = record?.decisions ?? [];
    expect(decisions).toHaveLength(agreed.length + 1);
    for (const { title, due } of agreed) {
      const itemId = itemFor(title)?.itemId;
      expect(
        decisions.find((decision) => decision.itemId === itemId),
        title,
      ).toMatchObject({ dueOn: due });
    }
    expect(decisions.every(({ owners }) => owners.length === 1)).toBe(true);
    // The secretary sits for a party whose representative has signed: nobody is waited for.
    expect(await waitingForSignature(ids.people.M03 ?? '')).toEqual([]);
    expect(await completeMinutes(meetingId)).toBeNull();
    const papers = new Map(
      (await archivePapers(meetingId, 'public'))?.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]),
    );
    const paper = (name: string) => papers.get(name) ?? '';
    const verdict = verify({ bundle: paper('bundle.json'), record: paper('record.json'), log: paper('log.json') });
    expect(verdict.checks.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(verdict.checks.filter(({ what }) => what === 'signature')).toHaveLength(3);
    expect(verdict.docHash).toBe(view?.docHash);

    const open = await openOfCouncil(db, joint.councilId);
    expect(open.map(({ owner, dueOn }) => `${owner} ${dueOn}`)).toEqual([
      '陆主任 2026-05-09',
      '陆主任 2026-05-15',
      '陆主任 2026-05-15',
      '袁经理 2026-05-20',
      '许站长 2026-05-25',
      '许站长 2026-05-29',
    ]);
    const tasks = await tasksAtDesk(ids.communityId);
    expect(tasks.map(({ code, answer, owner, dueOn }) => `${code} ${answer} ${owner} ${dueOn}`).sort()).toEqual([
      'Q1 declined 陆主任 2026-05-09',
      'Q2 accepted 许站长 2026-05-25',
      'Q3 money_asked 陆主任 2026-05-15',
    ]);
    const need = await needAtDesk(ids.communityId, ids.needs.N15 ?? '');
    expect(need?.history[need.history.length - 1]).toMatchObject({ deed: 'discussed' });

    // 3. The letters are ready before people leave, and the chair confirms.
    const name = dataset.community.name;
    const q1 = await taskWithLetter(ids.communityId, joint.tasks.Q1 ?? '', name);
    for (const words of ['16 项', '18 项', '14 大类 123 小项', '国办函〔2026〕12号', '不予承办'])
      expect(q1?.letter).toContain(words);
    expect(await keepLetter(ids.communityId, joint.tasks.Q1 ?? '', q1?.letter ?? '', ids.people.M01 ?? '')).toBeNull();
    const q3 = await taskWithLetter(ids.communityId, joint.tasks.Q3 ?? '', name);
    expect(q3?.letter).toContain('随附工作经费 ¥12,000');
    expect(await checkChain(meetingId)).toMatchObject({ whole: true, events: guest.state.seq });

    // The next meeting opens with what is overdue.
    const next = await seedDemoJointMeeting(ids, { ...joint, tasks: {}, followUps: [] }, { convene: false });
    await must(next, { ...convene, shortNoticeReason: '下月例会' }, secretary);
    await must(next, { type: 'openCheckIn' }, secretary);
    for (const ref of ['M01', 'M02', 'M04'])
      await must(
        next,
        { type: 'takeSeat', seatId: seat(ref), mode: 'hall', way: 'slip' },
        asPerson(ids.people[ref] ?? ''),
      );
    await must(next, { type: 'openSession' }, asPerson(ids.people.M01 ?? ''));
    const opened = (await freshCopy(next)).state;
    expect(followUpsIn(opened).brought.filter(({ overdue }) => overdue)).toHaveLength(6);
  }, 120_000);
});
