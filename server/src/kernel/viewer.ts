import type { Locale } from './bilingual.js';

export const ROLES = [
  'APPLICANT',
  'DEPARTMENT_HEAD',
  'VENDOR_STAFF',
  'CENTER_ACCEPTANCE',
  'CENTER_REVIEWER',
  'CAPACITY_ALLOCATOR',
  'FACILITY_ENGINEER',
  'PROVIDER_OPERATOR',
  'CLOUD_AUTHORITY',
  'LEADER',
  'FINANCE',
  'DR_OPERATOR',
  'DUTY_ENGINEER',
  'CITY_ADMINISTRATOR',
  'SYSTEM_ADMINISTRATOR',
  'SECURITY_ADMINISTRATOR',
  'AUDIT_ADMINISTRATOR',
  'ASSESSOR',
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSION_OBJECTS = [
  'REQUEST',
  'RESOURCE',
  'SYSTEM',
  'PROJECT',
  'DEPARTMENT',
  'QUOTA',
  'CENTER',
  'CABINET',
  'SERVER',
  'NETWORK',
  'CAPACITY',
  'INTAKE',
  'CATALOG',
  'PRICE',
  'BUDGET',
  'AUDIT',
  'USER',
  'ROLE',
] as const;
export type PermissionObject = (typeof PERMISSION_OBJECTS)[number];

export const PERMISSION_ACTIONS = [
  'READ',
  'CREATE',
  'EDIT',
  'SIGN_OFF',
  'REVIEW',
  'WITHDRAW',
  'RELEASE',
  'IMPORT',
  'EXPORT',
] as const;
export type PermissionAction = (typeof PERMISSION_ACTIONS)[number];

/** From narrow to wide. */
export const PERMISSION_SCOPES = ['OWN_DEPARTMENT', 'DEPARTMENT_TREE', 'PROVINCE'] as const;
export type PermissionScope = (typeof PERMISSION_SCOPES)[number];

export interface Permission {
  readonly object: PermissionObject;
  readonly action: PermissionAction;
  readonly scope: PermissionScope;
}

/** Whose rows may be touched. A required argument of every repository, so that it cannot be forgotten. */
export type TenantScope =
  | { readonly kind: 'PROVINCE' }
  | { readonly kind: 'DEPARTMENTS'; readonly departmentIds: readonly string[] };

export const WHOLE_PROVINCE: TenantScope = { kind: 'PROVINCE' };

/** Who acts, as the audit row names him. System acts have userId null. */
export interface Actor {
  readonly userId: string | null;
  readonly name: string;
  readonly departmentId: string | null;
  readonly address: string | null;
  readonly traceId: string;
}

export interface Viewer extends Actor {
  readonly userId: string;
  readonly username: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
  /** Own department and all below it. */
  readonly departmentTreeIds: readonly string[];
  readonly locale: Locale;
}

/** The widest scope in which the viewer may do this; undefined = not at all. */
export function scopeFor(viewer: Viewer, object: PermissionObject, action: PermissionAction): TenantScope | undefined {
  const scopes = new Set(
    viewer.permissions.filter((p) => p.object === object && p.action === action).map((p) => p.scope),
  );
  if (scopes.has('PROVINCE')) return WHOLE_PROVINCE;
  if (scopes.has('DEPARTMENT_TREE')) return { kind: 'DEPARTMENTS', departmentIds: viewer.departmentTreeIds };
  if (scopes.has('OWN_DEPARTMENT') && viewer.departmentId !== null)
    return { kind: 'DEPARTMENTS', departmentIds: [viewer.departmentId] };
  return undefined;
}

export function covers(scope: TenantScope | undefined, departmentId: string): boolean {
  if (!scope) return false;
  return scope.kind === 'PROVINCE' || scope.departmentIds.includes(departmentId);
}
