import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import {
  PERMISSION_ACTIONS,
  PERMISSION_OBJECTS,
  PERMISSION_SCOPES,
  type PermissionAction,
  type PermissionObject,
  type PermissionScope,
  ROLES,
  type Role,
  type Viewer,
} from '../kernel/viewer.js';
import type { ConsoleMode } from '../platform/config/configuration.js';
import type { QuorumState } from '../platform/database/quorum/database-quorum.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { UserKind } from './domain/administrators.js';
import type { DemonstrationAccountFacts } from './domain/demonstration.js';
import { widestOf } from './domain/permissions.js';

/** A user as it is kept, without his password. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly departmentId: string | null;
  readonly kind: UserKind;
  readonly locale: Locale;
  readonly mustChangePassword: boolean;
}

export interface UserWithPassword extends User {
  readonly passwordHash: string;
  readonly active: boolean;
  readonly lastSignInAt: Date | null;
  readonly lastSignInAddress: string | null;
}

export interface NewUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly departmentId: string | null;
  /** Never empty; an administrator's role stands alone. */
  readonly roles: readonly Role[];
  readonly passwordHash: string;
  readonly phone?: string | null;
  readonly locale?: Locale;
}

/** What a user may do: roles in the own department, and those of other departments. */
export interface HeldRoles {
  readonly roles: readonly Role[];
  readonly memberships: readonly { readonly departmentId: string; readonly role: Role }[];
}

export interface Session {
  readonly id: string;
  readonly tokenHash: string;
  readonly userId: string;
  readonly address: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly previousSignInAt: Date | null;
  readonly previousSignInAddress: string | null;
}

/** A signed-in user with what his own page says of him. */
export interface SignedInViewer extends Viewer {
  readonly mustChangePassword: boolean;
  readonly previousSignInAt: Date | null;
  readonly previousSignInAddress: string | null;
}

/** Where a request came from. */
export interface Origin {
  readonly address: string | null;
  readonly traceId: string;
}

export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, { name: 'Role' });
const PermissionObjectEnum = enumOf(PERMISSION_OBJECTS);
registerEnumType(PermissionObjectEnum, { name: 'PermissionObject' });
const PermissionActionEnum = enumOf(PERMISSION_ACTIONS);
registerEnumType(PermissionActionEnum, { name: 'PermissionAction' });
const PermissionScopeEnum = enumOf(PERMISSION_SCOPES);
registerEnumType(PermissionScopeEnum, { name: 'PermissionScope' });
const ConsoleModeEnum = enumOf(['DEMO', 'PRODUCTION']);
registerEnumType(ConsoleModeEnum, { name: 'ConsoleMode' });
const DatabaseModeEnum = enumOf(['WRITABLE', 'SWITCHING', 'READ_ONLY']);
registerEnumType(DatabaseModeEnum, {
  name: 'DatabaseMode',
  valuesMap: {
    SWITCHING: { description: 'The node that was written through has failed and another is looked for; acts wait.' },
    READ_ONLY: { description: 'No majority takes writes where this console stands; acts are refused.' },
  },
});
const ReadOnlyReasonEnum = enumOf(['MINORITY', 'OLDER_HISTORY', 'NOT_READY', 'NO_NODE']);
registerEnumType(ReadOnlyReasonEnum, {
  name: 'ReadOnlyReason',
  valuesMap: {
    MINORITY: { description: 'Nodes answer, but none stands with the majority.' },
    OLDER_HISTORY: {
      description: 'A primary was forced elsewhere; what answers here stands in the history before it.',
    },
    NOT_READY: { description: 'The majority is locked, or not yet complete.' },
    NO_NODE: { description: 'No node answers.' },
  },
});

@ObjectType('Permission')
export class PermissionType {
  @Field(() => PermissionObjectEnum)
  object!: PermissionObject;
  @Field(() => PermissionActionEnum)
  action!: PermissionAction;
  @Field(() => PermissionScopeEnum)
  scope!: PermissionScope;
}

@ObjectType('Viewer', { implements: () => [Node] })
export class ViewerNode extends Node {
  @Field(() => String)
  username: string;
  @Field(() => String)
  displayName: string;
  @Field(() => [RoleEnum])
  roles: Role[];
  @Field(() => [PermissionType], { description: 'All that opens a page, whichever department it is held in.' })
  permissions: PermissionType[];
  @Field(() => Boolean, { description: 'Nothing else is answered until changePassword was.' })
  mustChangePassword: boolean;
  @Field(() => Date, { nullable: true, description: 'The sign-in before the one of this session.' })
  lastSignInAt: Date | null;
  @Field(() => String, { nullable: true })
  lastSignInAddress: string | null;

  /** Resolved to `department` by the departments feature. */
  readonly departmentId: string | null;

  constructor(viewer: SignedInViewer) {
    super();
    this.id = toNodeId('Viewer', viewer.userId);
    this.username = viewer.username;
    this.displayName = viewer.name;
    this.roles = [...viewer.roles];
    this.permissions = [...widestOf([viewer, ...(viewer.elsewhere ?? [])].flatMap((rights) => rights.permissions))];
    this.mustChangePassword = viewer.mustChangePassword;
    this.lastSignInAt = viewer.previousSignInAt;
    this.lastSignInAddress = viewer.previousSignInAddress;
    this.departmentId = viewer.departmentId;
  }
}

@ObjectType('DemonstrationAccount')
export class DemonstrationAccountType implements DemonstrationAccountFacts {
  @Field(() => String)
  username!: string;
  @Field(() => String)
  password!: string;
  @Field(() => String)
  displayName!: string;
  @Field(() => RoleEnum)
  role!: Role;
  @Field(() => String, { nullable: true })
  departmentName!: string | null;
}

@ObjectType('ConsoleDatabase', { description: 'Whether this console can write.' })
export class ConsoleDatabaseType {
  @Field(() => DatabaseModeEnum)
  mode!: QuorumState['mode'];
  @Field(() => ReadOnlyReasonEnum, { nullable: true })
  reason!: QuorumState['reason'];
  @Field(() => Date)
  since!: Date;
}

@ObjectType('ConsoleInfo', {
  description: 'Readable without signing in: what the shell needs before there is a viewer.',
})
export class ConsoleInfoType {
  @Field(() => ConsoleModeEnum)
  mode!: ConsoleMode;
  @Field(() => String)
  version!: string;
  @Field(() => String)
  province!: string;
  @Field(() => ConsoleDatabaseType)
  database!: ConsoleDatabaseType;
  @Field(() => [DemonstrationAccountType])
  demonstrationAccounts!: DemonstrationAccountType[];
}

@InputType('SignInInput')
export class SignInInput {
  @Field(() => String)
  username!: string;
  @Field(() => String)
  password!: string;
}

@ObjectType('SignInPayload')
export class SignInPayload {
  @Field(() => ViewerNode, { nullable: true })
  viewer!: ViewerNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('SignOutPayload')
export class SignOutPayload {
  @Field(() => Boolean)
  signedOut!: boolean;
}
