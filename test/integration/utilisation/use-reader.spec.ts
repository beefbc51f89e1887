import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { entities } from '../../../server/src/entities.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { ClusterFailure } from '../../../server/src/provisioning/domain/cluster-failure.js';
import {
  diskManifest,
  machineManifest,
  namespaceOf,
} from '../../../server/src/provisioning/domain/desired-manifests.js';
import { departmentManifests } from '../../../server/src/provisioning/domain/desired-tenancy.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { LeaseGuard, LeaseLost } from '../../../server/src/provisioning/lease-guard.js';
import { UseReader } from '../../../server/src/provisioning/use-reader.js';
import { type SimulatedCluster, wallClock, writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { UtilisationRepository } from '../../../server/src/utilisation/utilisation.repository.js';
import { UtilisationService } from '../../../server/src/utilisation/utilisation.service.js';
import { giveConsoleAccount } from '../../cluster/console-account.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { desiredMachine } from '../../support/machines.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';
import { until } from '../../support/until.ts';
import { startCluster } from '../simulation/support.ts';

const BEGAN = Date.parse('2026-11-28T04:00:00.000Z');
const CENTER = { id: '019abcde-0000-7000-8000-00000000c001' };
const METRICS = { by: 'CLUSTER', namespace: 'monitoring', service: 'prometheus:9090' } as const;
const machine = desiredMachine();
const measured = {
  resourceId: machine.resourceId,
  namespace: namespaceOf(machine.departmentCode),
  name: machine.objectName,
  vcpu: machine.vcpu,
  memoryMib: machine.memoryMib,
};

/** The simulated Prometheus, read under the rights that a center is asked to give. */
describe('the use of a center’s machines', () => {
  const directory = mkdtempSync(join(tmpdir(), 'jiyun-use-'));
  const clock = { at: new Date(BEGAN), now: () => clock.at };
  let test: TestDatabase;
  let cluster: SimulatedCluster;
  let registry: ClusterRegistry;
  let gateway: ClusterGateway;
  let account: Awaited<ReturnType<typeof giveConsoleAccount>>;
  let use: UtilisationService;

  beforeAll(async () => {
    test = await openTestDatabase(entities);
    use = new UtilisationService(new UtilisationRepository(test.db));
    const nodes = [{ name: 'n', architecture: 'amd64' as const, zone: machine.zone, cpu: 64, memoryMib: 262_144 }];
    cluster = await startCluster({ name: 'center-a', nodes, clock: { ...wallClock, now: () => BEGAN } });
    const kubeconfigPath = join(directory, 'kubeconfig');
    await writeKubeconfig([cluster], kubeconfigPath);
    account = await giveConsoleAccount({ target: cluster, kubeconfigPath });
    const access = { centerCode: 'center-a', context: null, metrics: METRICS, kubeconfigPath: account.kubeconfigPath };
    registry = new ClusterRegistry([access], { rate: null });
    gateway = registry.of('center-a') as ClusterGateway;
    for (const manifest of [
      ...departmentManifests(machine.departmentCode, undefined),
      diskManifest(machine),
      machineManifest(machine),
    ])
      await gateway.apply(manifest);
    await until('it runs', async () => {
      const key = { kind: 'VirtualMachineInstance', namespace: measured.namespace, name: measured.name } as const;
      const seen = await gateway.get(key);
      return (seen?.status as { phase?: string } | undefined)?.phase === 'Running';
    });
  });
  afterAll(async () => {
    await registry.close();
    await account.remove();
    await cluster.stop();
    await test.close();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    cluster.faults.clear();
    await test.db.query('delete from resource_use_day');
  });

  async function reader(over: { readonly metrics?: ClusterGateway['metrics'] } = {}) {
    const leases = new Leases(test.db);
    const { work } = unitsOfWork(test.db, clock);
    const lease = await leases.take('provisioning/center-a', 'here', clock.now(), 86_400_000);
    if (!lease) throw new Error('the lease is taken');
    const guard = new LeaseGuard(lease);
    guard.renewed(performance.now(), 600_000);
    const records = {
      ...{ leases, clock, unitOfWork: work },
      use: { machines: async () => [measured], record: (tx: never, samples: never) => use.record(tx, samples) },
    };
    return { guard, leases, run: new UseReader(CENTER, { metrics: gateway.metrics, ...over }, guard, records) };
  }
  const days = () => use.days([machine.resourceId], '2026-01-01');
  const at = (text: string) => {
    clock.at = new Date(text);
  };

  it('is read from the machine’s first moment on, every five minutes, and reading again changes nothing', async () => {
    at('2026-11-28T06:02:00.000Z');
    const { run } = await reader();
    await run.run();
    const [day, ...others] = await days();
    expect(others).toEqual([]);
    // 04:00 to 06:00, both among them; in Shanghai noon to two.
    expect(day).toMatchObject({
      day: '2026-11-28',
      samples: 25,
      hours: 3,
      lastSampleAt: new Date('2026-11-28T06:00:00.000Z'),
    });
    expect(Object.keys(day?.figures ?? {})).toHaveLength(7);
    expect(day?.figures.CPU?.p95).toBeGreaterThan(0);
    expect(day?.figures.MEMORY?.max).toBeLessThanOrEqual(10_000);
    await run.run();
    await (await reader()).run.run();
    expect(await days()).toEqual([day]);
  });

  it('leaves a gap where nothing could be read, and reads afterwards what was missed', async () => {
    at('2026-11-28T06:02:00.000Z');
    const { run } = await reader();
    await run.run();
    const before = await days();
    cluster.faults.add({ effect: 'cutOff', match: {} });
    at('2026-11-28T08:02:00.000Z');
    await expect(run.run()).rejects.toBeInstanceOf(ClusterFailure);
    // Not one nought was written for the time that nobody saw.
    expect(await days()).toEqual(before);
    cluster.faults.clear();
    await gateway.probe();
    await run.run();
    expect((await days())[0]).toMatchObject({ samples: 49, hours: 5 });
  });

  it('catches up no farther than six hours: what lies before stays unknown', async () => {
    at('2026-11-28T14:02:00.000Z');
    await (await reader()).run.run();
    expect((await days())[0]).toMatchObject({ samples: 73, hours: 7 });
  });

  it('is written by nobody who has lost the lease', async () => {
    at('2026-11-28T06:02:00.000Z');
    const slept = await reader();
    await slept.leases.release(slept.guard.lease, clock.now());
    await slept.leases.take('provisioning/center-a', 'there', new Date(clock.now().getTime() + 1), 1_000);
    await expect(slept.run.run()).rejects.toBeInstanceOf(LeaseLost);
    expect(await days()).toEqual([]);
    await test.db.query('delete from lease');
  });

  it('is not asked for where a center has no Prometheus', async () => {
    const { run } = await reader({ metrics: null });
    await run.run();
    expect(await days()).toEqual([]);
  });

  it('says so when the source is not the one that the rights name', async () => {
    const elsewhere = new ClusterRegistry([
      {
        ...{ centerCode: 'center-a', context: null, kubeconfigPath: account.kubeconfigPath },
        metrics: { ...METRICS, service: 'other:9090' },
      },
    ]);
    const { run } = await reader({ metrics: elsewhere.of('center-a')?.metrics ?? null });
    await expect(run.run()).rejects.toMatchObject({ failureClass: 'PERMANENT', details: { status: 403 } });
    await elsewhere.close();
  });
});
