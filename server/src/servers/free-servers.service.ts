import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import { statesBefore } from './domain/server-state.js';

export interface FreeServerRow {
  readonly id: string;
  readonly centerId: string;
  readonly architecture: string;
  readonly cpuMaker: string;
  readonly cores: number;
  readonly memoryMib: number;
  readonly assetNumber: string;
  /** Its place in a cabinet; null = it stands nowhere. */
  readonly holderId: string | null;
  readonly accelerators: readonly { readonly name: string; readonly count: number }[];
}

/** For features above: which servers nobody has. Reads only, so it promises nothing; `HoldingService` takes them. */
@Injectable()
export class FreeServers {
  constructor(private readonly db: DataSource) {}

  /** The places of those that stand in cabinets. */
  async holdersOf(serverIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, string>> {
    const rows: { id: string; holderId: string }[] = await (tx?.manager ?? this.db.manager).query(
      'select id, holder_id as holderId from server where id in (?) and holder_id is not null',
      [inList(serverIds)],
    );
    return new Map(rows.map(({ id, holderId }) => [id, holderId]));
  }

  /** The places of a system's servers, as far as they stand in cabinets. */
  async holdersOfSystem(systemId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      "select holder_id as id from server where system_id = ? and state <> 'RETIRED' and holder_id is not null",
      [systemId],
    );
    return rows.map(({ id }) => id);
  }

  /** Servers that were given to pools, with their places. */
  nodesOfPools(reading: Reading): Promise<{ readonly poolId: string; readonly holderId: string | null }[]> {
    return reading.manager.query(
      "select pool_id as poolId, holder_id as holderId from server where pool_id is not null and state = 'IN_USE'",
    );
  }

  /** All that could be given out in these centers, whoever has them now. */
  async allIn(centerIds: readonly string[]): Promise<number> {
    const [row] = await this.db.query(
      "select count(*) as n from server where center_id in (?) and state in ('FREE', 'HELD', 'IN_USE', 'CLEANING')",
      [inList(centerIds)],
    );
    return Number(row.n);
  }

  /** Those of the centers that are free, or held for this very subject, with their accelerators: two statements. */
  async in(centerIds: readonly string[], heldFor: string | null, tx?: Tx): Promise<FreeServerRow[]> {
    const manager = tx?.manager ?? this.db.manager;
    const rows: Omit<FreeServerRow, 'accelerators'>[] = await manager.query(
      `select id, center_id as centerId, architecture, cpu_maker as cpuMaker, cores, memory_mib as memoryMib,
              asset_number as assetNumber, holder_id as holderId
       from server where center_id in (?) and (state in (?) or hold_subject = ?)`,
      [inList(centerIds), statesBefore('HOLD'), heldFor ?? ''],
    );
    const accelerators: { serverId: string; name: string; amount: number }[] = await manager.query(
      'select server_id as serverId, name, amount from server_accelerator where server_id in (?)',
      [inList(rows.map((row) => row.id))],
    );
    const byServer = Map.groupBy(accelerators, (one) => one.serverId);
    return rows.map((row) => ({
      ...row,
      accelerators: (byServer.get(row.id) ?? []).map(({ name, amount }) => ({ name, count: amount })),
    }));
  }
}
