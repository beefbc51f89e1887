import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AllocationService } from '../../server/src/allocation/allocation.service.js';
import { FreezeGate } from '../../server/src/freezes/freeze-gate.service.js';
import { FreezesRepository } from '../../server/src/freezes/freezes.repository.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { Credentials } from '../../server/src/kubernetes/credentials.js';
import { objectPath } from '../../server/src/kubernetes/kinds.js';
import { HttpTransport } from '../../server/src/kubernetes/transport.js';
import { AddressesRepository } from '../../server/src/networks/addresses.repository.js';
import { AddressesService } from '../../server/src/networks/addresses.service.js';
import { NetworksRepository } from '../../server/src/networks/networks.repository.js';
import { newKeyRing } from '../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { Notices } from '../../server/src/platform/notices/notices.js';
import { at, listAt, type Manifest, textAt } from '../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import { ResourceMoves } from '../../server/src/resources/resource-moves.service.js';
import { ResourcesRepository } from '../../server/src/resources/resources.repository.js';
import { TakeOverPreviews } from '../../server/src/takeovers/take-over-preview.service.js';
import { TakeOversRepository } from '../../server/src/takeovers/take-overs.repository.js';
import { TakeOvers } from '../../server/src/takeovers/take-overs.service.js';
import { viewerWith } from './application.ts';
import { FAST } from './fast-pace.ts';
import type { ServedCluster } from './gateway-suite.ts';
import { Province } from './province.ts';
import { until } from './until.ts';

const CENTER = 'center-a';
const NAMESPACE = 'dept-js-finance';
const STRANGER = 'kubectl-edit';
const SIZE = { vcpu: 4, memoryMib: 8_192 };
const OPS = viewerWith(['FACILITY_ENGINEER'], null, { name: '设施工程师' });
const REVIEWER = viewerWith(['CENTER_REVIEWER'], null, { name: '中心审核' });

