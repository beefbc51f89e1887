import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpaceMoves } from '../../../server/src/cabinets/space-moves.service.js';
import { ClusterIntake } from '../../../server/src/intake/cluster-intake.service.js';
import { IntakeService } from '../../../server/src/intake/intake.service.js';
import { IntakePreview } from '../../../server/src/intake/intake-preview.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { startTestConsole, type TestConsole } from '../../support/console.ts';
import { countStatements } from '../../support/count-statements.ts';
import { IntakeDesk } from '../../support/intake-desk.ts';
import { plainModel, plainServer } from '../../support/server-room.ts';

const MACHINE = {
  name: 'rst-web-01',
  systemCode: 'XT-RST-001',
  poolCode: 'a-amd64-extranet',
  vcpu: '8',
  memoryGib: '32',
  diskGib: '500',
  storageTier: 'SSD',
  startedOn: '2023-05-01',
  sourcePlatform: 'VMware vSphere 6.7',
  namespace: '',
  objectName: '',
  // In no network of ours.
  addresses: '192.0.2.15 192.0.2.16',
};

type Listed = { unrecordedMachines: { nodes: { id: string; waitingBatch: { code: string } | null }[] } };

let console_: TestConsole;
let desk: IntakeDesk;
let preparer: Viewer;
let reviewer: Viewer;
const get = <T>(type: new (...args: never[]) => T): T => desk.get(type);
const query = (sql: string, values: unknown[] = []) => desk.query(sql, values);
const plan = (name: string, rows: Record<string, string>[]) => desk.plan(name, rows);
const submit = (name: string, rows: Record<string, string>[]) => desk.submit(name, rows);
const approve = (...args: Parameters<IntakeDesk['approve']>) => desk.approve(...args);

beforeAll(async () => {
  console_ = await startTestConsole();
  desk = new IntakeDesk(console_);
  ({ preparer, reviewer } = desk);
}, 60_000);
afterAll(() => console_.close());

async function liveOf(poolCode: string, meter: string): Promise<number> {
  const [row] = await query(
    "select live_amount as n from capacity_counter c join pool p on p.id = c.subject_id where p.code = ? and c.kind = 'POOL' and c.meter = ?",
    [poolCode, meter],
  );
  return Number(row.n);
}

describe('the table of machines that already run', () => {
  it('says at row and column what is wrong, and lets nothing through', async () => {
    const plans = await plan('intake-machines', [
      { ...MACHINE, name: 'a', vcpu: '-4' },
      { ...MACHINE, name: 'b', systemCode: 'XT-NOBODY' },
      { ...MACHINE, name: 'c', poolCode: 'z-pool' },
      { ...MACHINE, name: 'd', startedOn: '2099-01-01' },
      { ...MACHINE, name: 'e', namespace: 'legacy' },
      { ...MACHINE, name: 'f' },
      { ...MACHINE, name: 'f' },
    ]);
    const told = plans.map((one) => (one.outcome === 'PROBLEM' ? one.problems.map((p) => p.column) : one.outcome));
    expect(told).toEqual([['vcpu'], ['systemCode'], ['poolCode'], ['startedOn'], ['objectName'], 'ADD', [null]]);
  });

  it('is idempotent: the same file again adds nothing, and what says something else is told', async () => {
    const rows = [{ ...MACHINE, name: 'twice-1' }];
    await submit('intake-machines', rows);
    expect((await plan('intake-machines', rows)).map((one) => one.outcome)).toEqual(['UNCHANGED']);
    const other = await plan('intake-machines', [{ ...MACHINE, name: 'twice-1', vcpu: '16' }]);
    expect(other.map((one) => one.outcome)).toEqual(['PROBLEM']);
  });
});

