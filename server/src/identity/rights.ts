import type { Rights, RightsElsewhere, Role } from '../kernel/viewer.js';
import type { DepartmentTree } from './domain/department-tree.js';
import { permissionsOf } from './domain/permissions.js';

/** What somebody may do and where: roles of his own department, and those of each membership within its department only. */
export async function rightsOf(
  tree: DepartmentTree,
  departmentId: string | null,
  roles: readonly Role[],
  memberships: readonly { readonly departmentId: string; readonly role: Role }[],
): Promise<Rights> {
  const elsewhere: RightsElsewhere[] = [];
  for (const [id, held] of Map.groupBy(memberships, (membership) => membership.departmentId))
    elsewhere.push({
      departmentId: id,
      departmentTreeIds: await tree.treeIds(id),
      permissions: permissionsOf(held.map((membership) => membership.role)),
    });
  return {
    departmentId,
    departmentTreeIds: departmentId === null ? [] : await tree.treeIds(departmentId),
    permissions: permissionsOf(roles),
    ...(elsewhere.length > 0 ? { elsewhere } : {}),
  };
}
