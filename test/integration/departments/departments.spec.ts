import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DepartmentEntity } from '../../../server/src/departments/departments.entity.js';
import { DepartmentsRepository } from '../../../server/src/departments/departments.repository.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Department } from '../../../server/src/departments/domain/department.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { department } from '../../support/builders/department.ts';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const finance = department({ code: 'czt', name: '省财政厅' });
const police = department({ code: 'gat', name: '省公安厅' });
const city = department({ code: 'nanjing', name: '南京市', level: 'CITY' });
const bureau = department({ code: 'nanjing-gaj', name: '南京市公安局', parent: city });
const namesake = department({ code: 'nanjing2', name: '100%_\\局', level: 'CITY' });
const all = [finance, police, city, bureau, namesake];

let test: TestDatabase;
let departments: DepartmentsService;

beforeAll(async () => {
  test = await openTestDatabase([DepartmentEntity]);
  departments = new DepartmentsService(new DepartmentsRepository(test.db));
  await unitsOfWork(test.db).work.run((tx) => departments.add(tx, all));
});
afterAll(() => test.close());

describe('DepartmentsService.treeIds', () => {
  it('gives the department and all below it', async () => {
    expect(await departments.treeIds(city.id)).toEqual([city.id, bureau.id]);
    expect(await departments.treeIds(bureau.id)).toEqual([bureau.id]);
    expect(await departments.treeIds('00000000-0000-7000-8000-000000000000')).toEqual([]);
  });
});

describe('DepartmentsService.list', () => {
  const first = { first: 100, after: null };
  const codes = (page: { rows: readonly Department[] }) => page.rows.map((row) => row.code);

  it('goes in the order of the tree, page by page', async () => {
    const one = await departments.list(WHOLE_PROVINCE, null, { first: 3, after: null });
    expect(codes(one)).toEqual(['czt', 'gat', 'nanjing']);
    expect(one).toMatchObject({ totalCount: 5, hasNextPage: true });
    const two = await departments.list(WHOLE_PROVINCE, null, { first: 3, after: [one.rows[2]?.path ?? ''] });
    expect(codes(two)).toEqual(['nanjing-gaj', 'nanjing2']);
    expect(two).toMatchObject({ totalCount: 5, hasNextPage: false });
  });

  it('finds by name and by code, and takes wildcards literally', async () => {
    expect(codes(await departments.list(WHOLE_PROVINCE, '公安', first))).toEqual(['gat', 'nanjing-gaj']);
    expect(codes(await departments.list(WHOLE_PROVINCE, 'gaj', first))).toEqual(['nanjing-gaj']);
    expect(codes(await departments.list(WHOLE_PROVINCE, '100%_\\', first))).toEqual(['nanjing2']);
    expect(codes(await departments.list(WHOLE_PROVINCE, '_', first))).toEqual(['nanjing2']);
  });

  it('shows nothing outside the scope, and counts nothing either', async () => {
    const scope = { kind: 'DEPARTMENTS', departmentIds: [finance.id] } as const;
    expect(await departments.list(scope, null, first)).toMatchObject({ totalCount: 1, rows: [{ code: 'czt' }] });
    expect(await departments.list(scope, '公安', first)).toMatchObject({ totalCount: 0, rows: [] });
    expect(await departments.list({ kind: 'DEPARTMENTS', departmentIds: [] }, null, first)).toMatchObject({
      totalCount: 0,
    });
    expect(await departments.department(scope, police.id)).toBeNull();
  });

  it('costs two statements, whatever the page size', async () => {
    for (const size of [1, 100]) {
      const counted = await countStatements(test.db, () =>
        departments.list(WHOLE_PROVINCE, null, { first: size, after: null }),
      );
      expect(counted.statements).toBe(2);
    }
  });
});

describe('DepartmentsService.departments', () => {
  it('answers in the order of the ids, with null for what is not there, by one statement', async () => {
    const { result, statements } = await countStatements(test.db, () =>
      departments.departments([police.id, 'nothing', city.id]),
    );
    expect(result.map((row) => row?.code ?? null)).toEqual(['gat', null, 'nanjing']);
    expect(statements).toBe(1);
  });
});

describe('DepartmentsService.add', () => {
  it('refuses a code that no namespace can carry', async () => {
    const { work } = unitsOfWork(test.db);
    await expect(work.run((tx) => departments.add(tx, [department({ code: 'Czt' })]))).rejects.toThrow(RangeError);
  });
});
