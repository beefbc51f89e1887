import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SpaceSights } from '../cabinets/space-sights.service.js';
import { FreeServers } from '../servers/free-servers.service.js';

/** How many of a pool's nodes stand where a maintenance window runs. */
export interface NodesAway {
  readonly away: number;
  readonly nodes: number;
}

/**
 * Pools whose nodes stand in rooms, rows or cabinets under maintenance, as far as the register of servers says which servers
 * are a pool's. Two statements while nothing is maintained.
 */
@Injectable()
export class PoolNodes {
  constructor(
    private readonly sights: SpaceSights,
    private readonly servers: FreeServers,
    private readonly db: DataSource,
  ) {}

  /** By pool; those with none away are absent. `sizes` = nodes that each pool is said to have: the register may know fewer. */
  async away(
    centerIds: readonly string[],
    sizes: ReadonlyMap<string, number>,
  ): Promise<ReadonlyMap<string, NodesAway>> {
    // Every look at the shelf comes by here: two readings, and no transaction around them.
    const reading = { manager: this.db.manager };
    const shut = await this.sights.standingInShut(reading, centerIds);
    const found = new Map<string, NodesAway>();
    if (shut.size === 0) return found;
    const byPool = Map.groupBy(await this.servers.nodesOfPools(reading), ({ poolId }) => poolId);
    for (const [poolId, nodes] of byPool) {
      const away = nodes.filter(({ holderId }) => holderId !== null && shut.has(holderId)).length;
      if (away > 0) found.set(poolId, { away, nodes: Math.max(nodes.length, sizes.get(poolId) ?? 0) });
    }
    return found;
  }
}
