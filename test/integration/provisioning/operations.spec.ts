import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import type { ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import { restoreManifest } from '../../../server/src/provisioning/domain/desired-snapshot.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import type { PowerAction } from '../../../server/src/resources/domain/power-actions.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { giveConsoleAccount } from '../../cluster/console-account.ts';
import { FAST } from '../../support/fast-pace.ts';
import { Mortal } from '../../support/mortal.ts';
import { OperatingDesk } from '../../support/operating-desk.ts';
import { Province } from '../../support/province.ts';
import { SOAKS } from '../../support/soak.ts';
import { until } from '../../support/until.ts';
import { call } from '../simulation/support.ts';

const CENTER = 'center-a';
const SNAPSHOT_DEATHS = 14;
const NODES = ['node-1', 'node-2'].map((name) => ({
  name,
  ...{ architecture: 'amd64' as const, zone: 'GOVERNMENT_EXTRANET', cpu: 512, memoryMib: 4_194_304 },
}));
/** More deaths than one act has steps. */
const DEATHS_MAX = 40;
/** `npm run soak -- operations` kills at each; `npm test` at every third. */
const EVERY = SOAKS ? 1 : 3;

let directory: string;
let cluster: SimulatedCluster;
let account: Awaited<ReturnType<typeof giveConsoleAccount>>;
let clusters: ClusterRegistry;
let onlooker: ClusterRegistry;
let gateway: ClusterGateway;
let province: Province;
let desk: OperatingDesk;
const workers: ProvisioningWorker[] = [];

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-operations-'));
  cluster = await startSimulatedCluster({ name: CENTER, clock: wallClock, seed: 1, stageSpeed: 60, nodes: NODES });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  account = await giveConsoleAccount({ target: cluster, kubeconfigPath });
  const access = { centerCode: CENTER, kubeconfigPath: account.kubeconfigPath, context: null };
  const reflector = { backoff: { firstMs: 20, mostMs: 200 } };
  // Under the rights that a center is asked to give, and none besides; what is looked at here is looked at by others.
  clusters = new ClusterRegistry([access], { rate: null, reflector });
  onlooker = new ClusterRegistry([{ ...access, kubeconfigPath, context: CENTER }], { rate: null });
  gateway = onlooker.of(CENTER) as ClusterGateway;
  province = await Province.open([CENTER]);
  desk = new OperatingDesk(province);
}, 120_000);

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

