import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { say } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import { covers, type TenantScope } from '../kernel/viewer.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import type { FundingMode } from '../systems/domain/system.js';
import { FundingModeEnum } from '../systems/systems.types.js';
import type { BudgetFit, ItemFit } from './budget-fits.service.js';
import { centralShort } from './domain/funding.js';
import type { RequestEncumbrance } from './encumbering.service.js';

@ObjectType('RequestBudgetFit', {
  description: 'Who pays, and what would be reserved of the budget item from today to the end of its year.',
})
export class RequestBudgetFitNode {
  @Field(() => FundingModeEnum)
  fundingMode!: FundingMode;
  @Field(() => ID, { nullable: true, description: 'The budget item; null where nothing is reserved or none is found.' })
  budgetId!: string | null;
  @Field(() => String, { nullable: true })
  budgetName!: string | null;
  @Field(() => Int, { nullable: true })
  year!: number | null;
  @Field(() => FenScalar, {
    description: 'What this request would reserve; 0 where finance pays and has named no item.',
  })
  asked!: bigint;
  @Field(() => FenScalar, { nullable: true, description: 'Null where the budget is another department’s.' })
  amount!: bigint | null;
  @Field(() => FenScalar, { nullable: true, description: 'Reserved and spent by others, likewise.' })
  used!: bigint | null;
  @Field(() => FenScalar, {
    nullable: true,
    description: 'Of the narrowest level, the item or its department, before this request; likewise.',
  })
  available!: bigint | null;
  @Field(() => Boolean)
  fits!: boolean;
  @Field(() => RequestBudgetFitNode, {
    nullable: true,
    description: '超出定额自付: what goes beyond the quotas, of the department’s own item; null = nothing does.',
  })
  beyond!: RequestBudgetFitNode | null;
}

/** `scope`: whose budgets' figures are the viewer's to see. */
export function toBudgetFit(fit: BudgetFit, scope: TenantScope): RequestBudgetFitNode {
  const { fundingMode, beyond } = fit;
  const ofBeyond = beyond && { ...toItemFit(beyond, scope), fundingMode, beyond: null };
  return { ...toItemFit(fit, scope), fundingMode, beyond: ofBeyond };
}

function toItemFit(fit: ItemFit, scope: TenantScope): Omit<RequestBudgetFitNode, 'fundingMode' | 'beyond'> {
  const { budget } = fit;
  const shown = budget !== null && covers(scope, budget.departmentId) ? budget : null;
  return {
    budgetId: budget && toNodeId('Budget', budget.id),
    budgetName: budget?.name ?? null,
    year: budget?.year ?? null,
    asked: fit.asked,
    amount: shown?.amount ?? null,
    used: shown && shown.reserved + shown.spent - fit.own,
    available: shown && fit.available,
    fits: fit.fits,
  };
}

/** A budget of another department, or of finance, is told of as being short, not by how much. */
export function shownOf(fit: BudgetFit, scope: TenantScope): readonly Refusal[] {
  const own = fit.beyond ? refusalsShown(fit.beyond, true, scope) : [];
  return [...refusalsShown(fit, fit.fundingMode === 'OWN_PAYS', scope), ...own];
}

function refusalsShown({ budget, refusals }: ItemFit, byItself: boolean, scope: TenantScope): readonly Refusal[] {
  if (budget === null || covers(scope, budget.departmentId)) return refusals;
  return refusals.map(({ path }) =>
    byItself
      ? {
          ...{ code: 'NOT_PERMITTED', path, reason: 'BUDGET_SHORT' },
          message: say(
            '付费项目的预算不足，请联系项目单位',
            'The paying project’s budget is short: ask its department',
          ),
        }
      : centralShort(path),
  );
}

@ObjectType('RequestEncumbrance', {
  description: '预算额度占用: what a hold of the request reserved of a budget item.',
})
export class RequestEncumbranceNode {
  readonly budgetId: string;
  @Field(() => FenScalar)
  amount: bigint;
  @Field(() => FenScalar, { description: 'Neither spent nor given back.' })
  left: bigint;
  @Field(() => Boolean, {
    description:
      '超出定额自付: by the department itself, for what goes beyond the quotas of a request that finance pays otherwise.',
  })
  beyondQuota: boolean;

  constructor({ budgetId, amount, left, beyondQuota }: RequestEncumbrance) {
    this.budgetId = budgetId;
    this.amount = amount;
    this.left = left;
    this.beyondQuota = beyondQuota;
  }
}