describe('approval of an intake', () => {
  it('puts machines into the books from the day they were first used, and counts their capacity and quota once', async () => {
    const id = await submit('intake-machines', [
      { ...MACHINE, name: 'old-1' },
      { ...MACHINE, name: 'old-2', namespace: 'legacy-rst', objectName: 'old-2' },
    ]);
    const before = await liveOf('a-amd64-extranet', 'VCPU');
    expect(await approve(id)).toMatchObject({ ok: true });
    expect(await liveOf('a-amd64-extranet', 'VCPU')).toBe(before + 16);
    const rows = await query('select * from resource where request_id = ? order by name', [id]);
    expect(rows).toMatchObject([
      { name: 'old-1', state: 'IN_USE', origin: 'INTAKE', management: 'RECORDED', offer_id: null },
      { name: 'old-2', management: 'OBSERVED', object_namespace: 'legacy-rst', object_name: 'old-2' },
    ]);
    for (const row of rows) expect(row.delivered_at.toISOString()).toBe('2023-04-30T16:00:00.000Z');
    const events = await query('select * from resource_event where resource_id = ? order by at', [rows[0].id]);
    expect(events.map((event: { kind: string }) => event.kind)).toEqual(['TAKEN_IN', 'IN_USE']);
    expect(events[0].at.toISOString()).toBe('2023-04-30T16:00:00.000Z');
    expect(JSON.parse(events[0].size)).toMatchObject({ vcpu: 8, memoryMib: 32_768 });
    const [{ quotas }] = await query(
      "select count(*) as quotas from capacity_counter where kind = 'QUOTA' and meter = 'MACHINE' and live_amount = 2",
    );
    // Department, system and project.
    expect(Number(quotas)).toBe(3);
    expect(await approve(id, reviewer, 2)).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
    expect(await liveOf('a-amd64-extranet', 'VCPU')).toBe(before + 16);
  });

  it('is another person’s act than preparing, also in the database', async () => {
    const id = await submit('intake-machines', [{ ...MACHINE, name: 'own-1' }]);
    const both = { ...reviewer, userId: preparer.userId };
    expect(await approve(id, both)).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED' }] });
    await expect(query('update intake_batch set decided_by_id = prepared_by_id where id = ?', [id])).rejects.toThrow(
      /ck_intake_batch_persons/,
    );
  });

  it('refuses with figures what the pool cannot promise, and writes nothing of the batch', async () => {
    const huge = { ...MACHINE, poolCode: 'c-amd64-internet', vcpu: '512', diskGib: '10' };
    const id = await submit(
      'intake-machines',
      Array.from({ length: 3 }, (_, at) => ({ ...huge, name: `huge-${at}` })),
    );
    const answer = await approve(id);
    expect(answer).toMatchObject({ ok: false, error: [{ code: 'CAPACITY_SHORTAGE', meter: 'VCPU', requested: 1536 }] });
    const [{ n }] = await query('select count(*) as n from resource where request_id = ?', [id]);
    expect(Number(n)).toBe(0);
    const [{ claims }] = await query('select count(*) as claims from claim where request_id = ?', [id]);
    expect(Number(claims)).toBe(0);
    expect(await get(IntakeService).batch(id)).toMatchObject({ state: 'SUBMITTED', version: 1 });
  });

  it('lets go of what it returns: the same things may be handed in again', async () => {
    const rows = [{ ...MACHINE, name: 'again-1' }];
    const id = await submit('intake-machines', rows);
    const wish = { id, expectedVersion: 1, opinion: '请补充原平台', idempotencyKey: newId() };
    expect(await get(IntakeService).giveUp(reviewer, 'RETURN', wish)).toMatchObject({ ok: true });
    expect((await plan('intake-machines', rows)).map((one) => one.outcome)).toEqual(['ADD']);
    expect(await approve(await submit('intake-machines', rows))).toMatchObject({ ok: true });
  });

  it('approves a batch once, however many press at once', async () => {
    const id = await submit('intake-machines', [{ ...MACHINE, name: 'race-1' }]);
    const before = await liveOf('a-amd64-extranet', 'VCPU');
    const answers = await Promise.all(Array.from({ length: 8 }, () => approve(id)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await liveOf('a-amd64-extranet', 'VCPU')).toBe(before + 8);
  });

  it('puts a department’s device where it stands, or refuses with the cabinet’s figures', async () => {
    const [cabinet] = await query(
      `select k.id, k.center_id, k.code, k.starting_unit, k.used_half_units as used, r.code as room, c.code as center from cabinet k
       join room r on r.id = k.room_id join center c on c.id = k.center_id
       where k.status = 'IN_SERVICE' and k.numbering = 'ASCENDING' order by k.longest_full_half_units desc, k.code limit 1`,
    );
    const taken = new Set(
      (await query('select half_unit from cabinet_slot where cabinet_id = ?', [cabinet.id])).map(
        (slot: { half_unit: number }) => slot.half_unit,
      ),
    );
    const half = [...Array(80).keys()].find((at) => [0, 1, 2, 3].every((up) => at % 2 === 0 && !taken.has(at + up)));
    const space = {
      name: '人社厅加密机',
      centerCode: cabinet.center,
      roomCode: cabinet.room,
      cabinetCode: cabinet.code,
      startUnit: String((half ?? 0) / 2 + cabinet.starting_unit),
      heightUnits: '2',
      face: 'BOTH',
      powerW: '450',
      weightKg: '18.5',
      systemCode: 'XT-RST-001',
      startedOn: '2022-01-01',
      sourcePlatform: '自购设备',
    };
    expect(await approve(await submit('intake-spaces', [space]))).toMatchObject({ ok: true });
    const [holder] = await query("select * from cabinet_holder where cabinet_id = ? and kind = 'INTAKE'", [cabinet.id]);
    expect(holder).toMatchObject({
      ...{ state: 'OCCUPIED', label: '人社厅加密机', power_w: 450, weight_grams: 18_500 },
      ...{ used_since: new Date('2021-12-31T16:00:00.000Z'), source_platform: '自购设备' },
    });
    const [{ used }] = await query('select used_half_units as used from cabinet where id = ?', [cabinet.id]);
    expect(used).toBe(cabinet.used + 4);
    // The place is known while the device stands there, and another's once it was moved away.
    const next = { ...space, name: '后来的设备' };
    expect((await plan('intake-spaces', [next])).map((one) => one.outcome)).not.toEqual(['ADD']);
    const [away] = await query(
      `select id from cabinet where status = 'IN_SERVICE' and department_id is null and center_id = ? and id <> ?
       order by longest_full_half_units desc limit 1`,
      [cabinet.center_id, cabinet.id],
    );
    const move = async (cabinetId: string, startUnit: number | null) => {
      const [{ version }] = await query('select version from cabinet_holder where id = ?', [holder.id]);
      return get(SpaceMoves).moveHolders(
        preparer,
        [{ holderId: holder.id, cabinetId, startUnit, face: null, expectedVersion: version, path: [] }],
        newId(),
      );
    };
    expect(await move(away.id, null)).toMatchObject({ ok: true });
    expect((await plan('intake-spaces', [next])).map((one) => one.outcome)).toEqual(['ADD']);
    expect(await move(cabinet.id, Number(space.startUnit))).toMatchObject({ ok: true });
    expect((await plan('intake-spaces', [next])).map((one) => one.outcome)).not.toEqual(['ADD']);
    expect(await move(away.id, null)).toMatchObject({ ok: true });
    expect(await approve(await submit('intake-spaces', [next]))).toMatchObject({ ok: true });
    const below = { ...space, name: '另一台', startUnit: String(Number(space.startUnit) + 1) };
    expect(await approve(await submit('intake-spaces', [below]))).toMatchObject({ ok: false });
    const [half1, tall] = [
      { ...space, heightUnits: '0.25' },
      { ...space, powerW: '-1' },
    ];
    const told = (await plan('intake-spaces', [half1, tall])).map(
      (one) => one.outcome === 'PROBLEM' && one.problems[0]?.column,
    );
    expect(told).toEqual(['heightUnits', 'powerW']);
  });

  it('writes a server that is being onboarded down as its system’s, and no other', async () => {
    const [model, id] = [plainModel(), newId()];
    const [center] = await query('select id from center order by code limit 1');
    const server = { ...plainServer(model.id, center.id), id, assetNumber: 'ZC-OLD-1', serial: 'OLD1' };
    await get(UnitOfWork).run(async (tx) => {
      await get(HardwareModelsService).addModels(tx, [model]);
      await get(ServerIntakeService).addAll(tx, [{ ...server, state: 'ONBOARDING' }], '测试');
    });
    const row = {
      assetNumber: 'ZC-OLD-1',
      systemCode: 'XT-RST-001',
      startedOn: '2021-06-01',
      sourcePlatform: '物理机',
    };
    expect(await approve(await submit('intake-servers', [row]))).toMatchObject({ ok: true });
    const [system] = await query("select id, department_id from government_system where code = 'XT-RST-001'");
    const [after] = await query('select * from server where id = ?', [id]);
    expect(after).toMatchObject({
      ...{ state: 'IN_USE', system_id: system.id, department_id: system.department_id },
      ...{ origin: 'INTAKE', source_platform: '物理机', used_since: new Date('2021-05-31T16:00:00.000Z') },
    });
    const events = await query('select kind, at, state from server_event where server_id = ? order by at', [id]);
    expect(events).toMatchObject([
      { kind: 'TAKE_IN', at: new Date('2021-05-31T16:00:00.000Z'), state: 'IN_USE' },
      { kind: 'ADD', state: 'ONBOARDING' },
      { kind: 'BOOKED', state: 'IN_USE' },
    ]);
    // As a machine that is taken in: long-term, and its first year begins with the approval.
    const [term] = await query('select * from request_line_term where subject_id = ?', [id]);
    const [batch] = await query('select id, code, decided_at from intake_batch where id = ?', [term.request_id]);
    expect(term).toMatchObject({
      ...{ system_id: system.id, department_id: system.department_id, temporary_until: null, ended_at: null },
      ...{ taken_in_kind: 'SERVER', taken_in_code: batch.code, review_from: batch.decided_at },
    });
    const unknown = await plan('intake-servers', [{ ...row, assetNumber: 'ZC-NOBODY' }]);
    expect(unknown.map((one) => one.outcome)).toEqual(['PROBLEM']);
  });
});

describe('one thing that two people hand in', () => {
  it('at once is in one batch: the others are refused at its row or find it there, and nothing fails', async () => {
    const rows = [{ ...MACHINE, name: 'both-1', addresses: '' }];
    const batches = async () => Number((await query('select count(*) as n from intake_batch'))[0].n);
    const before = await batches();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => submit('intake-machines', rows)));
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(JSON.parse(answer.reason.message)).toMatchObject([{ row: 2, column: null }]);
    expect(await batches()).toBe(before + 1);
    const [{ n }] = await query("select count(*) as n from intake_item where name = 'both-1'");
    expect(Number(n)).toBe(1);
  });

  it('again, after its preview, makes no batch of nothing', async () => {
    const rows = [{ ...MACHINE, name: 'both-3', addresses: '' }];
    await submit('intake-machines', rows);
    await submit('intake-machines', rows);
    const [{ n }] = await query('select count(*) as n from intake_batch where item_count = 0');
    expect(Number(n)).toBe(0);
  });

  it('seen in a cluster, by a press each: one has it, and the others are told at the machine', async () => {
    const [center] = await query("select id from center where code = 'center-a'");
    const [pool] = await query("select id from pool where code = 'a-amd64-extranet'");
    const [system] = await query("select id from government_system where code = 'XT-RST-001'");
    const machineId = newId();
    await query(
      "insert into unrecorded_machine (id, center_id, namespace, name, uid, vcpu, memory_mib, power, first_seen_at) values (?, ?, 'legacy', 'both-2', 'u', 2, 4096, 'RUNNING', utc_timestamp(3))",
      [machineId, center.id],
    );
    const wish = {
      ...{ machineId, systemId: system.id, poolId: pool.id, diskGib: 40, storageTier: 'SSD' as const },
      ...{ startedOn: '2023-01-01', sourcePlatform: 'VMware' },
    };
    const press = () => get(ClusterIntake).prepare(preparer, [wish], newId());
    const answers = await Promise.all(Array.from({ length: 8 }, press));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers)
      if (!answer.ok) expect(answer.error).toMatchObject([{ rule: 'twice', path: ['items', '0', 'machineId'] }]);
  });
});

