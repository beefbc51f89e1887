import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Fen, formatUnitPrice } from '../kernel/money.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { searchText } from '../platform/graphql/search-text.js';
import { isTiered, rangesOf } from '../pricing/domain/price-tiers.js';
import { PricingService } from '../pricing/pricing.service.js';
import { PriceTierNode } from '../pricing/pricing.types.js';
import { SharedPools } from '../sharedcosts/shared-pools.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { BooksService } from './books.service.js';
import { PROVINCE_BOOK } from './domain/closing.js';
import { priced } from './domain/rating.js';
import { StatementConfirmations } from './statement-confirmations.service.js';
import { NarrowedStatementNode, StatementNarrowArgs } from './statement-narrowings.graphql.js';
import { StatementNarrowings } from './statement-narrowings.service.js';
import {
  DepartmentStatementConnection,
  DepartmentStatementNode,
  DraftStatementNode,
  StatementClosingNode,
  StatementCorrectionNode,
  StatementFiguresNode,
  StatementIssueNode,
  StatementLineNode,
  StatementPartNode,
  StatementPriceNode,
  StatementResourceConnection,
  StatementResourceNode,
  StatementSideEnum,
  StatementSumNode,
} from './statements.graphql.js';
import type { Grouping, StatementFilter } from './statements.repository.js';
import { type StatementSide, StatementsService } from './statements.service.js';

const MONTH = { type: () => String, description: 'YYYY-MM' } as const;
const DEPARTMENT = { type: () => ID, nullable: true, description: 'null = all that the viewer sees.' } as const;

/** 月度费用核算单（草稿）. Whoever reads budgets of a department reads what its use costs. */
@Resolver(() => DraftStatementNode)
export class DraftStatementResolver {
  constructor(
    private readonly statements: StatementsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly pricing: PricingService,
    private readonly departments: DepartmentsService,
    private readonly confirmations: StatementConfirmations,
    private readonly books: BooksService,
    private readonly narrowings: StatementNarrowings,
  ) {}

  @Query(() => [String], { description: 'Months that are accounted for, the newest first.' })
  async statementMonths(@Context() ctx: RequestContext): Promise<string[]> {
    ctx.require('BUDGET', 'READ');
    return this.statements.months();
  }

