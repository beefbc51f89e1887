import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import { SpaceActs } from '../../../server/src/cabinets/space-acts.service.js';
import { IntakeRepository } from '../../../server/src/intake/intake.repository.js';
import { IntakePreview } from '../../../server/src/intake/intake-preview.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ResourceLife } from '../../../server/src/resources/resource-life.service.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { viewerWith } from '../../support/application.ts';
import { startTestConsole, type TestConsole } from '../../support/console.ts';
import { IntakeDesk } from '../../support/intake-desk.ts';
import { plainModel, plainServer } from '../../support/server-room.ts';

const SYSTEM = 'XT-RST-001';
const CLOUD = 'czt-data-center';
const USED = { systemCode: SYSTEM, startedOn: '2021-06-01', sourcePlatform: '自建机房' };
const MACHINE = { ...USED, vcpu: '4', memoryGib: '8', diskGib: '100', storageTier: 'SSD' };
const NO_OBJECT = { namespace: '', objectName: '', addresses: '' };

let console_: TestConsole;
let desk: IntakeDesk;
let system: { id: string; department_id: string };
let made = 0;

beforeAll(async () => {
  console_ = await startTestConsole();
  desk = new IntakeDesk(console_);
  [system] = await desk.query('select id, department_id from government_system where code = ?', [SYSTEM]);
}, 60_000);
afterAll(() => console_.close());

const live = async (subjectId: string, meter: string): Promise<number> => {
  const [row] = await desk.query(
    "select live_amount as n from capacity_counter where kind = 'QUOTA' and subject_id = ? and meter = ?",
    [subjectId, meter],
  );
  return Number(row?.n ?? 0);
};
/** As if the department's limit had been set, with so much of it left. */
const leave = async (meter: string, left: number): Promise<void> => {
  await desk.query(
    "insert into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values ('QUOTA', ?, ?, ?, 0) on duplicate key update limit_amount = live_amount + ?",
    [system.department_id, meter, left, left],
  );
};

/** Servers that are being onboarded, by their asset numbers. */
async function onboarding(count: number): Promise<string[]> {
  const [model, [center]] = [plainModel(), await desk.query('select id from center order by code limit 1')];
  const servers = Array.from({ length: count }, () => {
    made += 1;
    return {
      ...plainServer(model.id, center.id),
      id: newId(),
      assetNumber: `ZC-Q-${made}`,
      serial: `QUOTA${made}`,
      state: 'ONBOARDING' as const,
    };
  });
  await desk.get(UnitOfWork).run(async (tx) => {
    await desk.get(HardwareModelsService).addModels(tx, [{ ...model, slug: `quota-${made}`, model: `Q${made}` }]);
    await desk.get(ServerIntakeService).addAll(tx, servers, '测试');
  });
  return servers.map((server) => server.assetNumber);
}
const serverBatch = (numbers: readonly string[]) =>
  desk.submit(
    'intake-servers',
    numbers.map((assetNumber) => ({ ...USED, assetNumber })),
  );

/** Rows of devices in the freest cabinets, two units each; every call speaks of cabinets of its own. */
async function spaceRows(count: number, cabinetId: string | null = null): Promise<Record<string, string>[]> {
  const cabinets = await desk.query(
    `select k.id, k.code, k.starting_unit, k.height_units, r.code as room, c.code as center from cabinet k
     join room r on r.id = k.room_id join center c on c.id = k.center_id
     where (k.id = ? or ? is null) and (k.department_id is null or k.id = ?) and k.status = 'IN_SERVICE' and k.numbering = 'ASCENDING' and k.longest_full_half_units >= 8 and k.power_limit_w - k.power_w > 500
     order by k.id limit ? offset ?`,
    [cabinetId, cabinetId, cabinetId, count, cabinetId === null ? made : 0],
  );
  if (cabinetId === null) made += count;
  const rows = [];
  for (const cabinet of cabinets) {
    const slots = await desk.query('select half_unit from cabinet_slot where cabinet_id = ?', [cabinet.id]);
    const taken = new Set(slots.map((slot: { half_unit: number }) => slot.half_unit));
    const at = [...Array(cabinet.height_units).keys()].find((u) => [0, 1, 2, 3].every((h) => !taken.has(2 * u + h)));
    rows.push({
      ...USED,
      name: `加密机 ${cabinet.code}`,
      centerCode: cabinet.center,
      roomCode: cabinet.room,
      cabinetCode: cabinet.code,
      startUnit: String((at ?? 0) + cabinet.starting_unit),
      heightUnits: '2',
      face: 'BOTH',
      powerW: '150',
      weightKg: '18.5',
    });
  }
  return rows;
}

