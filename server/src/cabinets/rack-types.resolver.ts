import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { RackTypeConnection, RackTypeNode } from './rack-types.graphql.js';
import { RackTypesService } from './rack-types.service.js';

@Resolver(() => RackTypeNode)
export class RackTypesResolver implements OnModuleInit {
  constructor(
    private readonly types: RackTypesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('RackType', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'CABINET', 'READ')) return null;
      const type = await ctx.loader(this.types.types).load(id);
      return type && new RackTypeNode(type);
    });
  }

  @Query(() => RackTypeConnection, { description: 'By slug.' })
  async rackTypes(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ) {
    ctx.require('CABINET', 'READ');
    const page = await this.types.page(searchText(search), pageRequest(args, 1));
    return toConnection(
      page,
      (type) => new RackTypeNode(type),
      (type) => [type.slug],
    );
  }
}
