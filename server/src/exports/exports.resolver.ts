import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { StatementSideEnum } from '../accounting/statements.graphql.js';
import type { StatementSide } from '../accounting/statements.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  CreateExportTokenInput,
  CreateExportTokenPayload,
  ExportMonthNode,
  ExportTokenActInput,
  ExportTokenActionEnum,
  ExportTokenConnection,
  ExportTokenNode,
  ExportTokenPayload,
  type TokenAction,
} from './exports.graphql.js';
import { FocusExport } from './focus-export.service.js';
import { TokensService } from './tokens.service.js';

/** Whoever reads what use costs takes it out, and makes tokens that do. */
@Resolver(() => ExportTokenNode)
export class ExportsResolver implements OnModuleInit {
  constructor(
    private readonly tokens: TokensService,
    private readonly focus: FocusExport,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ExportToken', async (ctx, id) => {
      const row = await this.tokens.token(ctx.requireViewer(), id);
      return row && new ExportTokenNode(row);
    });
  }

  @Query(() => [ExportMonthNode], { description: 'Closed months, the newest first.' })
  async exportMonths(
    @Context() ctx: RequestContext,
    @Args('side', { type: () => StatementSideEnum, defaultValue: 'PROVINCE' }) side: StatementSide,
  ): Promise<ExportMonthNode[]> {
    return this.focus.months(ctx.require('BUDGET', 'READ'), side);
  }

  @Query(() => ExportTokenConnection, {
    description: 'One’s own, the newest first; to the security administrator everybody’s.',
  })
  async exportTokens(@Context() ctx: RequestContext, @Args() page: PageArgs): Promise<Connection<ExportTokenNode>> {
    const viewer = ctx.requireViewer();
    // Whoever sees neither costs nor roles has none and can have none.
    if (!scopeFor(viewer, 'ROLE', 'READ')) ctx.require('BUDGET', 'READ');
    return toConnection(
      await this.tokens.page(viewer, pageRequest(page, 2)),
      (row) => new ExportTokenNode(row),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @ResolveField(() => DepartmentNode, { nullable: true, description: 'With all below it; null = all its owner reads.' })
  async department(@Context() ctx: RequestContext, @Parent() { row }: ExportTokenNode): Promise<DepartmentNode | null> {
    if (row.departmentId === null) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => Boolean, { description: 'Its end has come.' })
  async expired(@Parent() { row }: ExportTokenNode): Promise<boolean> {
    return this.tokens.isOver(row);
  }

  @ResolveField(() => [ExportTokenActionEnum])
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: ExportTokenNode): TokenAction[] {
    const viewer = ctx.requireViewer();
    if (row.state === 'REVOKED' || this.tokens.isOver(row)) return [];
    return row.state === 'WAITING' && mayApprove(viewer, row.ownerId) ? ['APPROVE', 'REVOKE'] : ['REVOKE'];
  }

  @Mutation(() => CreateExportTokenPayload, { description: 'The token is shown in this answer and never again.' })
  async createExportToken(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateExportTokenInput,
  ): Promise<CreateExportTokenPayload> {
    const scope = ctx.require('BUDGET', 'READ');
    const departmentId = input.departmentId ? uuidOf('Department', input.departmentId) : null;
    const viewer = ctx.requireViewer();
    const made = await this.tokens.create(viewer, scope, { ...input, departmentId });
    if (!made.ok) return { token: null, secret: null, errors: toUserErrors(made.error, ctx.locale) };
    const row = await this.tokens.token(viewer, made.value.id);
    return { token: row && new ExportTokenNode(row), secret: made.value.token, errors: [] };
  }

  @Mutation(() => ExportTokenPayload, { description: 'Of a service; by the security administrator.' })
  async approveExportToken(
    @Context() ctx: RequestContext,
    @Args('input') input: ExportTokenActInput,
  ): Promise<ExportTokenPayload> {
    ctx.require('ROLE', 'EDIT');
    const viewer = ctx.requireViewer();
    const wish = { ...input, id: uuidOf('ExportToken', input.id) };
    return this.payload(ctx, viewer, await this.tokens.approve(viewer, wish));
  }

  @Mutation(() => ExportTokenPayload, { description: 'At once and for good.' })
  async revokeExportToken(
    @Context() ctx: RequestContext,
    @Args('input') input: ExportTokenActInput,
  ): Promise<ExportTokenPayload> {
    const viewer = ctx.requireViewer();
    if (!scopeFor(viewer, 'ROLE', 'EDIT')) ctx.require('BUDGET', 'READ');
    const wish = { ...input, id: uuidOf('ExportToken', input.id) };
    return this.payload(ctx, viewer, await this.tokens.revoke(viewer, wish));
  }

  private async payload(
    ctx: RequestContext,
    viewer: Viewer,
    done: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<ExportTokenPayload> {
    if (!done.ok) return { token: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.tokens.token(viewer, done.value.id);
    return { token: row && new ExportTokenNode(row), errors: [] };
  }
}

function mayApprove(viewer: Viewer, ownerId: string): boolean {
  return scopeFor(viewer, 'ROLE', 'EDIT') !== undefined && viewer.userId !== ownerId;
}
