import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { PAGE_SIZE_MAX } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { RequestsService } from '../requests/requests.service.js';
import type { BatchWish } from './batch-acts.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { BatchStarts } from './batch-starts.service.js';
import { BatchTaking } from './batch-taking.service.js';
import {
  AddLineBatchRowInput,
  AddLineBatchRowPayload,
  EditLineBatchInput,
  LineBatchActInput,
  LineBatchColumn,
  LineBatchNode,
  LineBatchPayload,
  LineBatchRowConnection,
  LineBatchRowNode,
  RemoveLineBatchRowsInput,
  StartLineBatchInput,
  TakeLineBatchInput,
  TakeLineBatchPayload,
} from './batches.graphql.js';
import { BatchesService } from './batches.service.js';
import type { JudgedRow } from './domain/judge-batch.js';

type Answer = Result<{ id: string }, readonly Refusal[]>;

@Resolver(() => LineBatchNode)
export class BatchesResolver implements OnModuleInit {
  constructor(
    private readonly batches: BatchesService,
    private readonly starts: BatchStarts,
    private readonly taking: BatchTaking,
    private readonly choices: BatchChoicesService,
    private readonly requests: RequestsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('LineBatch', async (ctx, id) => {
      const batch = await this.batches.batch(ctx.requireViewer(), id);
      return batch && new LineBatchNode(batch);
    });
  }

  @Query(() => LineBatchNode)
  lineBatch(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<LineBatchNode> {
    return this.find(ctx, id);
  }

  @Query(() => [LineBatchNode], {
    description: 'Those that wait, the last first: of a draft, or all that the viewer began. At most 20.',
  })
  async openLineBatches(
    @Context() ctx: RequestContext,
    @Args('requestId', { type: () => ID, nullable: true }) requestId?: string | null,
  ): Promise<LineBatchNode[]> {
    ctx.require('REQUEST', 'CREATE');
    const of = requestId ? (uuidOf('Request', requestId) ?? '-') : null;
    return (await this.batches.open(ctx.requireViewer(), of)).map((batch) => new LineBatchNode(batch));
  }

  @ResolveField(() => [LineBatchColumn])
  async columns(@Context() ctx: RequestContext, @Parent() { batch }: LineBatchNode): Promise<LineBatchColumn[]> {
    const [choices, columns] = await Promise.all([this.choices.of(batch.kind), this.batches.columnsOf(batch)]);
    return columns.map((column) => new LineBatchColumn(column, choices, ctx.locale));
  }

  @ResolveField(() => String, { nullable: true, description: 'The one service that all rows are of; null = none.' })
  async serviceName(@Context() ctx: RequestContext, @Parent() { batch }: LineBatchNode): Promise<string | null> {
    const service = await this.choices.service(batch.serviceId);
    return service && ctx.say(service.name);
  }

  @ResolveField(() => Int, { description: 'Rows that wait, right or wrong.' })
  async openRowCount(@Context() ctx: RequestContext, @Parent() node: LineBatchNode): Promise<number> {
    return (await this.judged(ctx, node)).length;
  }

  @ResolveField(() => Int, { description: 'Rows that cannot be taken as they are.' })
  async wrongRowCount(@Context() ctx: RequestContext, @Parent() node: LineBatchNode): Promise<number> {
    return (await this.judged(ctx, node)).filter(({ right }) => !right).length;
  }

  @ResolveField(() => Int)
  async problemCount(@Context() ctx: RequestContext, @Parent() node: LineBatchNode): Promise<number> {
    return (await this.judged(ctx, node)).reduce((sum, { problems }) => sum + problems.length, 0);
  }

  @ResolveField(() => LineBatchRowConnection, { description: 'In the order of the file.' })
  async rows(
    @Context() ctx: RequestContext,
    @Parent() node: LineBatchNode,
    @Args() args: PageArgs,
    @Args('wrongOnly', { type: () => Boolean, defaultValue: false }) wrongOnly: boolean,
  ): Promise<Connection<LineBatchRowNode>> {
    const page = pageRequest(args, 1);
    const columns = await this.batches.columnsOf(node.batch);
    const all = (await this.judged(ctx, node)).filter(({ right }) => !wrongOnly || !right);
    const from = page.after ? Number(page.after[0]) : 0;
    const rest = all.filter(({ row }) => row.number > from);
    return toConnection(
      { rows: rest.slice(0, page.first), totalCount: all.length, hasNextPage: rest.length > page.first },
      (row) => new LineBatchRowNode(row, columns, ctx.locale),
      ({ row }) => [String(row.number)],
    );
  }

  @ResolveField(() => [LineBatchRowNode], {
    description: 'Those of these numbers: what is on the screen, after an edit.',
  })
  async rowsOf(
    @Context() ctx: RequestContext,
    @Parent() node: LineBatchNode,
    @Args('numbers', { type: () => [Int] }) numbers: number[],
  ): Promise<LineBatchRowNode[]> {
    if (numbers.length > PAGE_SIZE_MAX) throw badInput(`at most ${PAGE_SIZE_MAX} rows at once`);
    const wanted = new Set(numbers);
    const rows = (await this.judged(ctx, node)).filter(({ row }) => wanted.has(row.number));
    const columns = await this.batches.columnsOf(node.batch);
    return rows.map((row) => new LineBatchRowNode(row, columns, ctx.locale));
  }

  @ResolveField(() => RequestNode, { nullable: true, description: 'The draft that takes its lines; null = none yet.' })
  async request(@Context() ctx: RequestContext, @Parent() { batch }: LineBatchNode): Promise<RequestNode | null> {
    if (batch.requestId === null) return null;
    // Whoever sees the batch may ask in the name of its department, and so sees its drafts.
    const row = await ctx.loader(this.requests.requestsOf).load(batch.requestId);
    return row && new RequestNode(row);
  }

  @Mutation(() => LineBatchPayload, { description: 'Reads the table; what is wrong stands at its cells.' })
  async startLineBatch(
    @Context() ctx: RequestContext,
    @Args('input') input: StartLineBatchInput,
  ): Promise<LineBatchPayload> {
    ctx.require('REQUEST', 'CREATE');
    const { kind, idempotencyKey } = input;
    return this.payload(
      ctx,
      await this.starts.start(ctx.requireViewer(), {
        kind,
        idempotencyKey,
        fileId: uuidOf('StoredFile', input.fileId),
        requestId: input.requestId ? uuidOf('Request', input.requestId) : null,
        systemId: input.systemId ? uuidOf('System', input.systemId) : undefined,
        projectId: input.projectId ? uuidOf('Project', input.projectId) : undefined,
        purpose: input.purpose ?? '',
        // An id that is none names no service: the act says so.
        serviceId: input.serviceId ? (uuidOf('ServiceOffer', input.serviceId) ?? '-') : null,
      }),
    );
  }

  @Mutation(() => LineBatchPayload, { description: 'Types into cells; all of them are judged again.' })
  editLineBatch(@Context() ctx: RequestContext, @Args('input') input: EditLineBatchInput): Promise<LineBatchPayload> {
    return this.act(ctx, input, (scope, wish) => this.batches.edit(ctx.requireViewer(), scope, wish, input.cells));
  }

  @Mutation(() => LineBatchPayload)
  removeLineBatchRows(
    @Context() ctx: RequestContext,
    @Args('input') input: RemoveLineBatchRowsInput,
  ): Promise<LineBatchPayload> {
    return this.act(ctx, input, (scope, wish) => this.batches.removeRows(ctx.requireViewer(), scope, wish, input.rows));
  }

  @Mutation(() => AddLineBatchRowPayload)
  async addLineBatchRow(
    @Context() ctx: RequestContext,
    @Args('input') input: AddLineBatchRowInput,
  ): Promise<AddLineBatchRowPayload> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const added = await this.batches.addRow(ctx.requireViewer(), scope, toWish(input), input.like ?? null);
    return { ...(await this.payload(ctx, added)), rowNumber: added.ok ? added.value.number : null };
  }

