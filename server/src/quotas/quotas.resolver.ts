import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { QUOTA_METERS } from '../kernel/refusal.js';
import { covers, reaches, scopeFor } from '../kernel/viewer.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ProjectNode, SystemNode } from '../systems/systems.types.js';
import { maySetLimits } from './domain/limit-setting.js';
import { UNLIMITED } from './domain/quota.js';
import { QuotaLimitsService } from './quota-limits.service.js';
import { QuotasService } from './quotas.service.js';
import {
  QuotaConnection,
  QuotaFilterInput,
  QuotaMeterStateNode,
  QuotaNode,
  QuotaPayload,
  SetQuotaInput,
} from './quotas.types.js';

@Resolver(() => QuotaNode)
export class QuotasResolver implements OnModuleInit {
  constructor(
    private readonly quotas: QuotasService,
    private readonly limits: QuotaLimitsService,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Quota', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'QUOTA', 'READ');
      const subject = scope ? await this.limits.subject(scope, id) : null;
      return subject && new QuotaNode(subject);
    });
  }

  @Query(() => QuotaConnection, {
    name: 'quotas',
    description: 'Of every department, system or project in sight, limited or not.',
  })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => QuotaFilterInput, nullable: true }) filter?: QuotaFilterInput | null,
  ): Promise<Connection<QuotaNode>> {
    const scope = ctx.require('QUOTA', 'READ');
    const found = await this.limits.list(
      scope,
      {
        level: filter?.level ?? 'DEPARTMENT',
        departmentId: filter?.departmentId ? (uuidOf('Department', filter.departmentId) ?? '-') : null,
        search: searchText(filter?.search),
      },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      ({ subject }) => new QuotaNode(subject),
      ({ key }) => [key],
    );
  }

  @Query(() => QuotaNode)
  async quota(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<QuotaNode> {
    const scope = ctx.require('QUOTA', 'READ');
    const uuid = uuidOf('Quota', id);
    const subject = uuid === undefined ? null : await this.limits.subject(scope, uuid);
    if (!subject) throw notFound(ctx.locale);
    return new QuotaNode(subject);
  }

  @Mutation(() => QuotaPayload)
  async setQuota(@Context() ctx: RequestContext, @Args('input') input: SetQuotaInput): Promise<QuotaPayload> {
    const scope = ctx.require('QUOTA', 'EDIT');
    if (new Set(input.limits.map(({ meter }) => meter)).size < input.limits.length)
      throw badInput('limits names a meter twice');
    const result = await this.limits.setLimits(ctx.requireViewer(), scope, {
      subjectId: uuidOf('Quota', input.id),
      limits: Object.fromEntries(input.limits.map(({ meter, limit }) => [meter, limit ?? null])),
      expectedVersion: input.expectedVersion,
      idempotencyKey: input.idempotencyKey,
    });
    if (!result.ok) return { quota: null, errors: toUserErrors(result.error, ctx.locale) };
    const subject = await this.limits.subject(scope, result.value.id);
    return { quota: subject && new QuotaNode(subject), errors: [] };
  }

  @ResolveField(() => DepartmentNode, { description: 'The department that it is or belongs to.' })
  async department(@Context() ctx: RequestContext, @Parent() quota: QuotaNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(quota.subject.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => Int, { description: 'Of the limits; 0 = none was ever set.' })
  async version(@Context() ctx: RequestContext, @Parent() quota: QuotaNode): Promise<number> {
    return (await ctx.loader(this.quotas.figures).load(quota.subject.id)).version;
  }

  @ResolveField(() => [QuotaMeterStateNode])
  async meters(@Context() ctx: RequestContext, @Parent() quota: QuotaNode): Promise<QuotaMeterStateNode[]> {
    const { meters, held } = await ctx.loader(this.quotas.figures).load(quota.subject.id);
    return QUOTA_METERS.map((meter) => {
      const { limit = UNLIMITED, live = 0 } = meters[meter] ?? {};
      // Read one after the other: a claim between the two must not make a negative figure.
      const heldNow = Math.min(held[meter] ?? 0, live);
      const limited = limit !== UNLIMITED;
      return {
        meter,
        limit: limited ? limit : null,
        held: heldNow,
        allocated: live - heldNow,
        left: limited ? limit - live : null,
      };
    });
  }

  @ResolveField(() => Boolean, { description: 'The viewer may set its limits.' })
  editable(@Context() ctx: RequestContext, @Parent() { subject }: QuotaNode): boolean {
    const viewer = ctx.requireViewer();
    const scope = scopeFor(viewer, 'QUOTA', 'EDIT');
    return (
      covers(scope, subject.departmentId) && scope !== undefined && maySetLimits(viewer, scope, subject).length === 0
    );
  }
}

/** The quota beside what it limits; null = not for this viewer. */
@Resolver(() => DepartmentNode)
export class DepartmentQuotaResolver {
  @ResolveField(() => QuotaNode, { nullable: true })
  quota(@Context() ctx: RequestContext, @Parent() department: DepartmentNode): QuotaNode | null {
    const id = uuidOf('Department', department.id) as string;
    return mayRead(ctx, id)
      ? new QuotaNode({ level: 'DEPARTMENT', id, name: department.name, departmentId: id })
      : null;
  }
}

@Resolver(() => SystemNode)
export class SystemQuotaResolver {
  @ResolveField(() => QuotaNode, { nullable: true })
  quota(@Context() ctx: RequestContext, @Parent() { uuid, name, departmentId }: SystemNode): QuotaNode | null {
    const scope = scopeFor(ctx.requireViewer(), 'QUOTA', 'READ');
    return reaches(scope, { departmentId, systemId: uuid })
      ? new QuotaNode({ level: 'SYSTEM', id: uuid, name, departmentId })
      : null;
  }
}

@Resolver(() => ProjectNode)
export class ProjectQuotaResolver {
  @ResolveField(() => QuotaNode, { nullable: true })
  quota(@Context() ctx: RequestContext, @Parent() { uuid, name, departmentId }: ProjectNode): QuotaNode | null {
    return mayRead(ctx, departmentId) ? new QuotaNode({ level: 'PROJECT', id: uuid, name, departmentId }) : null;
  }
}

function mayRead(ctx: RequestContext, departmentId: string): boolean {
  return covers(scopeFor(ctx.requireViewer(), 'QUOTA', 'READ'), departmentId);
}
