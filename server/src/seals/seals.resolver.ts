import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { SystemsService } from '../systems/systems.service.js';
import { keyOf } from './domain/waiting-papers.js';
import { WaitingPaperConnection, WaitingPaperFilterInput, WaitingPaperNode } from './seals.graphql.js';
import { SealsService } from './seals.service.js';

/** Parts of the sort key in a cursor: time and key. */
const CURSOR_PARTS = 2;

@Resolver(() => WaitingPaperNode)
export class SealsResolver {
  constructor(
    private readonly seals: SealsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
  ) {}

  @Query(() => WaitingPaperConnection, {
    description:
      'Forms and sheets that wait for a seal or a signature, of what the viewer sees; the longest waiting first.',
  })
  async waitingPapers(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => WaitingPaperFilterInput, nullable: true }) filter?: WaitingPaperFilterInput | null,
  ): Promise<Connection<WaitingPaperNode>> {
    ctx.require('REQUEST', 'READ');
    const wanted = {
      kinds: filter?.kinds ?? [],
      parties: filter?.parties ?? [],
      blocking: filter?.blocking ?? false,
      search: searchText(filter?.search),
    };
    const found = await this.seals.page(ctx.requireViewer(), wanted, pageRequest(page, CURSOR_PARTS));
    return toConnection(
      found,
      (row) => new WaitingPaperNode(row),
      (row) => [row.since.toISOString(), keyOf(row)],
    );
  }

  @ResolveField(() => String, { description: 'What waits for it.' })
  blocks(@Context() ctx: RequestContext, @Parent() { row }: WaitingPaperNode): string {
    return ctx.say(row.blocks);
  }

  @ResolveField(() => String)
  async systemName(@Context() ctx: RequestContext, @Parent() { row }: WaitingPaperNode): Promise<string> {
    return (await ctx.loader(this.systems.systems).load(row.systemId))?.name ?? '';
  }

  @ResolveField(() => DepartmentNode)
  async department(
    @Context() ctx: RequestContext,
    @Parent() { row }: WaitingPaperNode,
  ): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }
}