  @Mutation(() => LineBatchPayload)
  discardLineBatch(@Context() ctx: RequestContext, @Args('input') input: LineBatchActInput): Promise<LineBatchPayload> {
    return this.act(ctx, input, (scope, wish) => this.batches.discard(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => TakeLineBatchPayload, { description: 'The rows become lines of the draft: one act, or none.' })
  async takeLineBatch(
    @Context() ctx: RequestContext,
    @Args('input') input: TakeLineBatchInput,
  ): Promise<TakeLineBatchPayload> {
    ctx.require('REQUEST', 'CREATE');
    const { take, requestVersion = null } = input;
    const result = await this.taking.take(ctx.requireViewer(), { ...toWish(input), take, requestVersion });
    if (!result.ok) return { request: null, lineBatch: null, errors: toUserErrors(result.error, ctx.locale) };
    const [row] = await this.requests.requestsOf([result.value.id]);
    return { request: row ? new RequestNode(row) : null, lineBatch: await this.find(ctx, input.id), errors: [] };
  }

  private judged(ctx: RequestContext, { batch }: LineBatchNode): Promise<JudgedRow[]> {
    return ctx.loader(this.taking.judgedOf).load(batch);
  }

  private async act(
    ctx: RequestContext,
    input: LineBatchActInput,
    work: (scope: TenantScope, wish: BatchWish) => Promise<Answer>,
  ): Promise<LineBatchPayload> {
    return this.payload(ctx, await work(ctx.require('REQUEST', 'CREATE'), toWish(input)));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<LineBatchPayload> {
    if (!answer.ok) return { lineBatch: null, errors: toUserErrors(answer.error, ctx.locale) };
    return { lineBatch: await this.find(ctx, toNodeId('LineBatch', answer.value.id)), errors: [] };
  }

  private async find(ctx: RequestContext, nodeId: string): Promise<LineBatchNode> {
    const id = uuidOf('LineBatch', nodeId);
    const batch = id === undefined ? null : await this.batches.batch(ctx.requireViewer(), id);
    if (!batch) throw notFound(ctx.locale);
    return new LineBatchNode(batch);
  }
}

/** An id that is none names no batch: the act says so. */
function toWish({ id, expectedVersion, idempotencyKey }: LineBatchActInput): BatchWish {
  return { id: uuidOf('LineBatch', id) ?? '-', expectedVersion, idempotencyKey };
}