  @Query(() => DraftStatementNode)
  async draftStatement(
    @Context() ctx: RequestContext,
    @Args('month', MONTH) month: string,
    @Args('departmentId', DEPARTMENT) departmentId: string | null,
  ): Promise<DraftStatementNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const whole = await this.filterOf(month, departmentId);
    const filter = await this.statements.ofSide(scope, whole, 'PROVINCE');
    return Object.assign(new DraftStatementNode(await this.statements.frame(month)), { filter, whole });
  }

  @ResolveField(() => StatementSumNode)
  async total(@Context() ctx: RequestContext, @Parent() draft: Draft): Promise<StatementSumNode> {
    return new StatementSumNode(await this.statements.total(ctx.require('BUDGET', 'READ'), draft.filter));
  }

  @ResolveField(() => StatementSumNode, {
    nullable: true,
    description:
      'Cities with their bureaus, which are not in the total; null = of one department, or to whoever sees no province.',
  })
  async cities(@Context() ctx: RequestContext, @Parent() { whole }: Draft): Promise<StatementSumNode | null> {
    const scope = ctx.require('BUDGET', 'READ');
    const cities = await this.statements.ofSide(scope, whole, 'CITIES');
    return cities.among ? new StatementSumNode(await this.statements.total(scope, cities)) : null;
  }

  @ResolveField(() => DepartmentNode, {
    nullable: true,
    description: 'null = of all that the viewer sees, or unknown.',
  })
  async department(@Context() ctx: RequestContext, @Parent() { filter }: Draft): Promise<DepartmentNode | null> {
    const scope = ctx.require('BUDGET', 'READ');
    const { departmentId } = filter;
    if (departmentId === null) return null;
    if (scope.kind !== 'PROVINCE' && !scope.departmentIds.includes(departmentId)) return null;
    const department = await ctx.loader(this.departments.departments).load(departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => StatementIssueNode, {
    nullable: true,
    description: 'How it was put before its department; null = of no single department, or not yet.',
  })
  async issue(@Parent() { filter }: Draft): Promise<StatementIssueNode | null> {
    const { departmentId, view } = filter;
    const issue = departmentId === null ? null : await this.confirmations.issue(view.month, departmentId);
    return issue && new StatementIssueNode(issue);
  }

  @ResolveField(() => StatementFiguresNode, {
    nullable: true,
    description:
      'What its department confirms: all lines, and what is charged of them; null = of no single department.',
  })
  async figures(@Context() ctx: RequestContext, @Parent() { filter }: Draft): Promise<StatementFiguresNode | null> {
    const { departmentId, view } = filter;
    if (departmentId === null || !covers(ctx.require('BUDGET', 'READ'), departmentId)) return null;
    return this.confirmations.figuresOf(view.month, departmentId);
  }

  @ResolveField(() => StatementClosingNode, {
    nullable: true,
    description:
      'Of the book that it is in; null = of no single department and not the province’s, or nobody asked for a close.',
  })
  async closing(@Parent() { filter }: Draft): Promise<StatementClosingNode | null> {
    const periods = await this.books.periods();
    const book = filter.departmentId === null ? PROVINCE_BOOK : periods.bookOf(filter.departmentId);
    const closing = periods.closing(book, filter.view.month);
    return closing && { id: toNodeId('Closing', closing.id), state: closing.state };
  }

  @ResolveField(() => Boolean, {
    description: 'The viewer speaks for the department: confirms it, disputes its lines.',
  })
  async mayConfirm(@Context() ctx: RequestContext, @Parent() { filter, frame }: Draft): Promise<boolean> {
    const { departmentId, view } = filter;
    if (departmentId === null || !frame.complete) return false;
    if (!covers(scopeFor(ctx.requireViewer(), 'STATEMENT', 'SIGN_OFF'), departmentId)) return false;
    const periods = await this.books.periods();
    const closing = periods.closing(periods.bookOf(departmentId), view.month);
    return closing === null || closing.state === 'REQUESTED';
  }

  @ResolveField(() => [StatementPartNode])
  async bySystem(@Context() ctx: RequestContext, @Parent() draft: Draft): Promise<StatementPartNode[]> {
    return this.parts(ctx, draft, 'SYSTEM', async (key) => (await ctx.loader(this.systems.systems).load(key))?.name);
  }

  @ResolveField(() => [StatementPartNode])
  async byMeter(@Context() ctx: RequestContext, @Parent() draft: Draft): Promise<StatementPartNode[]> {
    return this.parts(ctx, draft, 'METER', async (key) =>
      ctx.say((await ctx.loader(this.pricing.meterWords).load(key)).name),
    );
  }

  @ResolveField(() => [StatementPartNode])
  async byCenter(@Context() ctx: RequestContext, @Parent() draft: Draft): Promise<StatementPartNode[]> {
    return this.parts(
      ctx,
      draft,
      'CENTER',
      async (key) => (await ctx.loader(this.facilities.centersByIds).load(key))?.name,
    );
  }

  @ResolveField(() => [StatementPartNode])
  async byKind(@Context() ctx: RequestContext, @Parent() draft: Draft): Promise<StatementPartNode[]> {
    return this.parts(ctx, draft, 'KIND', async () => null);
  }

  private async parts(
    ctx: RequestContext,
    { filter }: Draft,
    grouping: Grouping,
    label: (key: string) => Promise<string | null | undefined>,
  ): Promise<StatementPartNode[]> {
    const parts = await this.statements.parts(ctx.require('BUDGET', 'READ'), filter, grouping);
    return Promise.all(
      parts.map(async (part) => {
        const { key } = part;
        if (key === null) return new StatementPartNode(part, null, null);
        return new StatementPartNode(part, NODE_TYPES[grouping]?.(key) ?? key, (await label(key)) ?? null);
      }),
    );
  }

  @Query(() => DepartmentStatementConnection, { description: 'Of every department that used anything in the month.' })
  async departmentStatements(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('month', MONTH) month: string,
    @Args('side', { type: () => StatementSideEnum, defaultValue: 'PROVINCE' }) side: StatementSide,
  ): Promise<Connection<DepartmentStatementNode>> {
    const scope = ctx.require('BUDGET', 'READ');
    this.checked(month);
    const page = await this.statements.departments(scope, month, pageRequest(args, 1), side);
    return toConnection(
      page,
      (row) => new DepartmentStatementNode(row),
      (row) => [row.departmentId],
    );
  }

  @Query(() => StatementResourceConnection, { description: 'Uses on a statement, by code.' })
  async statementResources(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('month', MONTH) month: string,
    @Args('departmentId', DEPARTMENT) departmentId: string | null,
    @Args() narrow: StatementNarrowArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search: string | null,
  ): Promise<Connection<StatementResourceNode>> {
    const scope = ctx.require('BUDGET', 'READ');
    const filter = {
      ...(await this.filterOf(month, departmentId)),
      ...(await this.narrowings.of(narrow)),
      search: searchText(search),
    };
    const page = await this.statements.resources(scope, filter, pageRequest(args, 2));
    return toConnection(
      page,
      (row) => new StatementResourceNode(row, month, filter.departmentId),
      (row) => [row.code, row.resourceId],
    );
  }

  @Query(() => NarrowedStatementNode, { description: 'The same uses as one sum.' })
  async narrowedStatement(
    @Context() ctx: RequestContext,
    @Args('month', MONTH) month: string,
    @Args('departmentId', DEPARTMENT) departmentId: string | null,
    @Args() narrow: StatementNarrowArgs,
  ): Promise<NarrowedStatementNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const filter = { ...(await this.filterOf(month, departmentId)), ...(await this.narrowings.of(narrow)) };
    const [sum, to] = await Promise.all([
      this.statements.total(scope, filter),
      this.narrowings.named(ctx, scope, narrow),
    ]);
    return new NarrowedStatementNode(sum, to);
  }

  private async filterOf(month: string, departmentId: string | null): Promise<StatementFilter> {
    this.checked(month);
    // An id that is none finds nothing.
    const id = departmentId ? (uuidOf('Department', departmentId) ?? '-') : null;
    return { view: await this.statements.view(month), departmentId: id };
  }

  private checked(month: string): void {
    if (!this.statements.isMonth(month)) throw badInput('month is YYYY-MM');
  }
}

