import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ResourceSnapshotEntity } from './resource-snapshot.entity.js';

export type SnapshotRow = Omit<ResourceSnapshotEntity, 'resource'>;

/** What a worker is to do in a cluster about one snapshot. */
export interface WantedSnapshot {
  readonly snapshotId: string;
  readonly resourceId: string;
  readonly departmentCode: string;
  readonly objectName: string;
  readonly number: number;
  readonly restores: number;
  readonly wish: 'MAKE' | 'RESTORE' | 'GIVE_UP' | 'DELETE';
  /** What is known to hinder it. */
  readonly trouble: string | null;
}

/** Of one beat of a worker; the next goes on behind them. */
export const WANTED_MAX = 200;

@Injectable()
export class ResourceSnapshotsRepository {
  constructor(private readonly db: DataSource) {}

  /** Those that are there, the newest first. */
  async ofResources(resourceIds: readonly string[]): Promise<SnapshotRow[]> {
    return this.db.manager.find(ResourceSnapshotEntity, {
      where: { resourceId: In(inList(resourceIds) as string[]), state: In(['MAKING', 'READY', 'FAILED', 'DELETING']) },
      order: { number: 'DESC' },
    });
  }

  /** All of a machine, also those that are gone: its row is locked by the caller, so none comes beside. */
  async everyOf(tx: Tx, resourceId: string): Promise<SnapshotRow[]> {
    return tx.manager.find(ResourceSnapshotEntity, { where: { resourceId }, order: { number: 'ASC' } });
  }

  async byId(tx: Tx, id: string): Promise<SnapshotRow | null> {
    return tx.manager.findOne(ResourceSnapshotEntity, { where: { id } });
  }

  async resourceOf(id: string): Promise<string | undefined> {
    const row = await this.db.manager.findOne(ResourceSnapshotEntity, { where: { id }, select: { resourceId: true } });
    return row?.resourceId;
  }

  async insert(
    tx: Tx,
    snapshot: Pick<SnapshotRow, 'resourceId' | 'number' | 'name' | 'diskGib' | 'createdBy'>,
  ): Promise<string> {
    const id = newId(tx.now.getTime());
    await tx.manager.insert(ResourceSnapshotEntity, {
      ...snapshot,
      id,
      state: 'MAKING',
      indications: null,
      trouble: null,
      restores: 0,
      restoreGivenUpAt: null,
      createdAt: tx.now,
      readyAt: null,
    });
    return id;
  }

  async update(tx: Tx, id: string, values: Partial<SnapshotRow>): Promise<void> {
    await tx.manager.update(ResourceSnapshotEntity, { id }, values);
  }

  /**
   * What is being made, restored, given up or deleted in a center's cluster; what a released machine had goes with it. In the order of
   * their ids, `after` one of them.
   */
  async wantedIn(centerId: string, after: string | null): Promise<WantedSnapshot[]> {
    const rows: Record<string, string | null>[] = await this.db.query(
      `select s.id, s.resource_id, s.number, s.restores, s.trouble, r.department_code, r.object_name,
              case when s.state = 'DELETING' or r.state in ('RELEASING', 'RELEASED') then 'DELETE'
                   when s.state = 'MAKING' then 'MAKE'
                   when s.restore_given_up_at is not null then 'GIVE_UP' else 'RESTORE' end as wish
       from resource_snapshot s join resource r on r.id = s.resource_id
       where r.center_id = ? and s.state <> 'GONE' and s.id > ?
         and (s.state in ('MAKING', 'DELETING') or r.restoring_snapshot_id = s.id or r.state in ('RELEASING', 'RELEASED'))
       order by s.id limit ?`,
      [centerId, after ?? '', WANTED_MAX],
    );
    return rows.map((row) => ({
      snapshotId: row.id as string,
      resourceId: row.resource_id as string,
      departmentCode: row.department_code as string,
      objectName: row.object_name as string,
      number: Number(row.number),
      restores: Number(row.restores),
      wish: row.wish as WantedSnapshot['wish'],
      trouble: row.trouble as string | null,
    }));
  }
}
