import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx } from '../platform/database/unit-of-work.js';
import { BackupEntity, BackupResourceEntity, BackupRunEntity } from './backups.entity.js';
import type { BackupFilter, BackupRow, BackupRunRow } from './backups.types.js';
import { LIVE_BACKUP_STATES } from './domain/backup.js';
import type { BackupHealth } from './domain/backup-schedule.js';

/** What each health is in the columns; the same words as the domain's `healthOf`. */
const HEALTHY: { readonly [H in BackupHealth]: string } = {
  MISSED: 'b.missedSince is not null',
  FAILED: "b.missedSince is null and b.lastResult = 'FAILED'",
  WAITING: 'b.missedSince is null and b.lastResult is null',
  GOOD: "b.missedSince is null and b.lastResult = 'SUCCEEDED'",
};

@Injectable()
export class BackupsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, backups: readonly BackupRow[]): Promise<void> {
    if (backups.length > 0) await tx.manager.insert(BackupEntity, [...backups]);
  }

  async update(tx: Tx, id: string, values: Partial<BackupRow>): Promise<void> {
    await tx.manager.update(BackupEntity, { id }, values);
  }

  /** The row, locked until commit; null = not there or not in scope. */
  locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<BackupRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return this.scoped(scope, tx.manager).andWhere('b.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  /** What a line of a request asked for. */
  lockedOfLine(tx: Tx, lineId: string): Promise<BackupRow | null> {
    return tx.manager.findOne(BackupEntity, { where: { lineId }, lock: { mode: 'pessimistic_write' } });
  }

  inScope(scope: TenantScope, id: string): Promise<BackupRow | null> {
    return this.scoped(scope).andWhere('b.id = :id', { id }).getOne();
  }

  byIds(scope: TenantScope, ids: readonly string[]): Promise<BackupRow[]> {
    return this.scoped(scope)
      .andWhere('b.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  byCodes(codes: readonly string[]): Promise<BackupRow[]> {
    return this.db
      .createQueryBuilder(BackupEntity, 'b')
      .where('b.code in (:...codes)', { codes: inList(codes) })
      .getMany();
  }

  /** The newest first. */
  async page(scope: TenantScope, filter: BackupFilter, page: PageRequest): Promise<Page<BackupRow>> {
    const totalCount = await this.filtered(scope, filter).getCount();
    const query = this.filtered(scope, filter).orderBy('b.createdAt', 'DESC').addOrderBy('b.id', 'DESC');
    if (page.after)
      query.andWhere('(b.createdAt < :at or (b.createdAt = :at and b.id < :id))', {
        at: new Date(page.after[0] as string),
        id: page.after[1],
      });
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  count(scope: TenantScope, filter: BackupFilter): Promise<number> {
    return this.filtered(scope, filter).getCount();
  }

  async setResources(tx: Tx, backupId: string, resourceIds: readonly string[]): Promise<void> {
    await tx.manager.delete(BackupResourceEntity, { backupId });
    if (resourceIds.length > 0)
      await tx.manager.insert(
        BackupResourceEntity,
        resourceIds.toSorted().map((resourceId) => ({ backupId, resourceId })),
      );
  }

  resourcesOf(
    backupIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<{ backupId: string; resourceId: string }[]> {
    return manager.query(
      'select backup_id as backupId, resource_id as resourceId from backup_resource where backup_id in (?) order by backup_id, resource_id',
      [inList(backupIds)],
    );
  }

  /** false = it is known already. */
  async addRun(tx: Tx, run: BackupRunRow): Promise<boolean> {
    try {
      await tx.manager.insert(BackupRunEntity, run);
      return true;
    } catch (error) {
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
      return false;
    }
  }

  async addRuns(tx: Tx, runs: readonly BackupRunRow[]): Promise<void> {
    if (runs.length > 0) await tx.manager.insert(BackupRunEntity, [...runs]);
  }

  /** The newest of each, at most so many of one. */
  async runsOf(backupIds: readonly string[], ofEach: number): Promise<BackupRunRow[]> {
    return this.db
      .createQueryBuilder(BackupRunEntity, 'r')
      .where('r.backupId in (:...ids)', { ids: inList(backupIds) })
      .andWhere(
        '(select count(*) from backup_run newer where newer.backup_id = r.backup_id and newer.ended_at > r.ended_at) < :ofEach',
        { ofEach },
      )
      .orderBy('r.backupId')
      .addOrderBy('r.endedAt', 'DESC')
      .getMany();
  }

  /** Copies were owed by now, and nobody has been told yet that they are missing. */
  async lateIds(now: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      "select id from backup where state = 'ACTIVE' and deadline_at <= ? and missed_since is null order by deadline_at, id limit ?",
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Whose restore test was due before that day, and nobody has been told yet. */
  async untestedIds(day: string, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select id from backup where state = 'ACTIVE' and next_restore_test_on < ?
       and (told_restore_on is null or told_restore_on <> next_restore_test_on) order by next_restore_test_on, id limit ?`,
      [day, limit],
    );
    return rows.map((row) => row.id);
  }

  async proofsOf(
    systemIds: readonly string[],
  ): Promise<Map<string, { restoreTestOn: string | null; missedSince: Date | null }>> {
    const rows: { systemId: string; restoreTestOn: string | null; missedSince: Date | null }[] = await this.db.query(
      `select system_id as systemId, min(next_restore_test_on) as restoreTestOn, min(missed_since) as missedSince
       from backup where state = 'ACTIVE' and system_id in (?) group by system_id`,
      [inList(systemIds)],
    );
    return new Map(rows.map(({ systemId, ...proof }) => [systemId, proof]));
  }

  /** Those that have not ended, in pages by id. */
  liveAfter(afterId: string, limit: number): Promise<BackupRow[]> {
    return this.db
      .createQueryBuilder(BackupEntity, 'b')
      .where('b.id > :afterId and b.state in (:...live)', { afterId, live: LIVE_BACKUP_STATES })
      .orderBy('b.id')
      .limit(limit)
      .getMany();
  }

  private filtered(scope: TenantScope, filter: BackupFilter): SelectQueryBuilder<BackupEntity> {
    const query = this.scoped(scope);
    if (filter.states?.length) query.andWhere('b.state in (:...states)', { states: filter.states });
    if (filter.objects?.length) query.andWhere('b.object in (:...objects)', { objects: filter.objects });
    if (filter.health) query.andWhere(`b.state = 'ACTIVE' and ${HEALTHY[filter.health]}`);
    if (filter.restoreTestBefore)
      query.andWhere("b.state = 'ACTIVE' and b.nextRestoreTestOn < :testBefore", {
        testBefore: filter.restoreTestBefore,
      });
    if (filter.departmentId) query.andWhere('b.departmentId = :departmentId', { departmentId: filter.departmentId });
    if (filter.systemId) query.andWhere('b.systemId = :systemId', { systemId: filter.systemId });
    if (filter.resourceId)
      query.andWhere(
        'exists (select 1 from backup_resource r where r.backup_id = b.id and r.resource_id = :resourceId)',
        {
          resourceId: filter.resourceId,
        },
      );
    return matching(query, ['b.code', 'b.name', 'b.requestCode', 'b.contents'], filter.search ?? null);
  }

  private scoped(scope: TenantScope, manager = this.db.manager): SelectQueryBuilder<BackupEntity> {
    return withinScope(
      manager.createQueryBuilder(BackupEntity, 'b').where('1 = 1'),
      'b.departmentId',
      scope,
      'b.systemId in (:...scopeSystemIds)',
    );
  }
}
