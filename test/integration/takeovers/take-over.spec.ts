import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { DriftRepository } from '../../../server/src/drift/drift.repository.js';
import { FreezeGate } from '../../../server/src/freezes/freeze-gate.service.js';
import { FreezesRepository } from '../../../server/src/freezes/freezes.repository.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { Credentials } from '../../../server/src/kubernetes/credentials.js';
import { objectPath } from '../../../server/src/kubernetes/kinds.js';
import { HttpTransport } from '../../../server/src/kubernetes/transport.js';
import { AddressesRepository } from '../../../server/src/networks/addresses.repository.js';
import { AddressesService } from '../../../server/src/networks/addresses.service.js';
import { NetworksRepository } from '../../../server/src/networks/networks.repository.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Notices } from '../../../server/src/platform/notices/notices.js';
import { at, type Manifest, type ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { ResourceMoves } from '../../../server/src/resources/resource-moves.service.js';
import { ResourcesRepository } from '../../../server/src/resources/resources.repository.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { TakeOverPreviews } from '../../../server/src/takeovers/take-over-preview.service.js';
import { TakeOversRepository } from '../../../server/src/takeovers/take-overs.repository.js';
import { TakeOvers } from '../../../server/src/takeovers/take-overs.service.js';
import { viewerWith } from '../../support/application.ts';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { until } from '../../support/until.ts';

const CENTER = 'center-a';
const NAMESPACE = 'dept-js-finance';
const STRANGER = 'kubectl-edit';
const SIZE = { vcpu: 4, memoryMib: 8_192 };

let directory: string;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let gateway: ClusterGateway;
let foreign: HttpTransport;
let province: Province;
let worker: ProvisioningWorker;
let previews: TakeOverPreviews;
let takeOvers: TakeOvers;

interface Old {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
}
/** All of them ran before the console came: under its backstop quota a stranger starts nothing more. */
const OLD = {
  'web-1': {},
  'web-2': {},
  'web-3': { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
  'web-4': {},
  'web-frozen': {},
  'web-5': {},
  'web-6': { namespace: 'old-machines' },
} satisfies Record<string, Old>;

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-take-over-'));
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
  const { db, records, resources } = province;
  const repository = new TakeOversRepository(db);
  const crypto = new SoftwareCrypto(newKeyRing(), 1_000);
  previews = new TakeOverPreviews(resources, records.facilities, crypto, records.clock, clusters);
  const addresses = new AddressesService(new AddressesRepository(db), new NetworksRepository(db));
  const noRemovals = { asked: async () => undefined };
  const allocation = records.allocation as AllocationService;
  const moves = new ResourceMoves(new ResourcesRepository(db), allocation, addresses, noRemovals);
  const gate = new FreezeGate(new FreezesRepository(db));
  takeOvers = new TakeOvers(repository, previews, resources, moves, gate, province.acts, new Notices());
  for (const name of [NAMESPACE, 'old-machines'])
    await write({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await Promise.all(Object.entries(OLD).map(([name, over]) => make(name, over)));
  worker = new ProvisioningWorker(clusters, records, province.feed, FAST);
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

/** As a person with kubectl does it. */
async function write(manifest: Manifest): Promise<void> {
  const { kind, metadata } = manifest;
  const path = objectPath({ kind, namespace: metadata.namespace ?? null, name: metadata.name });
  const body = { contentType: 'application/apply-patch+yaml', json: manifest };
  await foreign.call({ method: 'PATCH', path, query: { fieldManager: STRANGER, force: 'true' }, body, what: 'apply' });
}
async function edit(key: ObjectKey, patch: object, subresource = ''): Promise<void> {
  const body = { contentType: 'application/merge-patch+json', json: patch };
  const path = `${objectPath(key)}${subresource}`;
  await foreign.call({ method: 'PATCH', path, query: { fieldManager: STRANGER }, body, what: 'edit' });
}

/** One that somebody made long ago: 4 vCPU said as cores, its memory in its own words, its disk under its own name. */
async function make(name: string, over: Old): Promise<void> {
  const namespace = over.namespace ?? NAMESPACE;
  await write({
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name: `${name}-root`, namespace },
    spec: {
      source: { http: { url: 'http://images.example/old.qcow2' } },
      storage: { storageClassName: 'ssd', resources: { requests: { storage: '40Gi' } } },
    },
  });
  await write({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace, ...(over.labels ? { labels: over.labels } : {}) },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: { app: name } },
        spec: {
          domain: {
            cpu: { cores: 4 },
            memory: { guest: '8192Mi' },
            devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] },
          },
          volumes: [{ name: 'root', dataVolume: { name: `${name}-root` } }],
        },
      },
    },
  });
  const key = { kind: 'VirtualMachine', namespace, name } as const;
  await until(`${name} runs`, async () => at(await gateway.get(key), 'status', 'printableStatus') === 'Running');
}

