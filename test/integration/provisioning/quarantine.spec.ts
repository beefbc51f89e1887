import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AuditRepository } from '../../../server/src/audit/audit.repository.js';
import { DepartmentsRepository } from '../../../server/src/departments/departments.repository.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { Credentials } from '../../../server/src/kubernetes/credentials.js';
import { objectPath } from '../../../server/src/kubernetes/kinds.js';
import { HttpTransport } from '../../../server/src/kubernetes/transport.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Notices } from '../../../server/src/platform/notices/notices.js';
import { at, type Manifest, type ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import type { QuarantineAction } from '../../../server/src/quarantine/domain/quarantine-state.js';
import { QuarantineRepository } from '../../../server/src/quarantine/quarantine.repository.js';
import type { QuarantineRow } from '../../../server/src/quarantine/quarantine.types.js';
import { QuarantineActs } from '../../../server/src/quarantine/quarantine-acts.service.js';
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
const NAMESPACE = 'dept-js-civil';
const STRANGER = 'kubectl-create';
const [OWNER, NEIGHBOUR] = [newId(), newId()];

let directory: string;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let gateway: ClusterGateway;
let foreign: HttpTransport;
let province: Province;
let worker: ProvisioningWorker;
let acts: QuarantineActs;

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-quarantine-'));
  const zone = 'GOVERNMENT_EXTRANET';
  const node = { name: 'a-1', architecture: 'amd64', zone, cpu: 64, memoryMib: 262_144 } as const;
  cluster = await startSimulatedCluster({ name: CENTER, clock: wallClock, seed: 1, stageSpeed: 60, nodes: [node] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  const access = { centerCode: CENTER, kubeconfigPath, context: CENTER };
  clusters = new ClusterRegistry([access], { rate: null });
  gateway = clusters.of(CENTER) as ClusterGateway;
  foreign = new HttpTransport(new Credentials(access));
  province = await Province.open([CENTER]);
  acts = new QuarantineActs(new QuarantineRepository(province.db), province.acts, new Notices());
  await province.records.unitOfWork.run((tx) =>
    new DepartmentsRepository(province.db).insert(tx, [
      department(OWNER, 'js-civil'),
      department(NEIGHBOUR, 'js-else'),
    ]),
  );
  for (const name of [NAMESPACE, 'old-machines'])
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  // The database has no network policy at all, as after an older backup was put back.
  const policies = { drivenIn: async () => [], known: async () => new Set<string>(), record: async () => {} };
  worker = new ProvisioningWorker(clusters, { ...province.records, policies }, province.feed, FAST);
  await worker.start();
  // A center with nothing on record is not trusted to say what has no record.
  const [id] = (await province.approve(CENTER, 1)) as [string];
  await until('in use', async () => (await province.row(id)).state === 'IN_USE');
});

afterAll(async () => {
  await worker?.stop();
  await foreign?.close();
  await clusters?.close();
  await province?.close();
  await cluster?.stop();
  await rm(directory, { recursive: true, force: true });
});

const department = (id: string, code: string) => ({
  ...{ id, code, name: code, level: 'PROVINCE' as const, parentId: null, path: `/${code}/` },
});
const ofDepartment = (id: string): TenantScope => ({ kind: 'DEPARTMENTS', departmentIds: [id] });

/** As a person with kubectl does it. */
async function apply(manifest: Manifest): Promise<void> {
  const { kind, metadata } = manifest;
  const path = objectPath({ kind, namespace: metadata.namespace ?? null, name: metadata.name });
  const body = { contentType: 'application/apply-patch+yaml', json: manifest };
  await foreign.call({ method: 'PATCH', path, query: { fieldManager: STRANGER, force: 'true' }, body, what: 'apply' });
}

async function machine(name: string, namespace = NAMESPACE, labels?: Record<string, string>): Promise<ObjectKey> {
  await apply({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace, ...(labels ? { labels } : {}) },
    spec: {
      runStrategy: 'Always',
      template: {
        spec: {
          domain: { cpu: { sockets: 2 }, memory: { guest: '4Gi' }, devices: {} },
          volumes: [{ name: 'root', containerDisk: { image: 'old' } }],
        },
      },
    },
  });
  return { kind: 'VirtualMachine', namespace, name };
}

const repository = () => new QuarantineRepository(province.db);
async function rowsOf(name: string, scope: TenantScope = WHOLE_PROVINCE): Promise<readonly QuarantineRow[]> {
  const filter = { states: [], causes: [], centerId: null, search: name };
  return (await repository().page(scope, filter, { first: 50, after: null })).rows;
}
const rowOf = async (name: string, is: (row: QuarantineRow) => boolean): Promise<QuarantineRow> => {
  await until(name, async () => (await rowsOf(name)).some(is));
  return (await rowsOf(name)).find(is) as QuarantineRow;
};
const strategyOf = async (key: ObjectKey) => at(await gateway.get(key), 'spec', 'runStrategy');

