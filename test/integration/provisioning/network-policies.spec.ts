import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DriftRepository } from '../../../server/src/drift/drift.repository.js';
import { DriftActs } from '../../../server/src/drift/drift-acts.service.js';
import { FreezeGate } from '../../../server/src/freezes/freeze-gate.service.js';
import { FreezesRepository } from '../../../server/src/freezes/freezes.repository.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { Credentials } from '../../../server/src/kubernetes/credentials.js';
import { objectPath } from '../../../server/src/kubernetes/kinds.js';
import { HttpTransport } from '../../../server/src/kubernetes/transport.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { policyManifest } from '../../../server/src/provisioning/domain/desired-policy.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { viewerWith } from '../../support/application.ts';
import { DrivenPolicies, type DrivenPolicy } from '../../support/driven-policies.ts';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { until } from '../../support/until.ts';

const CENTER = 'center-a';
const ALL = { states: [], classes: [], centerId: null, resourceId: null };
const PAGE = { first: 50, after: null };

let directory: string;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let gateway: ClusterGateway;
let province: Province;
let worker: ProvisioningWorker;
let foreign: HttpTransport;
const policies = new DrivenPolicies();
const want = policies.want.bind(policies);
const siteOf = policies.siteOf.bind(policies);

const inCluster = ({ policy }: DrivenPolicy) =>
  gateway.get({ kind: 'NetworkPolicy', namespace: 'dept-js-finance', name: `jiyun-${policy.code.toLowerCase()}` });