describe('a machine beside the record', () => {
  const MANY = 30;
  const LIST = `query Q($first: Int!) {
    unrecordedMachines(first: $first, search: "waits-") { nodes { id name waitingBatch { id code state } } }
  }`;

  it('tells of the batch it waits in until that is decided, by as many statements for one as for all', async () => {
    const [center] = await query("select id from center where code = 'center-a'");
    const [pool] = await query("select id from pool where code = 'a-amd64-extranet'");
    const [system] = await query("select id from government_system where code = 'XT-RST-001'");
    // In the order in which the list shows them.
    const ids = Array.from({ length: MANY }, () => newId()).toSorted();
    const machines = ids.map((id, at) => ({ id, name: `waits-${at}` }));
    for (const { id, name } of machines)
      await query(
        "insert into unrecorded_machine (id, center_id, namespace, name, uid, vcpu, memory_mib, power, first_seen_at) values (?, ?, 'legacy', ?, 'u', 2, 4096, 'RUNNING', utc_timestamp(3))",
        [id, center.id, name],
      );
    const prepare = (some: typeof machines) =>
      get(ClusterIntake).prepare(
        preparer,
        some.map(({ id }) => ({
          ...{ machineId: id, systemId: system.id, poolId: pool.id, diskGib: 40, storageTier: 'SSD' as const },
          ...{ startedOn: '2023-01-01', sourcePlatform: 'VMware' },
        })),
        newId(),
      );
    const batches: string[] = [];
    for (const some of [machines.slice(0, 10), machines.slice(10, 20)]) {
      const done = await prepare(some);
      if (!done.ok) throw new Error(JSON.stringify(done.error));
      batches.push(done.value.id);
    }
    const [first, second] = await Promise.all(batches.map((id) => get(IntakeService).batch(id)));
    const client = await console_.signIn('facility');
    const ask = async (count: number) => {
      const { statements, result } = await countStatements(
        console_.test.db,
        (): Promise<Listed> => client.data(LIST, { first: count }),
        /\bintake_(item|batch)\b|\bunrecorded_machine\b/,
      );
      return { statements, codes: result.unrecordedMachines.nodes.map((node) => node.waitingBatch?.code ?? null) };
    };
    const [one, all] = [await ask(1), await ask(MANY)];
    const codes = machines.map((_, at) => (at < 10 ? first?.code : at < 20 ? second?.code : null));
    expect(all.codes).toEqual(codes);
    expect(one.codes).toEqual([first?.code]);
    expect(one.statements).toBeGreaterThan(0);
    expect(all.statements).toBe(one.statements);

    const wish = { id: batches[0], expectedVersion: 1, opinion: '请补充', idempotencyKey: newId() };
    expect(await get(IntakeService).giveUp(reviewer, 'RETURN', wish)).toMatchObject({ ok: true });
    expect((await ask(MANY)).codes).toEqual(codes.map((code) => (code === first?.code ? null : code)));
  });
});

