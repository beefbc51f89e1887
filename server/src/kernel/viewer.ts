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
  'CITY_FINANCE',
  'SYSTEM_ADMINISTRATOR',
  'SECURITY_ADMINISTRATOR',
  'AUDIT_ADMINISTRATOR',
  'ASSESSOR',
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSION_OBJECTS = [
  'REQUEST',
  'CHAIN',
  'GATE',
  'CALENDAR',
  'RESOURCE',
  'LIFE_POLICY',
  'DR_DEBT',
  'DR_GROUP',
  'DUTY',
  'GO_LIVE',
  'WORK_ORDER',
  'SYSTEM',
  'PROJECT',
  'DEPARTMENT',
  'QUOTA',
  'PLAN',
  'CENTER',
  'CABINET',
  'SERVER',
  'NETWORK',
  'CAPACITY',
  'OUTAGE',
  'INTAKE',
  'CATALOG',
  'PRICE',
  'BUDGET',
  'SPEND',
  'CLOSING',
  'STATEMENT',
  'PERFORMANCE',
  'AUDIT',
  'USER',
  'ROLE',
  'CHANNEL',
] as const;
export type PermissionObject = (typeof PERMISSION_OBJECTS)[number];

/** SUBMIT: send on, in the department's name, what was drafted for it. */
export const PERMISSION_ACTIONS = [
  'READ',
  'CREATE',
  'EDIT',
  'SUBMIT',
  'SIGN_OFF',
  'REVIEW',
  'WITHDRAW',
  'RELEASE',
  'OPERATE',
  'IMPORT',
  'EXPORT',
] as const;
export type PermissionAction = (typeof PERMISSION_ACTIONS)[number];

/** From narrow to wide. BOUND_SYSTEMS: those of the department that the person is bound to today, as a vendor's staff is. */
export const PERMISSION_SCOPES = ['BOUND_SYSTEMS', 'OWN_DEPARTMENT', 'DEPARTMENT_TREE', 'PROVINCE'] as const;
export type PermissionScope = (typeof PERMISSION_SCOPES)[number];

export interface Permission {
  readonly object: PermissionObject;
  readonly action: PermissionAction;
  readonly scope: PermissionScope;
}

/**
 * Whose rows may be touched. A required argument of every repository, so that it cannot be forgotten. Rows of a
 * department are within it whole, or only those of single systems: a repository that does not know of systems keeps
 * those out.
 */
export type TenantScope =
  | { readonly kind: 'PROVINCE' }
  | {
      readonly kind: 'DEPARTMENTS';
      /** All rows of these. */
      readonly departmentIds: readonly string[];
      /** Rows of these systems, whichever department they are of. */
      readonly systemIds?: readonly string[];
    };

export const WHOLE_PROVINCE: TenantScope = { kind: 'PROVINCE' };

/** Who acts, as the audit row names him. System acts have userId null. */
export interface Actor {
  readonly userId: string | null;
  readonly name: string;
  readonly departmentId: string | null;
  readonly address: string | null;
  readonly traceId: string;
}

/** Rights in a department that is not one's own: a role there says nothing here, nor the other way round. */
export interface RightsElsewhere {
  readonly departmentId: string;
  /** That department and all below it. */
  readonly departmentTreeIds: readonly string[];
  readonly permissions: readonly Permission[];
}

/** A system that somebody is bound to by name until a day, beside the department that it belongs to. */
export interface BoundSystem {
  readonly systemId: string;
  readonly departmentId: string;
}

export interface Viewer extends Actor {
  readonly userId: string;
  readonly username: string;
  readonly sessionId: string;
  /** Names of all roles, wherever they are held; what they allow stands in `permissions` and `elsewhere`. */
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
  /** Memberships of other departments, one entry a department. */
  readonly elsewhere?: readonly RightsElsewhere[];
  /** What the viewer is bound to today; missing = nothing. */
  readonly boundSystems?: readonly BoundSystem[];
  /** Own department and all below it. */
  readonly departmentTreeIds: readonly string[];
  readonly locale: Locale;
  /** The password was made by another: until it is changed nothing else is answered. */
  readonly mustChangePassword?: boolean;
}

/** What scopes are made of: a viewer, or somebody who is looked at as if he were one. */
export type Rights = Pick<Viewer, 'departmentId' | 'departmentTreeIds' | 'permissions' | 'elsewhere' | 'boundSystems'>;

/** The widest scope in which the viewer may do this, all his departments together; undefined = not at all. */
export function scopeFor(viewer: Rights, object: PermissionObject, action: PermissionAction): TenantScope | undefined {
  const bound = viewer.boundSystems ?? [];
  const parts = [viewer, ...(viewer.elsewhere ?? [])].map((rights) => scopeWithin(rights, bound, object, action));
  const found = parts.filter((scope) => scope !== undefined);
  const [first] = found;
  if (first === undefined || found.length === 1) return first;
  if (found.some((scope) => scope.kind === 'PROVINCE')) return WHOLE_PROVINCE;
  const narrow = found.filter((scope) => scope.kind === 'DEPARTMENTS');
  const systemIds = narrow.flatMap((scope) => scope.systemIds ?? []);
  return {
    kind: 'DEPARTMENTS',
    departmentIds: [...new Set(narrow.flatMap((scope) => scope.departmentIds))],
    ...(systemIds.length > 0 ? { systemIds } : {}),
  };
}

function scopeWithin(
  rights: Omit<Rights, 'elsewhere' | 'boundSystems'>,
  bound: readonly BoundSystem[],
  object: PermissionObject,
  action: PermissionAction,
): TenantScope | undefined {
  const scopes = new Set(
    rights.permissions.filter((p) => p.object === object && p.action === action).map((p) => p.scope),
  );
  if (scopes.has('PROVINCE')) return WHOLE_PROVINCE;
  if (scopes.has('DEPARTMENT_TREE')) return { kind: 'DEPARTMENTS', departmentIds: rights.departmentTreeIds };
  if (scopes.has('OWN_DEPARTMENT') && rights.departmentId !== null)
    return { kind: 'DEPARTMENTS', departmentIds: [rights.departmentId] };
  if (scopes.has('BOUND_SYSTEMS') && rights.departmentId !== null) {
    const within = bound.filter((system) => system.departmentId === rights.departmentId);
    return { kind: 'DEPARTMENTS', departmentIds: [], systemIds: within.map((system) => system.systemId) };
  }
  return undefined;
}

/** Whether all rows of the department are within the scope. */
export function covers(scope: TenantScope | undefined, departmentId: string): boolean {
  if (!scope) return false;
  return scope.kind === 'PROVINCE' || scope.departmentIds.includes(departmentId);
}

/** Whether this row is: by its department, or by its system. */
export function reaches(
  scope: TenantScope | undefined,
  row: { readonly departmentId: string; readonly systemId: string },
): boolean {
  if (covers(scope, row.departmentId)) return true;
  return scope?.kind === 'DEPARTMENTS' && (scope.systemIds ?? []).includes(row.systemId);
}