/** Taking over what stands still, and giving it back: whichever serves, under the rights that a center is asked to give. */
export function describeTakeOver(what: string, serve: () => Promise<ServedCluster>): void {
  describe(`taking over a machine that stands still, on ${what}`, () => {
    let served: ServedCluster;
    let clusters: ClusterRegistry;
    let gateway: ClusterGateway;
    let foreign: HttpTransport;
    let province: Province;
    let worker: ProvisioningWorker;
    let previews: TakeOverPreviews;
    let takeOvers: TakeOvers;

    beforeAll(async () => {
      Logger.overrideLogger(false);
      served = await serve();
      const access = { centerCode: CENTER, kubeconfigPath: served.kubeconfigPath, context: null };
      clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
      gateway = clusters.of(CENTER) as ClusterGateway;
      const others = { ...access, kubeconfigPath: served.onlookerKubeconfigPath ?? served.kubeconfigPath };
      foreign = new HttpTransport(new Credentials(others));
      province = await Province.open([CENTER]);
      const { db, records, resources } = province;
      const crypto = new SoftwareCrypto(newKeyRing(), 1_000);
      previews = new TakeOverPreviews(resources, records.facilities, crypto, records.clock, clusters);
      const addresses = new AddressesService(new AddressesRepository(db), new NetworksRepository(db));
      const allocation = records.allocation as AllocationService;
      const moves = new ResourceMoves(new ResourcesRepository(db), allocation, addresses, {
        asked: async () => undefined,
      });
      const gate = new FreezeGate(new FreezesRepository(db));
      takeOvers = new TakeOvers(
        new TakeOversRepository(db),
        previews,
        resources,
        moves,
        gate,
        province.acts,
        new Notices(),
      );
      await write({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
      worker = new ProvisioningWorker(clusters, records, province.feed, FAST);
      await worker.start();
    }, 120_000);

    afterAll(async () => {
      await worker?.stop();
      await foreign?.close();
      await clusters?.close();
      await province?.close();
      await served?.stop();
    });

    /** As a person with kubectl does it. */
    async function write(manifest: Manifest): Promise<void> {
      const { kind, metadata } = manifest;
      const path = objectPath({ kind, namespace: metadata.namespace ?? null, name: metadata.name });
      const body = { contentType: 'application/apply-patch+yaml', json: manifest };
      const query = { fieldManager: STRANGER, force: 'true' };
      await foreign.call({ method: 'PATCH', path, query, body, what: 'apply' });
    }

    async function old(name: string) {
      await write({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name, namespace: NAMESPACE, labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
        spec: {
          runStrategy: 'Halted',
          template: {
            metadata: { labels: { app: name } },
            spec: {
              domain: {
                cpu: { cores: 4 },
                memory: { guest: '8192Mi' },
                devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] },
              },
              volumes: [{ name: 'root', persistentVolumeClaim: { claimName: `${name}-data` } }],
            },
          },
        },
      });
      const key = { kind: 'VirtualMachine', namespace: NAMESPACE, name } as const;
      const id = await province.takeIn(CENTER, { namespace: NAMESPACE, name }, SIZE);
      await until(`${name} is observed`, async () => {
        const { power, presence } = await province.row(id);
        return presence === 'SEEN' && power === 'STOPPED';
      });
      return { id, key };
    }

    const shownOf = async (id: string) => previews.of(await province.row(id));
    async function propose(id: string) {
      const [{ shownHash }, { version }] = [await shownOf(id), await province.row(id)];
      const wish = { resourceId: id, expectedVersion: version, shownHash: shownHash ?? '', idempotencyKey: newId() };
      return takeOvers.propose(OPS, wish);
    }
    const decide = (id: string, action: 'APPROVE' | 'RETURN', opinion?: string) =>
      takeOvers.decide(REVIEWER, action, {
        ...{ resourceId: id, expectedVersion: 1, idempotencyKey: newId() },
        ...(opinion === undefined ? {} : { opinion }),
      });

    it('shows the dry run, is returned, is approved anew, stays off, and goes when it is given back', async () => {
      const { id, key } = await old('still-1');
      const before = await gateway.get(key);
      const { shown, stops } = await shownOf(id);
      expect(stops).toEqual([]);
      expect(shown?.power).toBe('STOPPED');
      // Whose field it would take is named, as the server itself says it; nothing is written by asking.
      expect(shown?.conflicts).toEqual([{ manager: STRANGER, field: '.metadata.labels.app.kubernetes.io/managed-by' }]);
      expect((shown?.differences ?? []).filter(({ path }) => !/^metadata\.(labels|annotations)/.test(path))).toEqual(
        [],
      );
      expect(await gateway.get(key)).toEqual(before);

      expect(await propose(id)).toMatchObject({ ok: true });
      expect(await decide(id, 'RETURN', '请先与使用单位核对')).toMatchObject({ ok: true });
      expect(await province.row(id)).toMatchObject({ management: 'OBSERVED' });
      expect(await gateway.get(key)).toEqual(before);
      // What was returned is not approved afterwards; it is proposed anew.
      expect(await decide(id, 'APPROVE')).toMatchObject({ ok: false });
      expect(await propose(id)).toMatchObject({ ok: true });
      expect(await decide(id, 'APPROVE')).toMatchObject({ ok: true });
      expect(await province.row(id)).toMatchObject({ management: 'DRIVEN', wishedPower: 'OFF', ...SIZE });

      await until('its marks are there', async () => {
        const { generation, observedGeneration } = await province.desiredOf(id);
        return generation === observedGeneration;
      });
      const after = await gateway.get(key);
      expect(after?.metadata.uid).toBe(before?.metadata.uid);
      expect(after?.spec).toEqual(before?.spec);
      expect(after?.metadata.labels).toMatchObject({
        'jiyun.internal/resource': id,
        'app.kubernetes.io/managed-by': 'jiyun',
      });
      const managers = listAt(after, 'metadata', 'managedFields').map((each) => textAt(each, 'manager'));
      expect(managers).toEqual(expect.arrayContaining(['jiyun', STRANGER]));
      expect(await province.row(id)).toMatchObject({ power: 'STOPPED', state: 'IN_USE' });

      await province.release(id);
      await until('it is released', async () => (await province.row(id)).state === 'RELEASED');
      expect(await gateway.get(key)).toBeUndefined();
      expect(at(await gateway.get({ kind: 'Namespace', namespace: null, name: NAMESPACE }), 'metadata', 'name')).toBe(
        NAMESPACE,
      );
    });

    it('is not done where its size changed after the approval was asked for, and never makes it anew', async () => {
      const { id, key } = await old('still-2');
      expect(await propose(id)).toMatchObject({ ok: true });
      const seen = await gateway.get(key);
      await foreign.call({
        ...{ method: 'PATCH', path: objectPath(key), query: { fieldManager: STRANGER }, what: 'edit' },
        body: {
          contentType: 'application/merge-patch+json',
          json: { spec: { template: { spec: { domain: { cpu: { cores: 8 } } } } } },
        },
      });
      expect(await decide(id, 'APPROVE')).toMatchObject({ ok: false });
      expect((await gateway.get(key))?.metadata.labels).toEqual(seen?.metadata.labels);
      expect(await province.row(id)).toMatchObject({ management: 'OBSERVED' });
    });
  });
}
