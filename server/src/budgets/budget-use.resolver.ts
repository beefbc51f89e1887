import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { BudgetPolicies } from './budget-policies.service.js';
import { BudgetsService } from './budgets.service.js';
import { BudgetFiguresNode, BudgetNode, BudgetUseNode } from './budgets.types.js';

/** As many as are read at a glance; the rest is counted. */
const SHOWN = 6;
/** Where nobody is warned by rule, what is used up is shown. */
const WITHOUT_RULE_PERCENT = 100;
/** Finds nothing. */
const NOBODY = '-';

@Resolver()
export class BudgetUseResolver {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly policies: BudgetPolicies,
    private readonly departments: DepartmentsService,
  ) {}

  @Query(() => BudgetUseNode)
  async budgetUse(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
    @Args('departmentId', {
      type: () => ID,
      nullable: true,
      description: 'With all below it; null = all that the viewer sees.',
    })
    departmentId: string | null,
  ): Promise<BudgetUseNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const departmentIds = departmentId
      ? await this.departments.wholeTreeIds(uuidOf('Department', departmentId) ?? NOBODY)
      : null;
    const { warnPercents } = await this.policies.inForce();
    const warnPercent = warnPercents[0] ?? WITHOUT_RULE_PERCENT;
    const reached = { year, departmentIds, reachedPercent: warnPercent };
    const [whole, some, mostUsed] = await Promise.all([
      this.budgets.totals(scope, { year, departmentIds }),
      this.budgets.totals(scope, reached),
      this.budgets.mostUsed(scope, reached, SHOWN),
    ]);
    return {
      ...{ year, warnPercent, reachedCount: some.count },
      figures: new BudgetFiguresNode(whole),
      cities: whole.cities && new BudgetFiguresNode(whole.cities),
      mostUsed: mostUsed.map((budget) => new BudgetNode(budget)),
    };
  }
}
