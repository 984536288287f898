// 居民评估 as people do it: the desk prints slips, residents fill in on phones without scripts, two people type the paper, the result is told.
import postgres from 'postgres';
import { awake, expect, expectAccessible, look, refusal, signIn, test } from './fixtures.ts';

test('slips, phones, paper typed twice, and the verdict with its figures', async ({ ownHall, device }) => {
  const sql = postgres(ownHall.databaseUrl, { max: 1, onnotice: () => {} });
  const [project] = await sql<{ id: string }[]>`
    update projects set status = 'completed' where code = 'P7' and community_id = (select id from communities limit 1) returning id`;
  const desk = await device({ screen: 'laptop' }, ownHall);
  await signIn(desk, 'secretary', '/appraisals');
  await awake(desk);
  await desk.getByRole('link', { name: /P7/ }).click();
  await expect(desk).toHaveURL(new RegExp(`/appraisals/${project?.id}`));
  await desk.getByLabel('发放对象').fill('学员');
  await desk.getByRole('spinbutton', { name: '最少有效票' }).fill('5');
  await desk.getByRole('button', { name: '保存' }).click();
  await desk.getByRole('spinbutton', { name: '张数' }).fill('7');
  await desk.getByRole('button', { name: '生成并打印' }).click();
  await expect(desk.locator('.slip')).toHaveCount(7);
  await expectAccessible(desk);
  await look(desk, 'appraisal-slips');
  const codes = (await desk.locator('.slip .code').allInnerTexts()).map((text) =>
    text.replace(/[^A-Z2-9]/g, '').slice(-8),
  );
  expect(new Set(codes).size).toBe(7);
  await desk.getByRole('button', { name: '开始收表' }).click();
  await expect(desk.getByText('正在收表')).toBeVisible();

  // One large-print form too many is called back: it is not counted as issued.
  await desk.getByRole('spinbutton', { name: '张数' }).fill('1');
  await desk.getByRole('checkbox', { name: '印成大字纸质表' }).check();
  await desk.getByRole('button', { name: '生成并打印' }).click();
  await expect(desk.locator('.paper')).toHaveCount(1);
  await look(desk, 'appraisal-paper', ['laptop']);
  const [tooMany = ''] = (await desk.locator('.paper .code').innerText()).match(/[A-Z2-9]{4} [A-Z2-9]{4}/) ?? [];

  const answers = ['满意', '满意', '基本满意', '不满意'];
  for (const [at, answer] of answers.entries()) {
    // The form needs no script; the check of its accessibility does.
    const phone = await device({ options: { javaScriptEnabled: at === 1 } }, ownHall);
    if (at === 0) {
      // By hand: the code as somebody types it, wrong first.
      await phone.goto('/a');
      await phone.getByLabel('评估票上的八位编码').fill('nonsense');
      await phone.getByRole('button', { name: '打开评估表' }).click();
      await expect(refusal(phone)).toContainText('没有找到这张评估票');
      await phone
        .getByLabel('评估票上的八位编码')
        .fill(` ${codes[0]?.slice(0, 4).toLowerCase()} ${codes[0]?.slice(4)}`);
      await phone.getByRole('button', { name: '打开评估表' }).click();
    } else await phone.goto(`/a/${codes[at]}`);
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('居民评估表');
    if (at === 1) {
      await expectAccessible(phone);
      await look(phone, 'appraisal-form');
    }
    await phone.getByText(answer, { exact: true }).click();
    await phone.getByRole('group', { name: '服务内容' }).getByRole('radio', { name: '5 分' }).check();
    await phone.getByRole('button', { name: '提交评估表' }).click();
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('已收到您的评估');
    await phone.goto(`/a/${codes[at]}`);
    await expect(refusal(phone)).toContainText('已经用过');
  }

  const second = await device({ screen: 'laptop' }, ownHall);
  await signIn(second, 'chair', `/appraisals/${project?.id}`);
  const typing = async (page: typeof desk, code: string, answer: string | null): Promise<void> => {
    await page.goto(`/appraisals/${project?.id}`);
    await awake(page);
    await page.getByLabel('票面编码').first().fill(code);
    if (answer) await page.getByLabel('总评').selectOption({ label: answer });
    else await page.getByLabel('作废原因').selectOption({ label: '选了不止一项' });
    await page.getByRole('button', { name: '录入', exact: true }).click();
  };
  const paper: [string, string | null][] = [
    [codes[4] ?? '', '基本满意'],
    [codes[5] ?? '', '不满意'],
    [codes[6] ?? '', null],
  ];
  for (const [code, answer] of paper) {
    await typing(desk, code, answer);
    await expect(desk.getByText('请另一人录第二遍')).toBeVisible();
    await typing(desk, code, answer);
    await expect(refusal(desk)).toContainText('换一位同事');
    if (code === codes[4]) {
      await typing(second, code, '满意');
      await expect(refusal(second)).toContainText('1 处不一致');
    }
    await typing(second, code, answer);
    await expect(second.getByText('两遍一致，已计入')).toBeVisible();
  }

  await desk.goto(`/appraisals/${project?.id}`);
  await awake(desk);
  await desk.getByRole('button', { name: '收回没用的' }).click();
  await expect(desk.getByText('没用的票已收回')).toBeVisible();
  const late = await device({}, ownHall);
  await late.goto(`/a/${tooMany.replace(' ', '')}`);
  await expect(refusal(late)).toContainText('没有找到这张评估票');
  await desk.getByRole('button', { name: '结束收表并计票' }).click();
  // 满意 2 + 基本满意 2 of 6 opinions.
  await expect(desk.getByText('满意度 66.7%')).toBeVisible();
  await expect(desk.getByText('发放 7 份，回收 7 份，有效 6 份，作废 1 份')).toBeVisible();
  await expectAccessible(desk);
  await look(desk, 'appraisal-result');
  await desk.getByLabel('说明').fill('没有达到合格线');
  await desk.getByLabel('整改期限').fill('2099-01-15');
  await desk.getByRole('button', { name: '公布结果' }).click();
  await expect(desk.getByText('没有达到合格线，限期整改')).toBeVisible();
  await expect(desk.getByRole('button', { name: '公布结果' })).toHaveCount(0);

  const [home] = await sql<{ id: string }[]>`select community_id as id from projects where id = ${project?.id ?? ''}`;
  await sql.end();
  await late.goto(`/c/${home?.id}/projects/${project?.id}`);
  await expect(late.getByText('满意度 66.7%')).toBeVisible();
  await expect(late.getByText('2099-01-15').first()).toBeVisible();
});
