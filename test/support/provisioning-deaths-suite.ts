import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import type { ClusterObject, ObjectKey } from '../../server/src/provisioning/domain/cluster-object.js';
import { ownerOf } from '../../server/src/provisioning/domain/marks.js';
import type { ClusterGateway, Clusters } from '../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import { FAST } from './fast-pace.ts';
import type { ServedCluster } from './gateway-suite.ts';
import { Mortal } from './mortal.ts';
import { Province } from './province.ts';
import { until } from './until.ts';

const CENTER = 'center-a';
/** More than any life here has awaits. */
const STEPS_MAX = 1_000;
const KINDS = ['VirtualMachine', 'VirtualMachineInstance', 'DataVolume'] as const;

/** One stretch of a machine's life, in which a worker dies. */
interface Stretch {
  /** Asks for it; gives the machine. */
  begin(step: number): Promise<string>;
  /** What people do in between, looked at again and again. */
  press?(id: string): Promise<void>;
  /** Whether it has come to its end. */
  isOver(id: string): Promise<boolean>;
  /** What must be true at its end, whoever brought it there. */
  holds(id: string, step: number): Promise<void>;
}

/**
 * kill -9 of the worker at every await of its calls to cluster and database; `every` = 1, or a sample of each so manieth.
 * Another worker takes its place, and the end is the same.
 */
