import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { inOrder } from '../approvals/domain/round.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { FilesService } from '../files/files.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { RequestsService } from '../requests/requests.service.js';
import { PaperNodes } from './paper-nodes.js';
import { RequestPapersNode, SealedScanNode, SealedScanPayload, UploadSealedScanInput } from './papers.graphql.js';
import { ScansService } from './scans.service.js';

@Resolver(() => RequestNode)
export class PapersResolver implements OnModuleInit {
  constructor(
    private readonly scans: ScansService,
    private readonly requests: RequestsService,
    private readonly rounds: RoundsService,
    private readonly nodes: NodeRegistry,
    private readonly nodesOfPapers: PaperNodes,
  ) {}

  onModuleInit(): void {
    this.nodes.register('SealedScan', async (ctx, id) => {
      const found = await this.scans.scan(ctx.requireViewer(), id);
      return found && this.nodesOfPapers.scan(ctx, found.scan, found.now);
    });
  }

  @ResolveField(() => RequestPapersNode)
  async papers(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<RequestPapersNode> {
    const [papers, round] = await Promise.all([
      ctx.loader(this.scans.papersOf).load(row),
      ctx.loader(this.rounds.runningRounds).load(row.id),
    ]);
    const needing = round ? inOrder(round).filter((step) => step.needsSeal) : [];
    return this.nodesOfPapers.of(ctx, row, papers, {
      formUrl: `/papers/requests/${toNodeId('Request', row.id)}/form.pdf`,
      neededBy: needing.map((step) => ctx.say(step.title)),
    });
  }

  @Mutation(() => SealedScanPayload)
  async uploadSealedScan(
    @Context() ctx: RequestContext,
    @Args('input') input: UploadSealedScanInput,
  ): Promise<SealedScanPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    const viewer = ctx.requireViewer();
    const sent = await this.scans.upload(viewer, {
      requestId: uuidOf('Request', input.requestId),
      paper: input.paper ?? 'REQUEST_FORM',
      fileId: uuidOf('StoredFile', input.fileId),
      checkCode: input.checkCode,
      idempotencyKey: input.idempotencyKey,
    });
    if (!sent.ok) return { scan: null, request: null, errors: toUserErrors(sent.error, ctx.locale) };
    const [found, request] = await Promise.all([
      this.scans.scan(viewer, sent.value.id),
      this.requests.inScope(scope, sent.value.requestId),
    ]);
    return {
      scan: found && this.nodesOfPapers.scan(ctx, found.scan, found.now),
      request: request && new RequestNode(request),
      errors: [],
    };
  }
}

@Resolver(() => SealedScanNode)
export class SealedScanResolver {
  constructor(private readonly files: FilesService) {}

  private readonly filesOfScans = (ids: readonly string[]) => this.files.filesOf('SealedScan', ids);

  @ResolveField(() => StoredFileNode, { nullable: true })
  async file(@Context() ctx: RequestContext, @Parent() { row }: SealedScanNode): Promise<StoredFileNode | null> {
    const [file] = await ctx.loader(this.filesOfScans).load(row.id);
    return file ? new StoredFileNode(file) : null;
  }
}