/** It has run for long, and the console hears of it. */
async function old(name: keyof typeof OLD) {
  const { namespace = NAMESPACE }: Old = OLD[name];
  const key = { kind: 'VirtualMachine', namespace, name } as const;
  const id = await province.takeIn(CENTER, { namespace, name }, SIZE);
  await until(`${name} is observed`, async () => {
    const { power, presence } = await province.row(id);
    return presence === 'SEEN' && power === 'RUNNING';
  });
  return { id, key, instance: { ...key, kind: 'VirtualMachineInstance' as const } };
}

const OPS = viewerWith(['FACILITY_ENGINEER'], null, { name: '设施工程师' });
const REVIEWER = viewerWith(['CENTER_REVIEWER'], null, { name: '中心审核' });
const preview = async (id: string) => previews.of(await province.row(id));
async function propose(id: string, shownHash?: string, idempotencyKey = newId()) {
  const hash = shownHash ?? (await preview(id)).shownHash ?? '';
  const { version } = await province.row(id);
  return takeOvers.propose(OPS, { resourceId: id, expectedVersion: version, shownHash: hash, idempotencyKey });
}
const approve = (id: string, viewer = REVIEWER, expectedVersion = 1, idempotencyKey = newId()) =>
  takeOvers.decide(viewer, 'APPROVE', { resourceId: id, expectedVersion, idempotencyKey });
const driftsOf = async (resourceId: string) => {
  const filter = { states: [], classes: [], centerId: null, resourceId, search: null };
  return (await new DriftRepository(province.db).page(WHOLE_PROVINCE, filter, { first: 50, after: null })).rows;
};
const settled = (id: string) =>
  until('its wish is carried out', async () => {
    const { generation, observedGeneration, recorded } = await province.desiredOf(id);
    return generation === observedGeneration && recorded.power === 'RUNNING' && recorded.statusText.zh === '运行中';
  });

