/** Decides which roles may stand in an approval chain, and for whose requests each of them decides. */
import {
  covers,
  type PermissionAction,
  type Rights,
  type Role,
  scopeFor,
  type TenantScope,
  WHOLE_PROVINCE,
} from '../../kernel/viewer.js';

export const STEP_ROLES = [
  'DEPARTMENT_HEAD',
  'CITY_ADMINISTRATOR',
  'CENTER_ACCEPTANCE',
  'CENTER_REVIEWER',
  'CAPACITY_ALLOCATOR',
  'CLOUD_AUTHORITY',
  'LEADER',
] as const satisfies readonly Role[];
export type StepRole = (typeof STEP_ROLES)[number];

/** Whose requests: the own department's (and those below it), the own city's, or the whole province's. */
export const STEP_SCOPES = ['OWN_DEPARTMENT', 'OWN_CITY', 'PROVINCE'] as const;
export type StepScope = (typeof STEP_SCOPES)[number];

export function scopeOfStepRole(role: StepRole): StepScope {
  if (role === 'DEPARTMENT_HEAD') return 'OWN_DEPARTMENT';
  return role === 'CITY_ADMINISTRATOR' ? 'OWN_CITY' : 'PROVINCE';
}

export function isStepRole(role: string): role is StepRole {
  return (STEP_ROLES as readonly string[]).includes(role);
}

/** Which permission on REQUEST the role decides by: the department signs off, everybody else reviews. */
export function permissionOfStepRole(role: StepRole): PermissionAction {
  return role === 'DEPARTMENT_HEAD' ? 'SIGN_OFF' : 'REVIEW';
}

/** Somebody whose rights to decide are looked at: the viewer, or one in whose name he may speak. */
export interface Decider extends Rights {
  readonly userId: string;
  /** Names of all roles, wherever they are held. */
  readonly roles: readonly Role[];
}

/** Departments whose requests this person may decide in this role; undefined = none. */
export function reachOf(person: Decider, role: StepRole): TenantScope | undefined {
  const scope = scopeFor(person, 'REQUEST', permissionOfStepRole(role));
  if (scope === undefined) return undefined;
  // Signing off is the head's alone, wherever he is a head: the permission tells it all.
  if (role === 'DEPARTMENT_HEAD') return scope;
  if (!person.roles.includes(role)) return undefined;
  // A person with a province role beside is still the administrator of one city only.
  if (role === 'CITY_ADMINISTRATOR') return { kind: 'DEPARTMENTS', departmentIds: person.departmentTreeIds };
  return scope.kind === 'PROVINCE' ? WHOLE_PROVINCE : undefined;
}

export function mayDecideAs(person: Decider, role: StepRole, departmentId: string): boolean {
  return covers(reachOf(person, role), departmentId);
}
