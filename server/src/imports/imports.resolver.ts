import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ImportRegistry } from './import-registry.service.js';
import {
  ImportKindType,
  ImportProblemType,
  ImportRunActInput,
  ImportRunChange,
  ImportRunConnection,
  ImportRunNode,
  ImportRunPayload,
  ImportSampleRow,
  StartImportInput,
} from './imports.graphql.js';
import { ImportsService } from './imports.service.js';

type Answer = Result<{ id: string }, readonly Refusal[]>;

/** Names no kind. The column is ascii, which the database refuses to compare with any other text. */
const NO_KIND = '-';

function isKindName(text: string): boolean {
  return /^[a-z0-9-]{1,40}$/.test(text);
}

@Resolver(() => ImportRunNode)
export class ImportsResolver implements OnModuleInit {
  constructor(
    private readonly imports: ImportsService,
    private readonly registry: ImportRegistry,
    private readonly feed: ChangeFeed,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ImportRun', async (ctx, id) => {
      const run = await this.imports.run(ctx.requireViewer(), id);
      return run && new ImportRunNode(run);
    });
  }

  @Query(() => [ImportKindType], { description: 'What the viewer may import.' })
  importKinds(@Context() ctx: RequestContext): ImportKindType[] {
    return this.imports.kindsOf(ctx.requireViewer()).map((kind) => new ImportKindType(kind, ctx.locale));
  }

  @Query(() => ImportRunNode)
  importRun(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<ImportRunNode> {
    return this.find(ctx, id);
  }

  @Query(() => ImportRunConnection, { description: 'Newest first.' })
  async importRuns(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('kind', { type: () => String, nullable: true }) kind?: string | null,
  ): Promise<Connection<ImportRunNode>> {
    const named = kind == null || isKindName(kind) ? (kind ?? null) : NO_KIND;
    const found = await this.imports.list(ctx.requireViewer(), named, pageRequest(page, 1));
    return toConnection(
      found,
      (run) => new ImportRunNode(run),
      (run) => [run.id],
    );
  }

  @ResolveField(() => ImportKindType, { nullable: true, description: 'null = a kind that this version does not know.' })
  kind(@Context() ctx: RequestContext, @Parent() { run }: ImportRunNode): ImportKindType | null {
    const kind = this.registry.kind(run.kind);
    return kind ? new ImportKindType(kind, ctx.locale) : null;
  }

  @ResolveField(() => [ImportProblemType])
  problems(@Context() ctx: RequestContext, @Parent() { run }: ImportRunNode): ImportProblemType[] {
    return run.problemList.map((problem) => new ImportProblemType(problem, ctx.locale));
  }

  @ResolveField(() => [ImportSampleRow], { description: 'The first rows, as they were understood.' })
  sample(@Context() ctx: RequestContext, @Parent() { run }: ImportRunNode): ImportSampleRow[] {
    const kind = this.registry.kind(run.kind);
    return run.sample.map((row) => new ImportSampleRow(row, kind, ctx.locale));
  }

  @ResolveField(() => String, { nullable: true, description: 'Why it failed, or why it was not applied after all.' })
  failure(@Context() ctx: RequestContext, @Parent() { run }: ImportRunNode): string | null {
    return run.failure && ctx.say(run.failure);
  }

  @ResolveField(() => [StoredFileNode])
  async files(@Context() ctx: RequestContext, @Parent() { run }: ImportRunNode): Promise<StoredFileNode[]> {
    const files = await ctx.loader(this.imports.filesOfRuns).load(run.id);
    return files.map((file) => new StoredFileNode(file));
  }

  @Mutation(() => ImportRunPayload, { description: 'Begins to read the files; the preview comes by itself.' })
  async startImport(@Context() ctx: RequestContext, @Args('input') input: StartImportInput): Promise<ImportRunPayload> {
    const fileIds = input.fileIds.map((id) => uuidOf('StoredFile', id));
    return this.payload(ctx, await this.imports.start(ctx.requireViewer(), input.kind, fileIds, input.idempotencyKey));
  }

  @Mutation(() => ImportRunPayload, { description: 'All rows as one act, or none.' })
  async applyImport(
    @Context() ctx: RequestContext,
    @Args('input') input: ImportRunActInput,
  ): Promise<ImportRunPayload> {
    const id = uuidOf('ImportRun', input.id);
    const { expectedVersion, idempotencyKey } = input;
    const viewer = ctx.requireViewer();
    return this.payload(ctx, id ? await this.imports.apply(viewer, id, expectedVersion, idempotencyKey) : null);
  }

  @Mutation(() => ImportRunPayload)
  async discardImport(
    @Context() ctx: RequestContext,
    @Args('input') input: ImportRunActInput,
  ): Promise<ImportRunPayload> {
    const id = uuidOf('ImportRun', input.id);
    const { expectedVersion, idempotencyKey } = input;
    const viewer = ctx.requireViewer();
    return this.payload(ctx, id ? await this.imports.discard(viewer, id, expectedVersion, idempotencyKey) : null);
  }

  @Subscription(() => ImportRunChange, {
    description: "The run's node, at once and again after each step of it.",
    resolve(this: ImportsResolver, hint: { subjectId: string }, _args: unknown, ctx: RequestContext) {
      return this.find(ctx, toNodeId('ImportRun', hint.subjectId)).then((importRun) => ({ importRun }));
    },
  })
  async importRunChanged(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    const { run } = await this.find(ctx, id);
    return changesOf(this.feed, 'import', run.id);
  }

  private async payload(ctx: RequestContext, answer: Answer | null): Promise<ImportRunPayload> {
    if (!answer) throw notFound(ctx.locale);
    if (!answer.ok) return { importRun: null, errors: toUserErrors(answer.error, ctx.locale) };
    return { importRun: await this.find(ctx, toNodeId('ImportRun', answer.value.id)), errors: [] };
  }

  private async find(ctx: RequestContext, nodeId: string): Promise<ImportRunNode> {
    const viewer = ctx.requireViewer();
    const id = uuidOf('ImportRun', nodeId);
    const run = id === undefined ? null : await this.imports.run(viewer, id);
    if (!run) throw notFound(ctx.locale);
    return new ImportRunNode(run);
  }
}