describe('an object that is a resource already', () => {
  const named = (objectName: string, more: Record<string, string> = {}) => ({
    ...MACHINE,
    ...{ name: objectName, namespace: 'legacy-own', objectName, addresses: '' },
    ...more,
  });

  it('is a problem at its cell before, and a typed refusal at approval', async () => {
    const waits = await submit('intake-machines', [named('own-1', { name: 'waits' })]);
    const [item] = await query('select live_key from intake_item where batch_id = ?', [waits]);
    // Taken in by a batch whose key was lost: as when the record was made by a request.
    await query('update intake_item set live_key = null where batch_id = ?', [waits]);
    expect(await approve(await submit('intake-machines', [named('own-1')]))).toMatchObject({ ok: true });
    expect(await approve(waits)).toMatchObject({
      ok: false,
      error: [{ code: 'INVALID_INPUT', rule: 'taken', path: ['items', '0', 'objectName'] }],
    });
    await query('update intake_item set live_key = null where live_key = ?', [item.live_key]);
    const plans = await plan('intake-machines', [named('own-1', { name: 'again' })]);
    expect(plans).toMatchObject([{ outcome: 'PROBLEM', problems: [{ column: 'objectName' }] }]);
  });

  it('may be taken in again once that resource is released', async () => {
    const id = await submit('intake-machines', [named('gone-1')]);
    expect(await approve(id)).toMatchObject({ ok: true });
    const rows = [named('gone-1', { name: 'gone-1-again', vcpu: '2' })];
    expect((await plan('intake-machines', rows)).map((one) => one.outcome)).toEqual(['PROBLEM']);
    const [resource] = await query("select id from resource where name = 'gone-1'");
    await query("update resource set state = 'RELEASED', live = null, released_at = utc_timestamp(3) where id = ?", [
      resource.id,
    ]);
    expect((await plan('intake-machines', rows)).map((one) => one.outcome)).toEqual(['ADD']);
    expect(await approve(await submit('intake-machines', rows))).toMatchObject({ ok: true });
    const [{ n }] = await query(
      "select count(*) as n from resource where object_namespace = 'legacy-own' and object_name = 'gone-1'",
    );
    expect(Number(n)).toBe(2);
  });
});

describe('a machine without a price', () => {
  it('is refused, and costs not nothing', async () => {
    const id = await submit('intake-machines', [{ ...MACHINE, name: 'priceless', addresses: '' }]);
    await query("update price_item set meter = concat('NOT-', meter) where meter like 'VCPU%'");
    try {
      const batch = await get(IntakeService).batch(id);
      if (!batch) throw new Error('it waits');
      const gap = [{ code: 'INVALID_INPUT', rule: 'price', path: ['items', '0', 'poolId'] }];
      expect(await get(IntakePreview).objections(batch)).toMatchObject(gap);
      expect(await approve(id)).toMatchObject({ ok: false, error: gap });
    } finally {
      await query("update price_item set meter = substr(meter, 5) where meter like 'NOT-VCPU%'");
    }
    expect(await approve(id)).toMatchObject({ ok: true });
    const [resource] = await query("select monthly_fen as fen from resource where name = 'priceless'");
    expect(Number(resource.fen)).toBeGreaterThan(0);
  });
});
