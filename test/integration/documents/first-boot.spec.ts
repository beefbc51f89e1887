import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { FAST } from '../../support/fast-pace.ts';
import { Province } from '../../support/province.ts';
import { until } from '../../support/until.ts';
import { startCluster } from '../simulation/support.js';

const CENTER = 'center-a';
let directory: string;
let simulated: Awaited<ReturnType<typeof startCluster>>;
let clusters: ClusterRegistry;
let cluster: ClusterGateway;
let province: Province;
let worker: ProvisioningWorker;

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = mkdtempSync(join(tmpdir(), 'jiyun-first-boot-'));
  const node = { name: 'n1', architecture: 'amd64', zone: 'GOVERNMENT_EXTRANET', cpu: 64, memoryMib: 262_144 } as const;
  simulated = await startCluster({ name: CENTER, directory: join(directory, 'a'), nodes: [node] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([simulated], kubeconfigPath);
  clusters = new ClusterRegistry([{ centerCode: CENTER, kubeconfigPath, context: null }], {
    rate: null,
    reflector: { backoff: { firstMs: 20, mostMs: 200 } },
  });
  cluster = clusters.of(CENTER) as ClusterGateway;
  province = await Province.open([CENTER]);
  worker = new ProvisioningWorker(clusters, province.records, province.feed, FAST);
  await worker.start();
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await clusters?.close();
  await province?.close();
  await simulated?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('the first login in the cluster', () => {
  it('is what the record says, belongs to its machine, and goes with it', async () => {
    const [id] = (await province.approve(CENTER, 1)) as [string];
    await until('it is in use', async () => (await province.row(id)).state === 'IN_USE');
    const { departmentCode, objectName } = await province.row(id);
    const namespace = `dept-${departmentCode}`;
    const key = { kind: 'Secret', namespace, name: `${objectName}-first-boot` } as const;
    const login = await province.records.logins.loginOf(id, false);
    const secret = await cluster.get(key);
    expect([login?.username, secret?.kind]).toEqual(['jyadmin', 'Secret']);
    const userdata = Buffer.from(secret?.data?.userdata ?? '', 'base64').toString();
    expect(JSON.parse(userdata.replace('#cloud-config\n', ''))).toMatchObject({
      users: [{ name: login?.username, passwd: login?.passwordHash }],
    });
    const machine = await cluster.get({ kind: 'VirtualMachine', namespace, name: objectName });
    expect(secret?.metadata.ownerReferences).toMatchObject([{ uid: machine?.metadata.uid }]);
    expect(JSON.stringify(machine)).toContain(`"secretRef":{"name":"${key.name}"}`);
    expect(JSON.stringify(machine)).not.toContain(login?.passwordHash);
    await province.release(id);
    await until('it is released', async () => (await province.row(id)).state === 'RELEASED');
    await until('its secret is gone', async () => (await cluster.get(key)) === undefined);
  });
});
