import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { Node } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';

@Resolver()
export class NodeResolver {
  constructor(private readonly nodes: NodeRegistry) {}

  @Query(() => Node, {
    nullable: true,
    description: 'Anything with an id, within what the viewer may see; null otherwise.',
  })
  async node(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<object | null> {
    ctx.requireViewer();
    return this.nodes.load(ctx, id);
  }
}
