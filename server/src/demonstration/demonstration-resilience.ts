import { Inject, Injectable } from '@nestjs/common';
import { DrDebts } from '../drdebts/drdebts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Manifest } from '../provisioning/domain/cluster-object.js';
import { diskNameOf } from '../provisioning/domain/desired-manifests.js';
import type { DrElement } from '../resilience/domain/dr-level.js';
import type { Reading } from '../resilience/domain/dr-signal.js';
import { type ComposeWish, GroupActs } from '../resilience/group-acts.service.js';
import { GroupForming } from '../resilience/group-forming.service.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { SignalWriting } from '../resilience/signal-writing.service.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { made } from './journey-people.js';
import type { Strangers } from './strangers.js';

/** Small ones, so that a first start has not too much to mirror. */
const MACHINES_MAX = 16;
const TWO_HOURS_MS = 7_200_000;

const ELEMENTS: { readonly [E in DrElement]: number } = {
  DATA_BACKUP: 5,
  STANDBY_PROCESSING: 5,
  STANDBY_NETWORK: 5,
  STANDBY_PREMISES: 6,
  TECHNICAL_SUPPORT: 5,
  OPERATIONS: 5,
  DR_PLAN: 4,
};
const TARGETS = {
  level: 5,
  rtoSeconds: 1_800,
  rpoSeconds: 1_800,
  dooSeconds: 900,
  nroSeconds: 600,
  elements: ELEMENTS,
};

/** 容灾组 of each grade: of systems that were registered as dual-active before the console knew of DR, most are broken. */
@Injectable()
export class DemonstrationResilience {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly sites: SystemSites,
    private readonly systems: SystemsService,
    private readonly forming: GroupForming,
    private readonly acts: GroupActs,
    private readonly views: GroupViews,
    private readonly debts: DrDebts,
    private readonly signals: SignalWriting,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(operator: Viewer, strangers: Strangers): Promise<void> {
    await this.forming.run();
    const centers = await this.facilities.centers();
    const [a, b] = (['ACTIVE_A', 'ACTIVE_B'] as const).map((role) => centers.find((one) => one.role === role));
    if (!a || !b) return;
    const standing = Map.groupBy(await this.sites.standing(null), ({ systemId }) => systemId);
    const systems = (await this.systems.systems([...standing.keys()])).flatMap((system) => system ?? []);
    const owed = new Set(await this.debts.linesOwed());
    const isPair = (system: GovernmentSystem) => {
      const own = standing.get(system.id) ?? [];
      const of = (id: string) => own.filter(({ centerId }) => centerId === id).length;
      return (
        system.localMode === 'DUAL_ACTIVE' &&
        system.remoteMode !== 'APPLICATION' &&
        own.length <= MACHINES_MAX &&
        own.every(({ there }) => there) &&
        of(a.id) === of(b.id) &&
        of(a.id) > 0
      );
    };
    const [kept, unknown, data] = systems.filter(isPair);
    if (kept) {
      const machines = standing.get(kept.id) ?? [];
      await this.compose(operator, kept, machines, {
        name: '业务与数据',
        dataKind: 'SINGLE_WRITER',
        source: 'CLUSTER',
      });
      for (const machine of machines) {
        const writes = machine.centerId === a.id;
        const objects = [mirrorOf(machine, writes), ...(writes && kept.remoteMode === 'DATA' ? [copyOf(machine)] : [])];
        for (const object of objects)
          await strangers.awaited(`${object.kind} of ${machine.name}`, () =>
            // Its department's namespace comes with its first machine.
            strangers.make(writes ? a.code : b.code, 'csi-operator', object).then(
              () => true,
              () => undefined,
            ),
          );
      }
      await this.promise(operator, kept);
    }
    if (unknown) {
      const machines = standing.get(unknown.id) ?? [];
      await this.compose(operator, unknown, machines, { name: '数据库', dataKind: 'SINGLE_WRITER', source: 'NONE' });
      await this.lastHeard(unknown);
    }
    if (data)
      await this.compose(operator, data, standing.get(data.id) ?? [], {
        name: '前置服务',
        dataKind: 'STATELESS',
        source: 'NONE',
      });
    const late = systems.find(
      ({ id, localMode, remoteMode }) =>
        localMode === 'SINGLE' &&
        remoteMode !== 'NONE' &&
        (standing.get(id) ?? []).some(({ lineId }) => owed.has(lineId)),
    );
    if (late)
      await this.compose(operator, late, standing.get(late.id) ?? [], {
        name: '全部业务',
        dataKind: 'SINGLE_WRITER',
        source: 'CLUSTER',
      });
  }