interface Draft extends DraftStatementNode {
  readonly filter: StatementFilter;
  readonly whole: StatementFilter;
}

const NODE_TYPES: { readonly [G in Grouping]?: (id: string) => string } = {
  SYSTEM: (id) => toNodeId('System', id),
  CENTER: (id) => toNodeId('Center', id),
};

@Resolver(() => DepartmentStatementNode)
export class DepartmentStatementResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode)
  async department(
    @Context() ctx: RequestContext,
    @Parent() { row }: DepartmentStatementNode,
  ): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }
}

@Resolver(() => StatementResourceNode)
export class StatementResourceResolver {
  constructor(
    private readonly statements: StatementsService,
    private readonly systems: SystemsService,
  ) {}

  @ResolveField(() => SystemNode, { nullable: true })
  async system(@Context() ctx: RequestContext, @Parent() { row }: StatementResourceNode): Promise<SystemNode | null> {
    const system = row.systemId === null ? null : await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => [StatementLineNode], { description: 'By meter and time.' })
  async lines(
    @Context() ctx: RequestContext,
    @Parent() { departmentId, row, month }: StatementResourceNode,
  ): Promise<StatementLineNode[]> {
    const scope = ctx.require('BUDGET', 'READ');
    const { resourceId } = row;
    const lines = await ctx.loader(this.statements.linesOf).load({ scope, month, departmentId, resourceId });
    return lines.map((line) => new StatementLineNode(line));
  }

