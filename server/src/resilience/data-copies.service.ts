import { Inject, Injectable } from '@nestjs/common';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { reaches, type TenantScope } from '../kernel/viewer.js';
import { diskNameOf } from '../provisioning/domain/desired-manifests.js';
import { Replication, type ReplicationRow } from '../replication/replication.service.js';
import { type StandingMachine, SystemSites } from '../resources/system-sites.service.js';
import { COPY_LEVELS, type CopyJudged, judgedCopy, worseCopy } from './domain/data-copy.js';
import type { ShownLevel } from './domain/dr-signal.js';
import { GroupsRepository } from './groups.repository.js';

export interface DataCopy extends CopyJudged {
  readonly object: ReplicationRow;
  readonly machine: StandingMachine;
  readonly center: Center;
  /** Where its object does not say, as such objects usually go; null = there is no such center. */
  readonly towards: Center | null;
  readonly rpoSeconds: number | null;
  readonly readAt: Date | null;
}

export interface CopyFilter {
  readonly levels: readonly ShownLevel[];
  readonly systemId: string | null;
  /** In the machine's name. */
  readonly search: string | null;
}

export interface CopyList {
  readonly copies: readonly DataCopy[];
  readonly total: number;
  /** Of all that the filter's system and words leave, whatever their levels. */
  readonly counts: ReadonlyMap<ShownLevel, number>;
}

/** VolSync carries to the recovery center, an array mirrors between the two of a city: as the signals of a tier take it. */
function usualTarget({ kind }: ReplicationRow, from: Center, centers: readonly Center[]): Center | null {
  const role = kind === 'ReplicationSource' ? 'RECOVERY' : from.role === 'ACTIVE_A' ? 'ACTIVE_B' : 'ACTIVE_A';
  return centers.find((center) => center.role === role && center.id !== from.id) ?? null;
}

/** 资源数据副本: what VolSync and csi-addons carry of each machine's disk to another center, and how old that is. */
@Injectable()
export class DataCopies {
  constructor(
    private readonly replication: Replication,
    private readonly sites: SystemSites,
    private readonly groups: GroupsRepository,
    private readonly facilities: FacilitiesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The worst first. Some thousands of objects are all there are; they are put in order here, because their age is the moment's. */
  async list(scope: TenantScope, { levels, search, systemId }: CopyFilter, limit: number): Promise<CopyList> {
    const objects = (await this.replication.objects()).filter(({ role }) => role !== 'SECONDARY');
    const [machines, centers, readAt, groups] = await Promise.all([
      this.sites.inNamespaces([...new Set(objects.map(({ namespace }) => namespace))]),
      this.facilities.centers(),
      this.replication.readAt(),
      this.groups.groups(null),
    ]);
    const machineOf = new Map(
      machines.map((one) => [`${one.centerId}/${one.objectNamespace}/${diskNameOf(one.objectName)}`, one]),
    );
    const promised = new Map(groups.map((group) => [group.systemId, group.rpoSeconds]));
    const now = this.clock.now();
    const seen = objects.flatMap((object): DataCopy[] => {
      const machine = machineOf.get(`${object.centerId}/${object.namespace}/${object.volume}`);
      const center = centers.find(({ id }) => id === object.centerId);
      if (!machine || !center || !reaches(scope, machine)) return [];
      if (systemId !== null && machine.systemId !== systemId) return [];
      if (search !== null && !machine.name.toLowerCase().includes(search.toLowerCase())) return [];
      const facts = {
        ...{ lastSyncAt: object.lastSyncAt, intervalSeconds: object.intervalSeconds, problem: object.problem },
        ...{ readAt: readAt.get(object.centerId) ?? null, rpoSeconds: promised.get(machine.systemId) ?? null },
      };
      const towards = centers.find(({ code }) => code === object.towards) ?? usualTarget(object, center, centers);
      return [{ object, machine, center, towards, ...facts, ...judgedCopy(facts, now) }];
    });
    const wanted = levels.length === 0 ? seen : seen.filter(({ level }) => levels.includes(level));
    return {
      copies: wanted.toSorted(worseCopy).slice(0, limit),
      total: wanted.length,
      counts: new Map(COPY_LEVELS.map((level) => [level, seen.filter((one) => one.level === level).length])),
    };
  }
}