describe('an intake of servers', () => {
  it('takes one of the quota of servers on every level, and a returned server gives it back once', async () => {
    const [number] = await onboarding(1);
    const before = await live(system.department_id, 'SERVER');
    expect(await desk.approve(await serverBatch([number as string]))).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'SERVER')).toBe(before + 1);
    const [{ levels }] = await desk.query(
      "select count(*) as levels from capacity_counter where kind = 'QUOTA' and meter = 'SERVER' and live_amount > 0",
    );
    // Department, system and project.
    expect(Number(levels)).toBe(3);
    const [row] = await desk.query('select id, version from server where asset_number = ?', [number]);
    const give = () =>
      desk.get(ServerLifeService).change(desk.preparer, WHOLE_PROVINCE, {
        id: row.id,
        action: 'RETURN',
        expectedVersion: row.version,
        idempotencyKey: newId(),
        reason: '系统下线',
        poolId: null,
      });
    const answers = await Promise.all(Array.from({ length: 16 }, give));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await live(system.department_id, 'SERVER')).toBe(before);
    expect(await live(system.id, 'SERVER')).toBe(0);
  });

  it('beyond the quota is shown as beyond it before approval, refused with figures, and leaves nothing half written', async () => {
    const numbers = await onboarding(3);
    await leave('SERVER', 2);
    const [before, id] = [await live(system.department_id, 'SERVER'), await serverBatch(numbers)];
    const shown = await desk.get(IntakePreview).quotaFit(id);
    expect(shown).toMatchObject([
      { subject: { id: system.department_id }, meter: 'SERVER', requested: 3, left: 2, fits: false },
    ]);
    expect(await desk.approve(id)).toMatchObject({
      ok: false,
      error: [{ code: 'QUOTA_SHORTAGE', level: 'DEPARTMENT', meter: 'SERVER', requested: 3, left: 2, short: 1 }],
    });
    expect(await live(system.department_id, 'SERVER')).toBe(before);
    const states = await desk.query('select distinct state from server where asset_number in (?)', [numbers]);
    expect(states).toEqual([{ state: 'ONBOARDING' }]);
    const [{ n }] = await desk.query(
      'select count(*) as n from quota_taking where live = 1 and subject_id in (select id from server)',
    );
    expect(Number(n)).toBe(0);
    await leave('SERVER', 3);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'SERVER')).toBe(before + 3);
  });

  it('of sixteen batches at once into ten places of the quota: ten are approved, six refused, and the count is exact', async () => {
    const batches: string[] = [];
    for (const number of await onboarding(16)) batches.push(await serverBatch([number]));
    await leave('SERVER', 10);
    const before = await live(system.department_id, 'SERVER');
    const answers = await Promise.all(batches.map((id) => desk.approve(id)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(10);
    for (const answer of answers)
      if (!answer.ok) expect(answer.error).toMatchObject([{ code: 'QUOTA_SHORTAGE', meter: 'SERVER', left: 0 }]);
    expect(await live(system.department_id, 'SERVER')).toBe(before + 10);
    const [{ n }] = await desk.query(
      "select count(*) as n from server where asset_number like 'ZC-Q-%' and state = 'IN_USE'",
    );
    const [{ taken }] = await desk.query(
      'select count(*) as taken from quota_taking where live = 1 and subject_id in (select id from server)',
    );
    expect(Number(taken)).toBe(Number(n));
  }, 60_000);
});

