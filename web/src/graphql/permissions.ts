import type { PermissionAction, PermissionObject, PermissionScope } from './enums';

export type Permission = { object: PermissionObject; action: PermissionAction; scope: PermissionScope };

/** The same table that the server's guards read, as it came with the viewer. The screen only follows it; the server decides. */
export function may(permissions: readonly Permission[], object: PermissionObject, action: PermissionAction): boolean {
  return permissions.some((permission) => permission.object === object && permission.action === action);
}

const narrowToWide: readonly PermissionScope[] = ['BOUND_SYSTEMS', 'OWN_DEPARTMENT', 'DEPARTMENT_TREE', 'PROVINCE'];

/** How far a viewer reads: the widest scope of any reading permission. */
export function readingScope(permissions: readonly Permission[]): PermissionScope {
  const widest = permissions
    .filter(
      (permission) =>
        permission.action === 'READ' && (permission.object === 'REQUEST' || permission.object === 'RESOURCE'),
    )
    .map((permission) => narrowToWide.indexOf(permission.scope));
  return narrowToWide[Math.max(...widest)] ?? 'OWN_DEPARTMENT';
}
