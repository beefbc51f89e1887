import { Injectable } from '@nestjs/common';
import type { DepartmentTree } from '../identity/domain/department-tree.js';
import type { DepartmentsOfPeople } from '../identity/users.types.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Reading, Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { type DepartmentFilter, DepartmentsRepository } from './departments.repository.js';
import {
  codeOfNamespace,
  type Department,
  type DepartmentLevel,
  type DepartmentRow,
  isDepartmentCode,
} from './domain/department.js';

interface RuleOfDepartments {
  /** null = whichever. */
  readonly condition: { readonly departmentIds?: readonly string[] | null };
}

@Injectable()
export class DepartmentsService implements DepartmentTree, DepartmentsOfPeople {
  constructor(private readonly repository: DepartmentsRepository) {}

  /** Batch for loaders. Unscoped: a department is reached by id from a row that the viewer may already see. */
  departments = async (ids: readonly string[]): Promise<(DepartmentRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(WHOLE_PROVINCE, ids), (department) => department.id);

  /** Batch for loaders: bureaus that are not closed. */
  bureauCounts = async (ids: readonly string[]): Promise<number[]> => {
    const counts = await this.repository.countBureaus(ids);
    return ids.map((id) => counts.get(id) ?? 0);
  };

  /** null = not there, or outside the scope. */
  async department(scope: TenantScope, id: string): Promise<DepartmentRow | null> {
    const [department] = await this.repository.byIds(scope, [id]);
    return department ?? null;
  }

  /** By their codes, for tables that people write; those outside the scope are missing. */
  async departmentsByCodes(scope: TenantScope, codes: readonly string[]): Promise<ReadonlyMap<string, DepartmentRow>> {
    const rows = await this.repository.byCodes(scope, [...new Set(codes)]);
    return new Map(rows.map((department) => [department.code, department]));
  }

  /** Ids of the departments whose namespaces these are, by namespace; those of nobody are left out. */
  async ownersOfNamespaces(tx: Tx, namespaces: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const codes = new Map(namespaces.map((namespace) => [codeOfNamespace(namespace), namespace]));
    codes.delete(null);
    if (codes.size === 0) return new Map();
    const rows = await this.repository.byCodes(WHOLE_PROVINCE, [...codes.keys()] as string[], tx.manager);
    return new Map(rows.map(({ code, id }) => [codes.get(code) as string, id]));
  }

  /** The department and all below it, in the order of the tree; empty for an unknown id. */
  treeIds(departmentId: string): Promise<string[]> {
    return this.repository.treeIds(departmentId);
  }

  /** The department and all above it, the top first; empty for an unknown id. */
  lineage(
    departmentId: string,
    tx?: Tx,
  ): Promise<{ readonly id: string; readonly code: string; readonly name: string; readonly level: DepartmentLevel }[]> {
    return this.repository.lineage(departmentId, tx?.manager);
  }

  treeIdsIn(tx: Tx, departmentId: string): Promise<string[]> {
    return this.repository.treeIds(departmentId, tx.manager);
  }

  /** Every city and all below it, those that are closed, too: what never enters a total of the province's own. */
  cityTreeIds(): Promise<string[]> {
    return this.repository.cityTreeIds();
  }

  /** By department the city that it is, or is of. */
  citiesOf({ manager }: Reading): Promise<ReadonlyMap<string, string>> {
    return this.repository.citiesOf(manager);
  }

  wholeTreeIds(departmentId: string): Promise<string[]> {
    return this.repository.wholeTreeIds(departmentId);
  }

  /**
   * For every feature that puts something into a department: null = unknown or closed; else it stays open until the
   * unit of work ends, because closing waits for the same lock.
   */
  async lockOpen(tx: Tx, departmentId: string): Promise<DepartmentRow | null> {
    const department = await this.repository.locked(tx, WHOLE_PROVINCE, departmentId);
    return department?.state === 'ACTIVE' ? department : null;
  }

  /** What is wrong with rules that hold for named departments alone: of these every one must be open. */
  async refusedRules(tx: Tx, rules: readonly RuleOfDepartments[]): Promise<Refusal[]> {
    const wrong: Refusal[] = [];
    for (const [index, { condition }] of rules.entries())
      for (const id of condition.departmentIds ?? [])
        if (!(await this.lockOpen(tx, id)))
          wrong.push({
            code: 'INVALID_INPUT',
            path: ['rules', String(index), 'condition', 'departmentIds'],
            rule: 'department',
            message: say('规则中的单位不存在或已撤销', 'A department of the rule is unknown or closed'),
          });
    return wrong;
  }

  /**
   * The same for many, and for what many do at once: of these the ones that are open, none of which is closed before the
   * unit of work ends. Asked for after servers and before centers, cabinets and networks are locked. SEEN locks nothing.
   */
  async openAmong(tx: Tx, ids: readonly string[], sight: 'KEPT' | 'SEEN' = 'KEPT'): Promise<ReadonlySet<string>> {
    return new Set(await this.repository.openAmong(tx, [...new Set(ids)], sight));
  }

  /** By name or code, in the order of the tree. */
  list(scope: TenantScope, filter: DepartmentFilter | string | null, page: PageRequest): Promise<Page<DepartmentRow>> {
    return this.repository.list(scope, typeof filter === 'string' ? { search: filter } : (filter ?? {}), page);
  }

  /** Takes in departments, parents first. A code that no namespace can carry is a defect of the caller. */
  async add(tx: Tx, departments: readonly (Department & Partial<DepartmentRow>)[]): Promise<void> {
    const bad = departments.find((department) => !isDepartmentCode(department.code));
    if (bad) throw new RangeError(`"${bad.code}" cannot be a department's code`);
    await this.repository.insert(tx, departments);
  }
}
