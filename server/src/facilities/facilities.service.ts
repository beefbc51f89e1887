import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { Center, Cluster, ClusterReach, Pool, PoolPresent } from './domain/facility.js';
import { FacilitiesRepository } from './facilities.repository.js';

@Injectable()
export class FacilitiesService {
  constructor(private readonly repository: FacilitiesRepository) {}

  /** In the order of their codes: A, B, recovery. */
  centers(): Promise<Center[]> {
    return this.repository.centers();
  }

  allPools(): Promise<Pool[]> {
    return this.repository.pools();
  }

  /** tx: as that transaction sees them. */
  poolsOfCenter(centerId: string, tx?: Tx): Promise<Pool[]> {
    return this.repository.poolsOfCenters([centerId], tx?.manager);
  }

  async clusterOfCenter(centerId: string): Promise<Cluster | null> {
    const [cluster] = await this.repository.clustersOfCenters([centerId]);
    return cluster ?? null;
  }

  /** Inside a transaction, which may have added it itself. */
  centerExists(tx: Tx, id: string): Promise<boolean> {
    return this.repository.centerExists(tx, id);
  }

  /** Batch for loaders. */
  centersByIds = async (ids: readonly string[]): Promise<(Center | null)[]> =>
    inOrderOf(ids, await this.repository.centersByIds(ids), (center) => center.id);

  /** Batch for loaders. */
  clusters = async (ids: readonly string[]): Promise<(Cluster | null)[]> =>
    inOrderOf(ids, await this.repository.clustersByIds(ids), (cluster) => cluster.id);

  /** Batch for loaders. */
  pools = async (ids: readonly string[]): Promise<(Pool | null)[]> =>
    inOrderOf(ids, await this.repository.poolsByIds(ids), (pool) => pool.id);

  /** The same inside a transaction. */
  async poolsWithin(tx: Tx, ids: readonly string[]): Promise<(Pool | null)[]> {
    return inOrderOf(ids, await this.repository.poolsByIds(ids, tx.manager), (pool) => pool.id);
  }

  /** Batch for loaders. */
  poolsOfCenters = async (centerIds: readonly string[]): Promise<Pool[][]> => {
    const pools = Map.groupBy(await this.repository.poolsOfCenters(centerIds), (pool) => pool.centerId);
    return centerIds.map((id) => pools.get(id) ?? []);
  };

  /** Batch for loaders. */
  clustersOfCenters = async (centerIds: readonly string[]): Promise<(Cluster | null)[]> =>
    inOrderOf(centerIds, await this.repository.clustersOfCenters(centerIds), (cluster) => cluster.centerId);

  /** What provisioning knows of the way to the cluster. observedAt null = nothing new was heard; it never goes back. */
  async recordReach(tx: Tx, clusterId: string, reach: ClusterReach, observedAt: Date | null): Promise<void> {
    if (await this.repository.recordReach(tx, clusterId, reach, observedAt)) tx.changed('cluster', clusterId);
  }

  /** What provisioning counted on the pool's nodes. */
  async recordPresent(tx: Tx, poolId: string, present: PoolPresent): Promise<void> {
    if (await this.repository.recordPresent(tx, poolId, present)) tx.changed('pool', poolId);
  }

  add(
    tx: Tx,
    rows: {
      readonly centers: readonly Center[];
      readonly clusters: readonly Cluster[];
      readonly pools: readonly Pool[];
    },
  ): Promise<void> {
    return this.repository.insert(tx, rows.centers, rows.clusters, rows.pools);
  }
}
