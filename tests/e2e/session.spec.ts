// Script 6.1, steps 1 to 15: a council session from the roster to the last announced vote, as the people in it see it. The chair
// and the secretary at their consoles, the monitor, four members and the helper on phones, the hall's big screen and a resident at home are
// real browsers; the other members act over sockets. Every figure is the dataset's, and is read off the screens.
import { dataset } from '#lib/server/demo/dataset.ts';
import { enterBySlip, Officer } from './council.ts';
import { awake, expect, look, signIn, test, type Device } from './fixtures.ts';
import { networkOf } from './network.ts';
import { prepareSession } from './preparing.ts';
import type { Locator, Page } from '@playwright/test';

type Ref = string;
interface EnvelopeOfDataset {
  readonly name: string;
  readonly cap: number;
  readonly approved_sum: number;
}
type Choice = 'for' | 'against' | 'abstain';
type Votes = Readonly<Record<Choice, number>>;

const label: Record<Choice, string> = { for: '赞成', against: '反对', abstain: '弃权' };
const { members } = dataset.council;
const session = dataset.meetings.find(({ id }) => id === 'MT1')!;
const nameOf = (ref: Ref): string => members.find(({ id }) => id === ref)!.display_name;
const present = members.filter(({ meeting1_attendance: at }) => at === 'onsite' || at === 'remote').map(({ id }) => id);
const onPaper = 'M07';
const assisted = 'M10';
const yuan = (amount: number): string => `¥${amount.toLocaleString('en')}`;

/** Who votes how, so that the sums are the dataset's; shifted by `turn`, so that nobody always votes alike. */
function choicesOf(voters: readonly Ref[], votes: Votes, turn: number): Map<Ref, Choice> {
  return new Map(
    voters.map((_, index) => [
      voters[(index + turn * 5) % voters.length]!,
      index < votes.for ? 'for' : index < votes.for + votes.against ? 'against' : 'abstain',
    ]),
  );
}