  @ResolveField(() => [StatementCorrectionNode], { description: 'Of earlier months, by month and meter.' })
  async corrections(
    @Context() ctx: RequestContext,
    @Parent() { departmentId, row, month }: StatementResourceNode,
  ): Promise<StatementCorrectionNode[]> {
    const scope = ctx.require('BUDGET', 'READ');
    const { resourceId } = row;
    const corrections = await ctx
      .loader(this.statements.correctionsOf)
      .load({ scope, month, departmentId, resourceId });
    return corrections.map((correction) => new StatementCorrectionNode(correction));
  }
}

@Resolver(() => StatementCorrectionNode)
export class StatementCorrectionResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => String, { description: 'What is counted.' })
  async name(@Context() ctx: RequestContext, @Parent() { meter }: StatementCorrectionNode): Promise<string> {
    return ctx.say((await ctx.loader(this.pricing.meterWords).load(meter)).name);
  }
}

/** What a line says besides its figures: by which words its meter is known, and which price it is of. */
@Resolver(() => StatementLineNode)
export class StatementLineResolver {
  constructor(
    private readonly pricing: PricingService,
    private readonly pools: SharedPools,
  ) {}

  @ResolveField(() => String, { description: 'What is counted.' })
  async name(@Context() ctx: RequestContext, @Parent() { line }: StatementLineNode): Promise<string> {
    return ctx.say((await ctx.loader(this.pricing.meterWords).load(line.meter)).name);
  }

  @ResolveField(() => String)
  async unit(@Context() ctx: RequestContext, @Parent() { line }: StatementLineNode): Promise<string> {
    return ctx.say((await ctx.loader(this.pricing.meterWords).load(line.meter)).unit);
  }

  @ResolveField(() => StatementPriceNode, {
    nullable: true,
    description: 'The price version; null = nothing had a price.',
  })
  async price(
    @Context() ctx: RequestContext,
    @Parent() { line }: StatementLineNode,
  ): Promise<StatementPriceNode | null> {
    const version = line.version && (await ctx.loader(this.pricing.versionsByIds).load(line.version.id));
    if (!version) return line.version && line.kind === 'SHARED' ? this.sharedPrice(ctx, line.version.id) : null;
    const { from, kind, listPrice, reason, to } = version;
    return { from, to, reason, kind, listPrice: listPrice === null ? null : formatUnitPrice(listPrice) };
  }

  @ResolveField(() => PriceTierNode, {
    nullable: true,
    description: 'Between which bounds of its tier it lies; null = one price for all.',
  })
  async priceTier(
    @Context() ctx: RequestContext,
    @Parent() { line }: StatementLineNode,
  ): Promise<PriceTierNode | null> {
    const version = line.version && (await ctx.loader(this.pricing.versionsByIds).load(line.version.id));
    const range = version && isTiered(version) ? rangesOf(version)[line.tier] : undefined;
    return range ? new PriceTierNode(range) : null;
  }

  /** By which rule a common cost was spread, in the place of a price. */
  private async sharedPrice(ctx: RequestContext, versionId: string): Promise<StatementPriceNode | null> {
    const version = await ctx.loader(this.pools.versionsByIds).load(versionId);
    if (!version) return null;
    return { from: `${version.fromMonth}-01`, to: null, reason: version.reason, kind: 'STANDARD', listPrice: null };
  }

  @ResolveField(() => FenScalar, {
    nullable: true,
    description: 'What it would come to by the list price of what is free; null = it is charged.',
  })
  async listAmount(@Context() ctx: RequestContext, @Parent() { line }: StatementLineNode): Promise<Fen | null> {
    const version = line.version && (await ctx.loader(this.pricing.versionsByIds).load(line.version.id));
    return version?.listPrice == null ? null : priced(version.listPrice, line);
  }
}
