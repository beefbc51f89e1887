import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { Architecture } from '../facilities/domain/facility.js';
import { firstIdOf } from '../platform/database/ids.js';

/** The disk of a machine that is gone, with what its use is reckoned from. */
export interface MeteredDisk {
  readonly id: string;
  /** The machine that it was the disk of, by which people know it. */
  readonly machineId: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string | null;
  readonly requestId: string | null;
  readonly centerId: string;
  readonly claimId: string;
  readonly architecture: Architecture;
  readonly gib: number;
  readonly tier: StorageTier;
  /** Since its machine was given back: however long a cluster took to remove that, the disk was kept. */
  readonly begins: Date;
  /** When it was given up or its time was over; how long the cluster takes to delete it is not its department's affair. */
  readonly ends: Date | null;
}

/** Kept disks as metering reads them. Unscoped: whoever reads it sees everything. */
@Injectable()
export class MeteredDisks {
  constructor(private readonly db: DataSource) {}

  /** What ended disks before `before` and was written since; that a machine was given back is a fact of machines. */
  async factsSince(since: Date, before: Date): Promise<number> {
    const [row] = await this.db.query(
      "select count(*) as n from resource_event where id >= ? and at < ? and kind in ('DISK_DETACHED', 'DISK_ENDING')",
      [firstIdOf(since), before],
    );
    return Number(row.n);
  }

  /** The next of them by id, those that have ended, too; one statement whatever their number. */
  async after(id: string, limit: number): Promise<MeteredDisk[]> {
    const rows: Record<string, string | number | Date | null>[] = await this.db.query(
      `select k.id, k.resource_id, r.code, r.name, k.department_id, k.system_id, r.project_id, r.request_id, k.center_id,
         k.claim_id, r.architecture, k.disk_gib, k.storage_tier,
         coalesce((select min(e.at) from resource_event e where e.resource_id = r.id and e.kind = 'RELEASE'), k.kept_at) as begins,
         if(k.state in ('KEPT', 'ATTACHED'), null, coalesce(
           (select max(e.at) from resource_event e where e.resource_id = r.id
              and e.kind = if(k.end_cause = 'MACHINE', 'DISK_DETACHED', 'DISK_ENDING')), k.ended_at, k.kept_at)) as ends
       from kept_disk k join resource r on r.id = k.resource_id where k.id > ? order by k.id limit ?`,
      [id, limit],
    );
    return rows.map((row) => ({
      ...{ id: row.id as string, machineId: row.resource_id as string, code: row.code as string },
      ...{ name: row.name as string, departmentId: row.department_id as string, systemId: row.system_id as string },
      projectId: row.project_id === '' ? null : (row.project_id as string | null),
      requestId: row.request_id === '' ? null : (row.request_id as string | null),
      ...{ centerId: row.center_id as string, claimId: row.claim_id as string },
      architecture: row.architecture as Architecture,
      ...{ gib: Number(row.disk_gib), tier: row.storage_tier as StorageTier },
      ...{ begins: row.begins as Date, ends: row.ends as Date | null },
    }));
  }
}
