import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkCodeOf } from '../documents/domain/scan.js';
import { FilesService } from '../files/files.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { SystemNode } from '../systems/systems.types.js';
import { GoLiveCaseConnection, GoLiveCaseFilterInput, GoLiveCaseNode } from './go-live.graphql.js';
import type { CaseRow } from './go-live.types.js';
import { GoLivePolicyNode } from './go-live-acts.graphql.js';
import { GoLiveCases } from './go-live-cases.service.js';
import { CASE_OWNER } from './go-live-facts.service.js';
import { GoLivePolicies } from './go-live-policies.service.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;
/** Names nothing: an id of another kind finds no case. */
const NO_SYSTEM = '-';

/** Lists of go-live cases, one of them, and the rules. */
@Resolver()
export class GoLiveResolver implements OnModuleInit {
  constructor(
    private readonly cases: GoLiveCases,
    private readonly policies: GoLivePolicies,
    private readonly nodes: NodeRegistry,
    private readonly files: FilesService,
  ) {}

  onModuleInit(): void {
    this.nodes.register('GoLiveCase', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'GO_LIVE', 'READ');
      const row = scope && (await this.cases.inScope(scope, id));
      return row ? caseNode(row) : null;
    });
    this.files.registerOwner(CASE_OWNER, (viewer, id) => this.cases.mayRead(scopeFor(viewer, 'GO_LIVE', 'READ'), id));
  }

  @Query(() => GoLiveCaseConnection, { description: 'The newest first.' })
  async goLiveCases(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => GoLiveCaseFilterInput, nullable: true }) filter: GoLiveCaseFilterInput | null,
  ) {
    const scope = ctx.require('GO_LIVE', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      systemId: filter?.systemId ? (uuidOf('System', filter.systemId) ?? NO_SYSTEM) : null,
      overdue: filter?.overdue ?? false,
      search: searchText(filter?.search),
    };
    const page = await this.cases.page(scope, wanted, pageRequest(args, CURSOR_PARTS));
    return toConnection(page, caseNode, (row) => [row.openedAt.toISOString(), row.id]);
  }

  @Query(() => GoLiveCaseNode)
  async goLiveCase(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<GoLiveCaseNode> {
    const scope = ctx.require('GO_LIVE', 'READ');
    const uuid = uuidOf('GoLiveCase', id);
    const row = uuid === undefined ? null : await this.cases.inScope(scope, uuid);
    if (!row) throw notFound(ctx.locale);
    return caseNode(row);
  }

  @Query(() => GoLivePolicyNode, { description: 'The rules that a case goes by which begins now.' })
  async goLivePolicy(@Context() ctx: RequestContext): Promise<GoLivePolicyNode> {
    ctx.require('GO_LIVE', 'READ');
    return policyNode(await this.policies.current());
  }
}

/** A system is an earlier feature and knows nothing of cases about it. */
@Resolver(() => SystemNode)
export class SystemGoLiveResolver {
  constructor(private readonly cases: GoLiveCases) {}

  @ResolveField(() => [GoLiveCaseNode], { description: 'The newest first; empty for who may not see them.' })
  async goLiveCases(@Context() ctx: RequestContext, @Parent() { uuid }: SystemNode): Promise<GoLiveCaseNode[]> {
    if (!scopeFor(ctx.requireViewer(), 'GO_LIVE', 'READ')) return [];
    return (await ctx.loader(this.cases.ofSystems).load(uuid)).map(caseNode);
  }
}

export function caseNode(row: CaseRow): GoLiveCaseNode {
  return new GoLiveCaseNode(row, row.contentHash && row.state !== 'TRIAL' ? checkCodeOf(row.contentHash) : null);
}

export function policyNode({
  number,
  content,
  publishedAt,
  publishedBy,
}: Awaited<ReturnType<GoLivePolicies['current']>>) {
  const { parties, documents, ...days } = content;
  return {
    number,
    publishedAt,
    publishedBy,
    ...days,
    parties: parties.map((row) => ({ ...row })),
    documents: documents.map((row) => ({ ...row })),
  };
}
