import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { bulkUpdate } from '../platform/database/bulk-update.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { HostName } from './domain/match-serial.js';
import type { ServerArchitecture } from './domain/processor.js';
import type { Accelerator } from './domain/server.js';
import { type ServerState, type ServerUse, statesBefore } from './domain/server-state.js';
import { ServerAcceleratorEntity, ServerEntity, ServerEventEntity } from './servers.entity.js';
import type {
  AcceleratorRow,
  AcceleratorTotals,
  NewServerEvent,
  ServerCandidate,
  ServerCounts,
  ServerCriteria,
  ServerEventRow,
  ServerFilter,
  ServerOrder,
  ServerRow,
  ServerTotals,
} from './servers.types.js';

const EVENTS_MAX = 200;

/** What a move of its life may change of a server. */
const MOVED_COLUMNS = [
  'state',
  'departmentId',
  'systemId',
  'poolId',
  'usedSince',
  'origin',
  'sourcePlatform',
  'holdSubject',
  'holderId',
  'version',
  'changedAt',
] as const satisfies readonly (keyof ServerRow)[];

/** Columns that an act may change; the row's version and time follow by themselves. */
export type ServerChange = Partial<
  Omit<ServerEntity, 'id' | 'version' | 'model' | 'createdAt' | 'changedAt' | 'disks' | 'nics'>
> & { disks?: ServerEntity['disks']; nics?: ServerEntity['nics'] };

/** What ranks a free server among those that suffice. */
const RANKED_COLUMNS = ['id', 'memoryMib', 'cores', 'assetNumber', 'holderId'] as const;

@Injectable()
export class ServersRepository {
  constructor(private readonly db: DataSource) {}

  async insertAll(tx: Tx, rows: readonly Omit<ServerEntity, 'model'>[], accelerators: readonly AcceleratorRow[]) {
    await this.bulk(tx, ServerEntity, rows);
    await this.insertAccelerators(tx, accelerators);
  }

  async replaceAccelerators(tx: Tx, serverId: string, accelerators: readonly Accelerator[]): Promise<void> {
    await tx.manager.delete(ServerAcceleratorEntity, { serverId });
    await this.insertAccelerators(
      tx,
      accelerators.map((a) => ({ ...a, serverId })),
    );
  }

  async appendEvents(tx: Tx, events: readonly NewServerEvent[]): Promise<void> {
    await this.bulk(
      tx,
      ServerEventEntity,
      events.map((event) => ({
        ...event,
        id: newId((event.at ?? tx.now).getTime()),
        at: event.at ?? tx.now,
      })),
    );
  }

  /** The row as it is now, kept from others until the transaction ends; null = not there or another department's. */
  async locked(tx: Tx, scope: TenantScope, id: string): Promise<ServerRow | null> {
    const query = tx.manager.createQueryBuilder(ServerEntity, 'server').where('server.id = :id', { id });
    const row = await withinScope(query, 'server.departmentId', scope).setLock('pessimistic_write').getOne();
    return row && toRow(row);
  }