const manifestOf = ({ policy }: DrivenPolicy) =>
  policyManifest({ ...policy, policyId: policy.id, protocol: policy.protocol as 'TCP' });

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-policies-'));
  cluster = await startSimulatedCluster({ name: CENTER, clock: wallClock, seed: 1, stageSpeed: 60, nodes: [] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  const access = { centerCode: CENTER, kubeconfigPath, context: CENTER };
  clusters = new ClusterRegistry([access]);
  foreign = new HttpTransport(new Credentials(access));
  gateway = clusters.of(CENTER) as ClusterGateway;
  province = await Province.open([CENTER]);
  worker = new ProvisioningWorker(clusters, { ...province.records, policies: policies.records }, province.feed, FAST);
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

describe('a network policy in a driven cluster', () => {
  it('becomes a NetworkPolicy in the department’s namespace, which is made for it', async () => {
    const driven = want('CL-2026-000001');
    await until('applied', async () => siteOf(driven)?.phase === 'APPLIED');
    const object = await inCluster(driven);
    expect(object?.spec).toEqual({
      podSelector: { matchLabels: { 'jiyun.internal/system': 'SYS-01' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ ipBlock: { cidr: '10.8.0.0/16' } }],
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'TCP', port: 8000, endPort: 8010 },
          ],
        },
      ],
    });
    expect(object?.metadata.labels?.['jiyun.internal/network-policy']).toBe(driven.policy.id);
  });

  it('is put right when somebody changes or deletes it, and says that it was', async () => {
    const driven = want('CL-2026-000002', { direction: 'EGRESS' });
    await until('applied', async () => siteOf(driven)?.phase === 'APPLIED');
    const good = manifestOf(driven);
    await gateway.apply({ ...good, spec: { ...(good.spec as object), egress: [] } });
    await until('drift is told', async () => siteOf(driven)?.drift !== null);
    await until('healed', async () => JSON.stringify((await inCluster(driven))?.spec ?? {}).includes('10.8.0.0/16'));
    const uid = (await inCluster(driven))?.metadata.uid as string;
    await gateway.remove(
      { kind: 'NetworkPolicy', namespace: 'dept-js-finance', name: 'jiyun-cl-2026-000002' },
      { uid },
    );
    await until('there again', async () => {
      const found = await inCluster(driven);
      return found !== undefined && found.metadata.uid !== uid;
    });
  });

  it('that somebody else changed is on record with who did it, and is put back; a fight over it waits for a person, but for what opens', async () => {
    const driven = want('CL-2026-000005');
    await until('applied', async () => siteOf(driven)?.phase === 'APPLIED');
    const rows = async () =>
      (await new DriftRepository(province.db).page(WHOLE_PROVINCE, { ...ALL, search: 'CL-2026-000005' }, PAGE)).rows;
    const key = { kind: 'NetworkPolicy', namespace: 'dept-js-finance', name: 'jiyun-cl-2026-000005' } as const;
    const write = async (ingress: readonly object[]) => {
      const body = { contentType: 'application/merge-patch+json', json: { spec: { ingress } } };
      const query = { fieldManager: 'kubectl-edit' };
      await foreign.call({ method: 'PATCH', path: objectPath(key), query, body, what: 'edit' });
    };
    // Less than is wanted: it opens nothing.
    const less = [{ from: [{ ipBlock: { cidr: '10.8.0.0/16' } }], ports: [{ protocol: 'TCP', port: 443 }] }];
    for (let round = 1; round <= 3; round += 1) {
      await write(less);
      await until('put back', async () => (await rows()).filter(({ state }) => state === 'PUT_BACK').length === round);
    }
    expect((await rows())[0]).toMatchObject({
      ...{ objectKind: 'NetworkPolicy', path: 'spec.ingress', fieldClass: 'BOUNDARY', handling: 'HEAL' },
      ...{ manager: 'kubectl-edit', found: less, resourceId: null, subjectCode: 'CL-2026-000005' },
      ...{ departmentId: driven.policy.departmentId, systemId: driven.policy.systemId },
    });
    expect((await inCluster(driven))?.spec).toEqual(manifestOf(driven).spec);

    await write(less);
    await until('it waits', async () => siteOf(driven)?.drift === '集群中的策略被改动，等待决定');
    const waiting = (await rows()).find(({ state }) => state === 'OPEN');
    expect(waiting).toMatchObject({ handling: 'REPORT' });
    expect(await province.notices('Drift', waiting?.id ?? '')).toBe(1);
    const acts = new DriftActs(
      new DriftRepository(province.db),
      province.acts,
      new FreezeGate(new FreezesRepository(province.db)),
    );
    const wish = { driftId: waiting?.id, expectedVersion: 1, reason: '边界须恢复', idempotencyKey: newId() };
    expect((await acts.putBack(viewerWith(['FACILITY_ENGINEER'], null), WHOLE_PROVINCE, wish)).ok).toBe(true);
    await until('put back by order', async () => (await rows()).every(({ state }) => state === 'PUT_BACK'));
    expect((await inCluster(driven))?.spec).toEqual(manifestOf(driven).spec);

    // What opens it waits for nobody, however often it was fought over, and whoever looks for who did it is told.
    await write([{}]);
    await until('closed', async () => (await rows()).filter(({ state }) => state === 'PUT_BACK').length === 5);
    const opened = (await rows()).find(({ opens }) => opens);
    expect(opened).toMatchObject({ handling: 'HEAL', found: [{}], decidedBy: null });
    expect(await province.notices('Drift', opened?.id ?? '')).toBe(1);
    expect((await inCluster(driven))?.spec).toEqual(manifestOf(driven).spec);
  });

  it('is removed once it has ended, and another’s of the same name is not', async () => {
    const driven = want('CL-2026-000003');
    await until('applied', async () => siteOf(driven)?.phase === 'APPLIED');
    // Of one that is in force the console puts its mark back; another's was there before, and this one was never made.
    const { metadata, ...rest } = manifestOf(driven);
    const labels = { 'app.kubernetes.io/managed-by': 'somebody' };
    await gateway.apply({ ...rest, metadata: { ...metadata, name: 'jiyun-cl-2026-000004', labels } });
    const foreign = want('CL-2026-000004');
    for (const each of [driven, foreign]) policies.end(each);
    await until('removed', async () => siteOf(driven)?.phase === 'REMOVED' && siteOf(foreign)?.phase === 'REMOVED');
    expect(await inCluster(driven)).toBeUndefined();
    expect(await inCluster(foreign)).toBeDefined();
  });

  it('is closed again when a worker that slept opens it after its end', async () => {
    const driven = want('CL-2026-000006');
    await until('applied', async () => siteOf(driven)?.phase === 'APPLIED');
    policies.end(driven);
    await until('removed', async () => siteOf(driven)?.phase === 'REMOVED');
    const late = await gateway.apply(manifestOf(driven));
    await until('closed', async () => (await inCluster(driven))?.metadata.uid !== late.metadata.uid);
    expect(await inCluster(driven)).toBeUndefined();
  });
});
