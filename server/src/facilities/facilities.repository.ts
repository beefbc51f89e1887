import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
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

  centersByIds(ids: readonly string[]): Promise<Center[]> {
    return this.db
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

  clustersOfCenters(centerIds: readonly string[]): Promise<Cluster[]> {
    return this.db
      .createQueryBuilder(ClusterEntity, 'cluster')
      .where('cluster.centerId in (:...centerIds)', { centerIds: inList(centerIds) })
      .getMany();
  }

  async pools(): Promise<Pool[]> {
    return (await this.poolQuery().getMany()).map(toPool);
  }

  async poolsByIds(ids: readonly string[]): Promise<Pool[]> {
    return (
      await this.poolQuery()
        .where('pool.id in (:...ids)', { ids: inList(ids) })
        .getMany()
    ).map(toPool);
  }

  async poolsOfCenters(centerIds: readonly string[]): Promise<Pool[]> {
    const query = this.poolQuery().where('cluster.centerId in (:...centerIds)', { centerIds: inList(centerIds) });
    return (await query.getMany()).map(toPool);
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
      present.vcpu,
      present.memoryMib,
      present.storageGib.SSD,
      present.storageGib.HDD,
      present.largestMachine?.vcpu ?? null,
      present.largestMachine?.memoryMib ?? null,
    ];
    const changed = await tx.manager.query(
      `update pool set present_vcpu = ?, present_memory_mib = ?, present_ssd_gib = ?, present_hdd_gib = ?,
         largest_machine_vcpu = ?, largest_machine_memory_mib = ?
       where id = ? and not (present_vcpu <=> ? and present_memory_mib <=> ? and present_ssd_gib <=> ?
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
    const into = (entity: typeof CenterEntity | typeof ClusterEntity | typeof PoolEntity, rows: object[]) =>
      tx.manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute();
    await into(CenterEntity, [...centers]);
    await into(ClusterEntity, [...clusters]);
    await into(
      PoolEntity,
      pools.map(({ centerId: _, present, ...pool }) => ({
        ...pool,
        presentVcpu: present?.vcpu ?? null,
        presentMemoryMib: present && BigInt(present.memoryMib),
        presentSsdGib: present && BigInt(present.storageGib.SSD),
        presentHddGib: present && BigInt(present.storageGib.HDD),
        largestMachineVcpu: present?.largestMachine?.vcpu ?? null,
        largestMachineMemoryMib: present?.largestMachine?.memoryMib ?? null,
      })),
    );
  }

  private poolQuery() {
    return this.db
      .createQueryBuilder(PoolEntity, 'pool')
      .innerJoinAndSelect('pool.cluster', 'cluster')
      .orderBy('pool.code');
  }
}

function toPool(row: PoolEntity): Pool {
  return {
    id: row.id,
    code: row.code,
    centerId: (row.cluster as ClusterEntity).centerId,
    clusterId: row.clusterId,
    kind: row.kind,
    architecture: row.architecture,
    zone: row.zone,
    processor: row.processor,
    vcpuOvercommitPercent: row.vcpuOvercommitPercent,
    present:
      row.presentVcpu === null
        ? null
        : {
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
