import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { Center, Cluster, ClusterReach, Pool, PoolPresent } from './domain/facility.js';
import { CenterEntity, ClusterEntity, PoolEntity } from './facilities.entity.js';

/** Centers, clusters and pools belong to no department, so reads of them take no scope. */
@Injectable()
export class FacilitiesRepository {
  constructor(private readonly db: DataSource) {}

  centers(): Promise<Center[]> {
    return this.db.createQueryBuilder(CenterEntity, 'center').orderBy('center.code').getMany();
  }

  async centerExists(tx: Tx, id: string): Promise<boolean> {
    const [row] = await tx.manager.query('select 1 from center where id = ?', [id]);
    return row !== undefined;
  }

  centersByIds(ids: readonly string[], manager = this.db.manager): Promise<Center[]> {
    return manager
      .createQueryBuilder(CenterEntity, 'center')
      .where('center.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  clustersByIds(ids: readonly string[]): Promise<Cluster[]> {
    return this.db
      .createQueryBuilder(ClusterEntity, 'cluster')
      .where('cluster.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  clustersOfCenters(centerIds: readonly string[], manager = this.db.manager): Promise<Cluster[]> {
    return manager
      .createQueryBuilder(ClusterEntity, 'cluster')
      .where('cluster.centerId in (:...centerIds)', { centerIds: inList(centerIds) })
      .getMany();
  }

  async pools(manager = this.db.manager): Promise<Pool[]> {
    return (await this.poolQuery(manager).getMany()).map(toPool);
  }

  async poolsByIds(ids: readonly string[], manager = this.db.manager): Promise<Pool[]> {
    return (
      await this.poolQuery(manager)
        .where('pool.id in (:...ids)', { ids: inList(ids) })
        .getMany()
    ).map(toPool);
  }

  async poolsOfCenters(centerIds: readonly string[], manager = this.db.manager): Promise<Pool[]> {
    const query = this.poolQuery(manager).where('pool.centerId in (:...centerIds)', { centerIds: inList(centerIds) });
    return (await query.getMany()).map(toPool);
  }

  /** The pool as this transaction sees it, locked until its end. */
  async lockedPool(tx: Tx, id: string): Promise<Pool | null> {
    const row = await tx.manager.findOne(PoolEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row && toPool(row);
  }

  /** All centers, locked until the end: a role is given to one of them at a time. */
  lockedCenters(tx: Tx): Promise<Center[]> {
    return tx.manager
      .createQueryBuilder(CenterEntity, 'center')
      .setLock('pessimistic_write')
      .orderBy('center.code')
      .getMany();
  }

  lockedCenter(tx: Tx, id: string): Promise<Center | null> {
    return tx.manager.findOne(CenterEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Their life stays what it is until the transaction ends; several may keep it at once. */
  async keptCenters(tx: Tx, ids: readonly string[]): Promise<Center[]> {
    if (ids.length === 0) return [];
    return tx.manager.query(
      'select id, code, name, role, life, version from center where id in (?) order by id lock in share mode',
      [ids],
    );
  }

  async setLife(tx: Tx, centerId: string, life: Center['life']): Promise<void> {
    await tx.manager.query('update center set life = ?, version = version + 1 where id = ?', [life, centerId]);
  }

  async setOpensOn(tx: Tx, centerId: string, opensOn: CalendarDate | null): Promise<void> {
    await tx.manager.query('update center set opens_on = ?, version = version + 1 where id = ?', [opensOn, centerId]);
  }

  async poolCodeTaken(tx: Tx, code: string): Promise<boolean> {
    return (await tx.manager.countBy(PoolEntity, { code })) > 0;
  }

  async updatePool(tx: Tx, pool: Pool): Promise<void> {
    const { id, ...values } = toRow(pool);
    await tx.manager.update(PoolEntity, { id }, { ...values, version: pool.version + 1 } as object);
  }

  async setInMaintenance(tx: Tx, poolId: string, inMaintenance: boolean): Promise<void> {
    await tx.manager.query('update pool set in_maintenance = ? where id = ?', [inMaintenance, poolId]);
  }

  /** Writes what is newer than what is known; true = the reach is another than before. */
  async recordReach(tx: Tx, clusterId: string, reach: ClusterReach, observedAt: Date | null): Promise<boolean> {
    const changed = await tx.manager.query('update cluster set reach = ? where id = ? and reach <> ?', [
      reach,
      clusterId,
      reach,
    ]);
    if (observedAt !== null)
      await tx.manager.query(
        'update cluster set observed_at = ? where id = ? and (observed_at is null or observed_at < ?)',
        [observedAt, clusterId, observedAt],
      );
    return changed.affectedRows > 0;
  }

  /** true = something differs from before. */
  async recordPresent(tx: Tx, poolId: string, present: PoolPresent): Promise<boolean> {
    const values = [
      present.nodes,
      present.vcpu,
      present.memoryMib,
      present.storageGib.SSD,
      present.storageGib.HDD,
      present.largestMachine?.vcpu ?? null,
      present.largestMachine?.memoryMib ?? null,
    ];
    const changed = await tx.manager.query(
      `update pool set present_nodes = ?, present_vcpu = ?, present_memory_mib = ?, present_ssd_gib = ?, present_hdd_gib = ?,
         largest_machine_vcpu = ?, largest_machine_memory_mib = ?
       where id = ? and not (present_nodes <=> ? and present_vcpu <=> ? and present_memory_mib <=> ? and present_ssd_gib <=> ?
         and present_hdd_gib <=> ? and largest_machine_vcpu <=> ? and largest_machine_memory_mib <=> ?)`,
      [...values, poolId, ...values],
    );
    return changed.affectedRows > 0;
  }

  async insert(
    tx: Tx,
    centers: readonly Center[],
    clusters: readonly Cluster[],
    pools: readonly Pool[],
  ): Promise<void> {
    const into = async (entity: typeof CenterEntity | typeof ClusterEntity | typeof PoolEntity, rows: object[]) => {
      if (rows.length > 0)
        await tx.manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute();
    };
    await into(CenterEntity, [...centers]);
    await into(ClusterEntity, [...clusters]);
    await into(PoolEntity, pools.map(toRow));
  }

  private poolQuery(manager = this.db.manager) {
    return manager.createQueryBuilder(PoolEntity, 'pool').orderBy('pool.code');
  }
}

function toRow({ present, reserve, cloud, ...pool }: Pool) {
  return {
    ...pool,
    reservePercent: reserve.percent,
    reserveNodes: reserve.nodes,
    cloudKind: cloud?.kind ?? null,
    ownerDepartmentId: cloud?.ownerDepartmentId ?? null,
    migrationPlan: cloud?.migrationPlan ?? null,
    migrationTarget: cloud?.migrationTarget ?? null,
    servers: cloud?.servers ?? null,
    rackUnits: cloud?.rackUnits ?? null,
    presentNodes: present?.nodes ?? null,
    presentVcpu: present?.vcpu ?? null,
    presentMemoryMib: present && BigInt(present.memoryMib),
    presentSsdGib: present && BigInt(present.storageGib.SSD),
    presentHddGib: present && BigInt(present.storageGib.HDD),
    largestMachineVcpu: present?.largestMachine?.vcpu ?? null,
    largestMachineMemoryMib: present?.largestMachine?.memoryMib ?? null,
  };
}

function toPool(row: PoolEntity): Pool {
  return {
    id: row.id,
    code: row.code,
    centerId: row.centerId,
    clusterId: row.clusterId,
    kind: row.kind,
    architecture: row.architecture,
    zone: row.zone,
    processor: row.processor,
    domesticCpu: row.domesticCpu,
    protectionLevelMax: row.protectionLevelMax,
    vcpuOvercommitPercent: row.vcpuOvercommitPercent,
    reserve: { percent: row.reservePercent, nodes: row.reserveNodes },
    size: row.size,
    inMaintenance: row.inMaintenance,
    platformName: row.platformName,
    cloud:
      row.cloudKind === null || row.ownerDepartmentId === null
        ? null
        : {
            kind: row.cloudKind,
            ownerDepartmentId: row.ownerDepartmentId,
            migrationPlan: row.migrationPlan,
            migrationTarget: row.migrationTarget,
            servers: row.servers,
            rackUnits: row.rackUnits,
          },
    version: row.version,
    present:
      row.presentVcpu === null
        ? null
        : {
            nodes: row.presentNodes,
            vcpu: row.presentVcpu,
            memoryMib: Number(row.presentMemoryMib),
            storageGib: { SSD: Number(row.presentSsdGib), HDD: Number(row.presentHddGib) },
            largestMachine:
              row.largestMachineVcpu === null || row.largestMachineMemoryMib === null
                ? null
                : { vcpu: row.largestMachineVcpu, memoryMib: row.largestMachineMemoryMib },
          },
  };
}
