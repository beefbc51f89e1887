import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  diskManifestOf,
  insideManifest,
  isShut,
  machineManifestOf,
  placeManifests,
  snapshotManifestOf,
} from '../../server/src/drills/domain/isolation.js';
import { DrillCluster } from '../../server/src/drills/drill-cluster.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import type { MetricsAccess } from '../../server/src/platform/config/configuration.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { Notices } from '../../server/src/platform/notices/notices.js';
import { ClusterFailure } from '../../server/src/provisioning/domain/cluster-failure.js';
import {
  at,
  type ClusterObject,
  keyOf as manifestKey,
  type ObjectKey,
} from '../../server/src/provisioning/domain/cluster-object.js';
import { CONSUMER } from '../../server/src/provisioning/domain/desired-host.js';
import { restoreManifest } from '../../server/src/provisioning/domain/desired-snapshot.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import { QuarantineRepository } from '../../server/src/quarantine/quarantine.repository.js';
import { QuarantineActs } from '../../server/src/quarantine/quarantine-acts.service.js';
import { viewerWith } from './application.ts';
import { DrivenPolicies } from './driven-policies.ts';
import { FAST } from './fast-pace.ts';
import type { ServedCluster } from './gateway-suite.ts';
import { OneServer } from './one-server.ts';
import { OperatingDesk } from './operating-desk.ts';
import { Province } from './province.ts';
import { until } from './until.ts';

const CENTER = 'center-a';
const NAMESPACE = 'dept-js-finance';
/** The server's, and where its controller is: whoever serves a cluster has that machine stand there. */
export const SERIAL = 'SN00000001';
export const CONTROLLER = '10.80.0.21';
const OPS = viewerWith(['FACILITY_ENGINEER'], null, { name: '设施工程师' });
const PROMETHEUS = { by: 'CLUSTER', namespace: 'monitoring', service: 'prometheus:9090' } as const;

export interface ServedToAll extends ServedCluster {
  /** What the center's sources of use answer: a bare API server has none behind it. */
  readonly use: 'ANSWERED' | 'NOT_FOUND';
}

/**
 * One of each thing that the console drives in a cluster, from its beginning to its end: whichever serves, under the rights
 * that a center is asked to give, and none besides. What is looked at is looked at by others.
 */
