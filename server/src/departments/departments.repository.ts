import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DepartmentEntity } from './departments.entity.js';
import type {
  Department,
  DepartmentFacts,
  DepartmentLevel,
  DepartmentRow,
  DepartmentState,
} from './domain/department.js';

export interface DepartmentFilter {
  readonly search?: string | null;
  /** Its bureaus. */
  readonly parentId?: string | null;
  /** Only what stands on top, as far as the scope reaches. */
  readonly tops?: boolean;
  readonly state?: DepartmentState | null;
}

@Injectable()
export class DepartmentsRepository {
  constructor(private readonly db: DataSource) {}

  byIds(scope: TenantScope, ids: readonly string[]): Promise<DepartmentRow[]> {
    return this.within(scope)
      .andWhere('department.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  byCodes(
    scope: TenantScope,
    codes: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<DepartmentRow[]> {
    return this.within(scope, manager)
      .andWhere('department.code in (:...codes)', { codes: inList(codes) })
      .getMany();
  }

  /** In the order of the tree. */
  list(scope: TenantScope, filter: DepartmentFilter, page: PageRequest): Promise<Page<DepartmentRow>> {
    const query = matching(this.within(scope), ['department.name', 'department.code'], filter.search ?? null);
    if (filter.parentId) query.andWhere('department.parentId = :parentId', { parentId: filter.parentId });
    if (filter.state) query.andWhere('department.state = :state', { state: filter.state });
    if (filter.tops && scope.kind === 'PROVINCE') query.andWhere('department.parentId is null');
    if (filter.tops && scope.kind === 'DEPARTMENTS')
      query.andWhere('(department.parentId is null or department.parentId not in (:...scopeIds))', {
        scopeIds: inList(scope.departmentIds),
      });
    return pageOf(query, 'department.path', page);
  }

  /** Locks the department. null = unknown or outside the scope. */
  locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<DepartmentRow | null> {
    return this.within(scope, tx.manager)
      .andWhere('department.id = :id', { id: id ?? '' })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Of these the ones that are open. KEPT: they stay so until the transaction ends, and several may keep one at once. */
  async openAmong(tx: Tx, ids: readonly string[], sight: 'KEPT' | 'SEEN'): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query(
      `select id from department where id in (?) and state = 'ACTIVE' order by id ${sight === 'KEPT' ? 'lock in share mode' : ''}`,
      [inList(ids)],
    );
    return rows.map((row) => row.id);
  }

  async update(
    tx: Tx,
    row: DepartmentRow,
    change: Partial<DepartmentFacts & { state: DepartmentState }>,
  ): Promise<void> {
    await tx.manager.update(DepartmentEntity, row.id, { ...change, version: row.version + 1 });
  }

  /** Bureaus that are not closed, by city. */
  async countBureaus(
    departmentIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<Map<string, number>> {
    const rows = await manager.query(
      "select parent_id as id, count(*) as bureaus from department where parent_id in (?) and state = 'ACTIVE' group by parent_id",
      [inList(departmentIds)],
    );
    return new Map(rows.map((row: { id: string; bureaus: string }) => [row.id, Number(row.bureaus)]));
  }

  /** The city with all its bureaus, or the department alone. */
  async wholeTreeIds(departmentId: string): Promise<string[]> {
    const rows = await this.db.query(
      `select d.id from department own join department d on d.path like concat('/', substring_index(substring(own.path, 2), '/', 1), '/%')
       where own.id = ? order by d.path`,
      [departmentId],
    );
    return rows.map((row: { id: string }) => row.id);
  }

  /** Cities with all that is below them. */
  async cityTreeIds(): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select d.id from department city join department d on d.path like concat(city.path, '%')
       where city.level = 'CITY' order by d.path`,
    );
    return rows.map((row) => row.id);
  }

  /** By department the city that it is, or is of; those of the province itself are not among them. */
  async citiesOf(manager: EntityManager = this.db.manager): Promise<Map<string, string>> {
    const rows: { id: string; city: string }[] = await manager.query(
      `select d.id, city.id as city from department city join department d on d.path like concat(city.path, '%')
       where city.level = 'CITY'`,
    );
    return new Map(rows.map(({ city, id }) => [id, city]));
  }

  async treeIds(departmentId: string, manager: EntityManager = this.db.manager): Promise<string[]> {
    const rows = await manager
      .createQueryBuilder(DepartmentEntity, 'department')
      .select('department.id', 'id')
      .innerJoin(DepartmentEntity, 'top', "department.path like concat(top.path, '%')")
      .where('top.id = :departmentId', { departmentId })
      .orderBy('department.path')
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }

  /** The department and all above it, the top first; empty for an unknown id. Plain SQL: asked at every preview and submit. */
  async lineage(
    departmentId: string,
    manager: EntityManager = this.db.manager,
  ): Promise<{ id: string; code: string; name: string; level: DepartmentLevel }[]> {
    return manager.query(
      `select above.id, above.code, above.name, above.level from department below
       inner join department above on below.path like concat(above.path, '%')
       where below.id = ? order by above.path`,
      [departmentId],
    );
  }

  /** Parents before their children. Whatever is not said of one is as at its beginning. */
  async insert(tx: Tx, departments: readonly (Department & Partial<DepartmentRow>)[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DepartmentEntity)
      .values(
        departments.map((department) => ({
          contactName: null,
          contactPhone: null,
          state: 'ACTIVE' as const,
          version: 1,
          ...department,
        })),
      )
      .updateEntity(false)
      .execute();
  }

  private within(scope: TenantScope, manager: EntityManager = this.db.manager) {
    return withinScope(manager.createQueryBuilder(DepartmentEntity, 'department'), 'department.id', scope);
  }
}
