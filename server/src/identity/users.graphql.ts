import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { Role } from '../kernel/viewer.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { MEMBERSHIP_ROLES, type Membership, type MembershipRole, type RoleGrant } from './domain/role-giving.js';
import { maskedPhone, USER_STATES, type UserState } from './domain/user.js';
import { PermissionType, RoleEnum } from './identity.types.js';
import type { UserRow } from './users.types.js';

export const UserStateEnum = enumOf(USER_STATES);
registerEnumType(UserStateEnum, { name: 'UserState' });
export const MembershipRoleEnum = enumOf(MEMBERSHIP_ROLES);
registerEnumType(MembershipRoleEnum, { name: 'MembershipRole' });

export const USER_ACTIONS = ['EDIT', 'SET_ROLES', 'DISABLE', 'ENABLE', 'RESET_PASSWORD', 'UNLOCK'] as const;
export type UserAction = (typeof USER_ACTIONS)[number];
export const UserActionEnum = enumOf(USER_ACTIONS);
registerEnumType(UserActionEnum, { name: 'UserAction' });

@ObjectType('RoleGrant')
export class RoleGrantType implements RoleGrant {
  @Field(() => RoleEnum)
  role!: Role;
  @Field(() => Date, { nullable: true, description: 'Over at this moment; null = without end.' })
  until!: Date | null;
}

@ObjectType('Membership', { description: 'A role in a department that is not the own one.' })
export class MembershipType {
  @Field(() => MembershipRoleEnum)
  role: MembershipRole;
  @Field(() => Date)
  since: Date;
  @Field(() => Date, { nullable: true, description: 'Over at this moment; null = without end.' })
  until: Date | null;

  /** Resolved to `department` by the departments feature. */
  readonly departmentId: string;

  constructor(membership: Membership) {
    this.role = membership.role;
    this.since = membership.since;
    this.until = membership.until;
    this.departmentId = membership.departmentId;
  }
}

@ObjectType('User', { implements: () => [Node], description: 'An account, as those see it who look after accounts.' })
export class UserNode extends Node {
  @Field(() => String)
  username: string;
  @Field(() => String)
  displayName: string;
  @Field(() => String, { nullable: true, description: 'Masked for those who do not look after the account.' })
  phone: string | null;
  @Field(() => UserStateEnum)
  state: UserState;
  @Field(() => Boolean, { description: 'Its password was made by another and is not yet changed.' })
  mustChangePassword: boolean;
  @Field(() => Date, { nullable: true })
  lastSignInAt: Date | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Int)
  version: number;

  /** Resolved to `department` by the departments feature. */
  readonly departmentId: string | null;
  readonly row: UserRow;

  constructor(row: UserRow, showsPhone: boolean) {
    super();
    this.id = toNodeId('User', row.id);
    this.username = row.username;
    this.displayName = row.displayName;
    this.phone = row.phone === null || showsPhone ? row.phone : maskedPhone(row.phone);
    this.state = row.state;
    this.mustChangePassword = row.mustChangePassword;
    this.lastSignInAt = row.lastSignInAt;
    this.createdAt = row.createdAt;
    this.version = row.version;
    this.departmentId = row.departmentId;
    this.row = row;
  }
}

export const UserConnection = connectionOf(UserNode, 'User');

@ObjectType('RolePermissions', { description: 'One role of the permission table.' })
export class RolePermissionsType {
  @Field(() => RoleEnum)
  role!: Role;
  @Field(() => [PermissionType])
  permissions!: PermissionType[];
  @Field(() => Boolean, { description: 'One of the three administrators: stands alone.' })
  exclusive!: boolean;
  @Field(() => Boolean, { description: "A city's administrator may give it within his tree." })
  givenInCities!: boolean;
}

@InputType('UserFilter')
export class UserFilterInput {
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => RoleEnum, { nullable: true })
  role?: Role | null;
  @Field(() => UserStateEnum, { nullable: true })
  state?: UserState | null;
  @Field(() => Boolean, { nullable: true, description: 'Nobody has signed in with it yet.' })
  neverSignedIn?: boolean | null;
  @Field(() => String, { nullable: true, description: 'In user name or name.' })
  search?: string | null;
}

@InputType('CreateUserInput')
export class CreateUserInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, {
    description: 'Letters, digits, dots, underscores and hyphens. A city’s ends in ".<code of the department>".',
  })
  username!: string;
  @Field(() => String)
  displayName!: string;
  @Field(() => String, { nullable: true })
  phone?: string | null;
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
}

/** What every act on one existing account names. */
@InputType('UserActInput')
export class UserActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('EditUserInput')
export class EditUserInput extends UserActInput {
  @Field(() => String)
  displayName!: string;
  @Field(() => String, { nullable: true })
  phone?: string | null;
  @Field(() => ID, { nullable: true, description: 'Another department than before takes all roles away.' })
  departmentId?: string | null;
}

@InputType('DisableUserInput')
export class DisableUserInput extends UserActInput {
  @Field(() => String, { description: 'At most 200 characters.' })
  reason!: string;
}

@InputType('RoleGrantInput')
export class RoleGrantInput {
  @Field(() => RoleEnum)
  role!: Role;
  @Field(() => Date, { nullable: true })
  until?: Date | null;
}

@InputType('SetUserRolesInput')
export class SetUserRolesInput extends UserActInput {
  @Field(() => [RoleGrantInput], { description: 'All roles from now on.' })
  roles!: RoleGrantInput[];
}

@InputType('EndMembershipInput')
export class EndMembershipInput extends UserActInput {
  @Field(() => ID)
  departmentId!: string;
  @Field(() => MembershipRoleEnum)
  role!: MembershipRole;
}

@InputType('AddMembershipInput')
export class AddMembershipInput extends EndMembershipInput {
  @Field(() => Date, { nullable: true })
  until?: Date | null;
}

@InputType('ChangePasswordInput')
export class ChangePasswordInput {
  @Field(() => String)
  currentPassword!: string;
  @Field(() => String)
  newPassword!: string;
}

@ObjectType('UserPayload')
export class UserPayload {
  @Field(() => UserNode, { nullable: true })
  user!: UserNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('UserPasswordPayload')
export class UserPasswordPayload extends UserPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Shown this once and kept nowhere. Null when the same press was answered before.',
  })
  initialPassword!: string | null;
}

@InputType('IssueInitialPasswordsInput')
export class IssueInitialPasswordsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => [ID], { description: '1 to 100 accounts that nobody has signed in with yet, as an import leaves them.' })
  userIds!: string[];
}

@ObjectType('InitialPassword')
export class InitialPasswordType {
  @Field(() => String)
  username!: string;
  @Field(() => String)
  displayName!: string;
  @Field(() => String)
  initialPassword!: string;
}

@ObjectType('InitialPasswordsPayload')
export class InitialPasswordsPayload {
  @Field(() => [InitialPasswordType], {
    description: 'Given this once and kept nowhere. Empty when the same press was answered before.',
  })
  issued!: InitialPasswordType[];
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ChangePasswordPayload')
export class ChangePasswordPayload {
  @Field(() => Boolean)
  changed!: boolean;
  @Field(() => [UserError])
  errors!: UserError[];
}
