import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetsService } from '../../../server/src/budgets/budgets.service.js';
import { DepartmentAdministration } from '../../../server/src/departments/department-administration.service.js';
import { DepartmentUse } from '../../../server/src/departments/department-use.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { UsersService } from '../../../server/src/identity/users.service.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { SystemRecords } from '../../../server/src/systems/system-records.service.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { project } from '../../support/builders/system.ts';
import { countStatements } from '../../support/count-statements.ts';
import { codesOf, openPeople, type People, SYSTEM_ADMINISTRATOR } from '../../support/people.ts';
import { Rooms } from '../../support/rooms.ts';
import { plainModel } from '../../support/server-room.ts';

/** People, bureaus, projects, systems, requests, budgets, servers, cabinets, addresses, clouds. */
const KINDS_OF_USE = 10;

function serverOf(departmentId: string, modelId: string) {
  return {
    id: newId(),
    state: 'IN_USE' as const,
    use: { departmentId, systemId: null, poolId: null },
    assetNumber: 'USED-1',
    serial: 'USED1',
    modelId,
    centerId: newId(),
    architecture: 'ARM64' as const,
    cpuMaker: 'KUNPENG' as const,
    cpuModel: '鲲鹏 920',
    sockets: 2,
    cores: 96,
    threads: 96,
    memoryMib: 524_288,
    powerW: null,
    disks: [],
    nics: [],
    accelerators: [],
    bmcAddress: null,
    purchasedOn: null,
    warrantyUntil: null,
    weightGrams: null,
  };
}

let application: TestApplication;
let people: People;
let administration: DepartmentAdministration;
let departments: DepartmentsService;
let users: UsersService;
let city: Viewer;
let cityScope: TenantScope;

beforeAll(async () => {
  application = await openTestApplication();
  people = await openPeople(application);
  const get = <T>(type: new (...args: never[]) => T): T => application.context.get(type, { strict: false });
  [administration, departments, users] = [get(DepartmentAdministration), get(DepartmentsService), get(UsersService)];
  cityScope = { kind: 'DEPARTMENTS', departmentIds: await departments.treeIds(people.city.id) };
  city = viewerWith(['CITY_ADMINISTRATOR'], people.city.id, { departmentTreeIds: cityScope.departmentIds });
});
afterAll(() => application.close());

const facts = { name: '某某单位', contactName: null, contactPhone: null };
const create = (viewer: Viewer, scope: TenantScope, more: object) =>
  administration.create(viewer, scope, { ...facts, code: 'new', level: 'PROVINCE', parentId: null, ...more }, newId());
const byProvince = (more: object) => create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, more);
const byCity = (more: object) => create(city, cityScope, more);
async function wish(id: string, viewer = SYSTEM_ADMINISTRATOR, scope: TenantScope = WHOLE_PROVINCE) {
  const [row] = await departments.departments([id]);
  return { viewer, scope, departmentId: id, expectedVersion: row?.version ?? 0, idempotencyKey: newId() };
}
const idOf = (outcome: Awaited<ReturnType<typeof create>>): string => (outcome.ok ? outcome.value.id : '');

