import type { Rights, RightsElsewhere, Role } from '../kernel/viewer.js';
import type { DepartmentTree } from './domain/department-tree.js';
import { permissionsOf } from './domain/permissions.js';
import type { BoundSystems } from './users.types.js';

/** Who is asked about departments and systems. */
export interface RightsFacts {
  readonly tree: DepartmentTree;
  readonly bound: BoundSystems;
}

/** What somebody may do and where: roles of his own department, and those of each membership within its department only. */
export async function rightsOf(
  { tree, bound }: RightsFacts,
  { id: userId, departmentId }: { readonly id: string; readonly departmentId: string | null },
  roles: readonly Role[],
  memberships: readonly { readonly departmentId: string; readonly role: Role }[],
): Promise<Rights> {
  // Asked of those only whose rights depend on it.
  const ofVendor = [...roles, ...memberships.map((membership) => membership.role)].includes('VENDOR_STAFF');
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
    ...(ofVendor ? { boundSystems: await bound.boundTo(userId) } : {}),
    ...(elsewhere.length > 0 ? { elsewhere } : {}),
  };
}
