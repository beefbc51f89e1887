/** Decides nothing: what identity must know of departments, which know it and come later. */
export interface DepartmentTree {
  /** The department and all below it; empty for an unknown id. */
  treeIds(departmentId: string): Promise<readonly string[]>;
}

/** Injection token of the port; the root binds it to the departments' service. */
export const DEPARTMENT_TREE = Symbol('DEPARTMENT_TREE');
