import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Manifest } from '../provisioning/domain/cluster-object.js';
import { diskNameOf } from '../provisioning/domain/desired-manifests.js';
import type { Member, TierFacts } from '../resilience/domain/dr-words.js';
import type { GroupPicture } from '../resilience/group-views.service.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import type { Strangers } from './strangers.js';

/** What its storage's operator may have forgotten or set otherwise than was promised. */
export interface Carried {
  readonly group: GroupPicture;
  /** A disk that came later, and that nobody added to the mirror. */
  readonly forgetsOne: boolean;
  /** Of copies to the recovery center, as cron says it. */
  readonly schedule: string;
}

/** Groups that are made ready at the same time: clusters answer in milliseconds, and namespaces come one after another. */
const PARALLEL = 4;

/** What carries data between the centers, put into the clusters by the operators of storage as the DR modes of tiers ask for it. */
@Injectable()
export class DemonstrationCarriers {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly sites: SystemSites,
  ) {}

  async run(strangers: Strangers, carried: readonly Carried[]): Promise<void> {
    const codeOf = new Map((await this.facilities.centers()).map(({ code, id }) => [id, code]));
    const machines = await this.sites.standing(carried.map(({ group }) => group.row.systemId));
    const byId = new Map(machines.map((machine) => [machine.id, machine]));
    const pending = [...carried];
    const next = async (): Promise<void> => {
      for (let one = pending.shift(); one; one = pending.shift())
        // Its department's namespace comes with its first machine.
        for (const { machine, object } of objectsOf(one, byId))
          await strangers.awaited(`${object.kind} of ${machine.name}`, () =>
            strangers.make(codeOf.get(machine.centerId) ?? '', 'csi-operator', object).then(
              () => true,
              () => undefined,
            ),
          );
    };
    await Promise.all(Array.from({ length: PARALLEL }, next));
  }
}

interface Placed {
  readonly machine: StandingMachine;
  readonly object: Manifest;
}

function objectsOf({ forgetsOne, group, schedule }: Carried, byId: ReadonlyMap<string, StandingMachine>): Placed[] {
  const tiers = group.facts.tiers.filter(({ dataKind, source }) => source === 'CLUSTER' && dataKind !== 'STATELESS');
  const mirrored = tiers.flatMap((tier) => mirrorsOf(tier, byId));
  return [
    ...(forgetsOne ? mirrored.slice(2) : mirrored),
    ...tiers.flatMap((tier) =>
      tier.remoteMode === 'NONE' || tier.owed.includes('RECOVERY')
        ? []
        : machinesOf(writingSide(tier), byId).map((machine) => ({ machine, object: copyOf(machine, schedule) })),
    ),
  ];
}

/** Disk by disk, where it is written first and where it is received. */
function mirrorsOf(tier: TierFacts, byId: ReadonlyMap<string, StandingMachine>): Placed[] {
  const written = writingSide(tier);
  const received = running(tier).filter(({ centerId }) => centerId !== written[0]?.centerId);
  if (tier.localMode !== 'DUAL_ACTIVE' || received.length === 0) return [];
  const [there, here] = [machinesOf(received, byId), machinesOf(written, byId)];
  return here.flatMap((machine, n) => [
    { machine, object: mirrorOf(machine, true) },
    ...there.slice(n, n + 1).map((other) => ({ machine: other, object: mirrorOf(other, false) })),
  ]);
}

const running = ({ members }: TierFacts) => members.filter(({ role, standby }) => !standby && role !== 'RECOVERY');

/** The side with more machines writes, of two alike A; what runs once is carried wherever it runs. */
function writingSide(tier: TierFacts): Member[] {
  const all = running(tier);
  if (tier.localMode === 'SINGLE') return all;
  const [a, b] = (['ACTIVE_A', 'ACTIVE_B'] as const).map((role) => all.filter((one) => one.role === role));
  return (b?.length ?? 0) > (a?.length ?? 0) ? (b ?? []) : (a ?? []);
}

function machinesOf(members: readonly Member[], byId: ReadonlyMap<string, StandingMachine>): StandingMachine[] {
  return members.flatMap(({ resourceId }) => byId.get(resourceId) ?? []);
}

/** What an array between the two centers is told by its operator. */
function mirrorOf(machine: StandingMachine, writes: boolean): Manifest {
  return {
    apiVersion: 'replication.storage.openshift.io/v1alpha1',
    kind: 'VolumeReplication',
    metadata: { name: diskNameOf(machine.objectName), namespace: machine.objectNamespace },
    spec: {
      volumeReplicationClass: 'metro-mirror-30s',
      autoResync: false,
      replicationState: writes ? 'primary' : 'secondary',
      dataSource: { apiGroup: '', kind: 'PersistentVolumeClaim', name: diskNameOf(machine.objectName) },
    },
  };
}

/** What carries it to the recovery center. */
function copyOf(machine: StandingMachine, schedule: string): Manifest {
  return {
    apiVersion: 'volsync.backube/v1alpha1',
    kind: 'ReplicationSource',
    metadata: { name: diskNameOf(machine.objectName), namespace: machine.objectNamespace },
    spec: {
      sourcePVC: diskNameOf(machine.objectName),
      trigger: { schedule },
      rsyncTLS: { copyMethod: 'Snapshot', address: 'volsync.center-c.internal' },
    },
  };
}