describe('an intake of places in cabinets', () => {
  it('takes rack units and power of the quota; taken out, the place gives both back', async () => {
    const [units, watts] = [
      await live(system.department_id, 'CABINET_HALF_UNIT'),
      await live(system.department_id, 'POWER_W'),
    ];
    const id = await desk.submit('intake-spaces', await spaceRows(2));
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'CABINET_HALF_UNIT')).toBe(units + 8);
    expect(await live(system.department_id, 'POWER_W')).toBe(watts + 300);
    const items = await desk.query('select became_id from intake_item where batch_id = ?', [id]);
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    for (const { became_id: holderId } of items)
      expect(
        await desk.get(SpaceActs).releaseHolder(engineer, { holderId, expectedVersion: 1 }, newId()),
      ).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'CABINET_HALF_UNIT')).toBe(units);
    expect(await live(system.department_id, 'POWER_W')).toBe(watts);
  });

  it('takes nothing, and asks nothing, in a cabinet that is wholly its department’s: that has taken its quotas', async () => {
    const rows = await spaceRows(2);
    const [own] = rows as [Record<string, string>];
    const [{ id: cabinetId }] = await desk.query(
      'select k.id from cabinet k join room r on r.id = k.room_id where k.code = ? and r.code = ? and k.center_id = (select id from center where code = ?)',
      [own.cabinetCode, own.roomCode, own.centerCode],
    );
    await desk.query('update cabinet set department_id = ? where id = ?', [system.department_id, cabinetId]);
    const id = await desk.submit('intake-spaces', rows);
    // Room for the one in the shared cabinet, and for no other.
    await leave('CABINET_HALF_UNIT', 4);
    await leave('POWER_W', 150);
    const before = await live(system.department_id, 'POWER_W');
    const shown = await desk.get(IntakePreview).quotaFit(id);
    expect(shown).toMatchObject([
      { meter: 'CABINET_HALF_UNIT', requested: 4, left: 4, fits: true },
      { meter: 'POWER_W', requested: 150, left: 150, fits: true },
    ]);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'POWER_W')).toBe(before + 150);
    const taken = await desk.query(
      'select i.name from intake_item i join quota_taking t on t.subject_id = i.became_id and t.live = 1 where i.batch_id = ?',
      [id],
    );
    expect(new Set(taken.map((row: { name: string }) => row.name))).toEqual(new Set([rows[1]?.name]));
    await leave('CABINET_HALF_UNIT', 1_000_000);
    await leave('POWER_W', 1_000_000);
  });

  it('beyond the quota of power is refused, and no place is taken', async () => {
    const rows = await spaceRows(2);
    await leave('POWER_W', 299);
    const id = await desk.submit('intake-spaces', rows);
    expect(await desk.approve(id)).toMatchObject({
      ok: false,
      error: [{ code: 'QUOTA_SHORTAGE', meter: 'POWER_W', requested: 300, left: 299, short: 1 }],
    });
    const [{ n }] = await desk.query(
      'select count(*) as n from cabinet_holder h join intake_item i on i.id = h.subject_id where i.batch_id = ?',
      [id],
    );
    expect(Number(n)).toBe(0);
    await leave('POWER_W', 1_000_000);
  });
});

describe('an intake of places in a cabinet that is wholly the department’s', () => {
  /** Gives the freest cabinet in which nobody else has anything to the department, its quotas as they are. */
  async function whollyOwned(): Promise<string> {
    const [cabinet] = await desk.query(
      `select c.id from cabinet c where c.status = 'IN_SERVICE' and c.department_id is null and c.numbering = 'ASCENDING'
       and c.longest_full_half_units >= 8 and c.power_limit_w - c.power_w > 500
       and not exists (select 1 from cabinet_holder h where h.cabinet_id = c.id and h.state <> 'RELEASED' and h.department_id is not null)
       order by c.id limit 1`,
    );
    await leave('CABINET_HALF_UNIT', 1_000);
    await leave('POWER_W', 1_000_000);
    const [{ version }] = await desk.query('select version from cabinet where id = ?', [cabinet.id]);
    const wish = { id: cabinet.id, expectedVersion: version, change: { departmentId: system.department_id } };
    expect(await desk.get(CabinetActs).edit(desk.preparer, wish, newId())).toMatchObject({ ok: true });
    return cabinet.id;
  }

  it('asks and takes nothing more of it: it fits into a quota that is used up, and beside others only these count', async () => {
    const cabinetId = await whollyOwned();
    const [inside] = await spaceRows(1, cabinetId);
    const others = await spaceRows(1);
    const units = await live(system.department_id, 'CABINET_HALF_UNIT');
    await leave('CABINET_HALF_UNIT', 0);
    await leave('POWER_W', 0);
    const id = await desk.submit('intake-spaces', [inside as Record<string, string>]);
    const shown = await desk.get(IntakePreview).quotaFit(id);
    expect(shown.filter((row) => row.requested > 0)).toEqual([]);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'CABINET_HALF_UNIT')).toBe(units);
    const [item] = await desk.query('select became_id from intake_item where batch_id = ?', [id]);
    expect(await desk.query('select id from quota_taking where subject_id = ?', [item.became_id])).toEqual([]);
    // One inside, one outside: the quota is asked for the one outside.
    const [again] = await spaceRows(1, cabinetId);
    const both = await desk.submit('intake-spaces', [again as Record<string, string>, ...others]);
    expect(await desk.approve(both)).toMatchObject({
      ok: false,
      error: [
        { code: 'QUOTA_SHORTAGE', meter: 'CABINET_HALF_UNIT', requested: 4, left: 0 },
        { code: 'QUOTA_SHORTAGE', meter: 'POWER_W', requested: 150, left: 0 },
      ],
    });
    await leave('CABINET_HALF_UNIT', 4);
    await leave('POWER_W', 150);
    expect(await desk.approve(both)).toMatchObject({ ok: true });
    expect(await live(system.department_id, 'CABINET_HALF_UNIT')).toBe(units + 4);
    await leave('CABINET_HALF_UNIT', 1_000);
    await leave('POWER_W', 1_000_000);
  });
});