const press = (page: Page | Locator, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** On one's own phone: choose, have it read back, confirm. */
async function voteOn(page: Page, choice: Choice): Promise<void> {
  await page.getByText(label[choice], { exact: true }).click();
  await press(page, '下一步：核对');
  await expect(page.getByText(`您选择：${label[choice]}`)).toBeVisible();
  await press(page, '确认投票');
  await expect(page.locator('.sent')).toHaveText(new RegExp(`已投票：${label[choice]}`));
}

// About a minute on a quiet machine; a bound for what hangs, not a measure.
test.setTimeout(600_000);

test('script 6.1: 21 of 25 come, eight projects are decided as in the dataset, and every screen says so', async ({
  ownHall,
  device,
}) => {
  const open = (kind: Device = {}) => device(kind, ownHall);
  const [chair, secretary, monitor, guTeacher, xu, zhu, cao, helper, screen, resident] = await Promise.all([
    open({ screen: 'laptop' }),
    open({ screen: 'laptop' }),
    open(),
    open(),
    open(),
    open(),
    open(),
    open(),
    open({ screen: 'projector' }),
    open(),
  ]);
  const phones = new Map<Ref, Page>([
    ['M05', guTeacher],
    ['M08', xu],
    ['M09', zhu],
    ['M13', monitor],
    ['M20', cao],
  ]);
  const others = new Map<Ref, Officer>();
  const network = await networkOf(zhu);
  let code = '';

  await signIn(secretary, 'secretary');
  const base = await prepareSession(secretary);
  const slipOf = async (ref: Ref): Promise<string> => {
    const slip = secretary.locator('.slip').filter({ has: secretary.getByText(nameOf(ref), { exact: true }) });
    return ((await slip.locator('.code').textContent()) ?? '').replace(/[^0-9A-Z]/g, '');
  };

  await test.step('5 · the check-in opens; people come by slip, by password, by name and without a phone', async () => {
    const slips = new Map<Ref, string>();
    for (const ref of present) slips.set(ref, await slipOf(ref));
    await secretary.goto(`${base}/console`);
    await press(secretary, '开放签到');
    await Promise.all([screen.goto(`${base}/screen`), resident.goto(base), signIn(helper, 'helper', `${base}/room`)]);
    await expect(screen.getByRole('heading', { name: '请签到' })).toBeVisible();
    code = ((await screen.locator('.code').textContent()) ?? '').replace(/\D/g, '');

    // The officers sign in with their passwords and say where they are.
    const atTheDoor = async (page: Page, loginName: string | null): Promise<void> => {
      if (loginName === null) await page.goto(`/join?code=${code}`);
      else await signIn(page, loginName, `/join?code=${code}`);
      await page.getByText('会场', { exact: true }).click();
      await press(page, '进入会议');
      await expect(page).toHaveURL(new RegExp(`${base}/room`));
    };
    const officers = Promise.all([atTheDoor(chair, 'chair'), atTheDoor(secretary, null)]);
    const bySocket = present.filter((ref) => !phones.has(ref) && ref !== onPaper && ref !== assisted);
    await Promise.all(
      bySocket
        .filter((ref) => ref !== 'M01' && ref !== 'M03')
        .map(async (ref) => {
          const remote = members.find(({ id }) => id === ref)?.meeting1_attendance === 'remote';
          const cookie = await enterBySlip(ownHall, code, slips.get(ref)!, remote ? 'remote' : 'hall');
          others.set(ref, await Officer.with(ownHall, cookie, base.slice(3)));
        }),
    );
    await Promise.all([officers, atTheDoor(monitor, 'monitor')]);
    others.set('M01', await Officer.at(ownHall, 'chair', base.slice(3)));
    others.set('M03', await Officer.at(ownHall, 'secretary', base.slice(3)));
    await Promise.all([chair.goto(`${base}/console`), secretary.goto(`${base}/console`)]);

    // Without a phone: the helper signs them in.
    await helper.goto(`${base}/room?show=desk`);
    await awake(helper);
    for (const ref of [onPaper, assisted]) {
      await helper.getByLabel('到会的委员').selectOption({ label: nameOf(ref) });
      await press(helper, '签到');
      await expect(helper.getByLabel('离场的委员').locator('option', { hasText: nameOf(ref) })).toHaveCount(1);
    }
    // 17 are needed and 17 are here, the recused and the remote among them.
    await expect(screen.locator('.presence')).toContainText('17');
    await expect(screen.locator('.presence')).toContainText('已达法定人数');
    await others.get('M23')!.act({ type: 'recordDeparture', seatId: others.get('M23')!.view.viewer.seatId! });
    await expect(screen.locator('.presence')).toContainText('还差 1 人');
    await expect(chair.locator('#now')).toContainText('还差 1 人到会，请先签到');
    await press(chair, '宣布开会');
    await expect(chair.locator('#now').getByRole('alert')).toContainText('法定');
    await others.get('M23')!.act({
      type: 'takeSeat',
      seatId: others.get('M23')!.view.viewer.seatId!,
      mode: 'remote',
      way: 'slip',
    });

    // With the six digits and an account; by a slip on one's own phone, from afar and in the hall.
    const scan = async (page: Page, ref: Ref, where: string): Promise<void> => {
      await page.goto(`/s/${slips.get(ref)!}`);
      await press(page, `我是${nameOf(ref)}，进入会议`);
      await page.getByText(where, { exact: true }).click();
      await press(page, '进入会议');
      await expect(page).toHaveURL(new RegExp(`${base}/room`));
    };
    await Promise.all([atTheDoor(guTeacher, 'member'), scan(zhu, 'M09', '远程'), scan(cao, 'M20', '会场')]);

    // By name: asked for, and let in from the console.
    await xu.goto('/join');
    await xu.getByLabel('会议号').fill(code);
    await press(xu, '进入');
    await xu.getByText('从名单中找到自己').click();
    const form = xu.locator('form', { has: xu.getByRole('button', { name: '请求入席' }) });
    // The list is for anybody with the code: it shows no more of a name than its bearer allows.
    const masked = members.find(({ id }) => id === 'M08')!.masked_name;
    await form.getByLabel('姓名').selectOption({ label: masked });
    await form.getByText('远程', { exact: true }).click();
    await press(xu, '请求入席');
    await expect(xu.getByText('请等工作人员让您入席')).toBeVisible();
    await expect(secretary.locator('#seats')).toContainText(nameOf('M08'));
    await press(secretary.locator('#seats'), '让其入席');
    await expect(xu.locator('.meeting-header')).toBeVisible();
    await expect(xu.locator('[data-live-region="assertive"]')).toContainText('您已签到。');

    for (const { id, note } of members.filter(({ meeting1_attendance: at }) => at === 'leave')) {
      const sector = secretary.locator('#seats details').filter({ hasText: nameOf(id) });
      await sector.locator('summary').click();
      await sector.getByRole('button', { name: new RegExp(nameOf(id)) }).click();
      await sector.getByLabel('请假原因').fill(note ?? '');
      await press(sector, '登记请假');
      await expect(sector.getByRole('button', { name: new RegExp(`${nameOf(id)}.*请假`) })).toBeVisible();
    }
  });

  await test.step('6 · everybody reads 21 of 25, quorum 17, by sector; the chair opens', async () => {
    await expect(screen.locator('.presence')).toContainText(`${session.present}`);
    await expect(screen.locator('.presence')).toContainText(`${session.members_total}`);
    for (const [sector, count] of [
      ['居民代表', '8 / 9'],
      ['社会组织代表', '4 / 4'],
      ['人大代表', '1 / 2'],
      ['政协委员', '0 / 1'],
    ] as const)
      await expect(screen.locator('.sectors li').filter({ hasText: sector })).toContainText(count);
    for (const page of [resident, guTeacher])
      await expect(page.locator('.meeting-header')).toContainText(/应到 25 · 实到 21\s+法定 17 已达法定人数/);
    await expect(secretary.locator('#seats')).toContainText(/应到 25 · 实到 21 · 请假 2 · 缺席 2/);
    await look(screen, 'session-check-in', ['projector']);
    await press(chair, '宣布开会');
    await press(chair, '通过议程');
    await expect(resident.locator('.meeting-header')).toContainText('进行中');
  });

  const nextItem = async (title: string): Promise<void> => {
    await expect(chair.locator('#now')).toContainText(title);
    await press(chair, '进入下一议题');
    await expect(chair.locator('#agenda [aria-current=step]')).toContainText(title);
  };

  /** One vote from the opening to the announced result, read on the big screen, a member's phone and the resident's. */
  async function vote(
    votes: Votes,
    recused: readonly Ref[],
    terms: { base: number; threshold: number; passed: boolean },
    turn: number,
    wrongPaper = false,
  ): Promise<string> {
    const voters = present.filter((ref) => !recused.includes(ref));
    const choices = choicesOf(voters, votes, turn);
    const right = choices.get(onPaper)!;
    const wrong = right === 'for' ? 'against' : 'for';
    await press(secretary, '发起表决');
    await expect(screen.getByText('请在手机上投票')).toBeVisible();
    if (turn === 0) {
      // A slip of the finger ends no vote.
      await press(secretary, '结束表决并计票');
      await expect(secretary.getByText(`还有 ${voters.length} 席没有投票`)).toBeVisible();
      await press(secretary, '再等等');
    }
    await expect(screen.locator('.foot')).toContainText(`表决基数 ${terms.base}，${terms.threshold} 票赞成即通过`);

    const byPhone = [...phones].filter(([ref]) => !recused.includes(ref));
    await Promise.all([
      ...byPhone.map(([ref, page]) => voteOn(page, choices.get(ref)!)),
      ...voters
        .filter((ref) => others.has(ref))
        .map(async (ref) => {
          const officer = others.get(ref)!;
          await officer.until(({ polls }) => polls.openId !== null);
          expect(await officer.cast(officer.view.viewer.seatId!, choices.get(ref))).toMatchObject({ ok: true });
        }),
      (async () => {
        await helper.getByRole('button', { name: new RegExp(nameOf(assisted)) }).click();
        await helper.getByText(label[choices.get(assisted)!], { exact: true }).click();
        await press(helper, '下一步：核对');
        await press(helper, '确认代录');
        await expect(helper.locator('.sent')).toContainText(
          `已代录：${nameOf(assisted)}，${label[choices.get(assisted)!]}`,
        );
      })(),
      (async () => {
        const paper = secretary.locator('#now');
        await press(paper, '录入纸质票');
        await paper.getByLabel('谁的票').selectOption({ label: nameOf(onPaper) });
        await paper.getByLabel('票面选择').selectOption({ label: label[wrongPaper ? wrong : right] });
        await press(paper, '录入，等监票人确认');
      })(),
    ]);
    await expect(monitor.getByText('请核对一张纸质票')).toBeVisible();
    await press(monitor, '一致，确认');
    await expect(screen.locator('.turnout')).toContainText(
      new RegExp(`已投票 ${voters.length}\\s*/ ${voters.length} 人`),
    );
    await expect(screen.locator('.options')).toHaveCount(0);
    await expect(secretary.locator('#now')).toContainText(`已投 ${voters.length} 票，共 ${voters.length} 席可投`);
    await press(secretary, '结束表决并计票');
    await expect(screen.getByText('等待主持人宣布结果')).toBeVisible();
    await press(chair, '宣布结果');

    const read = (counts: Votes): string =>
      `赞成 ${counts.for} 票、反对 ${counts.against} 票、弃权 ${counts.abstain} 票。到会 21 人，法定 17 人；表决基数 ${terms.base}${
        recused.length > 0 ? `（${recused.length} 人回避，不计入）` : ''
      }，须 ${terms.threshold} 票赞成。${terms.passed ? '通过' : '未通过'}。`;
    const shifted = wrongPaper ? { ...votes, [right]: votes[right] - 1, [wrong]: votes[wrong] + 1 } : votes;
    const seers = [screen, resident, guTeacher, zhu];
    await Promise.all(
      seers.map((page) => expect(page.locator('#content').getByText(read(shifted)).first()).toBeVisible()),
    );
    if (wrongPaper) {
      // Noticed after the announcement: corrected by the same two people, and both versions are kept.
      await press(secretary.locator('#now'), '更正');
      await secretary.getByLabel('票面选择').selectOption({ label: label[right] });
      await secretary.getByLabel('更正的原因').fill('录入纸质票时看错一行');
      await press(secretary, '提交更正，等监票人确认');
      await expect(monitor.getByText('这是一次更正，原因：录入纸质票时看错一行')).toBeVisible();
      await press(monitor, '一致，确认');
      await Promise.all(
        seers.map((page) => expect(page.locator('#content').getByText(read(votes)).first()).toBeVisible()),
      );
      await expect(resident.getByText(/更正，原因：录入纸质票时看错一行。更正前：/)).toContainText(
        `赞成 ${shifted.for} 票、反对 ${shifted.against} 票`,
      );
    }
    await Promise.all(
      byPhone.map(async ([, page]) => {
        await page.getByRole('button', { name: '回到会场' }).click();
      }),
    );
    return read(votes);
  }

  const decided: { title: string; sentence: string }[] = [];

  const fund = dataset.funds.find(({ id }) => id === 'F1')!;
  const envelopes = ('envelopes' in fund ? (fund.envelopes ?? []) : []) as readonly EnvelopeOfDataset[];
  /** The pool and the four envelopes as the big screen, the resident's phone and a member's have them. */
  const readMoney = async (pool: number, room: (envelope: EnvelopeOfDataset) => number): Promise<void> => {
    await expect(screen.locator('#content')).toContainText(yuan(pool));
    for (const page of [resident, guTeacher]) {
      await expect(page.getByText(`资金池还剩 ${yuan(pool)}，共 ${yuan(fund.total)}`).first()).toBeVisible();
      for (const envelope of envelopes)
        await expect(
          page.getByText(`还剩 ${yuan(room(envelope))} / 上限 ${yuan(envelope.cap)}`, { exact: true }).first(),
        ).toBeVisible();
    }
  };

  await test.step('7 · pool and caps are reported', async () => {
    await nextItem('宣布到会人数');
    await expect(screen.getByRole('heading', { name: /宣布到会人数/ })).toBeVisible();
    await nextItem('通报资金池');
    await expect(screen.getByRole('heading', { name: /通报资金池/ })).toBeVisible();
    await readMoney(fund.total, ({ cap }) => cap);
  });

  for (const [index, project] of dataset.projects.entries()) {
    const recused = project.recused_member_ids.filter((ref) => present.includes(ref));
    const terms = {
      base: project.vote_check.eligible_present,
      threshold: project.vote_check.threshold_for,
      passed: project.vote_check.passed,
    };

    await test.step(`8-9 · ${project.id} is put, recusals declared, spoken to`, async () => {
      await nextItem(project.name);
      await press(chair, '提交表决事项');
      await expect(screen.getByRole('heading', { name: `同意资助“${project.name}”` })).toBeVisible();
      for (const ref of recused) {
        // [J6] On file since the project was drawn up: nobody has to say it.
        await expect(secretary.locator('#now')).toContainText(`${nameOf(ref)} 回避：`);
      }
      await expect(screen.locator('.foot')).toContainText(`表决基数 ${terms.base}，${terms.threshold} 票赞成即通过`);
      if (recused.length > 0) await expect(screen.locator('.foot')).toContainText('回避：');
    });

    if (project.id === 'P1')
      await test.step('8 · presented, questioned and debated by the queue of the rules', async () => {
        const now = chair.locator('#now');
        await press(now, '请陈述人发言');
        await now.getByLabel('谁来陈述').selectOption({ label: nameOf('M14') });
        await now
          .locator('form', { has: chair.getByLabel('谁来陈述') })
          .getByRole('button')
          .click();
        await expect(screen.locator('.giant')).toHaveText(/0?[23]:\d\d/);
        await look(screen, 'session-speaking', ['projector']);
        await press(chair.locator('#floor'), '结束发言');
        await press(chair, '开始辩论');

        // Raised hands: three phones and one from afar; the queue says why each stands where it stands.
        await others.get('M18')!.act({
          type: 'askToSpeak',
          seatId: others.get('M18')!.view.viewer.seatId!,
          stance: 'against',
        });
        await cao.getByRole('link', { name: '举手发言' }).click();
        await press(cao, '反对');
        await expect(cao.getByText('已举手，排在第 2 位')).toBeVisible();
        await guTeacher.getByRole('link', { name: '举手发言' }).click();
        await press(guTeacher, '赞成');
        // For and against take turns: she comes before the second speaker against.
        await expect(guTeacher.getByText('已举手，排在第 2 位')).toBeVisible();
        await expect(cao.getByText('已举手，排在第 3 位')).toBeVisible();
        const queue = chair.locator('#floor li');
        await expect(queue).toHaveCount(3);
        await expect(queue.nth(1)).toContainText(`${nameOf('M05')} 赞成`);
        await expect(queue.nth(1)).toContainText('正反方交替');
        await chair
          .locator('#floor')
          .getByRole('button', { name: /^请发言/ })
          .first()
          .click();
        await expect(screen.getByText('接下来')).toBeVisible();
        await press(chair.locator('#floor'), '结束发言');
        await chair
          .locator('#floor')
          .getByRole('button', { name: /^请发言/ })
          .first()
          .click();
        await expect(guTeacher.getByText('轮到您发言', { exact: true })).toBeVisible();
        await expect(guTeacher.locator('.my-turn').getByRole('timer')).toHaveText(/0?[12]:\d\d/);
        await press(guTeacher, '发言完毕');
        await press(cao, '撤回举手');
      });
    else await press(chair, '开始辩论');

    if (project.id === 'P6')
      await test.step('13 · what no longer fits its envelope is said before the vote', async () => {
        for (const page of [screen, resident])
          await expect(
            page
              .getByText(/通过了也不会(立项)?入账/)
              .filter({ visible: true })
              .first(),
          ).toBeVisible();
      });

    if (project.reduction_by_consent) {
      const { from, to } = project.reduction_by_consent;
      const now = secretary.locator('#now');
      await press(now, '经承接方同意核减');
      await now.getByLabel('核减为（元）').fill(String(to));
      await now.getByLabel('核减的内容').fill('按评审意见');
      await now
        .locator('form', { has: secretary.getByLabel('核减为（元）') })
        .getByRole('button')
        .click();
      await expect(screen.getByText(yuan(to)).first()).toBeVisible();
      await expect(resident.getByText(`原 ${yuan(from)}`)).toBeVisible();
    }

    if (project.id === 'P5')
      await test.step('14 · a member from afar loses the network and comes back to where the meeting is', async () => {
        await network.lose();
        await expect(zhu.getByText('网络断了，正在重新连接。').first()).toBeVisible();
        await press(chair, '暂停计时');
        await expect(guTeacher.getByText('暂停').first()).toBeVisible();
        network.find();
        await expect(zhu.locator('.banner')).toHaveCount(0);
        await expect(zhu.getByText('暂停').first()).toBeVisible();
        await expect(zhu.locator('.meeting-header')).toContainText('实到 21');
        await press(chair, '继续计时');
      });

    const first = project.first_vote ?? project.decisions?.[0];
    if (!first) {
      const sentence = await vote(project.council_vote, recused, terms, index, project.id === 'P2');
      decided.push({ title: project.name, sentence });
      continue;
    }

    await test.step('10 · the original sum fails; another one is moved, seconded and passes', async () => {
      decided.push({
        title: project.name,
        sentence: await vote(first, recused, { ...terms, passed: false }, index),
      });
      await cao.goto(`${base}/room?show=motions`);
      await awake(cao);
      await cao.getByLabel('动议内容（一句话）').fill(`重新提出：同意资助“${project.name}”`);
      await cao.getByLabel('说明').fill('资助70,000元，物业自筹22,000元');
      await cao.getByLabel(/申请经费/).fill(String(project.approved));
      await cao.getByLabel('是否涉及业主共有部分').selectOption({ label: '涉及业主共有部分' });
      await cao.getByLabel('是否重提未通过的动议').selectOption({ label: `同意资助“${project.name}”` });
      await press(cao, '提出动议');
      await expect(resident.getByText('重新提出的动议')).toBeVisible();
      const seconder = others.get('M18')!;
      const moved = await seconder.until(({ motions }) =>
        motions.order.some((id) => motions.byId[id]?.stage === 'moved'),
      );
      await seconder.act({
        type: 'secondMotion',
        motionId: moved.motions.order.find((id) => moved.motions.byId[id]?.stage === 'moved')!,
        seatId: seconder.view.viewer.seatId!,
      });
      await press(chair, '提交动议');
      await expect(resident.getByText(`${nameOf('M20').slice(0, 1)}`).first()).toBeVisible();
      // A motion of its own: who is recused says so again.
      for (const ref of recused) {
        const officer = others.get(ref)!;
        const { motions } = await officer.until(({ motions: now }) => now.currentId !== null);
        if (motions.byId[motions.currentId!]?.recusals[officer.view.viewer.seatId!]) continue;
        await officer.act({
          type: 'declareRecusal',
          motionId: motions.currentId!,
          seatId: officer.view.viewer.seatId!,
          reason: '本人任职于承接单位',
        });
      }
      await press(chair, '开始辩论');
      await cao.goto(`${base}/room`);
      await awake(cao);
      decided.push({ title: project.name, sentence: await vote(project.council_vote, recused, terms, index + 1) });
      await expect(screen.getByText(yuan(project.approved)).first()).toBeVisible();
      for (const page of [screen, resident, cao])
        await expect(
          page.getByText('已通过；业主共同决定备案前不能签约。').filter({ visible: true }).first(),
        ).toBeVisible();
    });
  }

  await test.step('15 · the whole outcome stands on the big screen and on the resident’s phone', async () => {
    expect(decided).toHaveLength(9);
    await nextItem('宣布结果');
    const board = screen.locator('.decisions');
    await expect(board.locator('tbody tr')).toHaveCount(9);
    const total = dataset.projects.reduce((sum, { approved }) => sum + approved, 0);
    expect(total).toBe(395_000);
    await expect(screen.locator('#content')).toContainText(yuan(total));
    expect([fund.approved_total, fund.remaining]).toEqual([total, 5_000]);
    await readMoney(fund.total - total, ({ cap, approved_sum: sum }) => cap - sum);
    await look(screen, 'session-decisions', ['projector']);
    for (const { sentence } of decided) await expect(resident.getByText(sentence).first()).toBeVisible();
    await press(chair.locator('#now'), '结束本议题');
    await press(chair.locator('#now'), '宣布散会');
    await press(chair, '确认散会');
    await expect(screen.getByRole('heading', { name: '会议结束' })).toBeVisible();
    await expect(screen.locator('.decisions tbody tr')).toHaveCount(9);

    await resident.goto(`${base}/results`);
    for (const { council_vote: votes, vote_check: check, name } of dataset.projects) {
      const row = resident.getByRole('row').filter({ hasText: name }).last();
      await expect(row).toContainText(`${votes.for} / ${votes.against} / ${votes.abstain}`);
      await expect(row).toContainText(`${check.eligible_present} / ${check.threshold_for}`);
      await expect(row).toContainText(check.passed ? '通过' : '未通过');
    }
  });

  await test.step('15 · the fund’s public statement agrees: 125/88/150/37 thousand, 395,000 granted, 5,000 left', async () => {
    await resident.goto('/');
    await resident.getByRole('link', { name: fund.name, exact: true }).first().click();
    await expect(resident.getByRole('heading', { level: 1 })).toContainText(fund.name);
    await expect(resident.getByText(yuan(fund.total - 395_000)).first()).toBeVisible();
    await expect(resident.getByText(yuan(395_000)).first()).toBeVisible();
    for (const { cap, approved_sum: sum } of envelopes)
      await expect(
        resident.getByText(`已用 ${yuan(sum)} / 上限 ${yuan(cap)}，还剩 ${yuan(cap - sum)}`).first(),
      ).toBeVisible();
  });
  for (const officer of others.values()) officer.leave();
});
