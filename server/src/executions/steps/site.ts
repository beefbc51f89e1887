import type { Center } from '../../facilities/domain/facility.js';
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { isFailure } from '../../provisioning/domain/cluster-failure.js';
import {
  at,
  type ClusterKind,
  type ClusterObject,
  listAt,
  type ObjectKey,
  textAt,
} from '../../provisioning/domain/cluster-object.js';
import { diskNameOf } from '../../provisioning/domain/desired-manifests.js';
import { countOf, MARK } from '../../provisioning/domain/marks.js';
import type { ClusterGateway, Clusters } from '../../provisioning/domain/ports.js';
import type { StandingMachine } from '../../resources/system-sites.service.js';
import { StepRefused, type StepWorld } from '../step-handlers.service.js';

/** One side of an execution: its center, its cluster, and the group's machines in it. */
export interface Site {
  readonly center: Center;
  readonly gateway: ClusterGateway;
  readonly machines: readonly StandingMachine[];
}

/** The old side and the new; of a step of a roll-back the other way round. */
export function sideOf(world: StepWorld, clusters: Clusters, which: 'SOURCE' | 'TARGET'): Site {
  const { execution, ground, step } = world;
  const back = step.params.back === true;
  const id = (which === 'SOURCE') === back ? execution.toCenterId : execution.fromCenterId;
  const center = ground.centers.find((one) => one.id === id);
  const gateway = center && clusters.of(center.code);
  if (!center || !gateway) throw noCluster(center?.name ?? '');
  return { center, gateway, machines: ground.machines.filter(({ centerId }) => centerId === center.id) };
}

export function noCluster(centerName: string): StepRefused {
  return new StepRefused(
    say(
      `中心 ${centerName} 没有可用的集群连接，请改用人工步骤`,
      `The center ${centerName} has no cluster that can be reached from here: make it a person’s step`,
    ),
  );
}

/** What can be waited out: the cluster does not answer, or somebody has just written the object. null = it can not. */
export function waitsFor(error: unknown): Bilingual | null {
  if (isFailure(error, 'UNREACHABLE') || isFailure(error, 'RETRYABLE'))
    return say('集群没有应答', 'The cluster does not answer');
  if (isFailure(error, 'CONFLICT'))
    return say('对象刚被修改，再次读取', 'The object has just been changed; it is read again');
  return null;
}

export const machineKey = ({ objectName, objectNamespace }: StandingMachine, kind: ObjectKey['kind']): ObjectKey => ({
  ...{ kind, namespace: objectNamespace, name: objectName },
});

/** Calls are rationed: beyond so many machines two whole lists are the shorter way, and as fresh. */
const READ_ONE_BY_ONE_MAX = 50;

/** Names of those that run, or that are wished to. */
export async function stillThere(site: Pick<Site, 'gateway' | 'machines'>): Promise<string[]> {
  return (await runningOf(site)).map(({ name }) => name);
}

/** Read at the cluster: those that run, or that are wished to. */
export async function runningOf({ gateway, machines }: Pick<Site, 'gateway' | 'machines'>): Promise<StandingMachine[]> {
  const unseen = machines.filter(({ management }) => management === 'RECORDED');
  // That a cluster does not know it says nothing of a machine that never was in it.
  if (unseen.length > 0)
    throw new StepRefused(
      say(
        `${unseen.length} 台不在集群中运行，读不到是否已停机，只能按灾难切换预案由两人签署声明：${named(unseen.map(({ name }) => name)).zh}`,
        `${counted(unseen.length, 'machine runs', 'machines run')} in no cluster: nobody can read there whether it has stopped, and only a failover with a statement signed by two people goes on: ${named(unseen.map(({ name }) => name)).en}`,
      ),
    );
  const seen = machines.length > READ_ONE_BY_ONE_MAX ? await listedAt(gateway) : gateway;
  const looks = await Promise.all(
    machines.map(async (machine) => {
      // Still being made: nothing of it is there yet, and everything may be in a moment.
      if (!machine.there && !machine.standby) return machine;
      const [wish, instance] = await Promise.all([
        seen.get(machineKey(machine, 'VirtualMachine')),
        seen.get(machineKey(machine, 'VirtualMachineInstance')),
      ]);
      const wished = wish !== undefined && textAt(wish, 'spec', 'runStrategy') !== 'Halted';
      return wished || (instance !== undefined && !isEnded(instance)) ? machine : null;
    }),
  );
  return looks.flatMap((machine) => machine ?? []);
}

/** Everything that it has of machines, at once. */
async function listedAt(gateway: Pick<ClusterGateway, 'list'>): Promise<Pick<ClusterGateway, 'get'>> {
  const [machines, instances] = await Promise.all([
    gateway.list('VirtualMachine'),
    gateway.list('VirtualMachineInstance'),
  ]);
  const found = new Map(
    [...machines, ...instances].map(
      (object) => [`${object.kind}/${object.metadata.namespace}/${object.metadata.name}`, object] as const,
    ),
  );
  return { get: async ({ kind, name, namespace }) => found.get(`${kind}/${namespace}/${name}`) };
}

