import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { type Answer, toWish } from './request-acts.js';
import { AttachToRequestInput, DetachFromRequestInput, RequestAttachmentNode } from './request-attachments.graphql.js';
import { RequestAttachments } from './request-attachments.service.js';
import { RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@Resolver(() => RequestNode)
export class RequestAttachmentsResolver {
  constructor(
    private readonly attachments: RequestAttachments,
    private readonly requests: RequestsService,
  ) {}

  @ResolveField(() => [RequestAttachmentNode], { name: 'attachments', description: 'In the order of their laying.' })
  async attachmentsOf(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
  ): Promise<RequestAttachmentNode[]> {
    const found = await ctx.loader(this.attachments.of).load(row.id);
    return found.map(({ file, kind, attachedAt, attachedBy }) =>
      Object.assign(new RequestAttachmentNode(), { kind, attachedAt, attachedBy, file: new StoredFileNode(file) }),
    );
  }

  @Mutation(() => RequestPayload, { description: 'Lays uploads beside a draft: 公函, 技术方案.' })
  attachToRequest(
    @Context() ctx: RequestContext,
    @Args('input') { kind, fileIds, ...input }: AttachToRequestInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    const ids = fileIds.map((id) => uuidOf('StoredFile', id));
    const wish = { ...toWish(input), kind, fileIds: ids };
    return this.payload(ctx, this.attachments.attach(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => RequestPayload)
  detachFromRequest(
    @Context() ctx: RequestContext,
    @Args('input') { fileId, ...input }: DetachFromRequestInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    const wish = { ...toWish(input), attachedFileId: uuidOf('StoredFile', fileId) };
    return this.payload(ctx, this.attachments.detach(ctx.requireViewer(), scope, wish));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<RequestPayload> {
    const result = await answer;
    if (!result.ok) return { request: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.requests.seenBy(ctx.requireViewer(), result.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }
}
