import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ViewsService } from './views.service.js';
import { DeleteViewInput, DeleteViewPayload, SavedViewNode, SaveViewInput, SaveViewPayload } from './views.types.js';

/** Needs no permission but to be signed in: a view opens nothing that its list would not. */
@Resolver(() => SavedViewNode)
export class ViewsResolver implements OnModuleInit {
  constructor(
    private readonly views: ViewsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('SavedView', async (ctx, id) => {
      const view = await this.views.own(ctx.requireViewer(), id);
      return view && new SavedViewNode(view);
    });
  }

  @Query(() => [SavedViewNode], { description: "The viewer's own views of a list, by name; at most 50." })
  async savedViews(
    @Context() ctx: RequestContext,
    @Args('list', { type: () => String }) list: string,
  ): Promise<SavedViewNode[]> {
    return (await this.views.ofList(ctx.requireViewer(), list)).map((view) => new SavedViewNode(view));
  }

  @Mutation(() => SaveViewPayload)
  async saveView(@Context() ctx: RequestContext, @Args('input') input: SaveViewInput): Promise<SaveViewPayload> {
    const viewer = ctx.requireViewer();
    const saved = await this.views.save(viewer, { ...input });
    if (!saved.ok) return { view: null, errors: toUserErrors(saved.error, ctx.locale) };
    const view = await this.views.own(viewer, saved.value.id);
    return { view: view && new SavedViewNode(view), errors: [] };
  }

  @Mutation(() => DeleteViewPayload)
  async deleteView(@Context() ctx: RequestContext, @Args('input') input: DeleteViewInput): Promise<DeleteViewPayload> {
    const removed = await this.views.remove(ctx.requireViewer(), uuidOf('SavedView', input.id), input.idempotencyKey);
    return removed.ok
      ? { deletedId: toNodeId('SavedView', removed.value.id), errors: [] }
      : { deletedId: null, errors: toUserErrors(removed.error, ctx.locale) };
  }
}
