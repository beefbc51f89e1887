import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { MachineSize } from '../allocation/domain/capacity.js';
import { namespaceOf } from '../departments/domain/department.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { bulkUpdate } from '../platform/database/bulk-update.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { UseFinding } from './domain/idle.js';
import type { Match, ResourceOrigin } from './domain/management.js';
import type { OperatingSide } from './domain/operating-side.js';
import type { ResourceState } from './domain/resource-state.js';
import { BEFORE_OBSERVATION, OBSERVED_COLUMNS, type ObservedRow, type RowBefore } from './observed-rows.js';
import { EVENT_COLUMNS, lifeOnTakingOver, RESOURCE_COLUMNS } from './resource-columns.js';
import type { ResourceEventRow } from './resource-events.graphql.js';
import { ResourceEntity, ResourceEventEntity } from './resources.entity.js';
import type {
  NamespaceSum,
  NewResource,
  PastResource,
  PastResourceEvent,
  ResourceOrder,
  ResourceRow,
} from './resources.types.js';

export interface ResourceListFilter {
  readonly states?: readonly ResourceState[] | null;
  readonly search?: string | null;
  readonly systemId?: string | null;
  readonly centerId?: string | null;
  readonly requestId?: string | null;
  readonly origin?: ResourceOrigin | null;
  readonly matches?: readonly Match[] | null;
  /** What its use came to, as last reckoned. */
  readonly uses?: readonly UseFinding[] | null;
  readonly departmentIds?: readonly string[] | null;
}

export interface MadeResource extends NewResource {
  readonly id: string;
  readonly macAddress: string;
  readonly firmwareUuid: string;
}

export interface NewResourceEvent {
  readonly resourceId: string;
  readonly kind: string;
  readonly text: Bilingual;
  readonly actorName: string;
  /** The size from here on, where it changes. */
  readonly size?: MachineSize;
  /** Who operated it, for which organisation, and why. */
  readonly side?: OperatingSide;
  readonly organisation?: string | null;
  readonly reason?: string | null;
}

/** `matchOf` of domain/management.ts, as a condition. */
const MATCH_SQL: { readonly [M in Match]: string } = {
  NOT_CHECKED: "(r.management <> 'OBSERVED' or r.presence = 'UNKNOWN')",
  MISSING: "(r.management = 'OBSERVED' and r.presence = 'MISSING')",
  MATCHED:
    "(r.management = 'OBSERVED' and r.presence = 'SEEN' and r.vcpu <=> r.actual_vcpu and r.memory_mib <=> r.actual_memory_mib)",
  DIFFERENT:
    "(r.management = 'OBSERVED' and r.presence = 'SEEN' and not (r.vcpu <=> r.actual_vcpu and r.memory_mib <=> r.actual_memory_mib))",
};
/** Made by a request. */
const MADE = {
  origin: 'REQUEST',
  sourcePlatform: null,
  live: 1,
  presence: 'UNKNOWN',
  actualVcpu: null,
  actualMemoryMib: null,
} as const;
/** A machine that becomes smaller has what it had until it is: its namespace's quota is lowered after, and raised before. */
const STILL = {
  vcpu: 'greatest(vcpu, coalesce(former_vcpu, 0))',
  memoryMib: 'greatest(memory_mib, coalesce(former_memory_mib, 0))',
} as const;
const INSERT_BATCH = 200;
/** Names of one IN list. */
const OBJECTS_PER_LOOKUP = 1_000;

/** An object of a center's cluster. */
export interface ObjectName {
  readonly centerId: string;
  readonly namespace: string;
  readonly name: string;
}

function liveOf(state: ResourceState): 1 | null {
  return state === 'RELEASED' ? null : 1;
}

const EVENTS_MAX = 200;

/** Each half by its own key: two days of a center, however many machines there ever were. */
export const GONE_SINCE = `
  (select id from resource force index (ix_resource_released)
    where center_id = ? and released_at >= ? and state = 'RELEASED' and management = 'DRIVEN' and id > ? order by id limit ?)
  union
  (select id from resource force index (ix_resource_left)
    where center_id <> ? and left_at >= ? and management = 'DRIVEN' and id > ? order by id limit ?)
  order by id limit ?`;

