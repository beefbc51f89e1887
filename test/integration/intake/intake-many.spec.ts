import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpaceService } from '../../../server/src/cabinets/space.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { startTestConsole, type TestConsole } from '../../support/console.ts';
import { countStatements } from '../../support/count-statements.ts';
import { IntakeDesk } from '../../support/intake-desk.ts';
import { Rooms } from '../../support/rooms.ts';
import { plainModel, plainServer } from '../../support/server-room.ts';

/** One bulk statement takes some hundreds of rows: four times as many rows may take a few statements more, never one a row. */
const [FEW, MANY, MORE_STATEMENTS_MAX] = [50, 200, 6];
const CABINETS = 6;
const USED = { systemCode: 'XT-RST-001', sourcePlatform: '自建机房' };

let console_: TestConsole;
let desk: IntakeDesk;
let center: { id: string; code: string };
let room: { code: string };
let cabinets: readonly string[];

beforeAll(async () => {
  console_ = await startTestConsole();
  desk = new IntakeDesk(console_);
  [center] = await desk.query("select id, code from center where code = 'center-a'");
  const rooms = new Rooms({ context: console_.application, test: console_.test } as never);
  const strong = { heightUnits: 90, feedAWatts: 60_000, feedBWatts: 60_000, weightLimitGrams: 9_000_000 };
  const opened = await rooms.open([Array.from({ length: CABINETS }, () => strong)], null, center.id);
  cabinets = opened.ids;
  [room] = await desk.query('select code from room where id = ?', [opened.roomId]);
  await desk.query("update capacity_counter set limit_amount = 1000000000 where kind = 'QUOTA'");
}, 60_000);
afterAll(() => console_.close());

const dayOf = (at: number) => `20${10 + (at % 10)}-0${1 + (at % 9)}-1${at % 10}`;

/** A batch of so many servers that stand in the cabinets already, each with a day of its own. */
async function serverBatch(count: number): Promise<string> {
  const model = plainModel({ nameplatePowerW: 100, heightHalfUnits: 1 });
  const servers = Array.from({ length: count }, (_, at) => ({
    ...plainServer(model.id, center.id, { assetNumber: `MANY-${count}-${at}`, serial: `MANY${count}X${at}` }),
    ...{ id: newId(), holderId: newId(), state: 'ONBOARDING' as const },
  }));
  await desk.get(UnitOfWork).run(async (tx) => {
    await desk.get(HardwareModelsService).addModels(tx, [{ ...model, slug: `many-${count}`, model: `M${count}` }]);
    await desk.get(ServerIntakeService).addAll(tx, servers, '测试');
    const placed = await desk.get(SpaceService).placeAll(
      tx,
      servers.map(({ id, holderId, assetNumber }, at) => ({
        ...{ holderId, subjectId: id, label: assetNumber, kind: 'SERVER', state: 'OCCUPIED', face: 'FRONT' },
        ...{ heightHalfUnits: 1, powerW: 100, weightGrams: 28_000 },
        where: { cabinetId: cabinets[at % CABINETS] as string, startUnit: null },
      })),
    );
    if (!placed.ok) throw new Error(JSON.stringify(placed.error[0]));
  });
  return desk.submit(
    'intake-servers',
    servers.map(({ assetNumber }, at) => ({ ...USED, assetNumber, startedOn: dayOf(at) })),
  );
}

const spaceBatch = (count: number, face: 'REAR', from: number) =>
  desk.submit(
    'intake-spaces',
    Array.from({ length: count }, (_, at) => ({
      ...USED,
      ...{ name: `many-${count}-${at}`, startedOn: dayOf(at), centerCode: center.code, roomCode: room.code, face },
      cabinetCode: `0-${String(at % CABINETS).padStart(5, '0')}`,
      ...{ startUnit: String(from + Math.floor(at / CABINETS) / 2), heightUnits: '0.5', powerW: '1', weightKg: '0.5' },
    })),
  );

async function statementsOf(batchId: string): Promise<number> {
  const { statements, result } = await countStatements(console_.test.db, () => desk.approve(batchId));
  expect(result).toMatchObject({ ok: true });
  return statements;
}

describe('an approval of many', () => {
  it('servers takes as many statements as one of few: their life, their places, their events and quotas in bulk', async () => {
    const [few, many] = [await serverBatch(FEW), await serverBatch(MANY)];
    const asked = await statementsOf(few);
    expect((await statementsOf(many)) - asked).toBeLessThanOrEqual(MORE_STATEMENTS_MAX);
    const [{ n }] = await desk.query(
      `select count(*) as n from server s join cabinet_holder h on h.id = s.holder_id join intake_item i on i.became_id = s.id
       where i.batch_id in (?) and s.state = 'IN_USE' and s.origin = 'INTAKE' and h.department_id = s.department_id
         and s.used_since = timestamp(i.started_on) - interval 8 hour`,
      [[few, many]],
    );
    expect(Number(n)).toBe(FEW + MANY);
  });

  it('places in cabinets does, too', async () => {
    const [few, many] = [await spaceBatch(FEW, 'REAR', 1), await spaceBatch(MANY, 'REAR', 40)];
    const asked = await statementsOf(few);
    expect((await statementsOf(many)) - asked).toBeLessThanOrEqual(MORE_STATEMENTS_MAX);
  });
});