export function describeDeaths(what: string, every: number, serve: () => Promise<ServedCluster>): void {
  describe(`a worker that is killed at an await, on ${what}`, () => {
    let served: ServedCluster;
    let clusters: Clusters;
    let cluster: ClusterGateway;
    let onlooker: Clusters;
    let province: Province;
    const workers: ProvisioningWorker[] = [];

    beforeAll(async () => {
      Logger.overrideLogger(false);
      served = await serve();
      const access = { centerCode: CENTER, kubeconfigPath: served.kubeconfigPath, context: null };
      clusters = new ClusterRegistry([access], { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } });
      cluster = clusters.of(CENTER) as ClusterGateway;
      const kubeconfigPath = served.onlookerKubeconfigPath ?? served.kubeconfigPath;
      onlooker = new ClusterRegistry([{ ...access, kubeconfigPath }], { rate: null });
      province = await Province.open([CENTER]);
    }, 120_000);

    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      await province.endLeases();
    });

    afterAll(async () => {
      await clusters?.close();
      await onlooker?.close();
      await province?.close();
      await served?.stop();
    });

    async function startWorker(mortal = new Mortal()): Promise<ProvisioningWorker> {
      const { feed, records } = province;
      const worker = new ProvisioningWorker(mortal.clusters(clusters), mortal.records(records), feed, FAST);
      workers.push(worker);
      await worker.start();
      return worker;
    }

    /** Until a worker comes to the end without getting that far. Gives the deaths. */
    async function dieAtEach({ begin, holds, isOver, press }: Stretch): Promise<number> {
      let deaths = 0;
      for (let step = 1; step <= STEPS_MAX; step += every) {
        await province.endLeases();
        const id = await begin(step);
        const mortal = new Mortal(step);
        const doomed = await startWorker(mortal);
        await until(`step ${step}, or the end`, async () => {
          await press?.(id);
          return mortal.hasDied || (await isOver(id));
        });
        const died = mortal.hasDied;
        mortal.kill();
        await doomed.stop();
        if (died) {
          deaths += 1;
          await province.endLeases();
          const heir = await startWorker();
          await until(`the end after a death at step ${step}`, async () => {
            await press?.(id);
            return await isOver(id);
          });
          await heir.stop();
        }
        await holds(id, step);
        if (!died) return deaths;
      }
      throw new Error(`a life of more than ${STEPS_MAX} steps`);
    }

    const objectsOf = async (id: string): Promise<ClusterObject[]> =>
      (await Promise.all(KINDS.map((kind) => cluster.list(kind)))).flat().filter((each) => ownerOf(each) === id);
    const keyOf = async (id: string): Promise<ObjectKey> => {
      const { departmentCode, objectName } = await province.row(id);
      return { kind: 'VirtualMachine', namespace: `dept-${departmentCode}`, name: objectName };
    };
    /** Its record says that its newest wish has been looked after. */
    const isSettled = async (id: string): Promise<boolean> => {
      const { generation, observedGeneration } = await province.desiredOf(id);
      return generation === observedGeneration;
    };
    async function delivered(departmentCode: string): Promise<string> {
      const [id] = (await province.approve(CENTER, 1, departmentCode)) as [string];
      const maker = await startWorker();
      await until(`${id} in use`, async () => (await province.row(id)).state === 'IN_USE');
      await maker.stop();
      return id;
    }

    it('makes one machine, stops it, and gives its claim back once', async () => {
      const before = await province.liveVcpu(CENTER);
      const deaths = await dieAtEach({
        begin: async () => (await province.approve(CENTER, 1, 'js-mortal'))[0] as string,
        press: async (id) => {
          const { power, state } = await province.row(id);
          const machines = (await objectsOf(id)).filter(({ kind }) => kind === 'VirtualMachine');
          expect(machines.length).toBeLessThan(2);
          if (state === 'IN_USE') await province.giveBack(id);
          else if (state === 'IN_BIN' && power === 'STOPPED') await province.purge(id);
        },
        isOver: async (id) => (await province.row(id)).state === 'RELEASED',
        holds: async (id) => {
          expect(await objectsOf(id)).toEqual([]);
          expect(await province.liveVcpu(CENTER)).toBe(before);
          expect(await province.requestState(id)).toBe('CLOSED');
        },
      });
      // Wish read, namespace and quota, secrets, disk, machine, their transactions; halted; removals, and the last reading.
      expect(deaths * every).toBeGreaterThan(80);
    }, 1_800_000);

    it('comes to the size that was wanted, by one machine', async () => {
      const id = await delivered('js-resized');
      const { uid } = (await cluster.get(await keyOf(id)))?.metadata ?? {};
      const vcpuOf = (step: number) => 1 + (Math.floor(step / every) % 2);
      const deaths = await dieAtEach({
        begin: async (step) => {
          const vcpu = vcpuOf(step);
          await province.resize(id, { vcpu, memoryMib: 1_024 * vcpu, diskGib: 40 });
          return id;
        },
        isOver: async () => (await province.row(id)).formerVcpu === null,
        holds: async (_, step) => {
          const vcpu = vcpuOf(step);
          const runs = { ...(await keyOf(id)), kind: 'VirtualMachineInstance' } as const;
          expect((await cluster.get(runs))?.spec).toMatchObject({ domain: { cpu: { sockets: vcpu } } });
          expect((await cluster.get(await keyOf(id)))?.metadata.uid).toBe(uid);
        },
      });
      // Namespace and quota, disk, machine halted, readings, machine let run again.
      expect(deaths * every).toBeGreaterThan(40);
      await province.release(id);
      await startWorker();
      await until('released', async () => (await province.row(id)).state === 'RELEASED');
    }, 1_800_000);

    it('brings a password that was set anew to the guest’s agent', async () => {
      const id = await delivered('js-reset');
      const key = { ...(await keyOf(id)), kind: 'Secret' } as const;
      const deaths = await dieAtEach({
        begin: async (step) => {
          await province.resetLogin(id, `password-${step}`);
          return id;
        },
        isOver: async () => Boolean((await province.resetOf(id))?.appliedAt) && (await isSettled(id)),
        holds: async (_, step) => {
          const secret = await onlooker.of(CENTER)?.get({ ...key, name: `${key.name}-access` });
          expect(Buffer.from(secret?.data?.jyadmin ?? '', 'base64').toString()).toBe(`password-${step}`);
          await province.handOverReset(id);
        },
      });
      // Namespace and quota, two secrets, the mark that it is there, disk, machine, its record.
      expect(deaths * every).toBeGreaterThan(20);
    }, 1_800_000);
  });
}
