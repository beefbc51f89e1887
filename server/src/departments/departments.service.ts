import { Injectable } from '@nestjs/common';
import type { DepartmentTree } from '../identity/domain/department-tree.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { DepartmentsRepository } from './departments.repository.js';
import { type Department, isDepartmentCode } from './domain/department.js';

@Injectable()
export class DepartmentsService implements DepartmentTree {
  constructor(private readonly repository: DepartmentsRepository) {}

  /** Batch for loaders. Unscoped: a department is reached by id from a row that the viewer may already see. */
  departments = async (ids: readonly string[]): Promise<(Department | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(WHOLE_PROVINCE, ids), (department) => department.id);

  /** null = not there, or outside the scope. */
  async department(scope: TenantScope, id: string): Promise<Department | null> {
    const [department] = await this.repository.byIds(scope, [id]);
    return department ?? null;
  }

  /** The department and all below it, in the order of the tree; empty for an unknown id. */
  treeIds(departmentId: string): Promise<string[]> {
    return this.repository.treeIds(departmentId);
  }

  /** The department and all above it, the top first; empty for an unknown id. */
  lineage(departmentId: string): Promise<{ readonly id: string; readonly name: string }[]> {
    return this.repository.lineage(departmentId);
  }

  /** By name or code. */
  list(scope: TenantScope, search: string | null, page: PageRequest): Promise<Page<Department>> {
    return this.repository.list(scope, search, page);
  }

  /** Takes in departments, parents first. A code that no namespace can carry is a defect of the caller. */
  async add(tx: Tx, departments: readonly Department[]): Promise<void> {
    const bad = departments.find((department) => !isDepartmentCode(department.code));
    if (bad) throw new RangeError(`"${bad.code}" cannot be a department's code`);
    await this.repository.insert(tx, departments);
  }
}
