import type { PermissionAction, PermissionObject } from './enums';

export type Permission = { object: PermissionObject; action: PermissionAction };

/** The same table that the server's guards read, as it came with the viewer. The screen only follows it; the server decides. */
export function may(permissions: readonly Permission[], object: PermissionObject, action: PermissionAction): boolean {
  return permissions.some((permission) => permission.object === object && permission.action === action);
}