  private async compose(
    operator: Viewer,
    system: GovernmentSystem,
    machines: readonly StandingMachine[],
    of: Pick<ComposeWish, 'name' | 'dataKind' | 'source'>,
  ): Promise<void> {
    const { localMode, remoteMode } = system;
    await made(
      this.acts.compose(operator, WHOLE_PROVINCE, {
        ...of,
        ...{ systemId: system.id, resourceIds: machines.map(({ id }) => id), localMode, remoteMode },
        ...{ layer: of.dataKind === 'STATELESS' ? 'APPLICATION' : 'STORAGE', party: 'CENTER', partyName: null },
        idempotencyKey: newId(),
      }),
    );
  }

  private async promise(operator: Viewer, system: GovernmentSystem): Promise<void> {
    const group = await this.groupOf(system);
    if (!group) return;
    const wish = { groupId: group.row.id, expectedVersion: group.row.version, targets: TARGETS };
    await made(
      this.acts.setTargets(operator, WHOLE_PROVINCE, {
        ...wish,
        reason: '三级系统按五级建设',
        idempotencyKey: newId(),
      }),
    );
  }

  /** What an array said before its gateway went silent: from then on nobody knows. */
  private async lastHeard(system: GovernmentSystem): Promise<void> {
    const group = await this.groupOf(system);
    const tier = group?.tiers.find(({ origin }) => origin === 'COMPOSED');
    if (!tier) return;
    const observedAt = new Date(this.clock.now().getTime() - TWO_HOURS_MS);
    const said = (towards: 'ACTIVE_B' | 'RECOVERY'): Reading => ({
      ...{ subjectKind: 'TIER', subjectId: tier.id, name: 'REPLICATION_COVERAGE', towards, value: 100 },
      ...{ source: '存储阵列 REST', observedAt, maxAgeSeconds: 300 },
    });
    const ways = system.remoteMode === 'NONE' ? [said('ACTIVE_B')] : [said('ACTIVE_B'), said('RECOVERY')];
    await this.unitOfWork.run((tx) => this.signals.record(tx, ways));
  }

  private async groupOf(system: GovernmentSystem) {
    const filter = {
      grades: [],
      systemId: system.id,
      departmentIds: null,
      search: null,
      judgedSince: this.views.judgedSince,
    };
    const { rows } = await this.views.page(WHOLE_PROVINCE, filter, { first: 1, after: null });
    const [group] = await this.views.pictures(rows.map(({ id }) => id));
    return group ?? null;
  }
}

/** What an array between the two centers is told by its operator: A writes. */
function mirrorOf(machine: StandingMachine, writes: boolean): Manifest {
  return {
    apiVersion: 'replication.storage.openshift.io/v1alpha1',
    kind: 'VolumeReplication',
    metadata: { name: diskNameOf(machine.objectName), namespace: machine.objectNamespace },
    spec: {
      volumeReplicationClass: 'metro-mirror-15s',
      autoResync: false,
      replicationState: writes ? 'primary' : 'secondary',
      dataSource: { apiGroup: '', kind: 'PersistentVolumeClaim', name: diskNameOf(machine.objectName) },
    },
  };
}

/** What carries it to the recovery center every five minutes. */
function copyOf(machine: StandingMachine): Manifest {
  return {
    apiVersion: 'volsync.backube/v1alpha1',
    kind: 'ReplicationSource',
    metadata: { name: diskNameOf(machine.objectName), namespace: machine.objectNamespace },
    spec: {
      sourcePVC: diskNameOf(machine.objectName),
      trigger: { schedule: '*/5 * * * *' },
      rsyncTLS: { copyMethod: 'Snapshot', address: 'volsync.center-c.internal' },
    },
  };
}
