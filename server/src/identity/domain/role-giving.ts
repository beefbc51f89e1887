/** Decides who may give which roles to whom: never to oneself, never beyond one's own tree, never two powers in one hand. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { covers, type Role, type TenantScope } from '../../kernel/viewer.js';
import { ADMINISTRATOR_ROLES, kindFor, type UserKind } from './administrators.js';

/** What may be given in a tree that is not the whole province, and what may be held in a department not one's own. */
export const MEMBERSHIP_ROLES = ['APPLICANT', 'DEPARTMENT_HEAD', 'VENDOR_STAFF'] as const satisfies readonly Role[];
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

/** Roles that say nothing without a department. */
const NEEDS_DEPARTMENT: ReadonlySet<Role> = new Set([...MEMBERSHIP_ROLES, 'CITY_ADMINISTRATOR', 'CITY_FINANCE']);
/** Roles whose tree is the whole city. */
const OF_CITY: ReadonlySet<Role> = new Set(['CITY_ADMINISTRATOR', 'CITY_FINANCE']);

export interface RoleGrant {
  readonly role: Role;
  /** Half-open; null = without end. */
  readonly until: Date | null;
}

export interface Membership {
  readonly departmentId: string;
  readonly role: MembershipRole;
  readonly since: Date;
  readonly until: Date | null;
}

export function isMembershipRole(role: Role): role is MembershipRole {
  return (MEMBERSHIP_ROLES as readonly Role[]).includes(role);
}

/** The account that is looked after. */
export interface Account {
  readonly id: string;
  readonly departmentId: string | null;
  readonly kind: UserKind;
  /** Roles held now. */
  readonly roles: readonly Role[];
  readonly memberships: readonly Pick<Membership, 'departmentId'>[];
}

export interface Administering {
  readonly userId: string;
  readonly scope: TenantScope;
}

/**
 * Why the account is beyond this administrator, whatever is to be done to it; null = it is not. Beyond a city's
 * administrator are accounts that can do more than he can give: by their password he would take it.
 */
export function beyond(by: Administering, account: Account): Refusal | null {
  if (by.userId === account.id)
    return notPermitted(
      'OWN_ACCOUNT',
      say('不能管理自己的账号，请由他人办理', 'Nobody looks after their own account; ask another'),
    );
  if (by.scope.kind === 'PROVINCE') return null;
  const inside = account.roles.every(isMembershipRole) && account.kind === 'ORDINARY';
  if (inside && account.memberships.every((m) => covers(by.scope, m.departmentId))) return null;
  return notPermitted(
    'BEYOND_TREE',
    say(
      '该账号的权限超出您的管理范围，由省级管理员管理',
      'This account holds rights beyond your tree; the province looks after it',
    ),
  );
}

/** Every reason against these roles for this account; empty = they may be given. */
export function refusalsToGive(
  by: Administering,
  account: Account,
  wanted: readonly RoleGrant[],
  facts: { readonly now: Date; readonly departmentLevel: string | null },
): Refusal[] {
  const outside = beyond(by, account);
  if (outside) return [outside];
  const roles = wanted.map((grant) => grant.role);
  if (new Set(roles).size < roles.length)
    return [invalid(['roles'], 'twice', say('同一角色只能授予一次', 'A role is given once'))];
  if (roles.length > 0 && kindFor(roles) === undefined)
    return [
      invalid(
        ['roles'],
        'exclusive',
        say('三员角色互斥，且不能与其他角色兼任', 'An administrator of the three holds no other role'),
      ),
    ];
  if (ADMINISTRATOR_ROLES.some((role) => roles.includes(role)) && account.memberships.length > 0)
    return [
      invalid(
        ['roles'],
        'exclusive',
        say('该人员在其他单位任职，不能担任三员', 'A member of another department cannot be one of the three'),
      ),
    ];
  return wanted.flatMap((grant, at) => refusalsToGrant(by, account, grant, ['roles', String(at)], facts));
}

function refusalsToGrant(
  by: Administering,
  account: Account,
  { role, until }: RoleGrant,
  path: readonly string[],
  { now, departmentLevel }: { readonly now: Date; readonly departmentLevel: string | null },
): Refusal[] {
  if (by.scope.kind !== 'PROVINCE' && !isMembershipRole(role))
    return [
      {
        ...notPermitted(
          'ROLE_OF_PROVINCE',
          say('此角色只能由省级安全管理员授予', "This role is given by the province's security administrator only"),
        ),
        path,
      },
    ];
  if (NEEDS_DEPARTMENT.has(role) && account.departmentId === null)
    return [invalid(path, 'department', say('此角色须先有所属单位', 'This role needs a department first'))];
  if (OF_CITY.has(role) && departmentLevel !== 'CITY')
    return [invalid(path, 'department', say('该角色须属于设区市本级', 'This role belongs to the city itself'))];
  return wrongUntil(role, until, now, [...path, 'until']);
}

/** Every reason against the end of a role. */
export function wrongUntil(role: Role, until: Date | null, now: Date, path: readonly string[]): Refusal[] {
  if (until === null)
    return role === 'VENDOR_STAFF'
      ? [invalid(path, 'required', say('厂商人员的角色须有截止日期', "A vendor's person holds the role until a date"))]
      : [];
  if (until <= now) return [invalid(path, 'future', say('截止日期须在今天之后', 'The end lies in the future'))];
  return (ADMINISTRATOR_ROLES as readonly Role[]).includes(role)
    ? [invalid(path, 'none', say('三员角色没有截止日期', 'An administrator of the three has no end date'))]
    : [];
}

function notPermitted(reason: string, message: Bilingual): Refusal & { code: 'NOT_PERMITTED' } {
  return { code: 'NOT_PERMITTED', path: [], reason, message };
}

function invalid(path: readonly string[], rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message };
}