afterAll(async () => {
  await clusters?.close();
  await onlooker?.close();
  await province?.close();
  await account?.remove();
  await cluster?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function startWorker(mortal = new Mortal()): Promise<ProvisioningWorker> {
  const worker = new ProvisioningWorker(mortal.clusters(clusters), mortal.records(desk.records), province.feed, FAST);
  workers.push(worker);
  await worker.start();
  return worker;
}

/** Does something while nobody drives the cluster, so that it cannot be over before it was looked at. */
async function unattended(work: () => Promise<void>): Promise<void> {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await work();
  await province.endLeases();
  await startWorker();
}

const runs = (id: string) =>
  until(`${id} runs`, async () => {
    const { instanceUid, power, restartUid, state } = await province.row(id);
    return state === 'IN_USE' && power === 'RUNNING' && instanceUid !== null && restartUid === null;
  });
const standsStill = (id: string) =>
  until(`${id} stands still`, async () => (await province.row(id)).power === 'STOPPED');
const settled = async (id: string) => {
  const { generation, observedGeneration } = await province.desiredOf(id);
  return generation === observedGeneration;
};

async function running(): Promise<string> {
  const [id] = (await province.approve(CENTER, 1)) as [string];
  await runs(id);
  return id;
}

async function keyOf(id: string, kind: ObjectKey['kind'] = 'VirtualMachine', suffix = ''): Promise<ObjectKey> {
  const { objectName, objectNamespace } = await province.row(id);
  return { kind, namespace: objectNamespace, name: `${objectName}${suffix}` };
}

const instanceUid = async (id: string) => (await gateway.get(await keyOf(id, 'VirtualMachineInstance')))?.metadata.uid;

async function did(answer: Promise<{ readonly ok: boolean; readonly error?: readonly object[] }>): Promise<void> {
  const { error, ok } = await answer;
  if (!ok) throw new Error(JSON.stringify(error));
}

async function refusal(answer: Promise<{ readonly error?: readonly object[] }>): Promise<string | undefined> {
  return ((await answer).error?.[0] as { reason?: string; rule?: string } | undefined)?.reason;
}

describe('power', () => {
  it('goes off and on again as its department asks, and the log says who did it', async () => {
    await startWorker();
    const id = await running();
    await did(desk.press(id, 'STOP'));
    await standsStill(id);
    expect(await instanceUid(id)).toBeUndefined();
    expect((await gateway.get(await keyOf(id)))?.spec).toMatchObject({ runStrategy: 'Halted' });
    await until('it says so', async () => (await province.row(id)).statusText.zh === '已关机');
    // Off because it is asked to be, it stays in use.
    expect(await province.row(id)).toMatchObject({ state: 'IN_USE', wishedPower: 'OFF', instanceUid: null });
    expect(await refusal(desk.press(id, 'STOP'))).toBe('ALREADY_OFF');
    await did(desk.press(id, 'START'));
    await runs(id);
    const log = (await desk.log(id)).filter(({ side }) => side !== null);
    expect(log).toEqual([
      { kind: 'STOPPED', side: 'DEPARTMENT', reason: null, actorName: '王五' },
      { kind: 'STARTED', side: 'DEPARTMENT', reason: null, actorName: '王五' },
    ]);
    expect(await desk.noticesOf(id)).toEqual([]);
  });

  it('is the center’s to switch only with a reason, of which the department is told', async () => {
    await startWorker();
    const id = await running();
    expect((await desk.pressAsCenter(id, 'STOP', ' ')).error).toMatchObject([
      { code: 'INVALID_INPUT', path: ['reason'] },
    ]);
    await did(desk.pressAsCenter(id, 'STOP', '主机存储故障处置'));
    await standsStill(id);
    expect((await desk.log(id)).at(-1)).toMatchObject({
      kind: 'STOPPED',
      side: 'PROVIDER',
      reason: '主机存储故障处置',
    });
    const [notice] = await desk.noticesOf(id);
    expect(notice).toContain('主机存储故障处置');
  });

  it('stands in the department’s own log with reason and side whatever the center does: console, snapshot, restore, delete, power', async () => {
    await startWorker();
    const id = await running();
    const because = (what: string) => ({ reason: `${what}：故障处置` });
    expect((await desk.take(id, '检修前', { reason: ' ' })).error).toMatchObject([{ path: ['reason'] }]);
    expect((await desk.showConsole(id, { reason: '' })).error).toMatchObject([{ path: ['reason'] }]);
    await did(desk.showConsole(id, because('看控制台')));
    await did(desk.take(id, '检修前', because('快照')));
    await until('it is ready', async () => (await desk.kept(id))[0]?.state === 'READY');
    const [snapshot] = (await desk.kept(id)) as [Awaited<ReturnType<typeof desk.kept>>[number]];
    await did(desk.pressAsCenter(id, 'STOP', because('关机').reason));
    await standsStill(id);
    await unattended(async () => {
      await did(desk.restore(id, snapshot.id, because('恢复')));
    });
    await until('it is restored', async () => (await province.row(id)).restoringSnapshotId === null);
    await did(desk.pressAsCenter(id, 'START', because('开机').reason));
    await runs(id);
    await did(desk.pressAsCenter(id, 'RESTART', because('重启').reason));
    await did(desk.delete(id, snapshot.id, because('删快照')));
    const log = (await desk.log(id)).filter(({ side }) => side !== null);
    expect(log.every(({ actorName, side }) => side === 'PROVIDER' && actorName === '王五')).toBe(true);
    expect(log.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['CONSOLE_SHOWN', '看控制台：故障处置'],
      ['SNAPSHOT_TAKEN', '快照：故障处置'],
      ['STOPPED', '关机：故障处置'],
      ['SNAPSHOT_RESTORE', '恢复：故障处置'],
      ['STARTED', '开机：故障处置'],
      ['RESTARTED', '重启：故障处置'],
      ['SNAPSHOT_DELETED', '删快照：故障处置'],
    ]);
    const told = await desk.noticesOf(id);
    for (const { reason } of log) expect(told.filter((text) => text.endsWith(`原因：${reason}`))).toHaveLength(1);
  });

  it('was moved to another node while it ran, and its log says from where to where', async () => {
    await startWorker();
    const id = await running();
    const { instanceUid: uid, nodeName } = await province.row(id);
    const { name, namespace } = await keyOf(id);
    const migration = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: { name: 'drain' },
      spec: { vmiName: name },
    };
    const path = `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachineinstancemigrations`;
    expect((await call(cluster, 'POST', path, migration)).status).toBe(201);
    await until('it is elsewhere', async () => (await province.row(id)).nodeName !== nodeName);
    const row = await province.row(id);
    expect(row.instanceUid).toBe(uid);
    const [events = []] = await province.resources.eventsOf([id]);
    const moves = events.filter(({ kind }) => kind === 'MIGRATED');
    expect(moves.map(({ side, text }) => [text.zh, side])).toEqual([
      [`由节点 ${nodeName} 在线迁移到 ${row.nodeName}，未停机`, null],
    ]);
  });

  it('comes on anew by a restart: another instance of the same machine, once', async () => {
    await startWorker();
    const id = await running();
    const [machine, first] = [await gateway.get(await keyOf(id)), await instanceUid(id)];
    await unattended(async () => {
      await did(desk.press(id, 'RESTART'));
      expect(await refusal(desk.press(id, 'RESTART'))).toBe('RESTARTING');
    });
    await until('another runs', async () => {
      const row = await province.row(id);
      return (
        row.power === 'RUNNING' && row.instanceUid !== null && row.instanceUid !== first && row.restartUid === null
      );
    });
    const second = await instanceUid(id);
    expect((await gateway.get(await keyOf(id)))?.metadata.uid).toBe(machine?.metadata.uid);
    // While another machine comes up, and with a worker that knows nothing of before, it is not restarted again.
    await unattended(async () => undefined);
    await running();
    expect(await instanceUid(id)).toBe(second);
  });

  it.each(['STOP', 'START', 'RESTART'] as const)(
    'comes to the same end whichever step of a %s a worker dies at',
    async (action: PowerAction) => {
      const maker = await startWorker();
      const id = await running();
      await maker.stop();
      let deaths = 0;
      for (let step = 1; step <= DEATHS_MAX; step += EVERY) {
        const before = await instanceUid(id);
        await province.endLeases();
        if (action === 'START') {
          const stopper = await startWorker();
          await did(desk.press(id, 'STOP'));
          await standsStill(id);
          await stopper.stop();
          await province.endLeases();
        }
        await did(desk.press(id, action));
        const came = async () => {
          const row = await province.row(id);
          if (!(await settled(id)) || row.restartUid !== null) return false;
          return action === 'STOP' ? row.power === 'STOPPED' : row.power === 'RUNNING' && row.instanceUid !== before;
        };
        const mortal = new Mortal(step);
        const doomed = await startWorker(mortal);
        await until('its end, or the act’s', async () => mortal.hasDied || (await came()));
        const died = mortal.hasDied;
        mortal.kill();
        await doomed.stop();
        await province.endLeases();
        const heir = await startWorker();
        await until('it came true', came);
        if (action === 'RESTART') expect(await instanceUid(id)).not.toBe(before);
        if (action === 'STOP') {
          await did(desk.press(id, 'START'));
          await runs(id);
        }
        await heir.stop();
        if (!died) break;
        deaths += 1;
      }
      expect(deaths).toBeGreaterThan(SOAKS ? 3 : 1);
    },
    300_000,
  );
});

