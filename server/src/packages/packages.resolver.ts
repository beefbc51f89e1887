import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayReadCatalog } from '../catalog/domain/catalog.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { toLineContent } from '../requests/line-inputs.types.js';
import type { RequestPackage } from './domain/package.js';
import {
  PackageActInput,
  PackageContentNode,
  RequestPackageNode,
  RequestPackagePayload,
  SavePackageInput,
} from './packages.graphql.js';
import { PackagesService, type PackageWish } from './packages.service.js';

@Resolver(() => RequestPackageNode)
export class PackagesResolver implements OnModuleInit {
  constructor(
    private readonly packages: PackagesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('RequestPackage', async (ctx, id) => {
      const found = await this.packages.package(id);
      return found && maySee(ctx.requireViewer(), found) ? new RequestPackageNode(found) : null;
    });
  }

  @Query(() => [RequestPackageNode], {
    description: 'Packages that are offered; to whoever keeps the catalog also drafts and withdrawn ones. At most 50.',
  })
  async requestPackages(@Context() ctx: RequestContext): Promise<RequestPackageNode[]> {
    const viewer = ctx.requireViewer();
    if (!mayReadCatalog(viewer)) return [];
    const found = await (keeps(viewer) ? this.packages.all() : this.packages.published());
    return found.map((row) => new RequestPackageNode(row));
  }

  @ResolveField(() => PackageContentNode, {
    nullable: true,
    description: 'As it is being edited; null = it is not for the viewer to keep.',
  })
  content(@Context() ctx: RequestContext, @Parent() { row }: RequestPackageNode): PackageContentNode | null {
    return keeps(ctx.requireViewer()) ? PackageContentNode.of(row.content) : null;
  }

  @Mutation(() => RequestPackagePayload)
  savePackage(@Context() ctx: RequestContext, @Args('input') input: SavePackageInput): Promise<RequestPackagePayload> {
    ctx.require('CATALOG', 'EDIT');
    const { name, summary, expectedVersion, idempotencyKey } = input;
    const id = input.id ? (uuidOf('RequestPackage', input.id) ?? '-') : null;
    const content = { name: name.trim(), summary: summary.trim(), lines: input.lines.map(toLineContent) };
    return this.payload(ctx, this.packages.save(ctx.requireViewer(), content, { id, expectedVersion, idempotencyKey }));
  }

  @Mutation(() => RequestPackagePayload, { description: 'Offers it as it is now, as its next version.' })
  publishPackage(
    @Context() ctx: RequestContext,
    @Args('input') input: PackageActInput,
  ): Promise<RequestPackagePayload> {
    ctx.require('CATALOG', 'EDIT');
    return this.payload(ctx, this.packages.publish(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => RequestPackagePayload)
  withdrawPackage(
    @Context() ctx: RequestContext,
    @Args('input') input: PackageActInput,
  ): Promise<RequestPackagePayload> {
    ctx.require('CATALOG', 'EDIT');
    return this.payload(ctx, this.packages.withdraw(ctx.requireViewer(), toWish(input)));
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<RequestPackagePayload> {
    const result = await answer;
    if (!result.ok) return { requestPackage: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.packages.package(result.value.id);
    return { requestPackage: row && new RequestPackageNode(row), errors: [] };
  }
}

function keeps(viewer: Viewer): boolean {
  return scopeFor(viewer, 'CATALOG', 'EDIT') !== undefined;
}

function maySee(viewer: Viewer, { state }: RequestPackage): boolean {
  return keeps(viewer) || (state === 'PUBLISHED' && mayReadCatalog(viewer));
}

function toWish({ id, expectedVersion, idempotencyKey }: PackageActInput): PackageWish {
  return { id: uuidOf('RequestPackage', id) ?? '-', expectedVersion, idempotencyKey };
}