  async change(tx: Tx, id: string, values: ServerChange): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(ServerEntity)
      .set({ ...values, version: () => 'version + 1', changedAt: tx.now })
      .where('id = :id', { id })
      .execute();
  }

  /** Several rows, locked in the order of their ids; those that are not there are left out. */
  async lockedAll(tx: Tx, ids: readonly string[]): Promise<ServerRow[]> {
    const rows = await tx.manager
      .createQueryBuilder(ServerEntity, 'server')
      .where('server.id in (:...ids)', { ids: inList(ids) })
      .orderBy('server.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toRow);
  }

  /** Writes what acts made of locked rows, each its own. */
  async changeAll(tx: Tx, rows: readonly (Pick<ServerRow, (typeof MOVED_COLUMNS)[number]> & { id: string })[]) {
    await bulkUpdate(tx, 'server', MOVED_COLUMNS, rows);
  }

  async byIds(ids: readonly string[], manager = this.db.manager): Promise<ServerRow[]> {
    const rows = await manager
      .createQueryBuilder(ServerEntity, 'server')
      .where('server.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return rows.map(toRow);
  }

  async inScope(scope: TenantScope, id: string): Promise<ServerRow | null> {
    const row = await this.within(scope).andWhere('server.id = :id', { id }).getOne();
    return row && toRow(row);
  }

  async byHolders(holderIds: readonly string[]): Promise<ServerRow[]> {
    const rows = await this.db
      .createQueryBuilder(ServerEntity, 'server')
      .where('server.holderId in (:...holderIds)', { holderIds: inList(holderIds) })
      .getMany();
    return rows.map(toRow);
  }

  async page(
    scope: TenantScope,
    filter: ServerFilter,
    order: ServerOrder,
    page: PageRequest,
  ): Promise<Page<ServerRow>> {
    const totalCount = await this.filtered(scope, filter).getCount();
    const query = this.filtered(scope, filter);
    if (order === 'NEWEST') query.orderBy('server.createdAt', 'DESC').addOrderBy('server.id', 'DESC');
    else query.orderBy('server.assetNumber', 'ASC').addOrderBy('server.id', 'ASC');
    if (page.after) {
      const [key, id] = page.after as readonly [string, string];
      if (order === 'NEWEST')
        query.andWhere('(server.createdAt < :key or (server.createdAt = :key and server.id < :id))', {
          key: new Date(key),
          id,
        });
      else query.andWhere('server.assetNumber > :key', { key });
    }
    const rows = await query.limit(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first).map(toRow), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Three statements, whatever the number of servers shown beside. */
  async totals(): Promise<ServerTotals[]> {
    const rows = await this.db
      .createQueryBuilder(ServerEntity, 'server')
      .select('server.centerId', 'centerId')
      .addSelect('server.architecture', 'architecture')
      .addSelect('server.state', 'state')
      .addSelect('count(*)', 'count')
      .groupBy('server.centerId')
      .addGroupBy('server.architecture')
      .addGroupBy('server.state')
      .getRawMany<{ centerId: string; architecture: ServerArchitecture; state: ServerState; count: string }>();
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  async acceleratorTotals(): Promise<AcceleratorTotals[]> {
    const rows: (Omit<AcceleratorTotals, 'amount'> & { amount: string })[] = await this.db.query(
      `select s.center_id as centerId, a.kind, a.name, s.state, sum(a.amount) as amount
       from server_accelerator a join server s on s.id = a.server_id
       group by s.center_id, a.kind, a.name, s.state order by s.center_id, a.name`,
    );
    return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
  }

  /** Held, or used by somebody, who waits for it while it is repaired. */
  async usedInCenter(tx: Tx, centerId: string): Promise<number> {
    const [row] = await tx.manager.query(
      `select count(*) as n from server where center_id = ?
         and (state in ('HELD', 'IN_USE') or (state = 'MAINTENANCE' and (system_id is not null or pool_id is not null)))`,
      [centerId],
    );
    return Number(row.n);
  }

  async counts(scope: TenantScope, filter: ServerFilter): Promise<ServerCounts> {
    const grouped = (column: string, rest: ServerFilter) =>
      this.filtered(scope, rest)
        .select(`server.${column}`, 'word')
        .addSelect('count(*)', 'count')
        .groupBy(`server.${column}`)
        .orderBy('word')
        .getRawMany<{ word: string; count: string }>();
    const [states, makers, accelerators] = await Promise.all([
      grouped('state', { ...filter, states: null }),
      grouped('cpuMaker', { ...filter, cpuMaker: null }),
      this.filtered(scope, { ...filter, accelerator: null })
        .innerJoin(ServerAcceleratorEntity, 'accelerator', 'accelerator.serverId = server.id')
        .select('accelerator.kind', 'kind')
        .addSelect('accelerator.name', 'name')
        .addSelect('count(*)', 'count')
        .addSelect('sum(accelerator.amount)', 'amount')
        .groupBy('accelerator.kind')
        .addGroupBy('accelerator.name')
        .orderBy('name')
        .getRawMany<{ kind: Accelerator['kind']; name: string; count: string; amount: string }>(),
    ]);
    const byState = states.map((r) => ({ state: r.word as ServerState, count: Number(r.count) }));
    const chosen = filter.states?.length ? new Set(filter.states) : null;
    return {
      total: byState.reduce((sum, { state, count }) => (chosen && !chosen.has(state) ? sum : sum + count), 0),
      byState,
      byMaker: makers.map((r) => ({ maker: r.word as ServerRow['cpuMaker'], count: Number(r.count) })),
      byAccelerator: accelerators.map((r) => ({ ...r, count: Number(r.count), amount: Number(r.amount) })),
    };
  }

  async acceleratorsOf(serverIds: readonly string[]): Promise<AcceleratorRow[]> {
    const rows = await this.db
      .createQueryBuilder(ServerAcceleratorEntity, 'accelerator')
      .where('accelerator.serverId in (:...serverIds)', { serverIds: inList(serverIds) })
      .orderBy('accelerator.name')
      .getMany();
    return rows.map(({ serverId, kind, name, amount }) => ({ serverId, kind, name, count: amount }));
  }

  async eventsOf(serverIds: readonly string[]): Promise<ServerEventRow[]> {
    return this.db
      .createQueryBuilder(ServerEventEntity, 'event')
      .where('event.serverId in (:...serverIds)', { serverIds: inList(serverIds) })
      .orderBy('event.at', 'DESC')
      .addOrderBy('event.id', 'DESC')
      .limit(EVENTS_MAX * Math.max(1, serverIds.length))
      .getMany();
  }

  /** Which of these asset and serial numbers are taken, and by whom. */
  async byKeys(
    assetNumbers: readonly string[],
    serials: readonly string[],
    manager = this.db.manager,
  ): Promise<{ id: string; assetNumber: string; serial: string }[]> {
    return manager.query(
      `select id, asset_number as assetNumber, serial from server where asset_number in (?)
       union select id, asset_number, serial from server where serial in (?)`,
      [inAsciiList(assetNumbers), inAsciiList(serials)],
    );
  }

  /** Free servers that meet the criteria and stand in none of the `shut` places, the smallest sufficient first. */
  candidates(tx: Tx, criteria: ServerCriteria, limit: number | null, shut: readonly string[] = []) {
    const query = tx.manager
      .createQueryBuilder(ServerEntity, 'server')
      .select(RANKED_COLUMNS.map((column) => `server.${column} as ${column}`))
      .where('server.state in (:...states)', { states: statesBefore('HOLD') })
      .andWhere('server.centerId = :centerId', criteria);
    if (criteria.architecture) query.andWhere('server.architecture = :architecture', criteria);
    if (criteria.cpuMaker) query.andWhere('server.cpuMaker = :cpuMaker', criteria);
    if (criteria.modelId) query.andWhere('server.modelId = :modelId', criteria);
    if (criteria.coresMin) query.andWhere('server.cores >= :coresMin', criteria);
    if (criteria.memoryMibMin) query.andWhere('server.memoryMib >= :memoryMibMin', criteria);
    if (shut.length > 0) query.andWhere('(server.holderId is null or server.holderId not in (:...shut))', { shut });
    if (criteria.accelerator)
      query.andWhere(
        `exists (select 1 from server_accelerator a
                 where a.server_id = server.id and a.name = :acceleratorName and a.amount >= :acceleratorMin)`,
        { acceleratorName: criteria.accelerator.name, acceleratorMin: criteria.accelerator.countMin },
      );
    query.orderBy({ 'server.memoryMib': 'ASC', 'server.cores': 'ASC', 'server.assetNumber': 'ASC' });
    return query.limit(limit ?? undefined).getRawMany<ServerCandidate>();
  }

  /** Which of these are the subject's now: those that are free no longer are left out, in the order given. */
  async takeHolds(tx: Tx, ids: readonly string[], subject: string): Promise<string[]> {
    const taken: { affectedRows: number } = await tx.manager.query(
      `update server set state = 'HELD', hold_subject = ?, version = version + 1, changed_at = ?
       where id in (?) and state in (?)`,
      [subject, tx.now, inList(ids), statesBefore('HOLD')],
    );
    if (taken.affectedRows === ids.length || taken.affectedRows === 0) return ids.slice(0, taken.affectedRows);
    const sql = "select id from server where id in (?) and state = 'HELD' and hold_subject = ?";
    const rows: { id: string }[] = await tx.manager.query(sql, [inList(ids), subject]);
    return ids.filter((id) => rows.some((row) => row.id === id));
  }

  async heldFor(tx: Tx, subject: string): Promise<ServerRow[]> {
    const rows = await tx.manager
      .createQueryBuilder(ServerEntity, 'server')
      .where('server.holdSubject = :subject', { subject })
      .orderBy('server.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toRow);
  }

  async forgetCredential(tx: Tx, id: string): Promise<void> {
    await tx.manager.query('update server set bmc_username = null, bmc_sealed_password = null where id = ?', [id]);
  }

  async serversOfCenter(centerId: string): Promise<{ id: string; serial: string; host: HostName | null }[]> {
    const rows: Record<string, string | null>[] = await this.db.query(
      `select id, serial, cluster_host_namespace as namespace, cluster_host_name as name
       from server where center_id = ? and state <> 'RETIRED' order by id`,
      [centerId],
    );
    return rows.map((r) => ({
      id: r.id as string,
      serial: r.serial as string,
      host: r.namespace === null ? null : { namespace: r.namespace as string, name: r.name as string },
    }));
  }

  /** false = it has a host already. */
  async bindHost(tx: Tx, serverId: string, host: HostName): Promise<boolean> {
    const bound: { affectedRows: number } = await tx.manager.query(
      `update server set cluster_host_namespace = ?, cluster_host_name = ?, version = version + 1, changed_at = ?
       where id = ? and cluster_host_name is null`,
      [host.namespace, host.name, tx.now, serverId],
    );
    return bound.affectedRows === 1;
  }

  async sealedPassword(serverId: string): Promise<{ address: string | null; username: string; sealed: string } | null> {
    const [row]: { address: string | null; username: string | null; sealed: string | null }[] = await this.db.query(
      'select bmc_address as address, bmc_username as username, bmc_sealed_password as sealed from server where id = ?',
      [serverId],
    );
    return row?.sealed ? { address: row.address, username: row.username ?? '', sealed: row.sealed } : null;
  }

  private filtered(scope: TenantScope, filter: ServerFilter): SelectQueryBuilder<ServerEntity> {
    const query = this.within(scope);
    if (filter.centerId) query.andWhere('server.centerId = :centerId', filter);
    if (filter.states?.length) query.andWhere('server.state in (:...states)', filter);
    if (filter.cpuMaker) query.andWhere('server.cpuMaker = :cpuMaker', filter);
    if (filter.architecture) query.andWhere('server.architecture = :architecture', filter);
    if (filter.departmentId) query.andWhere('server.departmentId = :departmentId', filter);
    if (filter.systemId) query.andWhere('server.systemId = :systemId', filter);
    if (filter.origin) query.andWhere('server.origin = :origin', filter);
    if (filter.modelId) query.andWhere('server.modelId = :modelId', filter);
    if (filter.holderIds) query.andWhere('server.holderId in (:...holderIds)', { holderIds: inList(filter.holderIds) });
    if (filter.accelerator)
      query.andWhere(
        'exists (select 1 from server_accelerator a where a.server_id = server.id and a.name = :accelerator)',
        filter,
      );
    // What a department may not see it may not find by either.
    const ofTheRoom = scope.kind === 'PROVINCE' ? ['server.bmcAddress', 'server.clusterHostName'] : [];
    if (filter.search) query.innerJoin('server.model', 'model');
    return matching(
      query,
      ['server.assetNumber', 'server.serial', 'server.cpuModel', 'model.manufacturer', 'model.model', ...ofTheRoom],
      filter.search || null,
    );
  }

  private within(scope: TenantScope): SelectQueryBuilder<ServerEntity> {
    const query = this.db.createQueryBuilder(ServerEntity, 'server').where('1 = 1');
    return withinScope(query, 'server.departmentId', scope);
  }

  private async insertAccelerators(tx: Tx, rows: readonly AcceleratorRow[]): Promise<void> {
    await this.bulk(
      tx,
      ServerAcceleratorEntity,
      rows.map(({ count, ...row }) => ({ ...row, amount: count })),
    );
  }

  /** Every column of the entity, by few statements: the entity's own insert builds its parameters row by row. */
  private bulk<Row extends object>(tx: Tx, entity: new () => Row, rows: readonly Row[]): Promise<void> {
    const { tableName, columns } = tx.manager.connection.getMetadata(entity);
    const names = columns.map((column) => column.propertyName as keyof Row & string);
    return bulkInsert(tx, tableName, names, rows);
  }
}

function toRow(row: ServerEntity): ServerRow {
  const { bmcSealedPassword, clusterHostNamespace, clusterHostName, model: _, ...rest } = row;
  return {
    ...rest,
    hasCredential: bmcSealedPassword !== null,
    clusterHost:
      clusterHostNamespace === null || clusterHostName === null
        ? null
        : { namespace: clusterHostNamespace, name: clusterHostName },
  };
}

export function useOf(row: ServerUse): ServerUse {
  return { departmentId: row.departmentId, systemId: row.systemId, poolId: row.poolId };
}