describe('a snapshot', () => {
  it('is taken of a running machine, restored to the stopped one, and deleted', async () => {
    await startWorker();
    const id = await running();
    await unattended(async () => {
      await did(desk.take(id, '升级前'));
      expect(await refusal(desk.take(id, '又一个'))).toBe('SNAPSHOT_UNDER_WAY');
    });
    await until('it is ready', async () => (await desk.kept(id))[0]?.state === 'READY');
    const [snapshot] = (await desk.kept(id)) as [Awaited<ReturnType<typeof desk.kept>>[number]];
    expect(snapshot).toMatchObject({ name: '升级前', number: 1, diskGib: 40, createdBy: '王五' });
    expect(snapshot.indications).toContain('Online');

    expect(await refusal(desk.restore(id, snapshot.id))).toBe('STOP_FIRST');
    await did(desk.press(id, 'STOP'));
    await standsStill(id);
    const before = await gateway.get(await keyOf(id));
    await unattended(async () => {
      await did(desk.restore(id, snapshot.id));
      expect(await refusal(desk.restore(id, snapshot.id))).toBe('RESTORING');
      expect(await refusal(desk.press(id, 'START'))).toBe('RESTORING');
      expect(await refusal(desk.delete(id, snapshot.id))).toBe('RESTORING');
    });
    await until('it is restored', async () => (await province.row(id)).restoringSnapshotId === null);
    expect((await desk.log(id)).at(-1)).toMatchObject({ kind: 'SNAPSHOT_RESTORED', actorName: 'Kubernetes' });
    const restore = await gateway.get(await keyOf(id, 'VirtualMachineRestore', '-s1-r1'));
    expect(restore?.status).toMatchObject({ complete: true });

    await did(desk.press(id, 'START'));
    await runs(id);
    // The same machine: firmware, cards and disk by their names, as the console wants them.
    const after = await gateway.get(await keyOf(id));
    const same = (machine: typeof after) => {
      const spec = machine?.spec as { template?: { spec: object } } | undefined;
      return spec?.template?.spec;
    };
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(same(before)).toBeDefined();
    expect(same(after)).toEqual(same(before));

    await did(desk.delete(id, snapshot.id));
    await until('it is gone', async () => (await desk.kept(id)).length === 0);
    expect(await gateway.get(await keyOf(id, 'VirtualMachineSnapshot', '-s1'))).toBeUndefined();
    // The name of a deleted one is free, its number is not.
    await did(desk.take(id, '升级前'));
    await until('the next is ready', async () => (await desk.kept(id))[0]?.state === 'READY');
    expect((await desk.kept(id))[0]?.number).toBe(2);
  });

  it('whose restore the cluster tries for ever is given up by its people, and restored anew', async () => {
    await startWorker();
    const id = await running();
    await did(desk.take(id, '升级前'));
    await until('it is ready', async () => (await desk.kept(id))[0]?.state === 'READY');
    const [snapshot] = (await desk.kept(id)) as [Awaited<ReturnType<typeof desk.kept>>[number]];
    await did(desk.press(id, 'STOP'));
    await standsStill(id);
    const first = await keyOf(id, 'VirtualMachineRestore', '-s1-r1');
    const { departmentCode, objectName } = await province.row(id);
    const wanted = { snapshotId: snapshot.id, resourceId: id, departmentCode, objectName, number: 1, restores: 1 };
    const owner = await gateway.get(await keyOf(id, 'VirtualMachineSnapshot', '-s1'));
    const manifest = restoreManifest(wanted, owner?.metadata.uid ?? '');
    await unattended(async () => {
      // KubeVirt looks for a snapshot that there is not, and goes on looking.
      const spec = { ...(manifest.spec as object), virtualMachineSnapshotName: 'no-such' };
      await gateway.apply({ ...manifest, spec });
      expect(await refusal(desk.giveUp(id, snapshot.id))).toBe('NOT_RESTORING');
      await did(desk.restore(id, snapshot.id));
    });
    await until('it says what it waits for', async () => !!(await desk.kept(id))[0]?.trouble?.includes('no-such'));
    await unattended(async () => {
      await did(desk.giveUp(id, snapshot.id));
      expect(await refusal(desk.giveUp(id, snapshot.id))).toBe('GIVING_UP');
      // Until the cluster has let go of it nothing else is done to the machine.
      expect(await refusal(desk.press(id, 'START'))).toBe('RESTORING');
    });
    await until('it is given up', async () => (await province.row(id)).restoringSnapshotId === null);
    expect(await gateway.get(first)).toBeUndefined();
    const [kept] = await desk.kept(id);
    expect(kept).toMatchObject({ state: 'READY', restoreGivenUpAt: null });
    expect(kept?.trouble).toContain('已放弃恢复');
    const kinds = (await desk.log(id)).map(({ kind }) => kind);
    expect(kinds.slice(-2)).toEqual(['RESTORE_GIVEN_UP', 'RESTORE_FAILED']);
    await did(desk.restore(id, snapshot.id));
    await until('it is restored', async () => (await province.row(id)).restoringSnapshotId === null);
    expect((await desk.log(id)).at(-1)).toMatchObject({ kind: 'SNAPSHOT_RESTORED' });
    await did(desk.press(id, 'START'));
    await runs(id);
  });

  it('goes with the machine that is released', async () => {
    await startWorker();
    const id = await running();
    await did(desk.take(id, '下线前'));
    await until('it is ready', async () => (await desk.kept(id))[0]?.state === 'READY');
    const key = await keyOf(id, 'VirtualMachineSnapshot', '-s1');
    await province.release(id);
    await until(
      'all is gone',
      async () => (await province.row(id)).state === 'RELEASED' && (await desk.kept(id)).length === 0,
    );
    expect(await gateway.get(key)).toBeUndefined();
  });

  it('of its name that is another’s is neither taken for its own nor deleted', async () => {
    await startWorker();
    const id = await running();
    const key = await keyOf(id, 'VirtualMachineSnapshot', '-s1');
    const source = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: (await keyOf(id)).name };
    await gateway.apply({
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineSnapshot',
      metadata: { name: key.name, namespace: key.namespace as string },
      spec: { source },
    });
    await did(desk.take(id, '升级前'));
    await until('it is told', async () => (await desk.kept(id))[0]?.state === 'FAILED');
    const [snapshot] = (await desk.kept(id)) as [Awaited<ReturnType<typeof desk.kept>>[number]];
    expect(snapshot.trouble).toContain('同名');
    await did(desk.delete(id, snapshot.id));
    await until('it is gone from the record', async () => (await desk.kept(id)).length === 0);
    expect(await gateway.get(key)).toBeDefined();
  });

  it('is taken and restored once whichever step a worker dies at', async () => {
    const maker = await startWorker();
    const id = await running();
    await did(desk.press(id, 'STOP'));
    await standsStill(id);
    await maker.stop();
    let deaths = 0;
    // A worker looks again and again while the cluster works, so it always has a next step to die at.
    for (let step = 1; step <= SNAPSHOT_DEATHS; step += EVERY) {
      await province.endLeases();
      await did(desk.take(id, `第 ${step} 次`));
      const [snapshot] = (await desk.kept(id)) as [Awaited<ReturnType<typeof desk.kept>>[number]];
      const mortal = new Mortal(step);
      const doomed = await startWorker(mortal);
      const state = async () => (await desk.kept(id))[0]?.state;
      let restoring = false;
      const restored = async () => {
        if (!restoring && (await state()) === 'READY') {
          await did(desk.restore(id, snapshot.id));
          restoring = true;
        }
        return restoring && (await province.row(id)).restoringSnapshotId === null && (await settled(id));
      };
      await until('its end, or the restore’s', async () => mortal.hasDied || (await restored()));
      const died = mortal.hasDied;
      mortal.kill();
      await doomed.stop();
      await province.endLeases();
      const heir = await startWorker();
      await until('it is restored', restored);
      const kinds = (await desk.log(id)).map(({ kind }) => kind);
      expect(kinds.slice(kinds.lastIndexOf('SNAPSHOT_TAKEN'))).toEqual([
        'SNAPSHOT_TAKEN',
        'SNAPSHOT_READY',
        'SNAPSHOT_RESTORE',
        'SNAPSHOT_RESTORED',
      ]);
      await did(desk.delete(id, snapshot.id));
      await until('it is gone', async () => (await desk.kept(id)).length === 0);
      await heir.stop();
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(SOAKS ? 5 : 2);
  }, 300_000);
});
