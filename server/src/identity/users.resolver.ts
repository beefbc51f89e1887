import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Result } from '../kernel/result.js';
import { ROLES, scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { type AccountWish, accountOf, isWithin, type Refused } from './account-acts.service.js';
import { ADMINISTRATOR_ROLES } from './domain/administrators.js';
import { PERMISSIONS_OF_ROLE } from './domain/permissions.js';
import { beyond, isMembershipRole } from './domain/role-giving.js';
import { InitialPasswords } from './initial-passwords.service.js';
import { Passwords } from './passwords.service.js';
import { UserAccess } from './user-access.service.js';
import { UserRoles } from './user-roles.service.js';
import {
  AddMembershipInput,
  ChangePasswordInput,
  ChangePasswordPayload,
  CreateUserInput,
  DisableUserInput,
  EditUserInput,
  EndMembershipInput,
  InitialPasswordsPayload,
  IssueInitialPasswordsInput,
  MembershipType,
  RoleGrantType,
  RolePermissionsType,
  SetUserRolesInput,
  UserActInput,
  type UserAction,
  UserActionEnum,
  UserConnection,
  UserFilterInput,
  UserNode,
  UserPasswordPayload,
  UserPayload,
} from './users.graphql.js';
import { type CreatedUser, UsersService } from './users.service.js';
import type { UserRow } from './users.types.js';

@Resolver(() => UserNode)
export class UsersResolver implements OnModuleInit {
  constructor(
    private readonly users: UsersService,
    private readonly access: UserAccess,
    private readonly roles: UserRoles,
    private readonly passwords: Passwords,
    private readonly initialPasswords: InitialPasswords,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('User', (ctx, id) => this.inScope(ctx, id));
  }

  @Query(() => UserConnection, { name: 'users', description: 'In the order of user names.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => UserFilterInput, nullable: true }) filter: UserFilterInput | null,
  ): Promise<Connection<UserNode>> {
    const scope = ctx.require('USER', 'READ');
    const found = await this.users.list(
      scope,
      {
        ...filter,
        departmentId: filter?.departmentId ? (uuidOf('Department', filter.departmentId) ?? '-') : null,
        search: searchText(filter?.search),
      },
      pageRequest(args, 1),
    );
    return toConnection(
      found,
      (row) => nodeOf(ctx, row),
      (row) => [row.username],
    );
  }

  @Query(() => UserNode, { name: 'user', nullable: true })
  async one(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<UserNode | null> {
    ctx.require('USER', 'READ');
    const uuid = uuidOf('User', id);
    return uuid === undefined ? null : this.inScope(ctx, uuid);
  }

  @Query(() => [RolePermissionsType], { description: 'What each role may do: the table that the guards read.' })
  rolePermissions(@Context() ctx: RequestContext): RolePermissionsType[] {
    ctx.require('USER', 'READ');
    return ROLES.map((role) => ({
      role,
      permissions: [...PERMISSIONS_OF_ROLE[role]],
      exclusive: (ADMINISTRATOR_ROLES as readonly string[]).includes(role),
      givenInCities: isMembershipRole(role),
    }));
  }

  @ResolveField('roles', () => [RoleGrantType])
  async rolesOf(@Context() ctx: RequestContext, @Parent() user: UserNode): Promise<RoleGrantType[]> {
    return ctx.loader(this.users.grants).load(user.row.id);
  }

  @ResolveField('memberships', () => [MembershipType])
  async membershipsOf(@Context() ctx: RequestContext, @Parent() user: UserNode): Promise<MembershipType[]> {
    const memberships = await ctx.loader(this.users.memberships).load(user.row.id);
    return memberships.map((membership) => new MembershipType(membership));
  }

  @ResolveField('lockedUntil', () => Date, {
    nullable: true,
    description: 'Set while too many wrong passwords lock it.',
  })
  async lockedUntil(@Context() ctx: RequestContext, @Parent() user: UserNode): Promise<Date | null> {
    return ctx.loader(this.users.locks).load(user.username);
  }

  @ResolveField('availableActions', () => [UserActionEnum], { description: 'What the viewer may do to this account.' })
  async availableActions(@Context() ctx: RequestContext, @Parent() user: UserNode): Promise<UserAction[]> {
    const viewer = ctx.requireViewer();
    const grants = await ctx.loader(this.users.grants).load(user.row.id);
    const memberships = await ctx.loader(this.users.memberships).load(user.row.id);
    const account = accountOf({ ...user.row, grants, memberships });
    const may = (object: 'USER' | 'ROLE'): boolean => {
      const scope = scopeFor(viewer, object, 'EDIT');
      return (
        scope !== undefined &&
        isWithin(scope, user.departmentId) &&
        beyond({ userId: viewer.userId, scope }, account) === null
      );
    };
    const actions: UserAction[] = [];
    if (may('USER')) actions.push('EDIT', user.state === 'ACTIVE' ? 'DISABLE' : 'ENABLE');
    if (may('USER') && user.row.kind === 'ORDINARY') actions.push('RESET_PASSWORD');
    if (may('USER') && (await this.lockedUntil(ctx, user)) !== null) actions.push('UNLOCK');
    if (may('ROLE')) actions.push('SET_ROLES');
    return actions;
  }

  @Mutation(() => UserPasswordPayload, { description: 'An account without roles; those are given by setUserRoles.' })
  async createUser(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateUserInput,
  ): Promise<UserPasswordPayload> {
    const scope = ctx.require('USER', 'CREATE');
    const { username, displayName, phone, departmentId, idempotencyKey } = input;
    const wish = { username, displayName, phone: phone || null, departmentId: departmentOf(departmentId) };
    return this.passwordPayload(ctx, this.users.create(ctx.requireViewer(), scope, wish, idempotencyKey));
  }

  @Mutation(() => UserPayload)
  async editUser(@Context() ctx: RequestContext, @Args('input') input: EditUserInput): Promise<UserPayload> {
    const { displayName, phone, departmentId } = input;
    const wish = { ...wishOf(ctx, 'USER', input), displayName, phone: phone || null };
    return this.payload(ctx, this.users.edit({ ...wish, departmentId: departmentOf(departmentId) }));
  }

  @Mutation(() => UserPayload, { description: 'Nobody signs in with it any more, and its sessions end at once.' })
  async disableUser(@Context() ctx: RequestContext, @Args('input') input: DisableUserInput): Promise<UserPayload> {
    return this.payload(ctx, this.access.disable({ ...wishOf(ctx, 'USER', input), reason: input.reason }));
  }

  @Mutation(() => UserPayload)
  async enableUser(@Context() ctx: RequestContext, @Args('input') input: UserActInput): Promise<UserPayload> {
    return this.payload(ctx, this.access.enable(wishOf(ctx, 'USER', input)));
  }

  @Mutation(() => UserPayload, { description: 'Lifts the lock that too many wrong passwords put on.' })
  async unlockUser(@Context() ctx: RequestContext, @Args('input') input: UserActInput): Promise<UserPayload> {
    return this.payload(ctx, this.access.unlock(wishOf(ctx, 'USER', input)));
  }

  @Mutation(() => UserPasswordPayload)
  async resetUserPassword(
    @Context() ctx: RequestContext,
    @Args('input') input: UserActInput,
  ): Promise<UserPasswordPayload> {
    return this.passwordPayload(ctx, this.access.resetPassword(wishOf(ctx, 'USER', input)));
  }

  @Mutation(() => InitialPasswordsPayload, {
    description: 'First passwords of accounts that were imported, for one download.',
  })
  async issueInitialPasswords(
    @Context() ctx: RequestContext,
    @Args('input') input: IssueInitialPasswordsInput,
  ): Promise<InitialPasswordsPayload> {
    const scope = ctx.require('USER', 'EDIT');
    const userIds = input.userIds.map((id) => uuidOf('User', id));
    const wish = { viewer: ctx.requireViewer(), scope, userIds, idempotencyKey: input.idempotencyKey };
    const outcome = await this.initialPasswords.issue(wish);
    if (!outcome.ok) return { issued: [], errors: toUserErrors(outcome.error, ctx.locale) };
    return { issued: [...outcome.value], errors: [] };
  }

  @Mutation(() => UserPayload, { description: 'All roles in the own department. The sessions of the account end.' })
  async setUserRoles(@Context() ctx: RequestContext, @Args('input') input: SetUserRolesInput): Promise<UserPayload> {
    const roles = input.roles.map(({ role, until }) => ({ role, until: until ?? null }));
    return this.payload(ctx, this.roles.set({ ...wishOf(ctx, 'ROLE', input), roles }));
  }

  @Mutation(() => UserPayload)
  async addMembership(@Context() ctx: RequestContext, @Args('input') input: AddMembershipInput): Promise<UserPayload> {
    const { role, until, departmentId } = input;
    const wish = { ...wishOf(ctx, 'ROLE', input), role, until: until ?? null };
    return this.payload(ctx, this.roles.addMembership({ ...wish, departmentId: uuidOf('Department', departmentId) }));
  }

  @Mutation(() => UserPayload)
  async endMembership(@Context() ctx: RequestContext, @Args('input') input: EndMembershipInput): Promise<UserPayload> {
    const departmentId = uuidOf('Department', input.departmentId);
    return this.payload(
      ctx,
      this.roles.endMembership({ ...wishOf(ctx, 'ROLE', input), departmentId, role: input.role }),
    );
  }

  @Mutation(() => ChangePasswordPayload, { description: 'The own password. Other sessions of the account end.' })
  async changePassword(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangePasswordInput,
  ): Promise<ChangePasswordPayload> {
    const outcome = await this.passwords.change(ctx.requireViewerToChangePassword(), input);
    return { changed: outcome.ok, errors: outcome.ok ? [] : toUserErrors(outcome.error, ctx.locale) };
  }

  private async inScope(ctx: RequestContext, id: string): Promise<UserNode | null> {
    const scope = scopeFor(ctx.requireViewer(), 'USER', 'READ');
    const row = scope ? await this.users.user(scope, id) : null;
    return row && nodeOf(ctx, row);
  }

  private async payload(ctx: RequestContext, act: Promise<Result<{ id: string }, Refused>>): Promise<UserPayload> {
    const outcome = await act;
    if (!outcome.ok) return { user: null, errors: toUserErrors(outcome.error, ctx.locale) };
    return { user: await this.inScope(ctx, outcome.value.id), errors: [] };
  }

  private async passwordPayload(
    ctx: RequestContext,
    act: Promise<Result<CreatedUser, Refused>>,
  ): Promise<UserPasswordPayload> {
    const outcome = await act;
    const initialPassword = outcome.ok ? outcome.value.initialPassword : null;
    return { ...(await this.payload(ctx, Promise.resolve(outcome))), initialPassword };
  }
}

function nodeOf(ctx: RequestContext, row: UserRow): UserNode {
  const scope = scopeFor(ctx.requireViewer(), 'USER', 'EDIT');
  return new UserNode(row, scope !== undefined && isWithin(scope, row.departmentId));
}

/** null = of no department; undefined = an id that is none. */
function departmentOf(id: string | null | undefined): string | null | undefined {
  return id ? uuidOf('Department', id) : null;
}

function wishOf(ctx: RequestContext, object: 'USER' | 'ROLE', input: UserActInput): AccountWish {
  const scope = ctx.require(object, 'EDIT');
  const { id, expectedVersion, idempotencyKey } = input;
  return { viewer: ctx.requireViewer(), scope, userId: uuidOf('User', id), expectedVersion, idempotencyKey };
}
