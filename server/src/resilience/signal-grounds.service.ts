import { Inject, Injectable } from '@nestjs/common';
import { PoolMeters } from '../allocation/pool-meters.service.js';
import { ConsoleBackups } from '../backups/console-backups.service.js';
import { ClusterHealth } from '../clusterhealth/cluster-health.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { diskNameOf } from '../provisioning/domain/desired-manifests.js';
import type { ReplicationObject } from '../replication/domain/replication-object.js';
import { Replication } from '../replication/replication.service.js';
import type { CenterGround, SignalGround } from './domain/sources/ground.js';
import type { Loaded } from './group-grounds.service.js';

/** What sources of signals read from, beside the groups: loaded once for all of them. */
@Injectable()
export class SignalGrounds {
  constructor(
    private readonly replication: Replication,
    private readonly health: ClusterHealth,
    private readonly facilities: FacilitiesService,
    private readonly meters: PoolMeters,
    private readonly ownBackups: ConsoleBackups,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of({ groups, machines }: Loaded): Promise<SignalGround> {
    const [centers, health, objects, readAt, own] = await Promise.all([
      this.facilities.centers(),
      this.health.all(),
      this.replication.objects(),
      this.replication.readAt(),
      this.ownBackups.standing(),
    ]);
    const pools = await this.facilities.poolsOfCenters(centers.map(({ id }) => id));
    const meters = await this.meters.metersOfPools(pools.flat().map(({ id }) => id));
    const meterOf = new Map(pools.flat().map(({ id }, at) => [id, meters[at] ?? []]));
    const healthOf = new Map(health.map((one) => [one.center.id, one]));
    const byVolume = Map.groupBy(objects, ({ centerId, namespace, volume }) => `${centerId}/${namespace}/${volume}`);
    const objectsOf = new Map<string, readonly ReplicationObject[]>();
    for (const { centerId, id, objectName, objectNamespace } of machines) {
      const found = byVolume.get(`${centerId}/${objectNamespace}/${diskNameOf(objectName)}`);
      if (found) objectsOf.set(id, found);
    }
    return {
      now: this.clock.now(),
      groups: groups.map(({ facts }) => facts),
      objectsOf,
      ownBackups: own.some(({ last }) => last !== null)
        ? own.map(({ kind, lastDone }) => ({ kind, lastDoneAt: lastDone?.endedAt ?? null }))
        : [],
      centers: centers.map((center, at): CenterGround => {
        const said = healthOf.get(center.id);
        const free = (meter: 'VCPU' | 'MEMORY_MIB') =>
          (pools[at] ?? [])
            .flatMap(({ id }) => meterOf.get(id) ?? [])
            .filter((row) => row.meter === meter)
            .reduce((sum, row) => sum + row.free, 0);
        return {
          ...{ id: center.id, code: center.code, role: center.role },
          cluster: said?.cluster ?? null,
          vitals: said?.reportedAt && said.vitals ? { reportedAt: said.reportedAt, said: said.vitals } : null,
          replicationReadAt: readAt.get(center.id) ?? null,
          free: (pools[at] ?? []).length === 0 ? null : { vcpu: free('VCPU'), memoryMib: free('MEMORY_MIB') },
        };
      }),
    };
  }
}
