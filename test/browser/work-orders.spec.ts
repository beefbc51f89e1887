import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

/** The smallest picture there is: one white pixel. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);
const HOUR_MS = 3_600_000;
const TITLE = '社保卡加密机（备）退役出场';
const THING = 'SJJ1988-A07214';

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** A move out for this very hour, assigned to the operator's company. */
async function assignedMoveOut(): Promise<string> {
  const applicant = await console_.signIn('applicant');
  const { viewer, hostedEquipment, workOrders } = await applicant.data(
    `{ viewer { department { id } } hostedEquipment(first: 50) { nodes { id serial } }
       workOrders(first: 50) { nodes { center { id } rooms { id } } } }`,
  );
  const thing = hostedEquipment.nodes.find((each: { serial: string }) => each.serial === THING);
  const [somewhere] = workOrders.nodes;
  const made = await applicant.data(
    'mutation C($input: CreateWorkOrderInput!) { createWorkOrder(input: $input) { workOrder { id } errors { message path } } }',
    {
      input: {
        idempotencyKey: newId(),
        submit: true,
        content: {
          kind: 'MOVE_OUT',
          title: TITLE,
          departmentId: viewer.department.id,
          centerId: somewhere.center.id,
          roomIds: [somewhere.rooms[0].id],
          windowFrom: inHours(-0.2),
          windowTo: inHours(2),
          equipment: [{ equipmentId: thing.id }],
        },
      },
    },
  );
  expect(made.createWorkOrder.errors).toEqual([]);
  const { id } = made.createWorkOrder.workOrder;
  const facility = await console_.signIn('facility');
  const { workOrder, providerCompanies } = await facility.data(
    'query W($id: ID!) { workOrder(id: $id) { version } providerCompanies { id members { username } } }',
    { id },
  );
  const company = providerCompanies.find((each: { members: { username: string }[] }) =>
    each.members.some((member) => member.username === 'operator'),
  );
  const opened = await facility.data(
    'mutation O($input: AssignWorkOrderInput!) { openWorkOrder(input: $input) { errors { message path } } }',
    {
      input: {
        idempotencyKey: newId(),
        id,
        expectedVersion: workOrder.version,
        companyId: company.id,
        overlapReason: '与布线同机柜，一并进行',
      },
    },
  );
  expect(opened.openWorkOrder.errors).toEqual([]);
  return id;
}

