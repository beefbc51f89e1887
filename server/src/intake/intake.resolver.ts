import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors, UserError } from '../platform/graphql/user-error.js';
import { QuotaFitNode } from '../requests/requests.graphql.js';
import { IntakeApproval } from './approval.service.js';
import { ClusterIntake } from './cluster-intake.service.js';
import {
  decideIntake,
  INTAKE_ACTIONS,
  type IntakeAction,
  type IntakeState,
  intakeTable,
} from './domain/intake-state.js';
import {
  IntakeActInput,
  IntakeActionAvailability,
  IntakeBatchConnection,
  IntakeBatchNode,
  IntakeItemConnection,
  IntakeItemNode,
  IntakePayload,
  IntakeStateEnum,
  PrepareIntakeInput,
} from './intake.graphql.js';
import { type Answer, IntakeService } from './intake.service.js';
import { IntakePreview } from './intake-preview.service.js';

/** Which right each act needs: whoever prepares may withdraw, whoever reviews approves or returns. */
const RIGHT_OF = { APPROVE: 'REVIEW', RETURN: 'REVIEW', WITHDRAW: 'EDIT' } as const;

@Resolver(() => IntakeBatchNode)
export class IntakeResolver implements OnModuleInit {
  constructor(
    private readonly intake: IntakeService,
    private readonly approval: IntakeApproval,
    private readonly preview: IntakePreview,
    private readonly cluster: ClusterIntake,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('IntakeBatch', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'INTAKE', 'READ')) return null;
      const row = await this.intake.batch(id);
      return row && new IntakeBatchNode(row);
    });
  }

  @Query(() => IntakeBatchConnection, { description: 'Newest first.' })
  async intakeBatches(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('states', { type: () => [IntakeStateEnum], nullable: true }) states: IntakeState[] | null,
  ): Promise<Connection<IntakeBatchNode>> {
    ctx.require('INTAKE', 'READ');
    const found = await this.intake.page(states ?? null, pageRequest(page, 1));
    return toConnection(
      found,
      (row) => new IntakeBatchNode(row),
      (row) => [row.id],
    );
  }

  @Query(() => IntakeBatchNode)
  intakeBatch(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<IntakeBatchNode> {
    ctx.require('INTAKE', 'READ');
    return this.find(ctx, id);
  }

  @ResolveField(() => IntakeItemConnection)
  async items(@Parent() batch: IntakeBatchNode, @Args() page: PageArgs): Promise<Connection<IntakeItemNode>> {
    const found = await this.intake.items(batch.row.id, pageRequest(page, 1));
    return toConnection(
      found,
      (row) => new IntakeItemNode(row),
      (row) => [String(row.position)],
    );
  }

  @ResolveField(() => [QuotaFitNode], {
    nullable: true,
    description: 'Every limited quota that it asks, as things are now: approval is refused beyond one. null = decided.',
  })
  async quotas(@Parent() { row }: IntakeBatchNode): Promise<QuotaFitNode[] | null> {
    if (row.state !== 'SUBMITTED') return null;
    const rows = await this.preview.quotaFit(row.id);
    return rows.map(({ subject: { level, name }, ...fit }) => ({ ...fit, level, subjectName: name }));
  }

  @ResolveField(() => [UserError], {
    nullable: true,
    description:
      'What else approval would refuse, as things are now: missing prices, pools, cabinets, servers, objects, addresses. null = decided.',
  })
  async objections(@Context() ctx: RequestContext, @Parent() { row }: IntakeBatchNode): Promise<UserError[] | null> {
    if (row.state !== 'SUBMITTED') return null;
    return toUserErrors(await this.preview.objections(row), ctx.locale);
  }

  @ResolveField(() => [IntakeActionAvailability])
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: IntakeBatchNode): IntakeActionAvailability[] {
    const viewer = ctx.requireViewer();
    return INTAKE_ACTIONS.filter(
      (action) =>
        intakeTable.transitions[row.state][action] !== undefined && scopeFor(viewer, 'INTAKE', RIGHT_OF[action]),
    ).map((action) => {
      const decided = decideIntake(viewer.userId, row, action, { expectedVersion: row.version, opinion: '-' });
      const reason = decided.ok ? undefined : decided.error[0]?.message;
      return { action, disabledReason: reason ? ctx.say(reason) : null };
    });
  }

  @Mutation(() => IntakePayload)
  async prepareIntake(
    @Context() ctx: RequestContext,
    @Args('input') input: PrepareIntakeInput,
  ): Promise<IntakePayload> {
    ctx.require('INTAKE', 'CREATE');
    const wishes = input.items.map((item) => ({
      ...item,
      machineId: uuidOf('UnrecordedMachine', item.machineId),
      systemId: uuidOf('System', item.systemId),
      poolId: uuidOf('Pool', item.poolId),
    }));
    return this.answer(ctx, this.cluster.prepare(ctx.requireViewer(), wishes, input.idempotencyKey));
  }

  @Mutation(() => IntakePayload)
  approveIntake(@Context() ctx: RequestContext, @Args('input') input: IntakeActInput): Promise<IntakePayload> {
    return this.act(ctx, 'APPROVE', input);
  }

  @Mutation(() => IntakePayload)
  returnIntake(@Context() ctx: RequestContext, @Args('input') input: IntakeActInput): Promise<IntakePayload> {
    return this.act(ctx, 'RETURN', input);
  }

  @Mutation(() => IntakePayload)
  withdrawIntake(@Context() ctx: RequestContext, @Args('input') input: IntakeActInput): Promise<IntakePayload> {
    return this.act(ctx, 'WITHDRAW', input);
  }

  private act(ctx: RequestContext, action: IntakeAction, input: IntakeActInput): Promise<IntakePayload> {
    ctx.require('INTAKE', RIGHT_OF[action]);
    const viewer: Viewer = ctx.requireViewer();
    const wish = { ...input, id: uuidOf('IntakeBatch', input.id) };
    return this.answer(
      ctx,
      action === 'APPROVE' ? this.approval.approve(viewer, wish) : this.intake.giveUp(viewer, action, wish),
    );
  }

  private async answer(ctx: RequestContext, done: Answer): Promise<IntakePayload> {
    const answer = await done;
    if (!answer.ok) return { batch: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.intake.batch(answer.value.id);
    return { batch: row && new IntakeBatchNode(row), errors: [] };
  }

  private async find(ctx: RequestContext, nodeId: string): Promise<IntakeBatchNode> {
    const id = uuidOf('IntakeBatch', nodeId);
    const row = id === undefined ? null : await this.intake.batch(id);
    if (!row) throw notFound(ctx.locale);
    return new IntakeBatchNode(row);
  }
}
