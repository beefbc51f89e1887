import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { SystemWrites } from '../../../server/src/systems/system-writes.repository.js';
import {
  ProjectEntity,
  SystemEntity,
  SystemProjectEntity,
  VendorBindingEntity,
} from '../../../server/src/systems/systems.entity.js';
import { type SystemFilter, SystemsRepository } from '../../../server/src/systems/systems.repository.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { payment, project, system } from '../../support/builders/system.ts';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const OWN = '00000000-0000-7000-8000-00000000000a';
const FOREIGN = '00000000-0000-7000-8000-00000000000b';
const ownScope = { kind: 'DEPARTMENTS', departmentIds: [OWN] } as const;

const looking = (more: Partial<SystemFilter>): SystemFilter => ({
  search: null,
  departmentId: null,
  protectionLevel: null,
  filed: null,
  declaration: null,
  localMode: null,
  remoteMode: null,
  withoutOwner: false,
  ...more,
});

const budget = system(OWN, { code: 'XT-1', name: '预算管理一体化系统' });
const portal = system(OWN, {
  code: 'XT-2',
  name: '门户网站',
  protectionLevel: 3,
  localMode: 'DUAL_ACTIVE',
  remoteMode: 'DATA',
  filed: false,
  frozen: true,
});
const foreign = system(FOREIGN, { code: 'XT-3', name: '人口库' });
const ended = project(OWN, { code: 'XM-1' });
const running = project(OWN, { code: 'XM-2' });
const provincial = project(FOREIGN, { code: 'XM-3' });

let test: TestDatabase;
let systems: SystemsService;

beforeAll(async () => {
  test = await openTestDatabase([SystemEntity, ProjectEntity, SystemProjectEntity, VendorBindingEntity]);
  systems = new SystemsService(new SystemsRepository(test.db), new SystemWrites(), {
    now: () => new Date('2026-06-30T16:00:00.000Z'),
  });
  await unitsOfWork(test.db).work.run((tx) =>
    systems.add(tx, {
      systems: [budget, portal, foreign],
      projects: [ended, running, provincial],
      links: [
        payment(budget, ended, '2026-01-01', '2026-07-01'),
        payment(budget, running, '2026-07-01', '2027-01-01'),
        payment(budget, provincial, '2026-01-01', null),
        payment(portal, running, '2026-01-01', null),
      ],
    }),
  );
});
afterAll(() => test.close());

describe('SystemsService.system and project', () => {
  it("finds the department's own and gives every field back", async () => {
    expect(await systems.system(ownScope, portal.id)).toEqual(portal);
    expect(await systems.project(ownScope, running.id)).toEqual(running);
  });

  it("does not find another department's, nor an unknown one", async () => {
    expect(await systems.system(ownScope, foreign.id)).toBeNull();
    expect(await systems.project(ownScope, provincial.id)).toBeNull();
    expect(await systems.system(WHOLE_PROVINCE, '00000000-0000-7000-8000-0000000000ff')).toBeNull();
    expect(await systems.system({ kind: 'DEPARTMENTS', departmentIds: [] }, budget.id)).toBeNull();
  });
});

describe('SystemsService.list', () => {
  const page = { first: 10, after: null };

  it('searches name and code within the scope only', async () => {
    expect(await systems.list(ownScope, looking({ search: 'xt-' }), page)).toMatchObject({
      totalCount: 2,
      rows: [{ code: 'XT-1' }, { code: 'XT-2' }],
    });
    expect(await systems.list(ownScope, looking({ search: '人口' }), page)).toMatchObject({ totalCount: 0 });
    expect(await systems.list(WHOLE_PROVINCE, looking({ search: '人口' }), page)).toMatchObject({
      totalCount: 1,
    });
  });

  it('costs two statements, whatever the page size', async () => {
    for (const first of [1, 100]) {
      const { statements } = await countStatements(test.db, () =>
        systems.list(WHOLE_PROVINCE, looking({}), { first, after: null }),
      );
      expect(statements).toBe(2);
    }
  });
});

describe('SystemsService.payingProjects', () => {
  const codes = async (on: string) => (await systems.payingProjects(budget.id, on)).map((p) => p.code);

  it('changes payer on the day the period ends', async () => {
    expect(await codes('2026-06-30')).toEqual(['XM-1', 'XM-3']);
    expect(await codes('2026-07-01')).toEqual(['XM-2', 'XM-3']);
    expect(await codes('2027-01-01')).toEqual(['XM-3']);
    expect(await codes('2025-12-31')).toEqual([]);
  });

  it('answers for many systems today, in Shanghai, by one statement', async () => {
    const { result, statements } = await countStatements(test.db, () =>
      systems.payingProjectsToday([portal.id, foreign.id, budget.id]),
    );
    expect(result.map((list) => list.map((p) => p.code))).toEqual([['XM-2'], [], ['XM-2', 'XM-3']]);
    expect(statements).toBe(1);
  });
});
