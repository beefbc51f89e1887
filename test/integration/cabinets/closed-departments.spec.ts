import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import { SpaceActs } from '../../../server/src/cabinets/space-acts.service.js';
import { DepartmentAdministration } from '../../../server/src/departments/department-administration.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { cabinetDescription } from '../../support/builders/cabinet.ts';
import { department } from '../../support/builders/department.ts';
import { codesOf } from '../../support/people.ts';
import { Rooms } from '../../support/rooms.ts';

const ROUNDS = 8;
const engineer = viewerWith(['FACILITY_ENGINEER'], null);
const administrator = viewerWith(['SYSTEM_ADMINISTRATOR'], null);

let app: TestApplication;
let rooms: Rooms;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

type Outcome = Result<unknown, readonly Refusal[]>;

async function newDepartment(): Promise<string> {
  const made = department({ code: `d${newId().slice(-8)}` });
  await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [made]));
  return made.id;
}
const close = (departmentId: string): Promise<Outcome> =>
  get(DepartmentAdministration).close({
    viewer: administrator,
    scope: WHOLE_PROVINCE,
    departmentId,
    expectedVersion: 1,
    idempotencyKey: newId(),
  });
const place = (cabinetId: string, departmentId: string): Promise<Outcome> =>
  get(SpaceActs).placeOccupant(
    engineer,
    {
      ...({ cabinetId, departmentId, startUnit: null, heightUnits: 1, face: 'BOTH', kind: 'STORAGE' } as const),
      ...{ label: '存储', powerW: 0, weightGrams: 0 },
    },
    newId(),
  );
const give = (id: string, departmentId: string): Promise<Outcome> =>
  get(CabinetActs).edit(engineer, { id, expectedVersion: 1, change: { departmentId } }, newId());
const make = (rowId: string, departmentId: string): Promise<Outcome> =>
  get(CabinetActs).createCabinets(
    engineer,
    { rowId, cabinets: [cabinetDescription({ code: 'N-1', position: 9, planX: 9, departmentId })] },
    newId(),
  );

describe('a department that is closed', () => {
  it('is given no place and no cabinet any more', async () => {
    const departmentId = await newDepartment();
    const { ids, rowIds } = await rooms.open([[{}]]);
    expect(codesOf(await close(departmentId))).toEqual([]);
    for (const outcome of [
      await place(ids[0] as string, departmentId),
      await give(ids[0] as string, departmentId),
      await make(rowIds[0] as string, departmentId),
    ])
      expect(outcome).toMatchObject({ ok: false, error: [{ code: 'UNKNOWN_REFERENCE' }] });
    expect((await make(rowIds[0] as string, newId())).ok).toBe(false);
    const [row] = await rooms.sql<{ n: string }>('select count(*) as n from cabinet where row_id = ?', [rowIds[0]]);
    expect(Number(row?.n)).toBe(1);
  });

  it('while it is being closed has what came first, or is closed with nothing', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const departmentId = await newDepartment();
      const { ids, rowIds } = await rooms.open([[{}, {}, {}]]);
      const [a, b, c] = ids as [string, string, string];
      const acts = [
        () => place(a, departmentId),
        () => place(b, departmentId),
        () => give(c, departmentId),
        () => make(rowIds[0] as string, departmentId),
      ];
      acts.splice(round % 3, 0, () => close(departmentId));
      const done = await Promise.all(acts.map((act) => act()));
      const [row] = await rooms.sql<{ state: string; n: string }>(
        `select d.state, (select count(*) from cabinet where department_id = d.id)
            + (select count(*) from cabinet_holder where department_id = d.id and state <> 'RELEASED') as n
         from department d where d.id = ?`,
        [departmentId],
      );
      const closed = row?.state === 'CLOSED';
      expect({ round, closed, has: Number(row?.n) > 0 }).toEqual({ round, closed, has: !closed });
      expect(done.filter((one) => one.ok)).toHaveLength(closed ? 1 : Number(row?.n));
    }
    expect(await rooms.recount()).toEqual([]);
  });
});