const isEnded = (instance: ClusterObject) => {
  const phase = textAt(instance, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
};

/** Names of those that do not run yet, or whose own readiness probe says that they do not serve. */
export async function notRunning({ gateway }: Site, machines: readonly StandingMachine[]): Promise<string[]> {
  const looks = await Promise.all(
    machines.map(async (machine) => {
      const instance = await gateway.get(machineKey(machine, 'VirtualMachineInstance'));
      return instance !== undefined && isReady(instance) ? null : machine.name;
    }),
  );
  return looks.flatMap((name) => name ?? []);
}

/** KubeVirt says so of every instance; where nobody says it, that it runs has to do. */
function isReady(instance: ClusterObject): boolean {
  const unready = listAt(instance, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'False',
  );
  return textAt(instance, 'status', 'phase') === 'Running' && !unready;
}

export interface CarriedDisk {
  readonly machine: StandingMachine;
  readonly object: ClusterObject;
}

/** The site's objects of one kind that carry the disks of tiers with data. */
export async function carriers(
  world: Pick<StepWorld, 'ground'>,
  site: Site,
  kind: 'VolumeReplication' | 'ReplicationSource' | 'ReplicationDestination',
  /** Whoever asks for many groups has one list for all of them. */
  listed: (kind: ClusterKind) => Promise<readonly ClusterObject[]> = (one) => site.gateway.list(one),
): Promise<CarriedDisk[]> {
  const objects = await listed(kind).catch((error: unknown) => {
    // A cluster without that operator has none of its objects.
    if (isFailure(error, 'NOT_FOUND')) return [];
    throw error;
  });
  const byVolume = new Map(
    objects.flatMap((object) => {
      const volume =
        kind === 'VolumeReplication'
          ? textAt(object, 'spec', 'dataSource', 'name')
          : kind === 'ReplicationSource'
            ? textAt(object, 'spec', 'sourcePVC')
            : textAt(object, 'spec', 'rsyncTLS', 'destinationPVC');
      return volume === undefined ? [] : [[`${object.metadata.namespace}/${volume}`, object] as const];
    }),
  );
  return dataMachines(world, site).flatMap((machine) => {
    const object = byVolume.get(`${machine.objectNamespace}/${diskNameOf(machine.objectName)}`);
    return object ? [{ machine, object }] : [];
  });
}

/** Machines of the site whose disks hold what one center writes, and whose copies the console can drive. */
export function dataMachines({ ground }: Pick<StepWorld, 'ground'>, { machines }: Site): StandingMachine[] {
  const tiers = new Map(ground.picture.facts.tiers.map((tier) => [tier.id, tier]));
  return machines.filter(({ id }) => {
    const tier = tiers.get(ground.tierOf.get(id) ?? '');
    return tier?.dataKind === 'SINGLE_WRITER' && tier.source === 'CLUSTER';
  });
}

/** Between the recovery center and the city data goes by VolSync; within the city by what mirrors its disks. */
export function goesRemote(one: Pick<Site, 'center'>, other: Pick<Site, 'center'>): boolean {
  return one.center.role === 'RECOVERY' || other.center.role === 'RECOVERY';
}

/** What carries the data of a move from its source: the one kind, and whose disks have none of it. */
export async function carriersOfMove(
  world: StepWorld,
  source: Site,
  target: Site,
): Promise<{ readonly sources: readonly CarriedDisk[]; readonly mirrors: readonly CarriedDisk[] }> {
  const sources = goesRemote(source, target) ? await carriers(world, source, 'ReplicationSource') : [];
  return { sources, mirrors: sources.length > 0 ? [] : await carriers(world, source, 'VolumeReplication') };
}

/** Tiers whose data nothing that the console drives carries: a person's steps are needed for them. */
export function undrivenTiers({ ground }: StepWorld): string[] {
  return ground.picture.facts.tiers
    .filter(({ dataKind, members, source }) => dataKind === 'SINGLE_WRITER' && source === 'NONE' && members.length > 0)
    .map(({ name }) => name);
}

/**
 * Writes a part of the object as it was seen, under the execution's epoch: one that carries a newer epoch was written for a
 * later execution, and is not touched by an older one.
 */
export async function amendUnder(
  world: Pick<StepWorld, 'assertMay'>,
  { gateway }: Site,
  object: ClusterObject,
  epoch: number,
  spec: Readonly<Record<string, unknown>>,
  labels?: Readonly<Record<string, string>>,
): Promise<void> {
  const seenEpoch = countOf(object, MARK.placementEpoch);
  if (seenEpoch > epoch)
    throw new StepRefused(
      say(
        `${object.kind} ${object.metadata.name} 已属于第 ${seenEpoch} 次放置，本次为第 ${epoch} 次，未作更改`,
        `${object.kind} ${object.metadata.name} belongs to placement ${seenEpoch} already, this one is placement ${epoch}; nothing was changed`,
      ),
    );
  const { namespace = null, name, resourceVersion = '', uid = '' } = object.metadata;
  world.assertMay();
  await gateway.amend(
    { kind: object.kind, namespace, name },
    { uid, resourceVersion },
    { metadata: { annotations: { [MARK.placementEpoch]: String(epoch) }, ...(labels ? { labels } : {}) }, spec },
    { stillMay: world.assertMay },
  );
}

export const specOf = (object: ClusterObject, ...path: readonly string[]) => at(object, 'spec', ...path);
