import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { both, named } from '../../kernel/said.js';
import { isFailure } from '../../provisioning/domain/cluster-failure.js';
import { at, type ClusterObject, listAt, textAt } from '../../provisioning/domain/cluster-object.js';
import { countOf, MARK } from '../../provisioning/domain/marks.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import { handedSending, handedSilent } from '../domain/by-hand.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';
import { lookAtSending } from './sending.js';
import {
  amendUnder,
  carriers,
  carriersOfMove,
  dataMachines,
  goesRemote,
  noCluster,
  type Site,
  sideOf,
  specOf,
  undrivenTiers,
  waitsFor,
} from './site.js';

const waits = (zh: string, en: string): StepLook & { readonly done: false } => ({ done: false, note: say(zh, en) });

abstract class Waiting implements StepHandler {
  constructor(protected readonly clusters: Clusters) {}

  async look(world: StepWorld): Promise<StepLook> {
    try {
      return await this.attempt(world);
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
  }

  protected abstract attempt(world: StepWorld): Promise<StepLook>;
}

/** 最后一次同步: after the machines are halted, everything that they wrote is brought over. */
export class FinalSync extends Waiting {
  protected async attempt(world: StepWorld): Promise<StepLook> {
    const source = sideOf(world, this.clusters, 'SOURCE');
    const haltedAt = world.steps.find(({ action }) => action === 'HALT_SOURCE')?.finishedAt ?? null;
    if (haltedAt === null)
      throw new StepRefused(
        say(
          '原中心尚未停止，不能做最后一次同步',
          'The old center has not been halted yet: there is no last sync before',
        ),
      );
    const { mirrors, sources } = await carriersOfMove(world, source, sideOf(world, this.clusters, 'TARGET'));
    const carried = new Set([...sources, ...mirrors].map(({ machine }) => machine.id));
    const uncarried = notCarried(world, source, carried);
    if (uncarried !== null) throw new StepRefused(uncarried);
    const mark = syncMark(world);
    const late: string[] = [];
    for (const { object } of sources) {
      if (textAt(object, 'status', 'lastManualSync') === mark) continue;
      const refused = refusedSync(object);
      if (refused !== null) {
        const disk = textAt(object, 'spec', 'sourcePVC') ?? '';
        throw new StepRefused(
          say(`磁盘 ${disk} 不能同步：${refused.zh}`, `The disk ${disk} cannot be synchronized: ${refused.en}`),
        );
      }
      late.push(object.metadata.name);
      if (specOf(object, 'trigger', 'manual') !== mark)
        await amendUnder(world, source, object, countOf(object, MARK.placementEpoch), {
          // By hand goes before the schedule, which stays for when it goes back.
          ...{ paused: false, trigger: { manual: mark } },
        });
    }
    for (const { object } of mirrors) if (!isMirrored(object, haltedAt)) late.push(object.metadata.name);
    if (late.length > 0)
      return waits(
        `等待 ${late.length} 块磁盘同步到停机之后`,
        `Waits for ${counted(late.length, 'disk', 'disks')} to be synchronized up to after the halt`,
      );
    return { done: true, output: { disks: carried.size, after: haltedAt.toISOString(), mark } };
  }
}

/** What its operator says that no waiting mends; null = nothing. */
function refusedSync(source: ClusterObject): Bilingual | null {
  const said = listAt(source, 'status', 'conditions').find(
    (one) => textAt(one, 'type') === 'Synchronizing' && textAt(one, 'reason') === 'Error',
  );
  if (said === undefined) return null;
  const message = textAt(said, 'message');
  return message === undefined ? say('复制对象报告错误', 'its replication object reports an error') : both(message);
}

const SYNC_MARK = 'jiyun-';
const syncMark = ({ execution }: StepWorld) => `${SYNC_MARK}${execution.code}`;
const isHeld = (object: ClusterObject) =>
  at(object, 'spec', 'paused') === true && object.metadata.annotations?.[MARK.placementEpoch] !== undefined;

/** After going back: what the last sync, the demotion and the promotion held goes on as before. */
export async function resumeCopies(world: StepWorld, serving: Site, other: Site): Promise<number> {
  const epoch = (object: ClusterObject) => Math.max(countOf(object, MARK.placementEpoch), world.execution.epoch ?? 0);
  let resumed = 0;
  for (const { object } of await carriers(world, serving, 'ReplicationSource')) {
    // Of this execution, or of one before it, by which it was sent from here for the last time.
    const byHand = textAt(object, 'spec', 'trigger', 'manual')?.startsWith(SYNC_MARK) === true;
    if (!byHand && !isHeld(object)) continue;
    const trigger = byHand ? { trigger: { manual: null } } : {};
    await amendUnder(world, serving, object, epoch(object), { paused: false, ...trigger });
    resumed += 1;
  }
  // Only a promotion held the other side's; before one nothing depends on its answer.
  const receivers = world.execution.epoch === null ? [] : await carriers(world, other, 'ReplicationDestination');
  for (const { object } of receivers)
    if (isHeld(object)) {
      await amendUnder(world, other, object, epoch(object), { paused: false });
      resumed += 1;
    }
  return resumed;
}

/** Why the console cannot bring everything over to the last write; null = it can. Asked before anything is halted for it. */
export function notCarried(world: StepWorld, source: Site, carried: ReadonlySet<string>): Bilingual | null {
  const byHand = say('请在预案中将「最后一次同步」改为人工步骤', 'make “Last sync” a person’s step in the runbook');
  const undriven = undrivenTiers(world);
  if (undriven.length > 0)
    return say(
      `层 ${undriven.join('、')} 没有集云可驱动的复制来源，${byHand.zh}`,
      `Nothing that the console can drive replicates ${undriven.join(', ')}: ${byHand.en}`,
    );
  const { ground } = world;
  const missing = ground.machines.filter(
    ({ centerId, id }) => centerId === source.center.id && needsCopy(world, id) && !carried.has(id),
  );
  if (missing.length === 0) return null;
  const disks = named(missing.map(({ name }) => name));
  return say(
    `${missing.length} 块磁盘没有复制对象：${disks.zh}；请先建立复制，由别的方式复制的，${byHand.zh}`,
    `${counted(missing.length, 'disk has', 'disks have')} no replication object: ${disks.en}. Set one up first; of what is replicated otherwise, ${byHand.en}`,
  );
}

function needsCopy({ ground }: StepWorld, machineId: string): boolean {
  const tier = ground.picture.facts.tiers.find(({ id }) => id === ground.tierOf.get(machineId));
  return tier?.dataKind === 'SINGLE_WRITER';
}

const SECOND_MS = 1_000;

/** Whole: neither degraded nor catching up, and its last mirror is of after the halt (clusters tell whole seconds). */
function isMirrored(object: ClusterObject, haltedAt: Date): boolean {
  const synced = Date.parse(textAt(object, 'status', 'lastSyncTime') ?? '');
  return isHealthy(object) && !Number.isNaN(synced) && synced + SECOND_MS > haltedAt.getTime();
}

export function isHealthy(object: ClusterObject): boolean {
  return !listAt(object, 'status', 'conditions').some(
    (one) => ['Degraded', 'Resyncing'].includes(textAt(one, 'type') ?? '') && textAt(one, 'status') === 'True',
  );
}

type Role = 'primary' | 'secondary';
const STATE: { readonly [R in Role]: string } = { primary: 'Primary', secondary: 'Secondary' };

/** Until every mirror of the site says that it has the role; gives those that do not yet. */
export async function bringTo(
  world: StepWorld,
  site: Site,
  role: Role,
  epoch: (object: ClusterObject) => number,
): Promise<{ readonly pending: readonly string[]; readonly disks: number }> {
  const mirrors = await carriers(world, site, 'VolumeReplication');
  const pending: string[] = [];
  for (const { object } of mirrors) {
    const stands = specOf(object, 'replicationState');
    // One that is brought over anew is a copy already: to take that wish back would end what it waits for.
    const wished = stands === role || (role === 'secondary' && stands === 'resync');
    const marked = countOf(object, MARK.placementEpoch) === epoch(object);
    if (!wished || !marked)
      await amendUnder(world, site, object, epoch(object), { replicationState: wished ? stands : role });
    if (!wished || textAt(object, 'status', 'state') !== STATE[role]) pending.push(object.metadata.name);
  }
  return { pending, disks: mirrors.length };
}

/** 将原中心的数据降为副本: at the storage, so that nothing there writes even where a machine would come back. */
export class DemoteSource extends Waiting {
  protected async attempt(world: StepWorld): Promise<StepLook> {
    const source = sideOf(world, this.clusters, 'SOURCE');
    const standing = (object: ClusterObject) => countOf(object, MARK.placementEpoch);
    const { disks, pending } = await bringTo(world, source, 'secondary', standing);
    const paused: string[] = [];
    for (const { object } of await carriers(world, source, 'ReplicationSource')) {
      if (at(object, 'spec', 'paused') !== true)
        await amendUnder(world, source, object, standing(object), { paused: true });
      paused.push(object.metadata.name);
    }
    if (pending.length > 0)
      return waits(
        `等待 ${pending.length} 块磁盘降为副本`,
        `Waits for ${counted(pending.length, 'disk', 'disks')} to become a copy`,
      );
    return { done: true, output: { center: source.center.code, demoted: disks, paused: paused.length } };
  }
}

/** 建立反向保护: the old side receives from the new, and says that it is whole. */
export class Reprotect extends Waiting {
  protected async attempt(world: StepWorld): Promise<StepLook> {
    const [source, target] = [sideOf(world, this.clusters, 'SOURCE'), sideOf(world, this.clusters, 'TARGET')];
    const epoch = world.execution.epoch ?? 0;
    const { disks, pending } = await bringTo(world, source, 'secondary', () => epoch);
    if (pending.length > 0)
      return waits(
        `等待原中心的 ${pending.length} 块磁盘成为副本`,
        `Waits for ${counted(pending.length, 'disk', 'disks')} of the old center to become a copy`,
      );
    const there = await carriers(world, target, 'VolumeReplication');
    const behind = there.filter(({ object }) => !isHealthy(object) || textAt(object, 'status', 'state') !== 'Primary');
    if (behind.length > 0)
      return waits(
        `等待 ${behind.length} 块磁盘反向同步`,
        `Waits for ${counted(behind.length, 'disk', 'disks')} to be synchronized in the other direction`,
      );
    const sides = { from: target.center.code, to: source.center.code, mirrored: disks };
    if (goesRemote(source, target)) {
      const sent = await sendTo(world, epoch, target, source);
      return sent.done ? { done: true, output: { ...sides, carried: sent.carried } } : sent;
    }
    // What was held when the group left this side goes on from it, now that it serves again.
    return { done: true, output: { ...sides, resumed: await resumeCopies(world, target, source) } };
  }
}

/** 异地副本改由新写入方发送: the recovery center goes on receiving, from where the data is written now, and from nowhere else. */
export class PointRemote extends Waiting {
  protected async attempt(world: StepWorld): Promise<StepLook> {
    const target = sideOf(world, this.clusters, 'TARGET');
    const { fromCenterId, toCenterId } = world.execution;
    const remote = world.ground.centers.filter(
      ({ id, role }) =>
        role === 'RECOVERY' && id !== fromCenterId && id !== toCenterId && world.ground.moved.machinesIn.has(id),
    );
    const carried: string[] = [];
    for (const center of remote) {
      const gateway = this.clusters.of(center.code);
      if (!gateway) throw noCluster(center.name);
      const site = {
        center,
        gateway,
        machines: world.ground.machines.filter(({ centerId }) => centerId === center.id),
      };
      const sent = await pointAt(world, target, site);
      if (!sent.done) return sent;
      carried.push(...sent.carried);
    }
    return { done: true, output: { from: target.center.code, to: remote.map(({ code }) => code), carried } };
  }
}

type Sent = { readonly done: true; readonly carried: readonly string[] } | (StepLook & { readonly done: false });

/**
 * A third center that does not answer is waited for through half of the step's time; then it is a person's. A cleanup that
 * fails would keep the group from its next move, and that may be a failover.
 */
async function pointAt(world: StepWorld, target: Site, site: Site): Promise<Sent> {
  try {
    // What never received there by VolSync is carried by something else, or by nothing: its signal says which.
    if ((await carriers(world, site, 'ReplicationDestination')).length === 0) return { done: true, carried: [] };
    return await sendTo(world, world.execution.epoch ?? 0, target, site);
  } catch (error) {
    if (!isFailure(error, 'UNREACHABLE') || (await answers(site))) throw error;
    const told = new Set(world.step.params.byHand ?? []);
    const machines = dataMachines(world, site).filter(({ id }) => !told.has(id));
    if (machines.length === 0) return { done: true, carried: [] };
    const since = world.now.getTime() - (world.step.startedAt?.getTime() ?? 0);
    if (since < (world.step.timeoutSeconds * SECOND_MS) / 2) throw error;
    const byHand = handedSilent(target.center.name, site.center.name, machines);
    return { done: false, note: byHand.note, byHand };
  }
}

const answers = ({ gateway }: Site) =>
  gateway.probe().then(
    () => true,
    () => false,
  );

async function sendTo(world: StepWorld, epoch: number, from: Site, to: Site): Promise<Sent> {
  const { byPeople, carried, waits: note } = await lookAtSending({ ...world, epoch }, from, to);
  const told = new Set(world.step.params.byHand ?? []);
  const forPeople = byPeople.filter(({ machine }) => !told.has(machine.id));
  if (forPeople.length > 0) {
    const byHand = handedSending(from.center.name, to.center.name, forPeople);
    return { done: false, note: byHand.note, byHand };
  }
  return note === null ? { done: true, carried } : { done: false, note };
}
