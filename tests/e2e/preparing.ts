// Script 6.1 before the day, steps 1 to 4, as the secretary does it: the roster from a file, who has an interest in which project, the agenda
// out of the reviewed plans, a notice under the rules, and what is printed. Imported by session.spec.ts, which holds the meeting that comes of it.
import { demoRosterSheet } from '#lib/server/demo/roster.ts';
import { dataset } from '#lib/server/demo/dataset.ts';
import type { Page } from '@playwright/test';
import writeSheet from 'write-excel-file/node';
import { awake, expect, look, test } from './fixtures.ts';

const dayMs = 86_400_000;
const nameOf = (ref: string): string => dataset.council.members.find(({ id }) => id === ref)?.display_name ?? '';
const council = '云锦里共治协商委员会（名册导入）';
const saveState = (page: Page) => page.locator('[data-save-state]');

/** 1 · 25 rows, 7 sectors, 2 remarks; then who leads, keeps the record and watches the votes. */
async function importRoster(page: Page): Promise<void> {
  await page.goto('/councils');
  await awake(page);
  await page.getByText('成立委员会').first().click();
  await page.getByLabel('名称').fill(council);
  await page.getByRole('button', { name: '成立', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(council);
  await page.getByRole('link', { name: '导入名册' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('导入名册');
  await awake(page);
  const rows = demoRosterSheet().map((row) => row.map((value) => ({ value, type: String })));
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const buffer = await writeSheet(rows).toBuffer();
  await page.getByLabel('名册文件').setInputFiles({ name: '名册.xlsx', mimeType, buffer });
  await page.getByRole('button', { name: '读取文件' }).click();
  await expect(page.getByText('可导入 25 行，不能导入 0 行，提醒 2 处')).toBeVisible();
  await page.getByRole('button', { name: '导入这 25 行' }).click();
  await expect(page.getByText('已导入 25 人。')).toBeVisible();
  await page.getByRole('link', { name: '回到名册' }).click();
  await expect(page.getByText('7 个界别，25 个席位，25 人在任')).toBeVisible();
  for (const [ref, role] of [
    ['M01', '主任'],
    ['M03', '秘书'],
    ['M13', '监票人'],
  ] as const) {
    const roles = page.locator('details').filter({ hasText: '增加职务' });
    if ((await roles.getAttribute('open')) === null) await roles.locator('summary').click();
    const person = roles.getByLabel('人员');
    const label = await person
      .locator('option')
      .filter({ hasText: nameOf(ref) })
      .first()
      .innerText();
    await person.selectOption({ label });
    await roles.getByLabel('职务').selectOption({ label: role });
    await roles.getByRole('button', { name: '增加职务' }).click();
    await expect(page.locator('.roles li').filter({ hasText: nameOf(ref) })).toContainText(role);
  }
}

/** [J6] Whoever has an interest in a project, as the desk has it on file: what recuses them by itself. */
async function noteInterests(page: Page): Promise<void> {
  for (const { name, recused_member_ids: tied } of dataset.projects) {
    if (tied.length === 0) continue;
    await page.goto('/projects');
    await page.getByRole('link', { name }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
    await awake(page);
    for (const ref of tied) {
      const form = page.locator('form').filter({ has: page.getByRole('button', { name: '登记利害关系' }) });
      const seat = form.getByLabel('席位');
      const option = seat
        .locator('option')
        .filter({ hasText: nameOf(ref) })
        .filter({ hasText: council });
      await seat.selectOption({ label: await option.innerText() });
      await form.getByLabel('理由').fill('本人任职于承接单位');
      await form.getByRole('button', { name: '登记利害关系' }).click();
      await expect(page.getByRole('button', { name: `解除 ${nameOf(ref)}` }).nth(1)).toBeVisible();
    }
  }
}

/** 3 · The eight reviewed plans become motions, with their sums and grades; P3 is flagged. */
async function draftAgenda(page: Page): Promise<void> {
  await page.goto('/meetings');
  await page.getByRole('link', { name: '筹备新会议' }).click();
  await page.getByRole('combobox', { name: '委员会' }).selectOption({ label: council });
  await page.getByLabel('会议名称').fill('第 2 次共治协商会');
  await page.getByLabel('地点').fill('社区二楼议事厅');
  const startsAt = new Date(Date.now() + 4 * dayMs + 8 * 3_600_000).toISOString().slice(0, 16);
  await page.getByLabel('开始时间').fill(startsAt);
  await page.getByRole('spinbutton', { name: '计划时长' }).fill('150');
  await page.getByRole('button', { name: '建立草稿' }).click();
  await awake(page);
  const add = async (title: string, kind: string): Promise<void> => {
    const before = await page.locator('[data-item]').count();
    await page.getByRole('button', { name: '添加议题' }).click();
    const item = page.locator('[data-item]').nth(before);
    await expect(item.getByLabel('标题')).toBeFocused();
    await item.getByLabel('标题').fill(title);
    await item.getByLabel('类别').selectOption({ label: kind });
  };
  await add('宣布到会人数与议事规则', '开场');
  await add('通报资金池与类别上限', '通报');
  await add('宣布结果，确认记录', '收尾');
  const waiting = page.getByRole('region', { name: '有 8 个项目已通过评审，还没有列入议程' });
  for (const { id, name, requested, legal_grade: grade } of dataset.projects) {
    const line = waiting.getByRole('listitem').filter({ hasText: `${id} ${name}` });
    await expect(line).toContainText(`¥${requested.toLocaleString('en')}`);
    // The system flags what touches the owners' common parts.
    if (grade === 'touches_common_parts') await expect(line).toContainText('涉及业主共有部分');
    else await expect(line).not.toContainText('涉及业主共有部分');
  }
  await waiting.scrollIntoViewIfNeeded();
  await look(page, 'session-projects-to-put');
  await page.getByRole('button', { name: '把这 8 个项目列入议程' }).click();
  const items = page.locator('[data-item]');
  await expect(items).toHaveCount(11);
  await expect(items.nth(10).getByLabel('标题')).toHaveValue('宣布结果，确认记录');
  const p3 = items.nth(4);
  await expect(p3.getByLabel('标题')).toHaveValue(/^P3 /);
  await p3.getByText('更多：说明、表决内容、附件').click();
  await expect(p3.getByLabel('付表决的内容')).toHaveValue(`同意资助“${dataset.projects[2]?.name ?? ''}”`);
  await expect(p3.getByLabel('金额（元）')).toHaveValue('92000');
  await expect(p3.getByLabel('是否属业主共同决定')).toHaveValue('touches_common_parts');
  await expect(waiting).toHaveCount(0);
  await expect(saveState(page)).toHaveAttribute('data-save-state', 'saved');
}

/** 2 · The pack as a plain sentence with what it rests on and the days of notice; then the notice goes out. The meeting's base address. */
async function convene(page: Page): Promise<string> {
  await page.getByRole('link', { name: '去召集会议' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('选择议事规则');
  await awake(page);
  const pack = page.locator('label').filter({ hasText: '共治协商委员会·资金议决' });
  for (const said of [
    '全体委员三分之二以上（含本数）到会（25 席中 17 人）才能开会',
    '到会且未回避的委员中过半数同意即通过，弃权计入基数',
    '至少提前 3 天通知',
    '依据：深圳罗湖莲塘社区议事会实例',
    // Nobody has checked it against the text yet, and it says so.
    '尚未核对',
  ])
    await expect(pack).toContainText(said);
  await pack.click();
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await expect(page.getByText('规则要求提前 3 天')).toBeVisible();
  await expect(page.getByText('涉及业主共有部分').first()).toBeVisible();
  await awake(page);
  await page.getByRole('button', { name: '发出通知' }).click();
  await expect(page.getByText('通知已发出')).toBeVisible();
  return `/m/${/\/meetings\/([0-9a-z]{26})/.exec(page.url())?.[1] ?? ''}`;
}

const sheetsOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** As the printer gets it: without the site's frame, on A4; how many sheets. */
async function printed(page: Page): Promise<number> {
  await page.emulateMedia({ media: 'print' });
  for (const part of ['header', 'nav', 'button'])
    for (const shown of await page.locator(part).all()) await expect(shown).toBeHidden();
  const sheets = sheetsOf(await page.pdf({ format: 'A4', printBackground: false, preferCSSPageSize: true }));
  await page.emulateMedia({ media: null });
  return sheets;
}

/** 4 · Notice, poster, sign-in sheet, ten numbered ballots and the slips. Ends at the slips. */
async function print(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/notice`);
  const notice = page.getByRole('article');
  await expect(notice).toContainText('涉及业主共有部分');
  for (const { name } of dataset.projects) await expect(notice).toContainText(name);
  expect(await printed(page)).toBeGreaterThanOrEqual(1);
  await page.goto(`${base}/poster`);
  await expect(page.getByRole('img', { name: '参加会议的网址' })).toBeVisible();
  expect(await printed(page)).toBe(1);
  const office = base.replace(/^\/m\//, '/meetings/');
  await page.goto(`${office}/sign-in-sheet`);
  for (const { display_name: name } of dataset.council.members)
    await expect(page.getByText(name).first()).toBeVisible();
  expect(await printed(page)).toBeGreaterThanOrEqual(1);
  await page.goto(`${office}/paper-ballots`);
  await awake(page);
  await page.getByRole('spinbutton', { name: '张数' }).fill('10');
  await page.getByRole('button', { name: '生成选票' }).click();
  await expect(page.locator('[data-ballot]')).toHaveCount(10);
  expect(await printed(page)).toBeGreaterThanOrEqual(1);
  await page.goto(`${office}/slips`);
  await page.getByRole('button', { name: '打印全部入场条' }).click();
}

/** Leaves the signed-in secretary's page at the convened meeting's slips; returns the meeting's address. */
export async function prepareSession(secretary: Page): Promise<string> {
  await test.step('1 · the roster comes in from a file: 25 rows, 7 sectors, 2 remarks accepted', () =>
    importRoster(secretary));
  await test.step('interests are noted, so that recusals come by themselves', () => noteInterests(secretary));
  await test.step('3 · eight motions out of the project plans, P3 flagged', () => draftAgenda(secretary));
  const base = await test.step('2 · rule pack R1, read as a sentence with its basis; a notice of 3 days', () =>
    convene(secretary));
  await test.step('4 · notice, poster, sign-in sheet, numbered ballots and slips are printed', () =>
    print(secretary, base));
  return base;
}
