import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { LineTerms } from '../requests/line-terms.service.js';
import type { LineTermList } from '../requests/line-terms.types.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { RequestsService } from '../requests/requests.service.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { LineExtensions } from './line-extensions.service.js';
import { LineReviews } from './line-reviews.service.js';
import {
  ExtendLineTermInput,
  LineTermConnection,
  LineTermListEnum,
  LineTermNode,
  LineTermPayload,
  ReviewLineInput,
} from './line-terms.graphql.js';
import { TermExtensionNode } from './terms.graphql.js';
import { TermsService } from './terms.service.js';

/** Parts of the sort key in a cursor: the sorted column and the id. */
const CURSOR_PARTS = 2;

/** Terms and reviews of servers, places and services: lists and what their department does about them. */
@Resolver(() => LineTermNode)
export class LineTermsResolver {
  constructor(
    private readonly lines: LineTerms,
    private readonly extensions: LineExtensions,
    private readonly reviews: LineReviews,
    private readonly terms: TermsService,
    private readonly policies: LifePolicies,
    private readonly requests: RequestsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => LineTermConnection, {
    description: 'Servers, places and services that wait for their owner or the calendar.',
  })
  async linesDue(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('list', { type: () => LineTermListEnum }) list: LineTermList,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const policy = await this.policies.policy();
    const ground = { now: this.clock.now(), policy };
    const page = await this.lines.page(scope, list, searchText(search), pageRequest(args, CURSOR_PARTS), ground);
    return toConnection(
      page,
      (row) => new LineTermNode(row, policy),
      (row) => this.lines.keyOf(list, row),
    );
  }

  @Query(() => LineTermNode, { description: 'Of one line that was handed over.' })
  async lineTerm(
    @Context() ctx: RequestContext,
    @Args('lineId', { type: () => ID }) lineId: string,
  ): Promise<LineTermNode> {
    const found = await this.find(ctx, uuidOf('RequestLine', lineId));
    if (!found) throw notFound(ctx.locale);
    return found;
  }

  @Mutation(() => LineTermPayload, { description: 'Granted at once within the rule; beyond it the center is asked.' })
  async extendLineTerm(
    @Context() ctx: RequestContext,
    @Args('input') input: ExtendLineTermInput,
  ): Promise<LineTermPayload> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const lineId = uuidOf('RequestLine', input.lineId);
    const answer = await this.extensions.extend(ctx.requireViewer(), scope, { ...input, lineId });
    if (!answer.ok) return refused(toUserErrors(answer.error, ctx.locale));
    const row = await this.terms.extensionInScope(ctx.require('RESOURCE', 'READ'), answer.value.id);
    return { term: await this.find(ctx, lineId), extension: row && new TermExtensionNode(row), errors: [] };
  }

  @Mutation(() => LineTermPayload, { description: '年度复核: all of it is still needed.' })
  async reviewLine(@Context() ctx: RequestContext, @Args('input') input: ReviewLineInput): Promise<LineTermPayload> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const lineId = uuidOf('RequestLine', input.lineId);
    const answer = await this.reviews.review(ctx.requireViewer(), scope, { ...input, lineId });
    if (!answer.ok) return refused(toUserErrors(answer.error, ctx.locale));
    return { term: await this.find(ctx, lineId), extension: null, errors: [] };
  }

  @ResolveField(() => RequestNode, { nullable: true, description: 'Null where the viewer may not read it.' })
  async request(@Context() ctx: RequestContext, @Parent() { row }: LineTermNode): Promise<RequestNode | null> {
    const request = await ctx.loader(this.requests.requestsOf).load(row.requestId);
    const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
    return request && reaches(scope, request) ? new RequestNode(request) : null;
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: LineTermNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: LineTermNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer may extend or review it.' })
  mayAct(@Context() ctx: RequestContext, @Parent() { row }: LineTermNode): boolean {
    return (
      row.endedAt === null &&
      row.reclaimedAt === null &&
      reaches(scopeFor(ctx.requireViewer(), 'RESOURCE', 'EDIT'), row)
    );
  }

  private async find(ctx: RequestContext, lineId: string | undefined): Promise<LineTermNode | null> {
    const row = lineId === undefined ? null : await this.lines.inScope(ctx.require('RESOURCE', 'READ'), lineId);
    return row && new LineTermNode(row, await this.policies.policy());
  }
}

/** A wish to lengthen a term is of a machine or of a line. */
@Resolver(() => TermExtensionNode)
export class ExtendedLineResolver {
  constructor(
    private readonly lines: LineTerms,
    private readonly policies: LifePolicies,
  ) {}

  private readonly policyOf = async (keys: readonly string[]) => {
    const policy = await this.policies.policy();
    return keys.map(() => policy);
  };

  /** Whoever reads the extension reads its line's term: both go by the same department and system. */
  @ResolveField(() => LineTermNode, { nullable: true })
  async line(@Context() ctx: RequestContext, @Parent() { row }: TermExtensionNode): Promise<LineTermNode | null> {
    if (row.lineId === null) return null;
    const found = await ctx.loader(this.lines.ofLines).load(row.lineId);
    return found && new LineTermNode(found, await ctx.loader(this.policyOf).load(''));
  }
}

function refused(errors: LineTermPayload['errors']): LineTermPayload {
  return { term: null, extension: null, errors };
}
