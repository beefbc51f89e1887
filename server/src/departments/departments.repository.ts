import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DepartmentEntity } from './departments.entity.js';
import type { Department } from './domain/department.js';

@Injectable()
export class DepartmentsRepository {
  constructor(private readonly db: DataSource) {}

  byIds(scope: TenantScope, ids: readonly string[]): Promise<Department[]> {
    return this.within(scope)
      .andWhere('department.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** In the order of the tree. */
  list(scope: TenantScope, search: string | null, page: PageRequest): Promise<Page<Department>> {
    const query = matching(this.within(scope), ['department.name', 'department.code'], search);
    return pageOf(query, 'department.path', page);
  }

  async treeIds(departmentId: string): Promise<string[]> {
    const rows = await this.db
      .createQueryBuilder(DepartmentEntity, 'department')
      .select('department.id', 'id')
      .innerJoin(DepartmentEntity, 'top', "department.path like concat(top.path, '%')")
      .where('top.id = :departmentId', { departmentId })
      .orderBy('department.path')
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }

  /** The department and all above it, the top first; empty for an unknown id. Plain SQL: asked at every preview and submit. */
  async lineage(departmentId: string): Promise<{ id: string; name: string }[]> {
    return this.db.query(
      `select above.id, above.name from department below
       inner join department above on below.path like concat(above.path, '%')
       where below.id = ? order by above.path`,
      [departmentId],
    );
  }

  /** Parents before their children. */
  async insert(tx: Tx, departments: readonly Department[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DepartmentEntity)
      .values([...departments])
      .updateEntity(false)
      .execute();
  }

  private within(scope: TenantScope) {
    return withinScope(this.db.createQueryBuilder(DepartmentEntity, 'department'), 'department.id', scope);
  }
}
