import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import { actionsOf, type DriftAction } from './domain/drift-state.js';
import {
  AcceptDriftInput,
  ChangeDriftPolicyInput,
  DriftActionEnum,
  DriftConnection,
  DriftFilterInput,
  DriftNode,
  DriftPayload,
  DriftPolicyNode,
  DriftPolicyPayload,
  PutBackDriftInput,
} from './drift.graphql.js';
import type { DriftFilter } from './drift.types.js';
import { DriftActs } from './drift-acts.service.js';
import { DriftPolicies } from './drift-policies.service.js';
import { Drifts } from './drifts.service.js';

@Resolver(() => DriftNode)
export class DriftResolver implements OnModuleInit {
  constructor(
    private readonly drifts: Drifts,
    private readonly acts: DriftActs,
    private readonly policies: DriftPolicies,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Drift', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope && (await this.drifts.inScope(scope, id));
      return row ? new DriftNode(row) : null;
    });
  }

  @Query(() => DriftConnection, {
    name: 'drifts',
    description: '配置漂移, the newest first: a department sees that of its own machines.',
  })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DriftFilterInput, nullable: true }) filter: DriftFilterInput | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const page = await this.drifts.page(scope, wanted(filter), pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new DriftNode(row),
      ({ firstSeenAt }) => firstSeenAt,
    );
  }

  @Query(() => [DriftPolicyNode], { description: 'The newest first; the first of them holds.' })
  async driftPolicies(@Context() ctx: RequestContext): Promise<DriftPolicyNode[]> {
    ctx.require('CAPACITY', 'READ');
    return (await this.policies.versions()).map((row) => DriftPolicyNode.of(row));
  }

  @Mutation(() => DriftPolicyPayload, { description: 'Rules of what is seen from now on.' })
  async changeDriftPolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeDriftPolicyInput,
  ): Promise<DriftPolicyPayload> {
    ctx.require('CENTER', 'EDIT');
    const { rules, ...wish } = input;
    const byClass = Object.fromEntries(rules.map(({ fieldClass, handling }) => [fieldClass, handling]));
    const changed = await this.policies.change(ctx.requireViewer(), { ...wish, rules: byClass });
    const [policy] = await this.policies.versions(1);
    return {
      policy: policy ? DriftPolicyNode.of(policy) : null,
      errors: changed.ok ? [] : toUserErrors(changed.error, ctx.locale),
    };
  }

  @Mutation(() => DriftPayload, { description: 'The worker puts it back within seconds.' })
  async putBackDrift(@Context() ctx: RequestContext, @Args('input') input: PutBackDriftInput): Promise<DriftPayload> {
    const scope = ctx.require('CENTER', 'EDIT');
    const { id, ...wish } = input;
    const driftId = uuidOf('Drift', id);
    return this.answer(ctx, await this.acts.putBack(ctx.requireViewer(), scope, { ...wish, driftId }));
  }

  @Mutation(() => DriftPayload, { description: 'It is left as it is for some days, and is open again after that.' })
  async acceptDrift(@Context() ctx: RequestContext, @Args('input') input: AcceptDriftInput): Promise<DriftPayload> {
    const scope = ctx.require('CENTER', 'EDIT');
    const { id, ...wish } = input;
    const driftId = uuidOf('Drift', id);
    return this.answer(ctx, await this.acts.accept(ctx.requireViewer(), scope, { ...wish, driftId }));
  }

  private async answer(
    ctx: RequestContext,
    decided: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<DriftPayload> {
    if (!decided.ok) return { drift: null, errors: toUserErrors(decided.error, ctx.locale) };
    const row = await this.drifts.inScope(ctx.require('CENTER', 'EDIT'), decided.value.id);
    return { drift: row && new DriftNode(row), errors: [] };
  }
}

@Resolver(() => DriftNode)
export class DriftEdgesResolver {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly facilities: FacilitiesService,
    private readonly resources: ResourcesService,
  ) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() { row }: DriftNode): Promise<DepartmentNode | null> {
    if (row.departmentId === null) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: DriftNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => ResourceNode, { nullable: true, description: 'null = the object belongs to no resource.' })
  async resource(@Context() ctx: RequestContext, @Parent() { row }: DriftNode): Promise<ResourceNode | null> {
    if (row.resourceId === null) return null;
    const resource = await ctx.loader(this.resources.rows).load(row.resourceId);
    return resource && new ResourceNode(resource);
  }

  @ResolveField(() => [DriftActionEnum], { description: 'What the viewer may decide now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: DriftNode): DriftAction[] {
    return scopeFor(ctx.requireViewer(), 'CENTER', 'EDIT') ? [...actionsOf(row)] : [];
  }
}

function wanted(filter: DriftFilterInput | null): DriftFilter {
  // An id that is none finds nothing.
  const idOf = (type: 'Center' | 'Resource', id: string | null | undefined) => (id ? (uuidOf(type, id) ?? '-') : null);
  return {
    states: filter?.states ?? [],
    classes: filter?.classes ?? [],
    centerId: idOf('Center', filter?.centerId),
    resourceId: idOf('Resource', filter?.resourceId),
    search: searchText(filter?.search),
  };
}
