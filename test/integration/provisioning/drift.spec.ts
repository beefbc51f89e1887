import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { isToBePutBack } from '../../../server/src/drift/domain/drift-state.js';
import { DriftRepository } from '../../../server/src/drift/drift.repository.js';
import { DriftActs } from '../../../server/src/drift/drift-acts.service.js';
import { Drifts } from '../../../server/src/drift/drifts.service.js';
import { FreezeGate } from '../../../server/src/freezes/freeze-gate.service.js';
import { FreezesRepository } from '../../../server/src/freezes/freezes.repository.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { Credentials } from '../../../server/src/kubernetes/credentials.js';
import { objectPath } from '../../../server/src/kubernetes/kinds.js';
import { HttpTransport } from '../../../server/src/kubernetes/transport.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Notices } from '../../../server/src/platform/notices/notices.js';
import type { ClusterObject, ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import type { DriftRecords } from '../../../server/src/provisioning/drift-guard.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { viewerWith } from '../../support/application.ts';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { until } from '../../support/until.ts';

const CENTER = 'center-a';
const OTHER = 'kubectl-edit';
const GUEST = ['spec', 'template', 'spec', 'domain', 'memory', 'guest'];

let directory: string;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let gateway: ClusterGateway;
let foreign: HttpTransport;
let province: Province;
let worker: ProvisioningWorker;
let acts: DriftActs;

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-drift-'));
  const node = {
    name: 'a-1',
    architecture: 'amd64',
    zone: 'GOVERNMENT_EXTRANET',
    cpu: 64,
    memoryMib: 262_144,
  } as const;
  cluster = await startSimulatedCluster({ name: CENTER, clock: wallClock, seed: 1, stageSpeed: 60, nodes: [node] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  const access = { centerCode: CENTER, kubeconfigPath, context: CENTER };
  clusters = new ClusterRegistry([access], { rate: null });
  gateway = clusters.of(CENTER) as ClusterGateway;
  foreign = new HttpTransport(new Credentials(access));
  province = await Province.open([CENTER]);
  acts = new DriftActs(
    new DriftRepository(province.db),
    province.acts,
    new FreezeGate(new FreezesRepository(province.db)),
  );
  worker = new ProvisioningWorker(clusters, province.records, province.feed, FAST);
  await worker.start();
});

afterAll(async () => {
  await worker?.stop();
  await foreign?.close();
  await clusters?.close();
  await province?.close();
  await cluster?.stop();
  await rm(directory, { recursive: true, force: true });
});

type Row = Awaited<ReturnType<DriftRepository['page']>>['rows'][number];

let id: string;
let key: ObjectKey;

beforeEach(async () => {
  [id] = (await province.approve(CENTER, 1)) as [string];
  await until('in use', async () => (await province.row(id)).state === 'IN_USE');
  const { departmentCode, objectName } = await province.row(id);
  key = { kind: 'VirtualMachine', namespace: `dept-${departmentCode}`, name: objectName };
});

/** As a person with kubectl does it. */
async function edit(patch: object, of: ObjectKey = key, fieldManager = OTHER): Promise<void> {
  const body = { contentType: 'application/merge-patch+json', json: patch };
  await foreign.call({ method: 'PATCH', path: objectPath(of), query: { fieldManager }, body, what: 'edit' });
}
const nested = ([step, ...rest]: readonly string[], value: unknown): object => ({
  [step as string]: rest.length === 0 ? value : nested(rest, value),
});
const at = (object: ClusterObject | undefined, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], object);
const live = () => gateway.get(key);

async function rows(): Promise<readonly Row[]> {
  const filter = { states: [], classes: [], centerId: null, resourceId: id, search: null };
  return (await new DriftRepository(province.db).page(WHOLE_PROVINCE, filter, { first: 50, after: null })).rows;
}
const seen = async (path: string, state: string): Promise<Row> => {
  await until(`${path} is ${state}`, async () =>
    (await rows()).some((row) => row.path === path && row.state === state),
  );
  return (await rows()).find((row) => row.path === path && row.state === state) as Row;
};
const wish = (row: Row) => ({
  ...{ driftId: row.id, expectedVersion: row.version, reason: '值班处置' },
  idempotencyKey: newId(),
});
const OPS = viewerWith(['FACILITY_ENGINEER'], null, { name: '设施工程师' });