export function describeEveryRight(what: string, serve: () => Promise<ServedToAll>): void {
  describe(`everything that the console drives, on ${what}`, () => {
    let served: ServedToAll;
    let clusters: ClusterRegistry;
    let onlookers: ClusterRegistry;
    let onlooker: ClusterGateway;
    let province: Province;
    let desk: OperatingDesk;
    let server: OneServer;
    let worker: ProvisioningWorker;
    let id: string;
    const policies = new DrivenPolicies();
    /** What is seen of replication objects is another suite's; here only that it may be looked at. */
    const replication = { record: async () => {} };

    beforeAll(async () => {
      Logger.overrideLogger(false);
      served = await serve();
      const access = { centerCode: CENTER, kubeconfigPath: served.kubeconfigPath, context: null };
      const others = { ...access, kubeconfigPath: served.onlookerKubeconfigPath ?? served.kubeconfigPath };
      clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
      onlookers = new ClusterRegistry([others], { rate: null });
      onlooker = onlookers.of(CENTER) as ClusterGateway;
      province = await Province.open([CENTER]);
      desk = new OperatingDesk(province);
      server = new OneServer(province.poolOf(CENTER).centerId as string, SERIAL, CONTROLLER);
      [id] = (await province.approve(CENTER, 1)) as [string];
      await province.claimAddresses(id, { code: 'rights', vlanId: 130 });
      await begin();
    }, 120_000);

    afterAll(async () => {
      await worker?.stop();
      await clusters?.close();
      await onlookers?.close();
      await province?.close();
      await served?.stop();
    });

    async function begin(): Promise<void> {
      const records = { ...desk.records, policies: policies.records, hosts: server.records, replication };
      worker = new ProvisioningWorker(clusters, records, province.feed, FAST);
      await worker.start();
    }

    /** Does something while nobody drives the cluster, so that it cannot be over before it was looked at. */
    async function unattended(work: () => Promise<void>): Promise<void> {
      await worker.stop();
      await work();
      await province.endLeases();
      await begin();
    }

    async function keyOf(kind: ObjectKey['kind'], suffix = ''): Promise<ObjectKey> {
      return { kind, namespace: NAMESPACE, name: `${(await province.row(id)).objectName}${suffix}` };
    }
    const thereIs = async (key: ObjectKey) => (await onlooker.get(key)) !== undefined;
    const runs = () =>
      until('it runs', async () => {
        const { instanceUid, power, restartUid, state } = await province.row(id);
        return state === 'IN_USE' && power === 'RUNNING' && instanceUid !== null && restartUid === null;
      });
    const stands = () => until('it stands still', async () => (await province.row(id)).power === 'STOPPED');
    const did = async (answer: ReturnType<OperatingDesk['press']>) => expect(await answer).toMatchObject({ ok: true });

    it('makes a machine with its card, starts it anew and gives it more', async () => {
      await runs();
      const machine = await keyOf('VirtualMachine');
      expect(await thereIs({ ...machine, kind: 'NetworkAttachmentDefinition', name: 'net-rights' })).toBe(true);
      expect(await thereIs(await keyOf('Secret', '-first-boot'))).toBe(true);
      for (const [kind, name] of [
        ['ResourceQuota', 'jiyun-backstop'] as const,
        ['LimitRange', 'jiyun-limits'] as const,
      ])
        expect(await thereIs({ ...machine, kind, name })).toBe(true);

      const first = (await province.row(id)).instanceUid;
      await did(desk.press(id, 'RESTART'));
      await until('another runs', async () => ![null, first].includes((await province.row(id)).instanceUid));
      await runs();

      await province.resize(id, { vcpu: 4, memoryMib: 8_192, diskGib: 60 });
      await until('it is resized', async () => (await province.row(id)).formerVcpu === null);
      const claim = await keyOf('PersistentVolumeClaim', '-root');
      await until('its disk has grown', async () =>
        JSON.stringify((await onlooker.get(claim))?.status ?? '').includes('60Gi'),
      );
      await runs();
    });

    it('takes a snapshot, restores it, gives a restore up and deletes it', async () => {
      const kept = async () => (await desk.kept(id))[0];
      await did(desk.take(id, '变更前'));
      await until('it is taken', async () => (await kept())?.state === 'READY');
      const snapshotId = (await kept())?.id as string;
      await did(desk.press(id, 'STOP'));
      await stands();
      const isOver = () =>
        until('the restore is over', async () => (await province.row(id)).restoringSnapshotId === null);
      await did(desk.restore(id, snapshotId));
      await isOver();
      expect((await kept())?.trouble ?? null).toBeNull();

      const second = await keyOf('VirtualMachineRestore', '-s1-r2');
      await unattended(async () => {
        // The operator looks for a snapshot that there is not, and goes on looking.
        const { departmentCode, objectName } = await province.row(id);
        const wanted = { snapshotId, resourceId: id, departmentCode, objectName, number: 1, restores: 2 };
        const owner = await onlooker.get(await keyOf('VirtualMachineSnapshot', '-s1'));
        const manifest = restoreManifest(wanted, owner?.metadata.uid ?? '');
        const spec = { ...(manifest.spec as object), virtualMachineSnapshotName: 'no-such' };
        await onlooker.apply({ ...manifest, spec });
        await did(desk.restore(id, snapshotId));
        await did(desk.giveUp(id, snapshotId));
      });
      await isOver();
      await until('it is gone', async () => !(await thereIs(second)));

      await did(desk.delete(id, snapshotId));
      await until('the snapshot is gone', async () => (await kept()) === undefined);
      expect(await thereIs(await keyOf('VirtualMachineSnapshot', '-s1'))).toBe(false);
      await did(desk.press(id, 'START'));
      await runs();
    });

    it('opens a way by a network policy, sees who changed it, and closes it', async () => {
      const driven = policies.want('CL-2026-000001');
      const key = { kind: 'NetworkPolicy', namespace: NAMESPACE, name: 'jiyun-cl-2026-000001' } as const;
      await until('it is open', async () => policies.siteOf(driven)?.phase === 'APPLIED');
      const { apiVersion, kind, metadata, spec } = (await onlooker.get(key)) as NonNullable<
        Awaited<ReturnType<typeof onlooker.get>>
      >;
      const wider = { ...(spec as object), ingress: [{}] };
      const { labels = {}, name, namespace = NAMESPACE } = metadata;
      await onlooker.apply({ apiVersion, kind, metadata: { name, namespace, labels }, spec: wider });
      await until('it is as it was', async () =>
        JSON.stringify((await onlooker.get(key))?.spec).includes('10.8.0.0/16'),
      );
      policies.end(driven);
      await until('it is closed', async () => policies.siteOf(driven)?.phase === 'REMOVED');
      expect(await thereIs(key)).toBe(false);
    });

    it('copies a disk into a shut place for a drill, and takes all of it away', async () => {
      const { departmentCode, diskGib, objectName } = await province.row(id);
      const ground = { code: 'YL-2026-000001', departmentCode };
      const machine = { objectNamespace: NAMESPACE, objectName, diskGib, identity: newId() };
      const drill = new DrillCluster(clusters.of(CENTER) as ClusterGateway, ground, () => {});
      for (const manifest of placeManifests(ground)) await drill.keep(manifest);
      await drill.make(insideManifest(ground));
      expect(isShut(ground, await drill.list('NetworkPolicy'))).toBe(true);
      const { metadata } = await drill.make(snapshotManifestOf(ground, machine));
      const source = await drill.get(await keyOf('DataVolume', '-root'));
      const of = { volume: 'root', snapshotUid: metadata.uid ?? '', source };
      const disk = diskManifestOf(ground, machine, of);
      await drill.make(disk);
      const live = await drill.get(await keyOf('VirtualMachine'));
      const copy = machineManifestOf(ground, machine, live as ClusterObject);
      await drill.make(copy);
      for (const made of [copy, disk, snapshotManifestOf(ground, machine), insideManifest(ground)])
        await until(`${made.kind} is gone`, () => drill.remove(manifestKey(made)));
    });

    it('stops a machine of no record when a person says so', async () => {
      const key = { kind: 'VirtualMachine', namespace: NAMESPACE, name: 'stray' } as const;
      const template = { spec: { domain: { cpu: { cores: 2 }, memory: { guest: '4Gi' }, devices: {} } } };
      await onlooker.apply({
        ...{ apiVersion: 'kubevirt.io/v1', kind: key.kind, metadata: { namespace: NAMESPACE, name: key.name } },
        spec: { runStrategy: 'Always', template },
      });
      const standing = new QuarantineRepository(province.db);
      const listed = async () => (await standing.standingOf(province.poolOf(CENTER).centerId as string))[0];
      await until('it is listed', async () => (await listed())?.passes === 3);
      const row = await listed();
      const wish = {
        objectId: row?.id,
        expectedVersion: row?.version ?? 0,
        reason: '来源不明',
        idempotencyKey: newId(),
      };
      const acts = new QuarantineActs(standing, province.acts, new Notices());
      expect(await acts.decide(OPS, { ...wish, action: 'QUARANTINE' })).toMatchObject({ ok: true });
      await until('it is stopped', async () => at(await onlooker.get(key), 'spec', 'runStrategy') === 'Halted');
    });

    it('registers a server, claims it, has it installed, and lets it go once it is clean', async () => {
      const key = { kind: 'BareMetalHost', ...server.wish.host } as const;
      const reaches = (phase: OneServer['wish']['phase']) =>
        until(`the server is ${phase}`, async () => server.wish.phase === phase);
      await reaches('AVAILABLE');
      server.give('use-1');
      await reaches('RUNNING');
      const installed = await onlooker.get(key);
      expect(installed?.spec).toMatchObject({ online: true, consumerRef: { ...CONSUMER, name: 'use-1' } });
      server.takeBack();
      await until('it is let go', async () => server.wish.useId === null);
      expect(server.wish.wipe).toMatchObject({ method: 'METADATA' });
      const free = (await onlooker.get(key))?.spec as Record<string, unknown>;
      expect([free.consumerRef, free.image]).toEqual([undefined, undefined]);
    });

    it('may read what machines use where the role names the source, and nowhere else', async () => {
      const { vcpu, memoryMib, objectName } = await province.row(id);
      const measured = { resourceId: id, namespace: NAMESPACE, name: objectName, vcpu, memoryMib };
      const page = { machines: [measured], namespaces: [NAMESPACE], endings: null };
      const to = new Date();
      const question = { page, to, from: new Date(to.getTime() - 600_000), stepSeconds: 60, stillMay: () => {} };
      const answerOf = async (metrics: MetricsAccess): Promise<string> => {
        const access = { centerCode: CENTER, kubeconfigPath: served.kubeconfigPath, context: null, metrics };
        const registry = new ClusterRegistry([access], { rate: null });
        try {
          await registry.of(CENTER)?.metrics?.readings(question);
          return 'ANSWERED';
        } catch (error) {
          if (!(error instanceof ClusterFailure)) throw error;
          return error.details.reason ?? error.failureClass;
        } finally {
          await registry.close();
        }
      };
      expect(await answerOf(PROMETHEUS)).toBe(served.use);
      expect(await answerOf({ by: 'METRICS_API' })).toBe(served.use);
      expect(await answerOf({ ...PROMETHEUS, service: 'grafana:3000' })).toBe('FORBIDDEN');
    });

    it('lets a machine go, with all that was its own', async () => {
      const [machine, disk] = [await keyOf('VirtualMachine'), await keyOf('DataVolume', '-root')];
      await province.release(id);
      await until('it is released', async () => (await province.row(id)).state === 'RELEASED');
      await until('nothing is left', async () => !(await thereIs(machine)) && !(await thereIs(disk)));
    });
  });
}