describe('taking over what ran before the console', () => {
  it('shows what it would write and writes nothing; approved, it writes that alone, and nothing of the machine starts anew', async () => {
    const { id, instance, key } = await old('web-1');
    const before = await gateway.get(key);
    const runs = await gateway.get(instance);
    const { shown, stops } = await preview(id);
    expect(stops).toEqual([]);
    expect(await gateway.get(key)).toEqual(before);
    expect(shown?.takenOver).toEqual({
      uid: before?.metadata.uid,
      cpu: { cores: 4 },
      memory: { field: 'guest', amount: '8192Mi' },
    });
    expect(shown?.disks).toEqual(['web-1-root']);
    const paths = shown?.differences.map(({ path }) => path) ?? [];
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !/^metadata\.(labels|annotations)/.test(path))).toEqual([]);

    expect(await propose(id)).toMatchObject({ ok: true });
    expect(await province.row(id)).toMatchObject({ management: 'OBSERVED' });
    expect(await approve(id)).toMatchObject({ ok: true });
    expect(await province.row(id)).toMatchObject({ management: 'DRIVEN', wishedPower: 'ON', ...SIZE });
    await settled(id);

    const after = await gateway.get(key);
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.spec).toEqual(before?.spec);
    expect(after?.metadata.labels).toMatchObject({ 'jiyun.internal/resource': id });
    expect((await gateway.get(instance))?.metadata.uid).toBe(runs?.metadata.uid);
    const disk = await gateway.get({ ...key, kind: 'DataVolume', name: 'web-1-root' });
    expect(disk?.metadata.labels?.['jiyun.internal/resource']).toBeUndefined();
    expect(await driftsOf(id)).toEqual([]);
    // No second diff: what was written is what is wanted.
    expect((await preview(id)).stops).toMatchObject([{ reason: 'NOT_OBSERVED' }]);
    const events = await province.db.query('select kind from resource_event where resource_id = ?', [id]);
    expect(events.map(({ kind }: { kind: string }) => kind)).toContain('TAKEN_OVER');
  });

  it('drives from then on: what somebody changes of its own fields is drift, of others’ fields none', async () => {
    const { id, key } = await old('web-2');
    await propose(id);
    await approve(id);
    await settled(id);
    await edit(key, { spec: { template: { spec: { hostname: 'other' } } } });
    await edit(key, { metadata: { annotations: { 'jiyun.internal/code': 'X' } } });
    await until('it is put back', async () => (await driftsOf(id)).some(({ state }) => state === 'PUT_BACK'));
    expect((await driftsOf(id)).map(({ path }) => path)).toEqual(['metadata.annotations["jiyun.internal/code"]']);
    expect(at(await gateway.get(key), 'spec', 'template', 'spec', 'hostname')).toBe('other');
  });

  it('names whose fields it would take', async () => {
    const { id } = await old('web-3');
    const { shown } = await preview(id);
    expect(shown?.conflicts).toEqual([{ manager: STRANGER, field: '.metadata.labels.app.kubernetes.io/managed-by' }]);
    expect(shown?.differences).toContainEqual({
      path: 'metadata.labels["app.kubernetes.io/managed-by"]',
      wanted: 'jiyun',
      found: 'Helm',
    });
  });

  it('is another person’s act than proposing, and is done once', async () => {
    const { id } = await old('web-4');
    const once = newId();
    const shown = (await preview(id)).shownHash ?? '';
    expect(await propose(id, shown, once)).toMatchObject({ ok: true });
    expect(await propose(id, shown, once)).toMatchObject({ ok: true });
    expect(await propose(id)).toMatchObject({ ok: false, error: [{ reason: 'WAITS_ALREADY' }] });
    expect(await approve(id, { ...REVIEWER, userId: OPS.userId })).toMatchObject({
      ok: false,
      error: [{ reason: 'OWN_TAKE_OVER' }],
    });
    expect(await approve(id, REVIEWER, 2)).toMatchObject({ ok: false, error: [{ code: 'VERSION_CONFLICT' }] });
    const answers = await Promise.all(Array.from({ length: 6 }, () => approve(id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const [{ n }] = await province.db.query(
      "select count(*) as n from resource_event where resource_id = ? and kind = 'TAKEN_OVER'",
      [id],
    );
    expect(Number(n)).toBe(1);
    await expect(
      province.db.query('update take_over set decided_by_id = proposed_by_id where resource_id = ?', [id]),
    ).rejects.toThrow(/ck_take_over_persons/);
  });

  it('waits for the end of a freeze of its center; to propose it asks for none', async () => {
    const { id } = await old('web-frozen');
    const { centerId } = await province.row(id);
    const freezeId = newId();
    await province.db.query(
      `insert into change_freeze (id, code, title, reason, from_at, to_at, made_by, made_at, version)
       values (?, 'FW-2026-000001', '重保', '通知', date_sub(utc_timestamp(3), interval 1 day), date_add(utc_timestamp(3), interval 1 day), '高', utc_timestamp(3), 1)`,
      [freezeId],
    );
    await province.db.query('insert into change_freeze_center (freeze_id, center_id) values (?, ?)', [
      freezeId,
      centerId,
    ]);
    expect(await propose(id)).toMatchObject({ ok: true });
    expect(await approve(id)).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN', freezeId }] });
    expect(await province.row(id)).toMatchObject({ management: 'OBSERVED' });
    await province.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
    expect(await approve(id)).toMatchObject({ ok: true });
  });

  it('is refused once the object is another than was shown; its status is nobody’s edit', async () => {
    const { id, key } = await old('web-5');
    const { shownHash } = await preview(id);
    await edit(key, { status: { observedGeneration: 41 } }, '/status');
    expect((await preview(id)).shownHash).toBe(shownHash);
    expect(await propose(id, shownHash ?? '')).toMatchObject({ ok: true });
    await edit(key, { spec: { template: { spec: { hostname: 'other' } } } });
    expect(await approve(id)).toMatchObject({ ok: false, error: [{ reason: 'SHOWN_ANOTHER' }] });
    expect(await province.row(id)).toMatchObject({ management: 'OBSERVED' });
    expect((await gateway.get(key))?.metadata.labels).toBeUndefined();
    const withdrawn = { resourceId: id, expectedVersion: 1, idempotencyKey: newId() };
    expect(await takeOvers.decide(OPS, 'WITHDRAW', withdrawn)).toMatchObject({ ok: true });
    expect(await propose(id)).toMatchObject({ ok: true });
    expect(await approve(id)).toMatchObject({ ok: true });
  });

  it('is refused where its namespace is not its department’s, where it differs and where its center is cut off', async () => {
    const { id, key } = await old('web-6');
    expect((await preview(id)).stops).toMatchObject([{ reason: 'NAMESPACE' }]);
    await edit(key, { spec: { template: { spec: { domain: { cpu: { cores: 8 } } } } } });
    const reasons = (await preview(id)).stops.map((stop) => 'reason' in stop && stop.reason);
    expect(reasons).toEqual(['NAMESPACE', 'DIFFERS']);
    const alone = new TakeOverPreviews(
      ...([province.resources, province.records.facilities, undefined, province.records.clock, undefined] as never as [
        never,
        never,
        never,
        never,
        undefined,
      ]),
    );
    expect((await alone.of(await province.row(id))).stops).toMatchObject([
      { reason: 'NAMESPACE' },
      { reason: 'CUT_OFF' },
    ]);
  });
});
