import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ServerNode } from '../servers/servers.graphql.js';
import { ImageNode } from './catalog.types.js';
import { ServerImages } from './server-images.service.js';

@Resolver(() => ServerNode)
export class ServerImagesResolver {
  constructor(private readonly images: ServerImages) {}

  @ResolveField(() => [ImageNode], {
    description: 'What can be installed on it, for whoever may have that done; for others none.',
  })
  async installableImages(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ImageNode[]> {
    const viewer = ctx.requireViewer();
    if (!scopeFor(viewer, 'SERVER', 'EDIT') && !scopeFor(viewer, 'RESOURCE', 'RELEASE')) return [];
    const images = await ctx.loader(this.images.forArchitectures).load(row.architecture);
    return images.map((image) => new ImageNode(image));
  }
}