describe('making departments', () => {
  it('is the province’s: departments, cities, and bureaus of any city', async () => {
    expect(await byProvince({ code: 'swt', level: 'PROVINCE' })).toMatchObject({ ok: true });
    const suzhou = idOf(await byProvince({ code: 'suzhou', level: 'CITY' }));
    const bureau = idOf(await byProvince({ code: 'suzhou-gaj', parentId: suzhou }));
    expect(await departments.departments([bureau])).toMatchObject([
      { level: 'BUREAU', parentId: suzhou, path: '/suzhou/suzhou-gaj/', state: 'ACTIVE', version: 1 },
    ]);
    expect(await departments.treeIds(suzhou)).toEqual([suzhou, bureau]);
  });

  it('is a city’s below itself only, and tells it nothing of others', async () => {
    expect(await byCity({ code: 'nanjing-jyj', parentId: people.city.id })).toMatchObject({ ok: true });
    expect(codesOf(await byCity({ code: 'wuxi', level: 'CITY' }))).toEqual(['NOT_PERMITTED BUREAUS_ONLY']);
    expect(codesOf(await byCity({ code: 'czt-x', parentId: people.finance.id }))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await byCity({ code: 'czt-x', parentId: newId() }))).toEqual(['UNKNOWN_REFERENCE']);
    // "czt" is taken by another department: the city hears of its own prefix, not of that.
    expect(codesOf(await byCity({ code: 'czt', parentId: people.city.id }))).toEqual(['INVALID_INPUT departmentCode']);
  });

  it.each([
    [{ code: 'Not A Code' }, ['INVALID_INPUT departmentCode']],
    [{ code: 'czt' }, ['INVALID_INPUT taken']],
    [{ code: 'ok1', name: '' }, ['INVALID_INPUT length']],
    [{ code: 'ok2', contactPhone: 'call' }, ['INVALID_INPUT phone']],
    [{ code: 'ok3', parentId: undefined }, ['UNKNOWN_REFERENCE']],
  ])('refuses %j', async (more, codes) => {
    expect(codesOf(await byProvince(more))).toEqual(codes);
  });

  it('puts no bureau below a provincial department', async () => {
    expect(codesOf(await byProvince({ code: 'czt-x', parentId: people.finance.id }))).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('changing departments', () => {
  it('keeps the code, and refuses what was decided on an older version', async () => {
    const old = await wish(people.bureau.id, city, cityScope);
    const named = { name: '南京市公安局（新）', contactName: '周', contactPhone: '025-8888 8888' };
    expect(await administration.edit({ ...old, ...named })).toMatchObject({ ok: true });
    expect(await departments.departments([people.bureau.id])).toMatchObject([
      { ...named, code: 'nanjing-gaj', version: 2 },
    ]);
    expect(codesOf(await administration.edit({ ...old, ...facts, idempotencyKey: newId() }))).toEqual([
      'VERSION_CONFLICT',
    ]);
    const foreign = await wish(people.finance.id, city, cityScope);
    expect(codesOf(await administration.edit({ ...foreign, ...facts }))).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('closing departments', () => {
  it('names what still lives there, and closes what is empty', async () => {
    const id = idOf(await byProvince({ code: 'closing' }));
    await people.add('closing.one', id, 'APPLICANT');
    await application.test.db.query(
      `insert into request (id, code, state, state_since, version, department_id, system_id, project_id, purpose,
         applicant_id, applicant_name, machine_count, created_at)
       values (uuid(), 'SQ-C', 'DRAFT', now(), 1, ?, uuid(), uuid(), '用途', uuid(), '用户', 1, now())`,
      [id],
    );
    const refused = await administration.close(await wish(id));
    expect(codesOf(refused)).toEqual(['NOT_PERMITTED IN_USE']);
    const said = refused.ok ? '' : (refused.error[0]?.message.zh ?? '');
    expect(said).toContain('可用账号 1');
    expect(said).toContain('未结申请单 1');
    await application.test.db.query("update app_user set state = 'DISABLED' where department_id = ?", [id]);
    await application.test.db.query("update request set state = 'WITHDRAWN' where department_id = ?", [id]);
    expect(await administration.close(await wish(id))).toMatchObject({ ok: true });
    expect(await departments.departments([id])).toMatchObject([{ state: 'CLOSED' }]);
    expect(codesOf(await administration.edit({ ...(await wish(id)), ...facts }))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('is refused while there are projects, budgets, servers, cabinets or places', async () => {
    const get = <T>(type: new (...args: never[]) => T): T => application.context.get(type, { strict: false });
    const id = idOf(await byProvince({ code: 'used' }));
    const rooms = new Rooms(application);
    const { ids } = await rooms.open([[{ departmentId: id }, {}]]);
    const model = plainModel();
    await get(UnitOfWork).run(async (tx) => {
      await get(SystemsService).add(tx, { systems: [], projects: [project(id)], links: [] });
      await get(HardwareModelsService).addModels(tx, [model]);
      await get(ServerIntakeService).addAll(tx, [serverOf(id, model.id)], '测试');
    });
    await rooms.place({ where: { cabinetId: ids[1] as string, startUnit: null }, departmentId: id });
    await get(BudgetsService).create(viewerWith(['FINANCE'], null), WHOLE_PROVINCE, {
      idempotencyKey: newId(),
      parentId: null,
      departmentId: id,
      projectId: null,
      year: 2099,
      name: '总预算',
      budgetCode: '',
      functionClass: '',
      economicClass: '',
      fundNature: 'OWN_FUNDS',
      budgetLevel: 'PROVINCE',
      amount: 1n,
    });
    const refused = await administration.close(await wish(id));
    const said = refused.ok ? '' : (refused.error[0]?.message.zh ?? '');
    for (const what of ['信息化项目 1', '未到期预算 1', '在用独立服务器 1', '机柜与机柜占位 2'])
      expect(said).toContain(what);
    // Every kind is asked, also those of which there is nothing.
    const asked = await countStatements(application.test.db, () =>
      get(UnitOfWork).run((tx) => get(DepartmentUse).of(tx, newId())),
    );
    expect(asked.statements).toBeGreaterThanOrEqual(KINDS_OF_USE);
  });

  it('takes no system into a closed department', async () => {
    const id = idOf(await byProvince({ code: 'shut' }));
    await administration.close(await wish(id));
    const form = { content: {}, ownerUsername: null } as never;
    const records = application.context.get(SystemRecords, { strict: false });
    expect(codesOf(await records.register(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, id, form, newId()))).toEqual([
      'UNKNOWN_REFERENCE',
    ]);
  });

  it('keeps a city open while it has bureaus', async () => {
    const refused = await administration.close(await wish(people.city.id));
    expect(refused.ok ? '' : refused.error[0]?.message.en).toContain('bureaus');
  });

  it('never closes a department into which somebody is put at the same moment', async () => {
    for (let round = 0; round < 12; round += 1) {
      const id = idOf(await byProvince({ code: `race${round}` }));
      const account = { username: `race${round}`, displayName: '某人', phone: null, departmentId: id };
      const [closed, made] = await Promise.all([
        administration.close(await wish(id)),
        users.create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, account, newId()),
      ]);
      expect([closed.ok, made.ok].filter(Boolean)).toHaveLength(1);
    }
  });
});

describe('the tree', () => {
  it('shows what stands on top as far as the scope reaches, and what is below', async () => {
    const page = { first: 100, after: null };
    const codes = async (scope: TenantScope, filter: object) =>
      (await departments.list(scope, filter, page)).rows.map((row) => row.code);
    expect(await codes(cityScope, { tops: true })).toEqual(['nanjing']);
    expect(await codes(WHOLE_PROVINCE, { tops: true })).toEqual(expect.arrayContaining(['czt', 'gat', 'nanjing']));
    expect(await codes(WHOLE_PROVINCE, { tops: true })).not.toContain('nanjing-gaj');
    const bureauOnly: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [people.bureau.id] };
    expect(await codes(bureauOnly, { tops: true })).toEqual(['nanjing-gaj']);
    expect(await codes(bureauOnly, { parentId: people.city.id })).toEqual(['nanjing-gaj']);
    expect(await codes(cityScope, { parentId: people.finance.id })).toEqual([]);
    expect(await departments.wholeTreeIds(people.bureau.id)).toContain(people.city.id);
  });
});
