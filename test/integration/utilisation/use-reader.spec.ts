import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { entities } from '../../../server/src/entities.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import type { Tx } from '../../../server/src/platform/database/unit-of-work.js';
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
import type { UseSample } from '../../../server/src/utilisation/utilisation.types.js';
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
    for (const table of ['resource_use_day', 'resource_use_hour']) await test.db.query(`delete from ${table}`);
  });

  async function reader(
    over: {
      readonly metrics?: ClusterGateway['metrics'];
      readonly machines?: readonly (typeof measured)[];
      readonly record?: (tx: Tx, samples: readonly UseSample[]) => Promise<unknown>;
    } = {},
  ) {
    const leases = new Leases(test.db);
    const { work } = unitsOfWork(test.db, clock);
    const lease = await leases.take('provisioning/center-a', 'here', 86_400_000);
    if (!lease) throw new Error('the lease is taken');
    const guard = new LeaseGuard(lease);
    guard.renewed(performance.now(), 600_000);
    const records = {
      ...{ leases, clock, unitOfWork: work },
      use: {
        machines: async () => [...(over.machines ?? [measured])],
        record: async (tx: Tx, samples: readonly UseSample[]) => {
          await (over.record ?? ((...given: [Tx, readonly UseSample[]]) => use.record(...given)))(tx, samples);
          return 0;
        },
      },
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
    await slept.leases.release(slept.guard.lease);
    await slept.leases.take('provisioning/center-a', 'there', 1_000);
    await expect(slept.run.run()).rejects.toBeInstanceOf(LeaseLost);
    expect(await days()).toEqual([]);
    await test.db.query('delete from lease');
  });

  it('of one page that cannot be read keeps the others from nothing, and goes on from where it stood', async () => {
    at('2026-11-28T06:02:00.000Z');
    const asked: { readonly of: string; readonly from: string }[] = [];
    let isBroken = true;
    // Of twenty namespaces a page; the first of them cannot be read.
    const others = Array.from({ length: 20 }, (_, n) => ({ ...measured, resourceId: newId(), namespace: `a-${n}` }));
    const metrics: ClusterGateway['metrics'] = {
      readings: async (question) => {
        const isFirst = question.page.namespaces.includes('a-0');
        asked.push({ of: isFirst ? 'first' : 'own', from: question.from.toISOString() });
        if (isFirst && isBroken) throw new ClusterFailure('RETRYABLE', 'too many samples');
        return await (gateway.metrics as NonNullable<typeof metrics>).readings(question);
      },
    };
    const { run } = await reader({ metrics, machines: [...others, measured] });
    await expect(run.run()).rejects.toThrow('too many samples');
    expect((await days())[0]).toMatchObject({ samples: 25 });
    at('2026-11-28T07:02:00.000Z');
    isBroken = false;
    await run.run();
    expect((await days())[0]).toMatchObject({ samples: 37 });
    expect(asked).toEqual([
      { of: 'first', from: '2026-11-28T00:00:00.000Z' },
      { of: 'own', from: '2026-11-28T00:00:00.000Z' },
      { of: 'first', from: '2026-11-28T01:00:00.000Z' },
      { of: 'own', from: '2026-11-28T05:50:00.000Z' },
    ]);
  });

  it('is written while the lease is renewed: neither waits for the other', async () => {
    at('2026-11-28T06:02:00.000Z');
    const wait = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const { leases, run } = await reader({
      record: async (tx, samples) => {
        await use.record(tx, samples);
        written.resolve();
        await wait.promise;
      },
    });
    const running = run.run();
    await written.promise;
    // It would wait as long as the page takes, if the page had the lease's row.
    const renewed = await leases.take('provisioning/center-a', 'here', 86_400_000);
    expect(renewed).toBeDefined();
    wait.resolve();
    await running;
    expect((await days())[0]).toMatchObject({ samples: 25 });
  });

  it('comes from metrics.k8s.io where the center says so: the moment alone, and nothing of disks and cards', async () => {
    const access = { centerCode: 'center-a', context: null, kubeconfigPath: account.kubeconfigPath };
    const other = new ClusterRegistry([{ ...access, metrics: { by: 'METRICS_API' } }], { rate: null });
    // The metrics server's clock is the cluster's, which stands.
    at('2026-11-28T04:02:00.000Z');
    const { run } = await reader({ metrics: other.of('center-a')?.metrics ?? null });
    await run.run();
    await run.run();
    const [day, ...others] = await days();
    expect(others).toEqual([]);
    expect(day).toMatchObject({ source: 'METRICS_API', samples: 1, hours: 1, lastSampleAt: new Date(BEGAN) });
    // Unknown is left out: not one nought stands for it.
    expect(Object.keys(day?.figures ?? {})).toEqual(['CPU', 'MEMORY']);
    expect(day?.figures.CPU?.p95).toBeGreaterThan(0);
    expect(day?.memoryP95).toBeGreaterThan(0);
    cluster.faults.add({ effect: 'cutOff', match: {} });
    await expect(run.run()).rejects.toBeInstanceOf(ClusterFailure);
    expect(await days()).toEqual([day]);
    await other.close();
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
