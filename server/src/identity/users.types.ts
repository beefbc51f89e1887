import type { Locale } from '../kernel/bilingual.js';
import type { BoundSystem, Role } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { UserKind } from './domain/administrators.js';
import type { Membership, RoleGrant } from './domain/role-giving.js';
import type { UserState } from './domain/user.js';

/** An account as those see it who look after it. */
export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly departmentId: string | null;
  readonly kind: UserKind;
  readonly phone: string | null;
  readonly state: UserState;
  readonly mustChangePassword: boolean;
  readonly version: number;
  readonly locale: Locale;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
}

/** With all that it may do, ended grants left out. */
export interface FullUser extends UserRow {
  readonly grants: readonly RoleGrant[];
  readonly memberships: readonly Membership[];
}

export interface UserFilter {
  readonly departmentId?: string | null;
  readonly role?: Role | null;
  readonly state?: UserState | null;
  /** Nobody has signed in with it yet. */
  readonly neverSignedIn?: boolean | null;
  /** In user name or name. */
  readonly search?: string | null;
}

/** What identity asks of a department before somebody is put into it. */
export interface OpenDepartment {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: 'PROVINCE' | 'CITY' | 'BUREAU';
}

/** What identity must know of departments, which come later. Bound by the root. */
export interface DepartmentsOfPeople {
  /** Locked until the unit of work ends, so that it cannot be closed meanwhile. null = unknown or closed. */
  lockOpen(tx: Tx, departmentId: string): Promise<OpenDepartment | null>;
  /** The department and all below it, asked within a unit of work. */
  treeIdsIn(tx: Tx, departmentId: string): Promise<readonly string[]>;
  /** The whole tree that the department stands in: its city with all bureaus, or itself alone. */
  wholeTreeIds(departmentId: string): Promise<readonly string[]>;
}
export const DEPARTMENTS_OF_PEOPLE = Symbol('DEPARTMENTS_OF_PEOPLE');

/** What identity must know of systems, which come later still. Bound by the root. */
export interface BoundSystems {
  /** What a person of a vendor is bound to today; within a unit of work where one is given. */
  boundTo(userId: string, tx?: Tx): Promise<readonly BoundSystem[]>;
}
export const BOUND_SYSTEMS = Symbol('BOUND_SYSTEMS');