describe('what somebody else writes into a machine', () => {
  it('is nothing while nobody does, and nothing of fields that are not the console’s', async () => {
    await edit({ metadata: { labels: { 'example.org/team': 'a' } }, spec: { template: { spec: { hostname: 'x' } } } });
    await edit(nested(GUEST, `${4_096 * 1_024 * 1_024}`));
    // Behind the edits in the same watch: when this one is known, they were looked at.
    await edit(nested(['metadata', 'annotations', 'jiyun.internal/code'], 'X'));
    await seen('metadata.annotations["jiyun.internal/code"]', 'PUT_BACK');
    expect((await rows()).map(({ path }) => path)).toEqual(['metadata.annotations["jiyun.internal/code"]']);
  });

  it('is put back at once where the rules say so, and on record with who did it', async () => {
    await edit(nested(['metadata', 'labels', 'jiyun.internal/system'], 'SYS-999999'));
    const row = await seen('metadata.labels["jiyun.internal/system"]', 'PUT_BACK');
    expect(row).toMatchObject({
      ...{ objectKind: 'VirtualMachine', fieldClass: 'IDENTITY', handling: 'HEAL', manager: OTHER },
      ...{ wanted: 'SYS-000001', found: 'SYS-999999', subjectCode: (await province.row(id)).code },
    });
    expect((await live())?.metadata.labels?.['jiyun.internal/system']).toBe('SYS-000001');
  });

  it('waits for a person where they say so, through every apply, and is put back when he says', async () => {
    await edit(nested(GUEST, '8Gi'));
    const row = await seen(GUEST.join('.'), 'OPEN');
    expect(row).toMatchObject({
      fieldClass: 'SIZE',
      handling: 'REPORT',
      wanted: '4096Mi',
      found: '8Gi',
      manager: OTHER,
    });
    expect(await province.notices('Drift', row.id)).toBe(1);
    // An apply for another reason leaves it alone, and takes the other one back.
    await edit(nested(['metadata', 'labels', 'jiyun.internal/system'], 'SYS-999999'));
    await seen('metadata.labels["jiyun.internal/system"]', 'PUT_BACK');
    expect(at(await live(), GUEST)).toBe('8Gi');

    const decided = await acts.putBack(OPS, WHOLE_PROVINCE, wish(row));
    expect(decided.ok).toBe(true);
    await seen(GUEST.join('.'), 'PUT_BACK');
    expect(at(await live(), GUEST)).toBe('4096Mi');
  });

  it('is left until a day when it is accepted, and is open again when another value comes', async () => {
    await edit(nested(GUEST, '8Gi'));
    const row = await seen(GUEST.join('.'), 'OPEN');
    for (const days of [0, 91]) {
      const refused = await acts.accept(OPS, WHOLE_PROVINCE, { ...wish(row), days });
      expect(refused).toMatchObject({ ok: false, error: [{ path: ['days'], rule: 'range' }] });
    }
    const forADay = { ...wish(row), days: 1 };
    const accepted = await acts.accept(OPS, WHOLE_PROVINCE, forADay);
    expect(accepted.ok).toBe(true);
    const decided = async () => (await rows()).find((one) => one.id === row.id);
    const first = await decided();
    expect(first?.acceptedUntil?.getTime()).toBe((first?.decidedAt?.getTime() ?? 0) + 86_400_000);
    // A second press of the same wish, later: the same answer, and the same day.
    expect(await acts.accept(OPS, WHOLE_PROVINCE, forADay)).toEqual(accepted);
    expect((await decided())?.acceptedUntil).toEqual(first?.acceptedUntil);
    await edit(nested(['metadata', 'labels', 'jiyun.internal/system'], 'SYS-999999'));
    await seen('metadata.labels["jiyun.internal/system"]', 'PUT_BACK');
    expect(at(await live(), GUEST)).toBe('8Gi');
    expect(await seen(GUEST.join('.'), 'ACCEPTED')).toMatchObject({ id: row.id, decidedBy: OPS.name });

    await edit(nested(GUEST, '12Gi'), key, 'another-tool');
    expect(await seen(GUEST.join('.'), 'OPEN')).toMatchObject({ id: row.id, found: '12Gi', manager: 'another-tool' });
  });

  it('ends when whoever did it takes it back', async () => {
    await edit(nested(GUEST, '8Gi'));
    await seen(GUEST.join('.'), 'OPEN');
    await edit(nested(GUEST, '4096Mi'));
    await seen(GUEST.join('.'), 'GONE');
  });

  it('is no longer put back by itself when another keeps writing it', async () => {
    const path = 'metadata.labels["jiyun.internal/system"]';
    for (let round = 1; round <= 3; round += 1) {
      await edit(nested(['metadata', 'labels', 'jiyun.internal/system'], `SYS-90000${round}`));
      await until('put back', async () => (await rows()).filter((row) => row.state === 'PUT_BACK').length === round);
    }
    await edit(nested(['metadata', 'labels', 'jiyun.internal/system'], 'SYS-900004'));
    expect(await seen(path, 'OPEN')).toMatchObject({ handling: 'REPORT', found: 'SYS-900004' });
  });

  it('gives way to a newer wish of the record', async () => {
    await edit(nested(GUEST, '8Gi'));
    await seen(GUEST.join('.'), 'OPEN');
    await province.resize(id, { vcpu: 4, memoryMib: 6_144, diskGib: 40 });
    await until('resized', async () => (await province.row(id)).formerVcpu === null);
    expect(at(await live(), GUEST)).toBe('6144Mi');
    await seen(GUEST.join('.'), 'GONE');
  });

  it('that was to be put back before a freeze is held within it, and waits for a person; what a leader let through is not', async () => {
    const { db } = province;
    const drifts = new Drifts(new DriftRepository(db), new Notices(), new FreezeGate(new FreezesRepository(db)));
    const { rules } = await (province.records.drift as DriftRecords).policies.inForce();
    const [centerId, systemId, freezeId] = [newId(), newId(), newId()];
    const object = (name: string, of: string | null = null, objectKind = 'ResourceQuota') => ({
      ...{ centerId, resourceId: null, subjectCode: name, departmentId: null, systemId: of },
      ...{ objectKind, objectNamespace: 'x', objectName: name },
    });
    const edits = [{ path: 'spec.hard', wanted: { cpu: '1' }, found: { cpu: '9' }, manager: OTHER }];
    const look = async (name: string, of: string | null = null) => {
      const [row] = await province.records.unitOfWork.run((tx) => drifts.see(tx, object(name, of), edits, { rules }));
      return row as Row;
    };
    // Seen while nothing was frozen; its cluster is cut off before it is put back.
    for (const name of ['held', 'through']) expect((await look(name, systemId)).handling).toBe('HEAL');
    await db.query(
      `insert into change_freeze (id, code, title, reason, from_at, to_at, made_by, made_at, version)
       values (?, 'FW-2026-000002', '重保', '通知', date_sub(utc_timestamp(3), interval 1 day), date_add(utc_timestamp(3), interval 1 day), '高', utc_timestamp(3), 1)`,
      [freezeId],
    );
    await db.query('insert into change_freeze_center (freeze_id, center_id) values (?, ?)', [freezeId, centerId]);
    const held = await look('held', systemId);
    expect(held).toMatchObject({ state: 'OPEN', handling: 'REPORT' });
    expect(isToBePutBack(held, new Date())).toBe(false);
    expect(await province.notices('Drift', held.id)).toBe(1);
    // Looked at again it is not told again, and after the freeze it still is a person's.
    await look('held', systemId);
    expect(await province.notices('Drift', held.id)).toBe(1);
    await db.query(
      `insert into change_freeze_release (id, freeze_id, subject_type, subject_id, subject_name, reason, until, given_by, given_at)
       values (?, ?, 'System', ?, 'x', '放行', date_add(utc_timestamp(3), interval 1 hour), '徐', utc_timestamp(3))`,
      [newId(), freezeId, systemId],
    );
    expect((await look('through', systemId)).handling).toBe('HEAL');
    // A quota is of no machine and no system: a leader lets that drift through, and then a person puts it back.
    const alone = await look('alone');
    expect(alone).toMatchObject({ handling: 'REPORT', opens: false });
    const putBack = async () => {
      const row = (await drifts.waiting('alone', undefined)) as Row;
      const wish = { driftId: row.id, expectedVersion: row.version, reason: '须恢复', idempotencyKey: newId() };
      return acts.putBack(OPS, WHOLE_PROVINCE, wish);
    };
    expect(await putBack()).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN' }] });
    await db.query(
      `insert into change_freeze_release (id, freeze_id, subject_type, subject_id, subject_name, reason, until, given_by, given_at)
       values (?, ?, 'Drift', ?, 'x', '放行', date_add(utc_timestamp(3), interval 1 hour), '徐', utc_timestamp(3))`,
      [newId(), freezeId, alone.id],
    );
    expect(await putBack()).toMatchObject({ ok: true });
    // A boundary that stands open waits for nobody: also one that was only narrowed before, and one opened again and again.
    const way = [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
    const policy = async (name: string, wanted: unknown, found: unknown) => {
      const edit = { path: 'spec.ingress', wanted, found, manager: OTHER };
      const of = object(name, systemId, 'NetworkPolicy');
      const [row] = await province.records.unitOfWork.run((tx) =>
        drifts.see(tx, { ...of, centerId, systemId: null }, [edit], { rules }),
      );
      return row as Row;
    };
    expect(await policy('way', way, [])).toMatchObject({ handling: 'REPORT', opens: false });
    const opened = await policy('way', way, [{}]);
    expect(opened).toMatchObject({ state: 'OPEN', handling: 'HEAL', opens: true });
    expect(isToBePutBack(opened, new Date())).toBe(true);
    expect(await policy('wide', way, [{}])).toMatchObject({ handling: 'HEAL', opens: true });
    const told = await db.query(
      "select count(*) as n from notice where kind = 'CALL_OUT' and once_key like 'drift/%/opened%'",
    );
    expect(Number(told[0].n)).toBe(2);
    expect([...(await drifts.openings(new Date(), 60_000))]).toEqual([[centerId, 2]]);
    // Looked at again nothing is told again.
    await policy('wide', way, [{}]);
    expect(
      Number((await db.query("select count(*) as n from notice where once_key like 'drift/%/opened%'"))[0].n),
    ).toBe(2);
    await db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
    expect((await look('held', systemId)).handling).toBe('REPORT');
  });

  it('opens a boundary again and again: it is closed each time, and is no line and no call of its own each time', async () => {
    const { db } = province;
    const drifts = new Drifts(new DriftRepository(db), new Notices(), new FreezeGate(new FreezesRepository(db)));
    const { rules } = await (province.records.drift as DriftRecords).policies.inForce();
    const [centerId, name] = [newId(), 'fought'];
    const object = {
      ...{ centerId, resourceId: null, subjectCode: name, departmentId: null, systemId: null },
      ...{ objectKind: 'NetworkPolicy', objectNamespace: 'x', objectName: name },
    };
    const way = [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
    const look = (edits: readonly { path: string; wanted: unknown; found: unknown; manager: string }[]) =>
      province.records.unitOfWork.run((tx) => drifts.see(tx, object, edits, { rules }));
    const opened = (found: unknown) => look([{ path: 'spec.ingress', wanted: way, found, manager: OTHER }]);
    for (let round = 1; round <= 8; round += 1) {
      const [row] = (await opened([{}])) as [Row];
      expect(isToBePutBack(row, new Date())).toBe(true);
      await look([]);
    }
    const lines = await db.query('select id, state, live from drift where center_id = ?', [centerId]);
    expect(lines.map(({ state }: { state: string }) => state)).toEqual(['PUT_BACK', 'PUT_BACK', 'PUT_BACK']);
    for (const { id: line } of lines) expect(await province.notices('Drift', line)).toBe(1);
    expect((await drifts.openings(new Date(), 60_000)).get(centerId)).toBe(3);
  });

  it('let be by a person is no alert, neither while it stands nor as it ends; another opening in its place is one', async () => {
    const { db } = province;
    const drifts = new Drifts(new DriftRepository(db), new Notices(), new FreezeGate(new FreezesRepository(db)));
    const { rules } = await (province.records.drift as DriftRecords).policies.inForce();
    const [centerId, name] = [newId(), 'let-be'];
    const object = {
      ...{ centerId, resourceId: null, subjectCode: name, departmentId: null, systemId: null },
      ...{ objectKind: 'NetworkPolicy', objectNamespace: 'x', objectName: name },
    };
    const way = [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
    const look = (...found: readonly unknown[]) =>
      province.records.unitOfWork.run((tx) =>
        drifts.see(
          tx,
          object,
          found.map((each) => ({ path: 'spec.ingress', wanted: way, found: each, manager: OTHER })),
          { rules },
        ),
      );
    const alerted = async () => (await drifts.openings(new Date(), 60_000)).get(centerId) ?? 0;
    const [row] = (await look([{}])) as [Row];
    expect(await alerted()).toBe(1);
    expect(await acts.accept(OPS, WHOLE_PROVINCE, { ...wish(row), days: 1 })).toMatchObject({ ok: true });
    expect(await alerted()).toBe(0);
    await look();
    expect(await alerted()).toBe(0);
    // Accepted again, and ended by hand.
    const [second] = (await look([{}])) as [Row];
    await acts.accept(OPS, WHOLE_PROVINCE, { ...wish(second), days: 1 });
    const now = { ...second, version: second.version + 1 };
    expect(await acts.putBack(OPS, WHOLE_PROVINCE, wish(now))).toMatchObject({ ok: true });
    expect(await alerted()).toBe(0);
    // Ordered to be closed, and not closed: somebody must see to it.
    for (const column of ['decided_at', 'last_seen_at'])
      await db.query(`update drift set ${column} = date_sub(${column}, interval 1 hour) where id = ?`, [second.id]);
    expect(await alerted()).toBe(1);
    // What is found now nobody has decided on.
    await look([{ from: [] }]);
    await look();
    expect(await alerted()).toBe(1);
  });

  it('is seen in the department’s namespace and quota, too, and put back', async () => {
    const namespace = key.namespace as string;
    const quota = { kind: 'ResourceQuota', namespace, name: 'jiyun-backstop' } as const;
    const wanted = at(await gateway.get(quota), ['spec', 'hard', 'requests.cpu']);
    await edit({ spec: { hard: { 'requests.cpu': '9999', services: '5' } } }, quota);
    await edit(nested(['metadata', 'labels', 'jiyun.internal/department'], 'js-other'), {
      ...{ kind: 'Namespace', namespace: null, name: namespace },
    });
    const repository = new DriftRepository(province.db);
    const filter = { states: ['PUT_BACK' as const], classes: [], centerId: null, resourceId: null, search: namespace };
    const ended = async () =>
      (await repository.page(WHOLE_PROVINCE, filter, { first: 50, after: null })).rows.filter(
        ({ resourceId }) => resourceId === null,
      );
    await until('both are put back', async () => (await ended()).length === 2);
    const rows = (await ended()).toSorted((one, other) => (one.objectKind < other.objectKind ? -1 : 1));
    expect(rows).toMatchObject([
      { objectKind: 'Namespace', path: 'metadata.labels["jiyun.internal/department"]', fieldClass: 'IDENTITY' },
      { objectKind: 'ResourceQuota', path: 'spec.hard["requests.cpu"]', fieldClass: 'BOUNDARY', manager: OTHER },
    ]);
    expect(at(await gateway.get(quota), ['spec', 'hard', 'requests.cpu'])).toBe(wanted);
    // What we do not apply is not ours to take away.
    expect(at(await gateway.get(quota), ['spec', 'hard', 'services'])).toBe('5');
  });

  it('is decided once: a second decision on the same look is told so', async () => {
    await edit(nested(GUEST, '8Gi'));
    const row = await seen(GUEST.join('.'), 'OPEN');
    await acts.putBack(OPS, WHOLE_PROVINCE, wish(row));
    const second = await acts.putBack(OPS, WHOLE_PROVINCE, wish(row));
    expect(second).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
    const elsewhere = await acts.putBack(OPS, { kind: 'DEPARTMENTS', departmentIds: [newId()] }, wish(row));
    expect(elsewhere).toMatchObject({ ok: false, error: [{ code: 'UNKNOWN_REFERENCE' }] });
  });
});
