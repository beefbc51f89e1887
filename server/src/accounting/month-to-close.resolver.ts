import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { PROVINCE_BOOK } from './domain/closing.js';
import { MonthToCloseNode, type NextClosingNode, StatementToConfirmNode } from './month-to-close.graphql.js';
import { MonthsToClose } from './month-to-close.service.js';

/** As many as are read at a glance; the rest is counted. */
const UNCONFIRMED_SHOWN = 5;
/** Finds nothing. */
const NOBODY = '-';

/** What waits for finance, and what waits for departments. */
@Resolver()
export class MonthToCloseResolver {
  constructor(
    private readonly months: MonthsToClose,
    private readonly departments: DepartmentsService,
  ) {}

  @Query(() => MonthToCloseNode, {
    nullable: true,
    description:
      'Of the province’s book, or of the viewer’s city; null = the viewer has no book, or nothing is accounted for yet.',
  })
  async monthToClose(@Context() ctx: RequestContext): Promise<MonthToCloseNode | null> {
    const found = await this.months.of(ctx.require('CLOSING', 'READ'));
    if (!found) return null;
    const { book, closedThrough, next } = found;
    return {
      cityId: book === PROVINCE_BOOK ? null : toNodeId('Department', book),
      closedThrough,
      next: next && (await this.next(ctx, next)),
    };
  }

  @Query(() => [StatementToConfirmNode], {
    description:
      'Put before departments and neither confirmed nor passed, the oldest first. With all below the department.',
  })
  async statementsToConfirm(
    @Context() ctx: RequestContext,
    @Args('departmentId', { type: () => ID, nullable: true, description: 'null = all that the viewer sees.' })
    departmentId: string | null,
  ): Promise<StatementToConfirmNode[]> {
    const scope = ctx.require('BUDGET', 'READ');
    const ids = departmentId ? await this.departments.wholeTreeIds(uuidOf('Department', departmentId) ?? NOBODY) : null;
    const rows = await this.months.toConfirm(scope, ids);
    return this.named(ctx, rows);
  }

  private async next(
    ctx: RequestContext,
    { amount, checks, closing, departments, month, unconfirmed }: NonNullable<FoundNext>,
  ): Promise<NextClosingNode> {
    const shown = unconfirmed.slice(0, UNCONFIRMED_SHOWN);
    return {
      ...{ amount, departments, month, unconfirmedCount: unconfirmed.length },
      closingId: closing && toNodeId('Closing', closing.id),
      state: closing?.state ?? null,
      checks: checks.map((check) => ({ ...check, examples: [...check.examples] })),
      unconfirmed: await this.named(
        ctx,
        shown.map((one) => ({ ...one, month, dueAt: null })),
      ),
    };
  }

  private async named(
    ctx: RequestContext,
    rows: readonly { departmentId: string; month: string; amount: bigint; dueAt: Date | null }[],
  ): Promise<StatementToConfirmNode[]> {
    const found = await ctx.loader(this.departments.departments).loadMany(rows.map(({ departmentId }) => departmentId));
    return rows.flatMap(({ amount, dueAt, month }, at) => {
      const department = found[at];
      return department && !(department instanceof Error)
        ? [{ department: new DepartmentNode(department), month, amount, dueAt }]
        : [];
    });
  }
}

type FoundNext = NonNullable<Awaited<ReturnType<MonthsToClose['of']>>>['next'];