@Injectable()
export class ResourcesRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, made: readonly MadeResource[], statusText: Bilingual): Promise<void> {
    for (let at = 0; at < made.length; at += INSERT_BATCH)
      await tx.manager.insert(
        ResourceEntity,
        made.slice(at, at + INSERT_BATCH).map((r) => ({
          ...r,
          ...MADE,
          objectNamespace: namespaceOf(r.departmentCode),
          kind: 'VM' as const,
          imageSource: r.imageSource as object,
          state: 'PROVISIONING' as const,
          generation: 1,
          observedGeneration: 0,
          placementEpoch: 1,
          version: 1,
          power: 'UNKNOWN' as const,
          nodeName: null,
          addresses: [],
          conditions: [],
          statusText,
          progressPercent: 0,
          observedAt: null,
          createdAt: tx.now,
          deliveredAt: null,
          releasedAt: null,
        })),
      );
  }

  async insertPast(tx: Tx, resources: readonly PastResource[], events: readonly PastResourceEvent[]): Promise<void> {
    const rows = resources.map(({ life, ...resource }) => ({
      ...resource,
      live: liveOf(resource.state),
      ...lifeOnTakingOver(resource, tx.now),
      ...life,
    }));
    try {
      await bulkInsert(tx, 'resource', RESOURCE_COLUMNS, rows);
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('an object became a resource meanwhile');
      throw error;
    }
    await bulkInsert(tx, 'resource_event', EVENT_COLUMNS, events);
  }

  async appendEvents(tx: Tx, events: readonly NewResourceEvent[]): Promise<void> {
    for (let at = 0; at < events.length; at += INSERT_BATCH)
      await tx.manager.insert(
        ResourceEventEntity,
        events
          .slice(at, at + INSERT_BATCH)
          .map((e) => ({ ...e, size: e.size ? { ...e.size } : null, id: newId(tx.now.getTime()), at: tx.now })),
      );
  }

  async locked(tx: Tx, id: string): Promise<ResourceEntity | null> {
    return tx.manager.findOne(ResourceEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, id: string, values: Partial<Omit<ResourceEntity, 'imageSource'>>): Promise<void> {
    await tx.manager.update(ResourceEntity, { id }, values);
  }

  async wasRestored(tx: Tx, id: string): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      'select 1 from resource_snapshot where resource_id = ? and restores > 0 limit 1',
      [id],
    );
    return rows.length > 0;
  }

  /** Of those that exist, locked in one order, whoever else locks several. */
  async lockedToObserve(tx: Tx, ids: readonly string[]): Promise<RowBefore[]> {
    return tx.manager
      .createQueryBuilder(ResourceEntity, 'r')
      .select(BEFORE_OBSERVATION.map((column) => `r.${column}`))
      .where('r.id in (:...ids)', { ids: inList(ids) })
      .orderBy('r.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  async recordObservations(tx: Tx, rows: readonly ObservedRow[]): Promise<void> {
    await bulkUpdate(tx, 'resource', OBSERVED_COLUMNS, rows);
  }

  async byIds(ids: readonly string[]): Promise<ResourceEntity[]> {
    return this.db.manager.findBy(ResourceEntity, { id: In(inList(ids) as string[]) });
  }

  async inScope(scope: TenantScope, id: string): Promise<ResourceRow | null> {
    return this.scoped(scope).andWhere('r.id = :id', { id }).getOne();
  }

  async ofRequests(requestIds: readonly string[]): Promise<ResourceRow[]> {
    return this.db.manager.find(ResourceEntity, {
      where: { requestId: In(inList(requestIds) as string[]) },
      order: { code: 'ASC' },
    });
  }

  async ofLines(lineIds: readonly string[]): Promise<ResourceRow[]> {
    return this.db.manager.find(ResourceEntity, {
      where: { lineId: In(inList(lineIds) as string[]), live: 1 },
      order: { code: 'ASC' },
    });
  }

  async idsToReconcile(centerId: string, afterId: string | null, limit: number): Promise<string[]> {
    const of = (column: 'center_id' | 'leaving_center_id'): string =>
      `(select id from resource where ${column} = ? and state <> 'RELEASED' and management <> 'RECORDED' and id > ? order by id limit ?)`;
    const some = [centerId, afterId ?? '', limit];
    const rows: { id: string }[] = await this.db.query(
      `${of('center_id')} union ${of('leaving_center_id')} order by id limit ?`,
      [...some, ...some, limit],
    );
    return rows.map((r) => r.id);
  }

  /** Which center one left is not on record: of those that left any since, all that are not here now. */
  async goneSince(centerId: string, since: Date, afterId: string | null, limit: number): Promise<string[]> {
    const some = [centerId, since, afterId ?? '', limit];
    const rows: { id: string }[] = await this.db.query(GONE_SINCE, [...some, ...some, limit]);
    return rows.map((r) => r.id);
  }

  /** Which of these objects are live resources', by "center namespace/name" with the resource's code. */
  async objectsAmong(objects: readonly ObjectName[], manager = this.db.manager): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let at = 0; at < objects.length; at += OBJECTS_PER_LOOKUP) {
      const some = objects.slice(at, at + OBJECTS_PER_LOOKUP);
      const rows: Record<string, string>[] = await manager.query(
        `select center_id, object_namespace, object_name, code from resource
         where (center_id, object_namespace, object_name) in (?) and live = 1`,
        [some.map(({ centerId, namespace, name }) => [centerId, namespace, name])],
      );
      for (const row of rows)
        found.set(`${row.center_id} ${row.object_namespace}/${row.object_name}`, row.code as string);
    }
    return found;
  }

  /** Which of these resources have ended for good. */
  async releasedAmong(ids: readonly string[], manager = this.db.manager): Promise<string[]> {
    const rows: { id: string }[] = await manager.query('select id from resource where id in (?) and live is null', [
      inList(ids),
    ]);
    return rows.map((row) => row.id);
  }

  /** Objects of a center's cluster that are only observed. */
  async observedObjects(centerId: string): Promise<{ resourceId: string; namespace: string; name: string }[]> {
    const rows: { id: string; object_namespace: string; object_name: string }[] = await this.db.query(
      "select id, object_namespace, object_name from resource where center_id = ? and (management = 'OBSERVED' or taken_over is not null) and state <> 'RELEASED'",
      [centerId],
    );
    return rows.map((row) => ({ resourceId: row.id, namespace: row.object_namespace, name: row.object_name }));
  }

  async namespaceSums(centerId: string): Promise<NamespaceSum[]> {
    const rows: Record<string, string>[] = await this.db.query(
      `select department_code, sum(vcpu) as vcpu, sum(memory_mib) as memory_mib, sum(disk_gib) as storage_gib,
              sum(case when storage_tier = 'SSD' then disk_gib else 0 end) as ssd_gib, sum(machine) as machines,
              sum(1 - machine) as kept_disks, max(vcpu) as largest_vcpu, max(memory_mib) as largest_memory_mib
       from (
         select department_code, ${STILL.vcpu} as vcpu, ${STILL.memoryMib} as memory_mib, disk_gib, storage_tier, 1 as machine
         from resource where center_id = ? and state <> 'RELEASED' and management = 'DRIVEN'
         union all
         select department_code, ${STILL.vcpu}, ${STILL.memoryMib}, disk_gib, storage_tier, 1
         from resource where leaving_center_id = ? and center_id <> ? and management = 'DRIVEN'
         union all
         select r.department_code, 0, 0, k.disk_gib, k.storage_tier, 0
         from kept_disk k join resource r on r.id = k.resource_id where k.center_id = ? and k.state <> 'GONE'
       ) each_one group by department_code order by department_code`,
      [centerId, centerId, centerId, centerId],
    );
    return rows.map((r) => ({
      departmentCode: r.department_code as string,
      vcpu: Number(r.vcpu),
      memoryMib: Number(r.memory_mib),
      storageGib: Number(r.storage_gib),
      storageGibByClass: { ssd: Number(r.ssd_gib), hdd: Number(r.storage_gib) - Number(r.ssd_gib) },
      machines: Number(r.machines),
      keptDisks: Number(r.kept_disks),
      largestVcpu: Number(r.largest_vcpu),
      largestMemoryMib: Number(r.largest_memory_mib),
    }));
  }

  async liveStatesOfRequest(tx: Tx, requestId: string): Promise<ResourceState[]> {
    const rows: { state: ResourceState }[] = await tx.manager.query('select state from resource where request_id = ?', [
      requestId,
    ]);
    return rows.map((r) => r.state);
  }

  async eventsOf(resourceIds: readonly string[]): Promise<ResourceEventRow[]> {
    return this.db.manager.find(ResourceEventEntity, {
      where: { resourceId: In(inList(resourceIds) as string[]) },
      order: { at: 'DESC', id: 'DESC' },
      take: EVENTS_MAX * Math.max(1, resourceIds.length),
    });
  }

  async page(
    scope: TenantScope,
    filter: ResourceListFilter,
    order: ResourceOrder,
    page: PageRequest,
  ): Promise<Page<ResourceRow>> {
    const filtered = (): SelectQueryBuilder<ResourceEntity> => {
      const query = this.scoped(scope);
      if (filter.states?.length) query.andWhere('r.state in (:...states)', { states: filter.states });
      if (filter.systemId) query.andWhere('r.systemId = :systemId', { systemId: filter.systemId });
      if (filter.centerId) query.andWhere('r.centerId = :centerId', { centerId: filter.centerId });
      if (filter.requestId) query.andWhere('r.requestId = :requestId', { requestId: filter.requestId });
      if (filter.origin) query.andWhere('r.origin = :origin', { origin: filter.origin });
      if (filter.departmentIds)
        query.andWhere('r.departmentId in (:...within)', { within: inList(filter.departmentIds) });
      if (filter.uses?.length)
        query.andWhere(
          `exists (select 1 from resource_use_window w where w.resource_id = r.id and w.finding in (:...uses))
           and r.state = 'IN_USE'`,
          { uses: filter.uses },
        );
      if (filter.matches?.length) query.andWhere(`(${filter.matches.map((match) => MATCH_SQL[match]).join(' or ')})`);
      return matching(query, ['r.name', 'r.code', 'r.addresses', 'r.objectName'], filter.search ?? null);
    };
    const totalCount = await filtered().getCount();
    const query = filtered();
    if (order === 'NEWEST') query.orderBy('r.createdAt', 'DESC').addOrderBy('r.id', 'DESC');
    else query.orderBy('r.name', 'ASC').addOrderBy('r.id', 'ASC');
    if (page.after) {
      const [key, id] = page.after;
      if (order === 'NEWEST')
        query.andWhere('(r.createdAt < :key or (r.createdAt = :key and r.id < :id))', {
          key: new Date(key as string),
          id,
        });
      else query.andWhere('(r.name > :key or (r.name = :key and r.id > :id))', { key, id });
    }
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Live resources of each center by how record and cluster stand to each other. */
  async matchCounts(): Promise<{ centerId: string | null; match: Match; count: number }[]> {
    const cases = (Object.entries(MATCH_SQL) as [Match, string][]).map(([match, sql]) => `when ${sql} then '${match}'`);
    const rows: { center_id: string | null; found: Match; n: string }[] = await this.db.query(
      `select r.center_id, case ${cases.join(' ')} end as found, count(*) as n from resource r
       where r.state <> 'RELEASED' group by r.center_id, found`,
    );
    return rows.map((row) => ({ centerId: row.center_id, match: row.found, count: Number(row.n) }));
  }

  async countsByState(scope: TenantScope): Promise<{ state: ResourceState; count: number }[]> {
    const rows = await this.scoped(scope)
      .select('r.state', 'state')
      .addSelect('count(*)', 'count')
      .groupBy('r.state')
      .getRawMany<{ state: ResourceState; count: string }>();
    return rows.map((r) => ({ state: r.state, count: Number(r.count) }));
  }

  async monthlyFenInUse(scope: TenantScope): Promise<bigint> {
    const row = await this.scoped(scope)
      .select('coalesce(sum(r.monthlyFen), 0)', 'fen')
      .andWhere("r.state in ('IN_USE', 'IN_BIN', 'RELEASING')")
      .getRawOne<{ fen: string }>();
    return BigInt(row?.fen ?? '0');
  }

  private scoped(scope: TenantScope): SelectQueryBuilder<ResourceEntity> {
    const every = this.db.manager.createQueryBuilder(ResourceEntity, 'r').where('1 = 1');
    return withinScope(every, 'r.departmentId', scope, 'r.systemId in (:...scopeSystemIds)');
  }
}