async function auditedFor(departmentId: string, objectId: string) {
  const filter = { objectType: 'QuarantinedObject' };
  const { rows } = await new AuditRepository(province.db).page(ofDepartment(departmentId), filter, {
    first: 50,
    after: null,
  });
  return rows.filter((entry) => entry.objectId === objectId);
}

/** What the department's people were told of the object, the oldest first. */
async function toldTo(departmentId: string, objectId: string): Promise<string[]> {
  const rows: { zh: string }[] = await province.db.query(
    "select text_zh as zh from notice where subject_id = ? and audience like concat('%', ?, '%') order by id",
    [objectId, departmentId],
  );
  return rows.map(({ zh }) => zh);
}

const OPS = viewerWith(['FACILITY_ENGINEER'], null, { name: '设施工程师' });
const decide = (row: QuarantineRow, action: QuarantineAction, reason = '来源不明') =>
  acts.decide(OPS, { objectId: row.id, action, expectedVersion: row.version, reason, idempotencyKey: newId() });

describe('what the cluster has and no record tells of', () => {
  it('is told of once: a machine in a department’s namespace with neither mark nor record', async () => {
    await machine('stray');
    await machine('from-before', 'old-machines');
    const row = await rowOf('stray', ({ passes }) => passes === 3);
    expect(row).toMatchObject({ cause: 'UNLABELLED', state: 'NEW', objectNamespace: NAMESPACE, claimedId: null });
    expect(await rowsOf('stray')).toHaveLength(1);
    expect(await province.notices('QuarantinedObject', row.id)).toBe(1);
    // What ran before the console and elsewhere is stock to be taken in, and no alarm.
    expect(await rowsOf('from-before')).toEqual([]);
  });

  it('is told of with the record that it claims: an object with the console’s mark that the database does not have', async () => {
    const claimed = newId();
    await machine('orphan', NAMESPACE, {
      'app.kubernetes.io/managed-by': 'jiyun',
      'jiyun.internal/resource': claimed,
    });
    expect(await rowOf('orphan', () => true)).toMatchObject({ cause: 'NO_RECORD', claimedId: claimed, state: 'NEW' });
    // The instance that runs of it is no second object.
    await until('it runs', async () => (await rowsOf('orphan'))[0]?.power === 'RUNNING');
    expect((await rowsOf('orphan')).map(({ objectKind }) => objectKind)).toEqual(['VirtualMachine']);
  });

  it('is stopped when a person says so, and nothing else of it is touched', async () => {
    const key = await machine('shall-stop');
    const before = await gateway.get(key);
    const row = await rowOf('shall-stop', ({ passes }) => passes === 3);
    expect(await strategyOf(key)).toBe('Always');
    expect((await decide(row, 'QUARANTINE')).ok).toBe(true);
    const halted = await rowOf('shall-stop', ({ haltedAt }) => haltedAt !== null);
    expect(halted).toMatchObject({ state: 'QUARANTINED', haltTrouble: null, decidedBy: OPS.name, reason: '来源不明' });
    const now = await gateway.get(key);
    expect(now?.spec).toEqual({ ...(before?.spec as object), runStrategy: 'Halted' });
    await until('its instance has ended', async () => (await rowsOf('shall-stop'))[0]?.power === 'STOPPED');

    // Whoever starts it again meets the order again.
    await apply({ ...(await startedAgain('shall-stop')) });
    await until('stopped again', async () => (await strategyOf(key)) === 'Halted');

    // Until that, too, is on record, a decision would be one on an older look.
    const standing = await rowOf(
      'shall-stop',
      ({ haltedAt }) => haltedAt !== null && haltedAt > (halted.haltedAt as Date),
    );
    expect((await decide(standing, 'LIFT', '已查明')).ok).toBe(true);
    expect(await rowOf('shall-stop', ({ state }) => state === 'KNOWN')).toMatchObject({ haltedAt: null });
    expect(await strategyOf(key)).toBe('Halted');
    await apply({ ...(await startedAgain('shall-stop')) });
    await machine('afterwards');
    await rowOf('afterwards', ({ passes }) => passes === 3);
    expect(await strategyOf(key)).toBe('Always');
  });

  it('is told of as the policy that it claims, left open, and closed when a person says so: a network policy of no record', async () => {
    const claimed = newId();
    const spec = {
      podSelector: { matchLabels: { 'jiyun.internal/system': 'SYS-01' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ ipBlock: { cidr: '10.8.0.0/16' } }] }],
    };
    const key = { kind: 'NetworkPolicy', namespace: NAMESPACE, name: 'jiyun-cl-2026-000009' } as const;
    const labels = { 'app.kubernetes.io/managed-by': 'jiyun', 'jiyun.internal/network-policy': claimed };
    // As the console itself had made it before its database was put back.
    await gateway.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: key.kind,
      metadata: { name: key.name, namespace: NAMESPACE, labels },
      spec,
    });
    const row = await rowOf(key.name, ({ passes }) => passes === 3);
    expect(row).toMatchObject({ objectKind: 'NetworkPolicy', cause: 'NO_RECORD', claimedId: claimed, power: null });
    expect(await province.notices('QuarantinedObject', row.id)).toBe(1);
    expect((await gateway.get(key))?.spec).toEqual(spec);
    expect((await decide(row, 'QUARANTINE')).ok).toBe(true);
    await rowOf(key.name, ({ haltedAt }) => haltedAt !== null);
    expect((await gateway.get(key))?.spec).toEqual({ podSelector: spec.podSelector, policyTypes: ['Ingress'] });
  });

  it('is the department’s to see in whose namespace it stands: what is decided of it, why, and that it was stopped', async () => {
    await machine('theirs');
    const row = await rowOf('theirs', ({ passes }) => passes === 3);
    expect(row.departmentId).toBe(OWNER);
    expect(await rowsOf('theirs', ofDepartment(OWNER))).toHaveLength(1);
    expect(await rowsOf('theirs', ofDepartment(NEIGHBOUR))).toEqual([]);
    expect(await repository().byId(ofDepartment(NEIGHBOUR), row.id)).toBeNull();

    expect((await decide(row, 'QUARANTINE')).ok).toBe(true);
    const halted = await rowOf('theirs', ({ haltedAt }) => haltedAt !== null);
    expect((await decide(halted, 'LIFT', '已查明')).ok).toBe(true);
    const log = await repository().eventsOf([row.id]);
    expect(log.map(({ actorName, kind, reason }) => [kind, actorName, reason])).toEqual([
      ['LIFT', OPS.name, '已查明'],
      ['HALTED', null, null],
      ['QUARANTINE', OPS.name, '来源不明'],
    ]);
    expect(await auditedFor(OWNER, row.id)).toHaveLength(2);
    expect(await auditedFor(NEIGHBOUR, row.id)).toEqual([]);
    const name = `VirtualMachine ${NAMESPACE}/theirs`;
    expect(await toldTo(OWNER, row.id)).toEqual([
      `大数据中心处理了贵单位命名空间中的无账对象：隔离 ${name}，不得运行。原因：来源不明`,
      `按大数据中心的隔离决定，${name} 已停机，磁盘保留`,
      `大数据中心处理了贵单位命名空间中的无账对象：解除隔离 ${name}。原因：已查明`,
    ]);
  });

  it('is decided once: a second decision on the same look is told so, and one without a reason', async () => {
    await machine('twice');
    const row = await rowOf('twice', () => true);
    expect(await decide(row, 'KNOW', ' ')).toMatchObject({ ok: false, error: [{ path: ['reason'] }] });
    expect((await decide(row, 'KNOW')).ok).toBe(true);
    expect(await decide(row, 'QUARANTINE')).toMatchObject({ ok: false, error: [{ code: 'VERSION_CONFLICT' }] });
    expect(await decide(row, 'LIFT')).toMatchObject({ ok: false, error: [{ code: 'ILLEGAL_TRANSITION' }] });
  });

  it('has ended when a record has it, and when it is gone; another of its name is another', async () => {
    const bound = await machine('bound');
    await rowOf('bound', () => true);
    await province.takeIn(CENTER, { namespace: NAMESPACE, name: bound.name }, { vcpu: 2, memoryMib: 4_096 });
    expect(await rowOf('bound', ({ state }) => state === 'BOUND')).toMatchObject({ live: null });

    const gone = await machine('gone');
    const first = await rowOf('gone', ({ state }) => state === 'NEW');
    await gateway.remove(gone, { uid: first.uid });
    await rowOf('gone', ({ state }) => state === 'GONE');
    await machine('gone');
    const second = await rowOf('gone', ({ state }) => state === 'NEW');
    expect(second.uid).not.toBe(first.uid);
  });

  it('stops no namesake: the order is of that very object', async () => {
    const key = await machine('namesake');
    await expect(gateway.halt(key, { uid: newId() })).rejects.toMatchObject({ name: 'ClusterFailure' });
    expect(await strategyOf(key)).toBe('Always');
    expect(await gateway.halt({ ...key, name: 'nobody' }, { uid: newId() })).toBe('NOT_THERE');
  });
});

async function startedAgain(name: string): Promise<Manifest> {
  const { apiVersion, kind, metadata, spec } = (await gateway.get({
    kind: 'VirtualMachine',
    namespace: NAMESPACE,
    name,
  })) as Manifest;
  const meta = { name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) };
  return { apiVersion, kind, metadata: meta, spec: { ...(spec as object), runStrategy: 'Always' } };
}