describe('work orders in a browser', () => {
  it('are worked in the machine room on a telephone, and taken over by the department at its desk', async () => {
    const id = await assignedMoveOut();
    const operator = await Person.arrive(browser, console_.url, NARROW);
    await operator.signIn('operator', DEMONSTRATION_PASSWORD);
    const { page } = operator;
    // Today's order stands on the home page, with its window.
    await page.getByRole('heading', { name: '今日工单' }).waitFor();
    expect(await operator.look('operator-home-390')).toEqual([]);
    await page.getByRole('link', { name: new RegExp(TITLE) }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();

    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    };
    await press('接单');
    await press('开工');
    // The list to check against: whose, serial, units, watts, kilograms.
    await page.getByText(THING).first().waitFor();
    await page.getByText('2 U · 350 W · 18 kg').first().waitFor();
    expect(await operator.look('operator-order-390')).toEqual([]);

    const done = (step: string) => page.getByRole('button', { name: `完成：${step}` });
    await done('核对人员与证件').click();
    await page.getByText('1 / 4 步').first().waitFor();
    // A step that wants evidence is not done without it.
    await done('核对设备标签与序列号').click();
    await page.getByText('须上传照片或文件').first().waitFor();
    for (const [number, step] of [
      [2, '核对设备标签与序列号'],
      [3, '核对存储介质处置'],
      [4, '门岗核对出门条放行'],
    ] as const) {
      const photo = { name: `现场${number}.png`, mimeType: 'image/png', buffer: PHOTO };
      await page.getByTestId(`photo-${number}`).setInputFiles(photo);
      await page.getByText(`现场${number}.png`).first().waitFor();
      await done(step).click();
      await page.getByText(`${number} / 4 步`).first().waitFor();
    }
    // Nothing leaves without its slip.
    await page.getByRole('button', { name: '完工', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '完工', exact: true }).click();
    await page.getByRole('dialog').getByText('出场须先由机房工程师开具出门条').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '取消', exact: true }).click();

    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    await engineer.goTo(`/work-orders/${encodeURIComponent(id)}`);
    await engineer.page.getByRole('button', { name: '开出门条', exact: true }).click();
    await engineer.page.getByRole('dialog').getByRole('button', { name: '开出门条', exact: true }).click();
    const slip = engineer.page.getByRole('link', { name: /^CM-\d{4}-\d{6}$/ });
    await slip.waitFor();
    await slip.click();
    await engineer.page.getByText(THING).first().waitFor();
    expect(await engineer.look('release-slip')).toEqual([]);

    await page.reload();
    await page.getByRole('link', { name: /^CM-/ }).waitFor();
    await press('完工');
    await page.getByText('待确认').first().waitFor();
    expect(await page.getByRole('button', { name: '确认完成' }).count()).toBe(0);
    expect(await operator.look('operator-done-390')).toEqual([]);
    // The day of the rooms that he works in is his to see; of others' work only its kind and time.
    await operator.goTo('/work-orders/calendar');
    await page.getByRole('heading', { level: 1, name: '机房日程' }).waitFor();
    await page.getByRole('link', { name: /前置机第二链路布线/ }).waitFor();
    expect(await operator.look('operator-calendar-390')).toEqual([]);
    expect(operator.errors).toEqual([]);

    const department = await Person.arrive(browser, console_.url);
    await department.enter('applicant');
    await department.goTo(`/work-orders/${encodeURIComponent(id)}`);
    await department.page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    expect(await department.look('department-order-1440')).toEqual([]);
    await department.page.getByRole('button', { name: '确认完成', exact: true }).click();
    await department.page.getByRole('dialog').getByRole('button', { name: '确认完成', exact: true }).click();
    await department.page.getByText('已完成').first().waitFor();
    expect(department.errors).toEqual([]);
    for (const each of [operator, engineer, department]) await each.leave();
  });

  it('of a draft are written on and sent from where they were left', async () => {
    const department = await Person.arrive(browser, console_.url);
    await department.enter('applicant');
    const { page } = department;
    await department.goTo('/work-orders?states=DRAFT');
    await page.getByRole('link', { name: /带外管理网布线/ }).click();
    await page.getByRole('button', { name: '修改', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '修改工单' }).waitFor();
    const title = page.getByLabel('标题');
    expect(await title.inputValue()).toBe('带外管理网布线');
    await title.fill('带外管理网布线（二期）');
    expect(await department.look('edit-work-order')).toEqual([]);
    await page.getByRole('button', { name: '存为草稿' }).click();
    await page.getByRole('heading', { level: 1, name: '带外管理网布线（二期）' }).waitFor();
    await page.getByRole('button', { name: '修改', exact: true }).click();
    await page.getByRole('button', { name: '提交给中心' }).click();
    await page.getByText('待派单').first().waitFor();
    expect(department.errors).toEqual([]);
    await department.leave();
  });

  it('back up what was granted: missed copies stand out, results are entered, a restore becomes an order', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/backups');
    await page.getByRole('link', { name: /社保业务库备份/ }).waitFor();
    expect(await engineer.look('backups')).toEqual([]);
    await engineer.goTo('/backups?health=MISSED');
    await page.getByRole('link', { name: /电子证照文件备份/ }).click();
    await page
      .getByText(/起没有成功副本/)
      .first()
      .waitFor();
    expect(await engineer.look('backup-missed')).toEqual([]);
    await page.getByRole('button', { name: '登记结果' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^数据量/).fill('655');
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('正常').first().waitFor();
    expect(await page.getByText(/起没有成功副本/).count()).toBe(0);

    // Its system says so too.
    await page.getByRole('link', { name: '劳动监察管理系统' }).click();
    await page.getByRole('heading', { level: 1, name: '劳动监察管理系统' }).waitFor();
    await page.getByRole('link', { name: '电子证照文件备份' }).waitFor();
    expect(await engineer.look('system-backups')).toEqual([]);

    const department = await Person.arrive(browser, console_.url, NARROW);
    await department.enter('applicant');
    await department.goTo('/backups?search=社保业务库');
    await department.page.getByRole('link', { name: /社保业务库备份/ }).click();
    await department.page.getByRole('button', { name: '申请恢复' }).click();
    const restore = department.page.getByRole('dialog');
    await restore.getByLabel('恢复到').fill('测试库 sbk_restore');
    await restore.getByLabel('理由').fill('半年度恢复验证');
    expect(await department.look('restore-390')).toEqual([]);
    await restore.getByRole('button', { name: '提交恢复申请' }).click();
    await restore.waitFor({ state: 'hidden' });
    await department.page.getByRole('link', { name: /恢复验证 社保业务库备份/ }).waitFor();
    expect(await department.look('backup-390')).toEqual([]);
    expect([...engineer.errors, ...department.errors]).toEqual([]);
    for (const each of [engineer, department]) await each.leave();
  });

  it('claim ports that the engineer has registered on the cabinet’s page', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/cabinets?search=A1-A04');
    await page.getByRole('link', { name: 'A1-A04' }).click();
    await page.getByRole('button', { name: '登记端口' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '登记端口' }).click();
    await dialog
      .getByText(/1 至 60 字/)
      .first()
      .waitFor();
    await dialog.getByLabel('设备与板卡').fill('接入交换机 2/0');
    await dialog.getByRole('button', { name: '登记端口' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('占用 0 / 48 · 空闲 48').first().waitFor();
    await page.getByRole('button', { name: '调整 接入交换机 2/0 的数量' }).click();
    await dialog.getByLabel('总数').fill('24');
    await dialog.getByRole('button', { name: '调整数量' }).click();
    await page.getByText('占用 0 / 24 · 空闲 24').first().waitFor();
    expect(await engineer.look('cabinet-ports')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  });

  it('read well in English and in the dark', async () => {
    const operator = await Person.arrive(browser, console_.url, NARROW);
    await operator.signIn('operator', DEMONSTRATION_PASSWORD);
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.signIn('facility', DEMONSTRATION_PASSWORD);
    for (const { page } of [operator, engineer]) {
      await page.getByRole('button', { name: /English|EN/ }).click();
      await page.getByRole('button', { name: 'Switch to dark' }).click();
      await page.getByRole('button', { name: 'Switch to light' }).waitFor();
    }
    await operator.page.getByRole('heading', { name: 'My orders today' }).waitFor();
    expect(await operator.look('operator-home-en-dark-390')).toEqual([]);
    await operator.page.getByRole('link', { name: /前置机第二链路布线/ }).click();
    await operator.page.getByRole('heading', { name: 'Steps' }).waitFor();
    expect(await operator.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await operator.look('operator-order-en-dark-390')).toEqual([]);
    await engineer.goTo('/backups');
    await engineer.page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
    await engineer.page.getByRole('link', { name: /社保业务库备份/ }).click();
    await engineer.page.getByRole('heading', { name: 'Copies made' }).waitFor();
    expect(await engineer.look('backup-en-dark')).toEqual([]);
    await engineer.page.getByRole('button', { name: 'Set up' }).click();
    await engineer.page.getByRole('dialog').getByLabel('Algorithm and keys').waitFor();
    expect(await engineer.look('backup-setup-en-dark')).toEqual([]);
    expect([...operator.errors, ...engineer.errors]).toEqual([]);
    for (const each of [operator, engineer]) await each.leave();
  });
});