describe('a batch of a department that was closed meanwhile', () => {
  it('says so before approval, is refused whole, and is approved when the department is open again', async () => {
    const id = await desk.submit('intake-spaces', await spaceRows(2));
    await desk.query("update department set state = 'CLOSED' where id = ?", [system.department_id]);
    const batch = await desk.get(IntakeRepository).batch(id);
    const closed = { code: 'UNKNOWN_REFERENCE', path: ['items', expect.any(String), 'departmentId'] };
    expect(batch && (await desk.get(IntakePreview).objections(batch))).toMatchObject([closed]);
    expect(await desk.approve(id)).toMatchObject({ ok: false, error: [closed] });
    const [{ n }] = await desk.query(
      'select count(*) as n from cabinet_holder h join intake_item i on i.id = h.subject_id where i.batch_id = ?',
      [id],
    );
    expect(Number(n)).toBe(0);
    await desk.query("update department set state = 'ACTIVE' where id = ?", [system.department_id]);
    expect(await desk.approve(id)).toMatchObject({ ok: true });
  });
});

describe('systems of one department in one batch', () => {
  it('are counted together: each alone would fit, both do not, and the refusal says so at once', async () => {
    const [other] = await desk.query(
      `select distinct s.code from government_system s join system_project p on p.system_id = s.id
       where s.department_id = ? and s.id <> ? and p.to_date is null and p.from_date <= curdate() limit 1`,
      [system.department_id, system.id],
    );
    expect(other).toBeDefined();
    const codes = [SYSTEM, other.code];
    await leave('VCPU', 6);
    const id = await desk.submit(
      'intake-machines',
      codes.map((systemCode, at) => ({
        ...MACHINE,
        ...NO_OBJECT,
        poolCode: 'a-amd64-extranet',
        name: `both-${at}`,
        systemCode,
      })),
    );
    const answer = await desk.approve(id);
    expect(answer).toMatchObject({ ok: false });
    if (!answer.ok)
      expect(answer.error).toContainEqual(
        expect.objectContaining({ code: 'QUOTA_SHORTAGE', meter: 'VCPU', requested: 8, left: 6 }),
      );
    await leave('VCPU', 1_000_000);
  });
});

describe('machines of a cloud that stands in no center', () => {
  it('enter the books on record only, take quotas and promise nothing of a pool, and end with their record', async () => {
    const row = { ...MACHINE, ...NO_OBJECT, poolCode: CLOUD, name: 'czt-old-1' };
    const [pool] = await desk.query('select id from pool where code = ?', [CLOUD]);
    const before = await live(system.department_id, 'VCPU');
    expect(await desk.approve(await desk.submit('intake-machines', [row]))).toMatchObject({ ok: true });
    const [resource] = await desk.query("select * from resource where name = 'czt-old-1'");
    expect(resource).toMatchObject({ center_id: null, management: 'RECORDED', state: 'IN_USE', pool_id: pool.id });
    expect(await live(system.department_id, 'VCPU')).toBe(before + 4);
    expect((await desk.plan('intake-machines', [row])).map((one) => one.outcome)).toEqual(['UNCHANGED']);
    const wish = {
      resourceId: resource.id,
      expectedVersion: resource.version,
      reason: '迁移完成',
      confirmName: 'czt-old-1',
    };
    const release = () =>
      desk.get(ResourceLife).release(desk.reviewer, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() });
    const answers = await Promise.all([release(), release(), release()]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    // In the bin it takes what it took; purged, it gives it back once.
    expect(await live(system.department_id, 'VCPU')).toBe(before + 4);
    const purgeWish = { ...wish, expectedVersion: resource.version + 1 };
    const purge = () =>
      desk.get(ResourceLife).purge(desk.reviewer, WHOLE_PROVINCE, { ...purgeWish, idempotencyKey: newId() });
    const purged = await Promise.all([purge(), purge(), purge()]);
    expect(purged.filter((answer) => answer.ok)).toHaveLength(1);
    const [after] = await desk.query('select state, released_at from resource where id = ?', [resource.id]);
    expect(after.state).toBe('RELEASED');
    expect(after.released_at).not.toBeNull();
    expect(await live(system.department_id, 'VCPU')).toBe(before);
  });

  it('have no object in a cluster of ours', async () => {
    const row = { ...MACHINE, ...NO_OBJECT, poolCode: CLOUD, name: 'x', namespace: 'legacy', objectName: 'x' };
    const [told] = await desk.plan('intake-machines', [row]);
    expect(told?.outcome === 'PROBLEM' && told.problems.map((problem) => problem.column)).toEqual(['namespace']);
  });
});
