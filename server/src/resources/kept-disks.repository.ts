import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { KeptDiskState } from './domain/kept-disks.js';
import { KeptDiskEntity } from './kept-disk.entity.js';
import { ResourceEntity } from './resources.entity.js';
import type { ResourceRow } from './resources.types.js';

export type KeptDiskRow = Omit<KeptDiskEntity, 'resource'>;

export interface KeptDiskFilter {
  readonly states: readonly KeptDiskState[];
  readonly search: string | null;
}

/** What a worker is to see to in a cluster about one disk. */
export interface WantedDisk {
  readonly keptDiskId: string;
  readonly resourceId: string;
  readonly departmentCode: string;
  /** Of the machine that it was the disk of. */
  readonly objectName: string;
  readonly isEnding: boolean;
  readonly trouble: string | null;
}

/** Of one look of a worker, the ending ones first; the next takes the rest. */
const WANTED_MAX = 500;
/** Machines that are offered for a disk; a system has seldom more in one center, and the search of the list finds the rest. */
const TARGETS_MAX = 50;

@Injectable()
export class KeptDisksRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: KeptDiskRow): Promise<void> {
    await tx.manager.insert(KeptDiskEntity, row);
  }

  async update(
    tx: Tx,
    { id, version }: Pick<KeptDiskRow, 'id' | 'version'>,
    values: Partial<KeptDiskRow>,
  ): Promise<void> {
    await tx.manager.update(KeptDiskEntity, { id }, { ...values, version: version + 1 });
  }

  async locked(tx: Tx, id: string): Promise<KeptDiskRow | null> {
    return tx.manager.findOne(KeptDiskEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async ofResource(tx: Tx, resourceId: string): Promise<KeptDiskRow | null> {
    return tx.manager.findOne(KeptDiskEntity, { where: { resourceId } });
  }

  /** Locked, in one order: what a machine has of them. */
  async attachedTo(tx: Tx, attachedToId: string): Promise<KeptDiskRow[]> {
    return tx.manager.find(KeptDiskEntity, {
      where: { attachedToId },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async inScope(scope: TenantScope, id: string): Promise<KeptDiskRow | null> {
    return this.scoped(scope).andWhere('k.id = :id', { id }).getOne();
  }

  /** The newest first. */
  async page(scope: TenantScope, filter: KeptDiskFilter, page: PageRequest): Promise<Page<KeptDiskRow>> {
    const filtered = () => {
      const query = this.scoped(scope);
      if (filter.states.length > 0) query.andWhere('k.state in (:...states)', { states: filter.states });
      return matching(query, ['r.name', 'r.code'], filter.search);
    };
    const totalCount = await filtered().getCount();
    const query = filtered();
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere('(k.keptAt < :key or (k.keptAt = :key and k.id < :id))', { key: new Date(key), id });
    }
    const rows = await query
      .orderBy('k.keptAt', 'DESC')
      .addOrderBy('k.id', 'DESC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Those that machines have now, in their slots' order, and those that were kept of them. */
  async around(resourceIds: readonly string[]): Promise<KeptDiskRow[]> {
    const ids = inList(resourceIds) as string[];
    return this.db.manager.find(KeptDiskEntity, {
      where: [{ attachedToId: In(ids) }, { resourceId: In(ids) }],
      order: { id: 'ASC' },
    });
  }

  /** Machines in use of the disk's own system and center, by name. */
  async targets({ systemId, centerId }: Pick<KeptDiskRow, 'systemId' | 'centerId'>): Promise<ResourceRow[]> {
    return this.db.manager.find(ResourceEntity, {
      where: { systemId, centerId, state: 'IN_USE', management: 'DRIVEN' },
      order: { name: 'ASC', id: 'ASC' },
      take: TARGETS_MAX,
    });
  }

  async wantedIn(centerId: string, onlyEnding: boolean): Promise<WantedDisk[]> {
    const rows: Record<string, string | null>[] = await this.db.query(
      `select k.id, k.resource_id, k.state, k.trouble, r.department_code, r.object_name
       from kept_disk k join resource r on r.id = k.resource_id
       where k.center_id = ? and k.state in (?) order by k.state = 'ENDING' desc, k.id limit ?`,
      [centerId, onlyEnding ? ['ENDING'] : ['KEPT', 'ATTACHED', 'ENDING'], WANTED_MAX],
    );
    return rows.map((row) => ({
      keptDiskId: row.id as string,
      resourceId: row.resource_id as string,
      departmentCode: row.department_code as string,
      objectName: row.object_name as string,
      isEnding: row.state === 'ENDING',
      trouble: row.trouble as string | null,
    }));
  }

  /** Whose time is over, and whose people are to be told that it soon is. */
  async due(now: Date, soon: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select id from kept_disk where until_at <= ? and (until_at <= ? or reminded_at is null) order by until_at, id limit ?',
      [soon, now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** No act on the disk: its version knows nothing of it. */
  async told(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(KeptDiskEntity, { id }, { remindedAt: tx.now });
  }

  private scoped(scope: TenantScope): SelectQueryBuilder<KeptDiskEntity> {
    const every = this.db.manager.createQueryBuilder(KeptDiskEntity, 'k').innerJoin('k.resource', 'r').where('1 = 1');
    return withinScope(every, 'k.departmentId', scope, 'k.systemId in (:...scopeSystemIds)');
  }
}
