import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UsersService } from '../identity/users.service.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { covers, type PermissionAction, scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { DepartmentAdministration, type DepartmentWish } from './department-administration.service.js';
import { DepartmentsService } from './departments.service.js';
import {
  CreateDepartmentInput,
  DepartmentActInput,
  DepartmentConnection,
  DepartmentFilterInput,
  DepartmentNode,
  DepartmentPayload,
  EditDepartmentInput,
} from './departments.types.js';

@Resolver(() => DepartmentNode)
export class DepartmentsResolver implements OnModuleInit {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly administration: DepartmentAdministration,
    private readonly users: UsersService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Department', (ctx, id) => this.inScope(ctx, id));
  }

  @Query(() => DepartmentConnection, { name: 'departments', description: 'In the order of the tree.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
    @Args('filter', { type: () => DepartmentFilterInput, nullable: true }) filter?: DepartmentFilterInput | null,
  ): Promise<Connection<DepartmentNode>> {
    const scope = ctx.require('DEPARTMENT', 'READ');
    const parentId = filter?.parentId ? (uuidOf('Department', filter.parentId) ?? '-') : null;
    const wanted = { search: searchText(search), parentId, tops: filter?.tops ?? false, state: filter?.state ?? null };
    const found = await this.departments.list(scope, wanted, pageRequest(page, 1));
    return toConnection(
      found,
      (department) => new DepartmentNode(department),
      (department) => [department.path],
    );
  }

  @ResolveField(() => DepartmentNode, { nullable: true })
  async parent(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): Promise<DepartmentNode | null> {
    if (department.parentId === null) return null;
    const parent = await ctx.loader(this.departments.departments).load(department.parentId);
    return parent && new DepartmentNode(parent);
  }

  @ResolveField(() => String, { nullable: true, description: 'Null also where the viewer does not read departments.' })
  contactName(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): string | null {
    return may(ctx, department, 'READ') ? department.contact.contactName : null;
  }

  @ResolveField(() => String, { nullable: true, description: 'Null also where the viewer does not read departments.' })
  contactPhone(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): string | null {
    return may(ctx, department, 'READ') ? department.contact.contactPhone : null;
  }

  @ResolveField(() => [String], { description: 'Names of its heads of IT, as far as the viewer reads it.' })
  async headNames(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): Promise<string[]> {
    return may(ctx, department, 'READ') ? ctx.loader(this.users.headNames).load(department.uuid) : [];
  }

  @ResolveField(() => Int, { nullable: true, description: 'Open accounts; null where the viewer does not read it.' })
  async peopleCount(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): Promise<number | null> {
    return may(ctx, department, 'READ') ? ctx.loader(this.users.peopleCounts).load(department.uuid) : null;
  }

  @ResolveField(() => Int, { description: 'Bureaus that are not closed.' })
  async bureauCount(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): Promise<number> {
    return department.level === 'CITY' ? ctx.loader(this.departments.bureauCounts).load(department.uuid) : 0;
  }

  @ResolveField(() => Boolean)
  mayEdit(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): boolean {
    return department.state === 'ACTIVE' && may(ctx, department, 'EDIT');
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer makes bureaus below it.' })
  mayAddBureau(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): boolean {
    return department.state === 'ACTIVE' && department.level === 'CITY' && may(ctx, department, 'CREATE');
  }

  @Mutation(() => DepartmentPayload)
  async createDepartment(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateDepartmentInput,
  ): Promise<DepartmentPayload> {
    const scope = ctx.require('DEPARTMENT', 'CREATE');
    const { code, name, level, parentId, contactName, contactPhone, idempotencyKey } = input;
    const wish = {
      code,
      name,
      level: level === 'CITY' ? ('CITY' as const) : ('PROVINCE' as const),
      parentId: parentId ? uuidOf('Department', parentId) : null,
      contactName: contactName || null,
      contactPhone: contactPhone || null,
    };
    return this.payload(ctx, this.administration.create(ctx.requireViewer(), scope, wish, idempotencyKey));
  }

  @Mutation(() => DepartmentPayload)
  async editDepartment(
    @Context() ctx: RequestContext,
    @Args('input') input: EditDepartmentInput,
  ): Promise<DepartmentPayload> {
    const { name, contactName, contactPhone } = input;
    const facts = { name, contactName: contactName || null, contactPhone: contactPhone || null };
    return this.payload(ctx, this.administration.edit({ ...wishOf(ctx, input), ...facts }));
  }

  @Mutation(() => DepartmentPayload, { description: 'Refused while anything lives in it.' })
  async closeDepartment(
    @Context() ctx: RequestContext,
    @Args('input') input: DepartmentActInput,
  ): Promise<DepartmentPayload> {
    return this.payload(ctx, this.administration.close(wishOf(ctx, input)));
  }

  private async payload(
    ctx: RequestContext,
    act: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<DepartmentPayload> {
    const outcome = await act;
    if (!outcome.ok) return { department: null, errors: toUserErrors(outcome.error, ctx.locale) };
    return { department: await this.fresh(outcome.value.id), errors: [] };
  }

  /** Not through the scope of the session: a bureau made a moment ago is not in it yet. */
  private async fresh(id: string): Promise<DepartmentNode | null> {
    const [row] = await this.departments.departments([id]);
    return row ? new DepartmentNode(row) : null;
  }

  private async inScope(ctx: RequestContext, id: string): Promise<DepartmentNode | null> {
    const scope = scopeFor(ctx.requireViewer(), 'DEPARTMENT', 'READ');
    const department = scope ? await this.departments.department(scope, id) : null;
    return department && new DepartmentNode(department);
  }
}

function may(ctx: RequestContext, department: DepartmentNode, action: PermissionAction): boolean {
  const scope = scopeFor(ctx.requireViewer(), 'DEPARTMENT', action);
  return covers(scope, department.uuid);
}

function wishOf(ctx: RequestContext, { id, expectedVersion, idempotencyKey }: DepartmentActInput): DepartmentWish {
  const scope = ctx.require('DEPARTMENT', 'EDIT');
  const departmentId = uuidOf('Department', id);
  return { viewer: ctx.requireViewer(), scope, departmentId, expectedVersion, idempotencyKey };
}
