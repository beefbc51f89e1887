import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Drifts } from '../drift/drifts.service.js';
import type { Center, Cluster } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Quarantine } from '../quarantine/quarantine.service.js';
import { UnrecordedMachinesService } from '../resources/unrecorded-machines.service.js';
import { ClusterVitalsEntity } from './cluster-health.entity.js';
import type { ClusterVitals, MeasuredCenter } from './domain/cluster-vitals.js';

export interface CenterHealth extends Omit<MeasuredCenter, 'center'> {
  readonly center: Center;
  readonly cluster: Cluster;
}

/** 集群健康: what the worker of each center says of its cluster, and what waits there for people. */
@Injectable()
export class ClusterHealth {
  constructor(
    private readonly db: DataSource,
    private readonly facilities: FacilitiesService,
    private readonly drifts: Drifts,
    private readonly unrecorded: UnrecordedMachinesService,
    private readonly quarantine: Quarantine,
  ) {}

  async record(tx: Tx, centerId: string, vitals: ClusterVitals): Promise<void> {
    await tx.manager.query(
      'insert into cluster_vitals (center_id, reported_at, vitals) values (?) on duplicate key update reported_at = values(reported_at), vitals = values(vitals)',
      [[centerId, tx.now, JSON.stringify(vitals)]],
    );
  }

  /** Every center that has a cluster, in the order of centers. */
  async all(): Promise<CenterHealth[]> {
    const [centers, rows, open, beside, quarantined] = await Promise.all([
      this.facilities.centers(),
      this.db.manager.find(ClusterVitalsEntity),
      this.drifts.openByCenter(),
      this.unrecorded.countsByCenter(),
      this.quarantine.newByCenter(),
    ]);
    const clusters = await this.facilities.clustersOfCenters(centers.map(({ id }) => id));
    const said = new Map(rows.map((row) => [row.centerId, row]));
    return centers.flatMap((center, at) => {
      const cluster = clusters[at];
      if (!cluster) return [];
      const row = said.get(center.id);
      return {
        ...{ center, cluster, reachable: cluster.reach === 'REACHABLE' },
        ...{ reportedAt: row?.reportedAt ?? null, vitals: row?.vitals ?? null },
        ...{ driftsOpen: open.get(center.id) ?? 0, unrecorded: beside.get(center.id) ?? 0 },
        quarantineNew: quarantined.get(center.id) ?? 0,
      };
    });
  }
}
